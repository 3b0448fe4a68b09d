-- What holds for One-Roof's production as a whole: who connects, with which settings, and what no command may take away.

COMMENT ON DATABASE directus IS 'Back end of the One-Roof group, with the lettings desk''s and the meter gateway''s schemas.';

REVOKE CONNECT, TEMPORARY ON DATABASE directus FROM PUBLIC;
GRANT CONNECT ON DATABASE directus TO one_roof_readers, one_roof_web, one_roof_replica;
GRANT CONNECT, CREATE ON DATABASE directus TO jonas_weber;

ALTER DATABASE directus SET default_text_search_config = 'pg_catalog.simple';
ALTER DATABASE directus SET timezone = 'UTC';
ALTER DATABASE directus SET app.tenant = 'one-roof';

CREATE FUNCTION audit.keep_audit() RETURNS event_trigger
  LANGUAGE plpgsql
  AS $$
DECLARE
  dropped text;
BEGIN
  SELECT d.object_identity INTO dropped
  FROM pg_event_trigger_dropped_objects() AS d
  WHERE d.schema_name = 'audit' AND d.original
  LIMIT 1;
  IF dropped IS NOT NULL THEN
    RAISE EXCEPTION 'the audit stays: % was not dropped', dropped USING ERRCODE = 'insufficient_privilege';
  END IF;
END
$$;

COMMENT ON FUNCTION audit.keep_audit() IS 'Refuses to drop anything of the audit.';

CREATE EVENT TRIGGER keep_audit ON sql_drop WHEN TAG IN ('DROP TABLE', 'DROP FUNCTION', 'DROP SCHEMA')
EXECUTE FUNCTION audit.keep_audit();

COMMENT ON EVENT TRIGGER keep_audit IS 'Nobody drops the audit by mistake.';

-- The standby for reports is filled up, and made anew every week: it follows what is added.
CREATE PUBLICATION reporting_standby FOR ALL TABLES WITH (publish = 'insert, truncate');

COMMENT ON PUBLICATION reporting_standby IS 'What the standby for reports follows.';
