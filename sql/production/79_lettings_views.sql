-- What the lettings desk and its web page read: views, one of which can be written, and a rule that keeps another quiet.

CREATE VIEW lettings.v_free_units WITH (security_barrier = true) AS
SELECT u.id, u.code, u.district, lettings.describe(u.address) AS address, u.rentable_area, lower(u.rent_band) AS rent_from
FROM lettings.units AS u
WHERE NOT EXISTS (SELECT FROM lettings.offers AS o WHERE o.unit_id = u.id);

COMMENT ON VIEW lettings.v_free_units IS 'Units without an offer, promoted or not.';

-- Who asks sees what the policies let him see, not what the view's owner sees (PostgreSQL 15 and newer).
SELECT current_setting('server_version_num')::integer >= 150000 AS has_invoker
\gset
\if :has_invoker
CREATE VIEW lettings.v_running_leases WITH (security_invoker = true) AS
SELECT l.id, l.unit_id, l.term, l.monthly_rent FROM lettings.leases AS l WHERE l.status IN ('running', 'notice given');
\else
CREATE VIEW lettings.v_running_leases AS
SELECT l.id, l.unit_id, l.term, l.monthly_rent FROM lettings.leases AS l WHERE l.status IN ('running', 'notice given');
\endif

COMMENT ON VIEW lettings.v_running_leases IS 'Leases that are running, of the desk that asks.';
COMMENT ON COLUMN lettings.v_running_leases.monthly_rent IS 'Without heating.';

CREATE VIEW lettings.v_cheap_offers AS
SELECT o.code, o.unit_id, o.asked_rent, o.open_until FROM lettings.offers AS o WHERE o.asked_rent < 800
WITH LOCAL CHECK OPTION;

COMMENT ON VIEW lettings.v_cheap_offers IS 'Offers below 800 euros; what is written here must stay below.';

CREATE VIEW lettings.v_viewings AS
SELECT u.code, lower(u.viewing_hours) AS opens, upper(u.viewing_hours) AS closes FROM lettings.units AS u;

COMMENT ON VIEW lettings.v_viewings IS 'When a unit can be viewed; the desk writes here.';

CREATE FUNCTION lettings.write_viewing() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  UPDATE lettings.units SET viewing_hours = lettings.hours(NEW.opens, NEW.closes) WHERE code = OLD.code;
  RETURN NEW;
END
$$;

COMMENT ON FUNCTION lettings.write_viewing() IS 'Writes viewing hours through their view.';

CREATE TRIGGER v_viewings_write INSTEAD OF UPDATE ON lettings.v_viewings
FOR EACH ROW EXECUTE FUNCTION lettings.write_viewing();

COMMENT ON TRIGGER v_viewings_write ON lettings.v_viewings IS 'The hours are a range in the table.';

CREATE RULE free_units_stay AS ON DELETE TO lettings.v_free_units DO INSTEAD NOTHING;

COMMENT ON RULE free_units_stay ON lettings.v_free_units IS 'The web page''s clean-up may not take units away.';

CREATE PROCEDURE lettings.close_offers(up_to date)
  LANGUAGE sql
  AS $$
  DELETE FROM lettings.offers WHERE open_until < up_to
$$;

COMMENT ON PROCEDURE lettings.close_offers(date) IS 'Takes offers off the web page whose time is over.';

-- What the web page's search follows, row by row that is new: offers, and of units those columns and rows that are public.
SELECT current_setting('server_version_num')::integer >= 150000 AS has_filters
\gset
\if :has_filters
CREATE PUBLICATION web_page FOR TABLE
  lettings.offers, lettings.promoted_offers,
  lettings.units (id, code, district, headline) WHERE (district <> 'station')
  WITH (publish = 'insert');
\else
CREATE PUBLICATION web_page FOR TABLE lettings.offers, lettings.promoted_offers, lettings.units
  WITH (publish = 'insert');
\endif

COMMENT ON PUBLICATION web_page IS 'What the web page''s search follows.';
