-- Who owns and who may do what in One-Roof's production: owners beside the usual one, grants, default privileges, policies.

-- The audit is not the owner's: what it holds can be written by its trigger alone.
ALTER SCHEMA audit OWNER TO one_roof_audit;
ALTER TABLE audit.lease_changes OWNER TO one_roof_audit;
ALTER FUNCTION audit.record_lease_change() OWNER TO one_roof_audit;

GRANT USAGE ON SCHEMA audit TO directus;
GRANT SELECT ON TABLE audit.lease_changes TO directus WITH GRANT OPTION;

-- Granted on by the one who was given the right, and so recorded as his.
SET SESSION AUTHORIZATION directus;
GRANT SELECT ON TABLE audit.lease_changes TO jonas_weber;
RESET SESSION AUTHORIZATION;

GRANT USAGE ON SCHEMA lettings TO one_roof_readers, one_roof_web;
GRANT USAGE, CREATE ON SCHEMA lettings TO one_roof_desk;
GRANT USAGE ON SCHEMA metering TO one_roof_readers;

GRANT SELECT ON TABLE lettings.units, lettings.offers, lettings.promoted_offers TO one_roof_readers;
GRANT SELECT ON TABLE lettings.v_free_units, lettings.v_cheap_offers TO one_roof_web;
GRANT SELECT (id, code, district, headline), UPDATE (headline) ON TABLE lettings.units TO one_roof_web;
GRANT SELECT (id, unit_id, term), REFERENCES (id) ON TABLE lettings.leases TO one_roof_readers;
GRANT SELECT, INSERT, UPDATE ON TABLE lettings.leases TO one_roof_desk;
GRANT USAGE ON SEQUENCE lettings.leases_id_seq TO one_roof_desk;
GRANT SELECT ON TABLE metering.readings, metering.consumption TO one_roof_readers;
GRANT SELECT ON TABLE public.taxonomy_labels, public.taxonomy_topics TO PUBLIC;

REVOKE ALL ON FUNCTION lettings.write_viewing() FROM PUBLIC;
REVOKE ALL ON PROCEDURE lettings.close_offers(date) FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE lettings.close_offers(date) TO one_roof_desk;
REVOKE USAGE ON TYPE lettings.amount FROM PUBLIC;
GRANT USAGE ON TYPE lettings.amount TO one_roof_desk;
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql TO directus;
GRANT SELECT ON LARGE OBJECT 420001 TO one_roof_readers;
GRANT SELECT, UPDATE ON LARGE OBJECT 420006 TO one_roof_desk WITH GRANT OPTION;
ALTER LARGE OBJECT 420005 OWNER TO one_roof_audit;

ALTER DEFAULT PRIVILEGES FOR ROLE directus IN SCHEMA lettings GRANT SELECT ON TABLES TO one_roof_readers;
ALTER DEFAULT PRIVILEGES FOR ROLE directus IN SCHEMA lettings GRANT USAGE ON SEQUENCES TO one_roof_desk;
ALTER DEFAULT PRIVILEGES FOR ROLE one_roof_audit REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE POLICY web_page ON lettings.leases FOR SELECT TO one_roof_web USING (status = 'running');
CREATE POLICY audit_sees_all ON lettings.leases FOR SELECT TO one_roof_audit, "one-roof reporting" USING (true);

COMMENT ON POLICY web_page ON lettings.leases IS 'How many units are let is no secret.';
