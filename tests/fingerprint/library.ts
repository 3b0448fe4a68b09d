/** A small database with one object of most classes, for tests of what a change shows. */
export const librarySql = `
  CREATE ROLE librarian;
  CREATE ROLE reader;
  CREATE TABLE public.books (id integer PRIMARY KEY, title text NOT NULL, kind text);
  CREATE TABLE public.loans (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT loans_pkey PRIMARY KEY,
    book integer CONSTRAINT loans_book_fkey REFERENCES public.books,
    days integer NOT NULL DEFAULT 21 CONSTRAINT loans_days_check CHECK (days > 0),
    note text);
  COMMENT ON COLUMN public.loans.days IS 'length of the loan';
  CREATE UNIQUE INDEX loans_note_key ON public.loans (note);
  CREATE INDEX loans_days_idx ON public.loans (days);
  CREATE STATISTICS public.loans_stats (dependencies) ON book, days FROM public.loans;
  CREATE SEQUENCE public.numbers OWNED BY public.books.id;
  CREATE TYPE public.mood AS ENUM ('glad', 'sad');
  CREATE DOMAIN public.isbn AS text CONSTRAINT isbn_check CHECK (VALUE <> '');
  CREATE TYPE public.pair AS (left_one integer, right_one text);
  CREATE TYPE public.span AS RANGE (subtype = integer);
  CREATE VIEW public.long_loans WITH (security_invoker = true) AS SELECT id, days FROM public.loans WHERE days > 21;
  GRANT SELECT ON public.long_loans TO reader;
  CREATE MATERIALIZED VIEW public.loan_days AS SELECT sum(days) AS days FROM public.loans;
  CREATE FUNCTION public.loan_total(book integer) RETURNS bigint LANGUAGE sql SECURITY DEFINER
    SET search_path = pg_catalog AS 'SELECT count(*) FROM public.loans WHERE loans.book = $1';
  CREATE PROCEDURE public.tidy() LANGUAGE sql AS 'DELETE FROM public.loans WHERE false';
  CREATE AGGREGATE public.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
  CREATE FUNCTION public.stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER stamp BEFORE UPDATE ON public.loans FOR EACH ROW EXECUTE FUNCTION public.stamp();
  CREATE RULE quiet AS ON DELETE TO public.books DO INSTEAD NOTHING;
  ALTER TABLE public.loans ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY own_loans ON public.loans FOR SELECT TO reader USING (days < 100);
  CREATE FUNCTION public.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
  CREATE EVENT TRIGGER watch ON sql_drop EXECUTE FUNCTION public.watch();
  CREATE PUBLICATION news FOR TABLE public.books, public.loans (id, days) WHERE (days > 1);
  CREATE TABLE public.visits (at date NOT NULL, place text) PARTITION BY RANGE (at);
  CREATE TABLE public.visits_2025 PARTITION OF public.visits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
  CREATE EXTENSION pg_trgm SCHEMA public;
  CREATE FOREIGN DATA WRAPPER far;
  CREATE SERVER branch FOREIGN DATA WRAPPER far OPTIONS (host 'one');
  CREATE USER MAPPING FOR reader SERVER branch OPTIONS (password 'old');
  CREATE FOREIGN TABLE public.far_books (id integer) SERVER branch OPTIONS (name 'books');
  CREATE TEXT SEARCH CONFIGURATION public.plain (COPY = pg_catalog.simple);
  CREATE TEXT SEARCH DICTIONARY public.words (TEMPLATE = pg_catalog.simple);
  CREATE COLLATION public.plain_order (provider = libc, locale = 'C');
  CREATE OPERATOR public.=== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);
  CREATE FUNCTION public.pair_number(public.pair) RETURNS integer LANGUAGE sql AS 'SELECT 1';
  CREATE CAST (public.pair AS integer) WITH FUNCTION public.pair_number(public.pair);
`
