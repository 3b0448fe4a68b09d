-- The lettings desk's own schema, and the types, domains, collation and text search in which its tables are written.
--
-- The desk works in a program of its own on this database; Directus neither shows nor registers what is here.

CREATE SCHEMA lettings;

COMMENT ON SCHEMA lettings IS 'Units on offer and their leases, kept by the lettings desk outside the back end.';

CREATE TYPE lettings.lease_status AS ENUM ('draft', 'signed', 'running', 'notice given', 'ended');

COMMENT ON TYPE lettings.lease_status IS 'Where a lease stands; the order is that of its life.';

CREATE DOMAIN lettings.email_address AS text
  CONSTRAINT email_address_check CHECK (VALUE ~ '^[^@\s]+@[^@\s]+\.[a-z]+$');

COMMENT ON DOMAIN lettings.email_address IS 'An address that at least looks like one.';
COMMENT ON CONSTRAINT email_address_check ON DOMAIN lettings.email_address IS 'One at sign, no blanks, a top-level name.';

CREATE DOMAIN lettings.amount AS numeric(10, 2) DEFAULT 0 NOT NULL
  CONSTRAINT amount_check CHECK (VALUE >= 0);

COMMENT ON DOMAIN lettings.amount IS 'Euros and cents, never negative.';

CREATE TYPE lettings.postal_address AS (street text, house_number text, postal_code text, city text);

COMMENT ON TYPE lettings.postal_address IS 'Where post for a unit or a tenant goes.';
COMMENT ON COLUMN lettings.postal_address.house_number IS 'With its addition: 12 A, 7-2.';

-- Hours of a day, from and to: when a unit can be viewed.
CREATE TYPE lettings.hours AS RANGE (SUBTYPE = time, MULTIRANGE_TYPE_NAME = lettings.several_hours);

COMMENT ON TYPE lettings.hours IS 'From one time of the day to another.';

CREATE COLLATION lettings.register_order (PROVIDER = libc, LOCALE = 'C');

COMMENT ON COLLATION lettings.register_order IS 'Order of the paper register: by bytes, capital letters first.';

-- Text search in which a house's name is found by its stem, and no word is left out.
CREATE TEXT SEARCH DICTIONARY lettings.every_stem (TEMPLATE = snowball, LANGUAGE = english);

COMMENT ON TEXT SEARCH DICTIONARY lettings.every_stem IS 'English stems without stop words.';

CREATE TEXT SEARCH CONFIGURATION lettings.unit_search (COPY = simple);

ALTER TEXT SEARCH CONFIGURATION lettings.unit_search
  ALTER MAPPING FOR asciiword, asciihword, hword_asciipart WITH lettings.every_stem;

COMMENT ON TEXT SEARCH CONFIGURATION lettings.unit_search IS 'How the desk searches units: by English stems.';

CREATE FUNCTION lettings.describe(address lettings.postal_address) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$
  SELECT (address).street || ' ' || (address).house_number || ', ' || (address).postal_code || ' ' || (address).city
$$;

COMMENT ON FUNCTION lettings.describe(lettings.postal_address) IS 'An address on one line.';

CREATE FUNCTION lettings.cheaper(one numeric, other numeric) RETURNS numeric
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 5
  AS $$
BEGIN
  RETURN least(one, other);
END
$$;

COMMENT ON FUNCTION lettings.cheaper(numeric, numeric) IS 'The lower of two rents.';

CREATE AGGREGATE lettings.cheapest(numeric) (SFUNC = lettings.cheaper, STYPE = numeric);

COMMENT ON AGGREGATE lettings.cheapest(numeric) IS 'The lowest of many rents.';

CREATE OPERATOR lettings.<& (FUNCTION = lettings.cheaper, LEFTARG = numeric, RIGHTARG = numeric, COMMUTATOR = OPERATOR(lettings.<&));

COMMENT ON OPERATOR lettings.<& (numeric, numeric) IS 'The lower of two rents.';

CREATE CAST (lettings.postal_address AS text) WITH FUNCTION lettings.describe(lettings.postal_address) AS ASSIGNMENT;

COMMENT ON CAST (lettings.postal_address AS text) IS 'An address on one line.';
