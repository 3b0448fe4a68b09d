import { describe, expect, it } from 'vitest'
import { keepPrivileges } from './keep-privileges.ts'

describe('of a dump, the statements that say who owns and who may', () => {
  it('are kept, in their order', () => {
    const kept = [
      'ALTER TABLE public.books OWNER TO librarian',
      'ALTER FUNCTION public."lend; now"(text) OWNER TO "head librarian"',
      'REVOKE ALL ON SCHEMA public FROM PUBLIC',
      'GRANT SELECT(title) ON TABLE public.books TO readers',
      'SET SESSION AUTHORIZATION librarian',
      'GRANT SELECT ON TABLE public.books TO guests',
      'RESET SESSION AUTHORIZATION',
      'ALTER DEFAULT PRIVILEGES FOR ROLE librarian GRANT SELECT ON TABLES  TO readers',
    ]
    const dump = kept.map((statement) => `--\n-- Name: books; Type: ACL\n--\n\n${statement};\n\n`).join('')
    expect(keepPrivileges(dump)).toEqual(kept)
  })

  it.for([
    'SET statement_timeout = 0;',
    'ALTER SUBSCRIPTION news OWNER TO librarian;',
    'CREATE TABLE public.books (id integer);',
    'ALTER TABLE ONLY public.books ADD CONSTRAINT books_pkey PRIMARY KEY (id);',
    'ALTER TABLE ONLY public.books REPLICA IDENTITY FULL;',
    "COMMENT ON TABLE public.books IS 'x; GRANT ALL ON TABLE public.books TO PUBLIC;';",
    'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\nGRANT ALL ON TABLE books TO PUBLIC;\nEND; $$;',
    'CREATE FUNCTION f() RETURNS void BEGIN ATOMIC\n DELETE FROM books;\n DELETE FROM loans;\nEND;',
    '-- GRANT ALL ON TABLE public.books TO PUBLIC;',
  ])('are all that is kept: not %s', (text) => {
    expect(keepPrivileges(text)).toEqual([])
  })
})
