-- The lending desk beside the library: one object of every kind of which a release could take something away.
CREATE SCHEMA desk;

-- Tables, each for one thing that can be done to it ----------------------------------------------
CREATE TABLE desk.loans (
  id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT loans_pk PRIMARY KEY,
  book_id integer NOT NULL CONSTRAINT loans_book_fk REFERENCES public.books (id),
  days integer NOT NULL DEFAULT 21
);
CREATE INDEX loans_days_idx ON desk.loans (days);
CREATE TABLE desk.loan_changes (loan_id integer NOT NULL, days integer NOT NULL);
COMMENT ON TABLE desk.loan_changes IS 'What became of the days of a loan, as its trigger writes it.';
CREATE TABLE desk.readers (
  id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT readers_pk PRIMARY KEY,
  name text NOT NULL,
  card text NOT NULL,
  note text
);
CREATE UNIQUE INDEX readers_card_key ON desk.readers (card);
CREATE TABLE desk.reservations (
  id integer CONSTRAINT reservations_pk PRIMARY KEY,
  book_id integer NOT NULL,
  place numeric NOT NULL,
  CONSTRAINT reservations_book_fk FOREIGN KEY (book_id) REFERENCES public.books (id)
);
CREATE TABLE desk.fees (
  code text CONSTRAINT fees_pk PRIMARY KEY,
  cents integer NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE desk.rooms (code text CONSTRAINT rooms_pk PRIMARY KEY, floor integer, seats integer NOT NULL);
CREATE TABLE desk.shelves (code text CONSTRAINT shelves_pk PRIMARY KEY, room text NOT NULL, metres integer NOT NULL);
COMMENT ON COLUMN desk.shelves.metres IS 'Length, all boards together.';
CREATE TABLE desk.slips (id integer CONSTRAINT slips_pk PRIMARY KEY, word text NOT NULL, note text);
CREATE TABLE desk.notices (id integer CONSTRAINT notices_pk PRIMARY KEY, word text NOT NULL);
CREATE UNLOGGED TABLE desk.basket (book_id integer CONSTRAINT basket_pk PRIMARY KEY);
CREATE TABLE desk.visits (id integer CONSTRAINT visits_pk PRIMARY KEY, day date NOT NULL, minutes integer NOT NULL);
CREATE INDEX visits_day_idx ON desk.visits (day);
CREATE TABLE desk.queue (reader text CONSTRAINT queue_pk PRIMARY KEY, place integer);
CREATE TABLE desk.tickets (number integer CONSTRAINT tickets_pk PRIMARY KEY);
CREATE SEQUENCE desk.ticket_numbers OWNED BY desk.tickets.number;
CREATE TYPE desk.state AS ENUM ('lent', 'returned');

-- Views ------------------------------------------------------------------------------------------
CREATE VIEW desk.v_rooms AS SELECT DISTINCT room FROM desk.shelves;
CREATE VIEW desk.v_boards AS SELECT code, metres FROM desk.shelves;
CREATE VIEW desk.v_cards WITH (security_invoker = true) AS SELECT card FROM desk.readers;
CREATE MATERIALIZED VIEW desk.visits_by_month AS
SELECT date_trunc('month', day)::date AS month, count(*) AS visits FROM desk.visits GROUP BY 1 WITH NO DATA;

-- Routines and what calls them -------------------------------------------------------------------
CREATE FUNCTION desk.count_loans() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
  AS 'SELECT count(*) FROM desk.loans';
CREATE FUNCTION desk.count_readers() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
  AS 'SELECT count(*) FROM desk.readers';
CREATE FUNCTION desk.stamp() RETURNS trigger LANGUAGE plpgsql
  AS 'BEGIN NEW.updated_at := clock_timestamp(); RETURN NEW; END';
CREATE FUNCTION desk.write_change() RETURNS trigger LANGUAGE plpgsql
  AS 'BEGIN INSERT INTO desk.loan_changes VALUES (NEW.id, NEW.days); RETURN NULL; END';

-- Rows -------------------------------------------------------------------------------------------
INSERT INTO desk.loans (book_id, days) SELECT n * 10, 14 + n % 3 * 7 FROM generate_series(1, 60) AS n;
INSERT INTO desk.fees VALUES ('late', 200, '2026-01-02 09:00+00'), ('lost', 2500, '2026-01-02 09:00+00');
INSERT INTO desk.rooms VALUES ('east', 1, 24), ('west', 0, 16);
INSERT INTO desk.readers (name, card, note)
SELECT 'reader ' || n, 'C-' || n, CASE WHEN n % 2 = 0 THEN 'pays in coins' END FROM generate_series(1, 40) AS n;
INSERT INTO desk.reservations SELECT n, n, n + 0.0 FROM generate_series(1, 30) AS n;
INSERT INTO desk.shelves VALUES ('A', 'west', 12), ('B', 'west', 9), ('C', 'east', 15);
INSERT INTO desk.slips VALUES (1, 'due'), (2, 'overdue');
INSERT INTO desk.notices VALUES (1, 'open'), (2, 'shut');
INSERT INTO desk.basket SELECT n FROM generate_series(1, 7) AS n;
INSERT INTO desk.visits SELECT n, date '2026-01-01' + n % 150, n % 90 FROM generate_series(1, 20000) AS n;
-- Neither in the order of names nor in its reverse.
INSERT INTO desk.queue (reader) VALUES ('Fay'), ('Ann'), ('Eli'), ('Cem'), ('Bo'), ('Dee');
INSERT INTO desk.tickets SELECT nextval('desk.ticket_numbers') FROM generate_series(1, 5);
REFRESH MATERIALIZED VIEW desk.visits_by_month;
SELECT lo_from_bytea(420001, convert_to('The rules of the desk.', 'UTF8'));

-- What holds from here on ------------------------------------------------------------------------
CREATE TRIGGER stamp BEFORE UPDATE ON desk.fees FOR EACH ROW EXECUTE FUNCTION desk.stamp();
CREATE TRIGGER write_change AFTER UPDATE OF days ON desk.loans FOR EACH ROW EXECUTE FUNCTION desk.write_change();
ALTER TABLE desk.readers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY staff ON desk.readers USING (current_user = 'librarian');
CREATE PUBLICATION desk_news FOR TABLE desk.loans, desk.shelves;
