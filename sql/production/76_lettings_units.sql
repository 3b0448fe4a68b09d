-- Units that the lettings desk has on offer, with their addresses, viewing hours and search texts.

CREATE TABLE lettings.units (
  id             integer                      GENERATED ALWAYS AS IDENTITY (START WITH 1001 INCREMENT BY 1 CACHE 5),
  code           text                         COLLATE lettings.register_order NOT NULL,
  district       text                         NOT NULL,
  address        lettings.postal_address      NOT NULL,
  floor_area     numeric(6, 1)                NOT NULL,
  balcony_area   numeric(6, 1)                NOT NULL DEFAULT 0,
  rentable_area  numeric(6, 1)                GENERATED ALWAYS AS (floor_area + balcony_area / 2) STORED,
  amenities      text[]                       NOT NULL DEFAULT '{}',
  meter_plan     integer[][]                  NOT NULL DEFAULT '{}',
  facts          jsonb                        NOT NULL DEFAULT '{}',
  import_record  json,
  rent_band      numrange                     NOT NULL,
  viewing_hours  lettings.hours               NOT NULL,
  other_hours    lettings.several_hours,
  caretaker      lettings.email_address,
  headline       text                         NOT NULL,
  search_text    tsvector                     GENERATED ALWAYS AS (to_tsvector('lettings.unit_search', headline)) STORED,
  updated_at     timestamptz                  NOT NULL DEFAULT now(),
  CONSTRAINT units_pkey PRIMARY KEY (id),
  CONSTRAINT units_code_key UNIQUE (code) INCLUDE (district),
  CONSTRAINT units_area_check CHECK (floor_area > 0 AND balcony_area >= 0)
);

COMMENT ON TABLE lettings.units IS 'Dwellings and rooms that the desk lets; the catalogue''s dwellings are described in the back end.';
COMMENT ON COLUMN lettings.units.rentable_area IS 'A balcony counts by half.';
COMMENT ON COLUMN lettings.units.meter_plan IS 'Numbers of the meters, a row for each floor.';
COMMENT ON COLUMN lettings.units.import_record IS 'The record of the old register, letter by letter as it came.';
COMMENT ON CONSTRAINT units_area_check ON lettings.units IS 'No unit without a floor.';

INSERT INTO lettings.units (
  code, district, address, floor_area, balcony_area, amenities, meter_plan, facts, import_record, rent_band,
  viewing_hours, other_hours, caretaker, headline, updated_at
)
SELECT
  upper(left(p.district, 2)) || '-' || lpad(n::text, 3, '0'),
  p.district,
  ROW(p.street, (1 + n * 3)::text || CASE WHEN n % 4 = 0 THEN ' A' ELSE '' END, p.postal_code, 'Rotterdam')::lettings.postal_address,
  38 + (n * 37) % 84 + 0.5,
  (n % 3) * 4,
  (ARRAY['lift', 'cellar', 'bath', 'district heating', 'barrier-free'])[1 + n % 3 : 3 + n % 3],
  ARRAY[ARRAY[7000 + n, 8000 + n], ARRAY[7100 + n, 8100 + n]],
  jsonb_build_object('rooms', 1 + n % 5, 'floor', n % 9, 'pets', n % 2 = 0, 'energy', jsonb_build_object('class', chr(65 + n % 5))),
  ('{"nr": ' || n || ',  "src" : "register-2019", "nr": ' || n || '.0}')::json,
  numrange(480 + (n * 41) % 900, 560 + (n * 41) % 900),
  lettings.hours((time '09:00' + (n % 4) * interval '1 hour')::time, (time '13:00' + (n % 3) * interval '1 hour')::time),
  CASE WHEN n % 5 = 0 THEN lettings.several_hours(lettings.hours('17:00', '18:30'), lettings.hours('19:00', '20:00')) END,
  CASE WHEN n % 7 <> 0 THEN 'caretaker.' || p.district || '@oneroof.example' END,
  'Bright rooms near the ' || p.landmark || ', ' || (1 + n % 5) || ' of them',
  timestamptz '2026-05-04 08:00+00' + n * interval '37 minutes'
FROM generate_series(1, 60) AS n
JOIN (
  VALUES
    (0, 'harbour', 'Quay Street', '3011 AA', 'harbour basins'),
    (1, 'hillside', 'Vineyard Steps', '3051 KL', 'old vineyards'),
    (2, 'station', 'Platform Road', '3013 BH', 'central station')
) AS p (turn, district, street, postal_code, landmark) ON p.turn = n % 3
ORDER BY n;

CREATE INDEX units_search_text_idx ON lettings.units USING gin (search_text);
CREATE INDEX units_lower_headline_idx ON lettings.units (lower(headline) text_pattern_ops);
CREATE INDEX units_pets_idx ON lettings.units (district, code DESC NULLS LAST) WHERE (facts ->> 'pets')::boolean;
CREATE INDEX units_rent_band_idx ON lettings.units USING gist (rent_band);
ALTER TABLE lettings.units ALTER COLUMN district SET STATISTICS 250;
ALTER TABLE lettings.units ALTER COLUMN headline SET STORAGE EXTERNAL;
ALTER TABLE lettings.units SET (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE lettings.units CLUSTER ON units_pkey;

COMMENT ON INDEX lettings.units_pets_idx IS 'For the question asked most: where are pets allowed?';

CREATE STATISTICS lettings.units_district_rent (dependencies, ndistinct, mcv) ON district, caretaker FROM lettings.units;

COMMENT ON STATISTICS lettings.units_district_rent IS 'A district has one caretaker.';

-- The only table with this trigger that no release touches: an update of it by mistake is found by its times.
CREATE TRIGGER units_touch BEFORE UPDATE ON lettings.units
FOR EACH ROW EXECUTE FUNCTION public.gov_touch_updated_at();

COMMENT ON TRIGGER units_touch ON lettings.units IS 'Keeps updated_at.';

-- Offers on the web page. One that is promoted is an offer, with more to it.
CREATE TABLE lettings.offers (
  code       text            NOT NULL,
  unit_id    integer         NOT NULL,
  asked_rent lettings.amount,
  open_until date            NOT NULL,
  CONSTRAINT offers_pkey PRIMARY KEY (code),
  CONSTRAINT offers_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES lettings.units (id) DEFERRABLE INITIALLY DEFERRED
);

COMMENT ON TABLE lettings.offers IS 'Units that stand on the web page, with the rent that is asked.';
COMMENT ON CONSTRAINT offers_unit_id_fkey ON lettings.offers IS 'Checked at the end: an import brings offers before their units.';

CREATE TABLE lettings.promoted_offers (
  campaign text NOT NULL,
  CONSTRAINT promoted_offers_pkey PRIMARY KEY (code)
) INHERITS (lettings.offers);

COMMENT ON TABLE lettings.promoted_offers IS 'Offers that a campaign shows first.';

INSERT INTO lettings.offers (code, unit_id, asked_rent, open_until)
SELECT 'OF-' || n, 1000 + n, 500 + (n * 53) % 700, date '2026-06-01' + n
FROM generate_series(1, 24) AS n;

INSERT INTO lettings.promoted_offers (code, unit_id, asked_rent, open_until, campaign)
SELECT 'OF-' || n, 1000 + n, 500 + (n * 53) % 700, date '2026-06-01' + n, 'Summer by the water'
FROM generate_series(25, 30) AS n;
