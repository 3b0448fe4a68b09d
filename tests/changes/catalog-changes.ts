import { administer, type Change } from './project.ts'

/** How a declared effect tells an attribute that it does not name; the values as they are shown. */
const altered = (object: string, attribute: string, before: string, after: string) =>
  `altered ${object}: ${attribute} was ${before}, is ${after}; not declared`

const disabled = (trigger: string) =>
  altered(`trigger desk.loans.${trigger}`, 'enabled', '"origin"', '"disabled"')
const foreignKey = 'FOREIGN KEY (book_id) REFERENCES public.books(id)'
const similarity = 'function desk.similarity(text,text)'
const cardIndex = 'INDEX readers_card_key ON desk.readers USING btree (card)'

/** Changes to definitions, which no row shows. */
export const catalogChanges: readonly Change[] = [
  {
    name: 'all triggers of a table disabled',
    sql: administer('ALTER TABLE desk.loans DISABLE TRIGGER ALL'),
    told: [
      disabled('for constraint desk.loans.loans_book_fk by "RI_FKey_check_ins"()'),
      disabled('for constraint desk.loans.loans_book_fk by "RI_FKey_check_upd"()'),
      disabled('write_change'),
    ],
  },
  {
    // What a CREATE INDEX CONCURRENTLY that failed leaves; a release that goes on after one is refused unread.
    name: 'an index that is not valid',
    sql: administer(
      `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'desk.loans_days_idx'::regclass`,
    ),
    told: [altered('index desk.loans_days_idx', 'valid', '"true"', '"false"')],
  },
  {
    name: 'comments on what is no object of its own',
    sql: `COMMENT ON COLUMN desk.shelves.ctid IS 'where it lies';
      COMMENT ON RULE "_RETURN" ON v_branches_without_policy IS 'what it reads'`,
    told: [
      'created other object: 2 (rule "_RETURN" on public.v_branches_without_policy, table column desk.shelves.ctid), declared 0',
    ],
  },
  {
    name: 'another default',
    sql: 'ALTER TABLE desk.loans ALTER days SET DEFAULT 28',
    told: [altered('column desk.loans.days', 'default', '"21"', '"28"')],
  },
  {
    name: 'NOT NULL dropped',
    sql: 'ALTER TABLE desk.shelves ALTER room DROP NOT NULL',
    told: [altered('column desk.shelves.room', 'not null', '"true"', '"false"')],
  },
  {
    name: 'a foreign key added again NOT VALID',
    sql: `ALTER TABLE desk.reservations DROP CONSTRAINT reservations_book_fk,
      ADD CONSTRAINT reservations_book_fk FOREIGN KEY (book_id) REFERENCES public.books (id) NOT VALID`,
    told: [
      altered(
        'constraint desk.reservations.reservations_book_fk',
        'definition',
        `"${foreignKey}"`,
        `"${foreignKey} NOT VALID"`,
      ),
      altered('constraint desk.reservations.reservations_book_fk', 'validated', '"true"', '"false"'),
    ],
  },
  {
    name: 'row security no longer forced on the owner',
    sql: 'ALTER TABLE desk.readers NO FORCE ROW LEVEL SECURITY',
    told: [altered('table desk.readers', 'row security forced on the owner', '"true"', '"false"')],
  },
  {
    name: 'a policy widened',
    sql: 'ALTER POLICY staff ON desk.readers USING (true)',
    told: [altered('policy desk.readers.staff', 'using', `"(CURRENT_USER = 'librarian'::name)"`, '"true"')],
  },
  {
    name: 'a function without SECURITY DEFINER',
    sql: 'ALTER FUNCTION desk.count_loans() SECURITY INVOKER',
    told: [altered('function desk.count_loans()', 'security definer', '"true"', '"false"')],
  },
  {
    name: 'a function without its search_path',
    sql: 'ALTER FUNCTION desk.count_readers() RESET search_path',
    told: [altered('function desk.count_readers()', 'settings', '"{search_path=pg_catalog}"', 'nothing')],
  },
  {
    name: 'REPLICA IDENTITY NOTHING',
    sql: 'ALTER TABLE desk.rooms REPLICA IDENTITY NOTHING',
    told: [altered('table desk.rooms', 'replica identity', '"default"', '"nothing"')],
  },
  {
    name: 'a table taken out of a publication',
    sql: 'ALTER PUBLICATION desk_news SET TABLE desk.shelves',
    told: ['dropped published table: 1 (desk_news: desk.loans), declared 0'],
  },
  {
    name: 'default privileges',
    sql: 'ALTER DEFAULT PRIVILEGES IN SCHEMA desk GRANT SELECT ON TABLES TO visitors',
    told: ['created default privileges: 1 (for role librarian in schema desk on tables), declared 0'],
  },
  {
    name: 'an event trigger disabled',
    sql: administer('ALTER EVENT TRIGGER keep_desk DISABLE'),
    told: [altered('event trigger keep_desk', 'enabled', '"origin"', '"disabled"')],
  },
  {
    name: 'a member of an extension replaced',
    sql: `CREATE OR REPLACE FUNCTION desk.similarity(text, text) RETURNS real
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT 1::real'`,
    told: [
      altered(similarity, 'cost', '"1"', '"100"'),
      altered(similarity, 'language', '"c"', '"sql"'),
      altered(similarity, 'library', '"$libdir/pg_trgm"', 'nothing'),
      altered(similarity, 'source', '"similarity"', '"SELECT 1::real"'),
    ],
  },
  {
    // What comes with the server is told by digests of its catalogs.
    name: 'a member of plpgsql altered',
    sql: administer('ALTER FUNCTION pg_catalog.plpgsql_validator(oid) COST 7'),
    told: [altered('system catalog pg_catalog.pg_proc', 'digest', '"…"', '"…"')],
  },
  {
    name: 'SET UNLOGGED',
    sql: 'ALTER TABLE desk.notices SET UNLOGGED',
    told: [
      altered('index desk.notices_pk', 'persistence', '"permanent"', '"unlogged"'),
      altered('table desk.notices', 'persistence', '"permanent"', '"unlogged"'),
      'rows rewritten in desk.notices: 2, declared 0',
    ],
  },
  {
    name: 'an identity BY DEFAULT',
    sql: 'ALTER TABLE desk.readers ALTER id SET GENERATED BY DEFAULT',
    told: [altered('column desk.readers.id', 'identity', '"always"', '"by default"')],
  },
  {
    name: 'a sequence OWNED BY NONE',
    sql: 'ALTER SEQUENCE desk.ticket_numbers OWNED BY NONE',
    told: [altered('sequence desk.ticket_numbers', 'owned by', '"desk.tickets.number"', 'nothing')],
  },
  {
    name: 'a unique index made anew without UNIQUE',
    sql: 'DROP INDEX desk.readers_card_key; CREATE INDEX readers_card_key ON desk.readers (card)',
    told: [
      altered(
        'index desk.readers_card_key',
        'definition',
        `"CREATE UNIQUE ${cardIndex}"`,
        `"CREATE ${cardIndex}"`,
      ),
      altered('index desk.readers_card_key', 'unique', '"true"', '"false"'),
    ],
  },
]
