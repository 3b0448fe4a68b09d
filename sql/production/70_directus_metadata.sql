-- What Directus knows of the tables and has logged on their rows. Runs last, since all of it is read from them.

-- Collections -----------------------------------------------------------------------------------

INSERT INTO directus_collections (collection, icon, color, note, sort, translations)
VALUES
  ('governance', 'account_balance', '#1F6F5C', 'What is governed, and who answers for it.', 1, '[{"language":"de-DE","translation":"Governance"},{"language":"fr-FR","translation":"Gouvernance"}]'),
  ('taxonomy', 'hub', '#6644FF', 'Topics, labels, and what bears them.', 2, '[{"language":"de-DE","translation":"Taxonomie"},{"language":"fr-FR","translation":"Taxonomie"}]'),
  ('operations', 'monitor_heart', '#E35169', 'What happens behind the scenes.', 3, '[{"language":"de-DE","translation":"Betrieb"},{"language":"fr-FR","translation":"Exploitation"}]');

-- Every table that is not Directus's own. A table that is not in the list of looks is registered plainly.
INSERT INTO directus_collections (collection, icon, color, note, display_template, hidden, accountability, sort, "group", archive_field, archive_value, unarchive_value, versioning)
WITH looks (position, collection, "group", icon, display_template, hidden, accountability, archive_field, versioning) AS (
  VALUES
    (1, 'governed_objects', 'governance', 'inventory_2', '{{title}}', false, 'all', 'approval', true),
    (2, 'governed_families', 'governance', 'category', '{{name}}', false, 'all', NULL, false),
    (3, 'responsibility_scopes', 'governance', 'badge', '{{name}}', false, 'all', NULL, false),
    (4, 'ownership_nominations', 'governance', 'how_to_reg', '{{family_code}} / {{scope_code}}: {{nominee_id}}', false, 'all', NULL, false),
    (5, 'gov_ownership', 'governance', 'verified_user', '{{family_code}} / {{scope_code}}: {{owner_id}}', false, 'all', NULL, false),
    (6, 'os_proposals', 'governance', 'approval', '{{code}} {{title}}', false, 'all', NULL, true),
    (7, 'os_proposal_approvals', 'governance', 'gavel', '{{proposal_code}}: {{decision}}', false, 'all', NULL, false),
    (8, 'taxonomy_labels', 'taxonomy', 'label', '{{name}}', false, 'all', 'approval', false),
    (9, 'taxonomy_topics', 'taxonomy', 'topic', '{{name}}', false, 'all', NULL, false),
    (10, 'taxonomy_facets', 'taxonomy', 'workspaces', '{{name}}', false, 'all', NULL, false),
    (11, 'entity_labels', 'taxonomy', 'new_label', '{{collection}} {{item}}: {{label_code}}', false, NULL, NULL, false),
    (12, 'taxonomy_projection', 'taxonomy', 'visibility', '{{name}}', true, NULL, NULL, false),
    (13, 'system_issues', 'operations', 'report', '{{code}} {{summary}}', false, NULL, NULL, false),
    (14, 'gov_events', 'operations', 'history', '{{event_type}} {{subject_code}}', false, NULL, NULL, false),
    (15, 'gov_outbox', 'operations', 'outbox', '{{topic}}', true, NULL, NULL, false),
    (16, 'gov_emissions', 'operations', 'campaign', '{{topic}}', true, NULL, NULL, false)
)
SELECT
  t.relname,
  coalesce(l.icon, 'table_rows'),
  g.color,
  obj_description(t.oid, 'pg_class'),
  l.display_template,
  coalesce(l.hidden, false),
  CASE WHEN l.collection IS NULL THEN 'all' ELSE l.accountability END,
  row_number() OVER (PARTITION BY l."group" ORDER BY l.position, t.relname COLLATE "C"),
  l."group",
  l.archive_field,
  CASE WHEN l.archive_field IS NOT NULL THEN 'withdrawn' END,
  CASE WHEN l.archive_field IS NOT NULL THEN 'pending' END,
  coalesce(l.versioning, false)
FROM pg_class AS t
LEFT JOIN looks AS l ON l.collection = t.relname
LEFT JOIN directus_collections AS g ON g.collection = l."group"
WHERE t.relnamespace = 'public'::regnamespace
  AND t.relkind IN ('r', 'p')
  AND t.relname NOT LIKE 'directus\_%'
ORDER BY l.position, t.relname COLLATE "C";

-- Relations: the foreign keys. The reverse side is a list on the other item, except on Directus's own tables. --

INSERT INTO directus_relations (id, many_collection, many_field, one_collection, one_field, one_deselect_action)
SELECT
  row_number() OVER (ORDER BY k.many COLLATE "C", k.field COLLATE "C"),
  k.many,
  k.field,
  k.one,
  CASE
    WHEN k.one LIKE 'directus\_%' THEN NULL
    WHEN count(*) OVER (PARTITION BY k.many, k.one) > 1 THEN k.many || '_by_' || k.field
    WHEN k.many = k.one THEN 'narrower'
    ELSE k.many
  END,
  CASE WHEN k.optional THEN 'nullify' ELSE 'delete' END
FROM (
  SELECT m.relname::text AS many, a.attname::text AS field, o.relname::text AS one, NOT a.attnotnull AS optional
  FROM pg_constraint AS c
  JOIN pg_class AS m ON m.oid = c.conrelid
  JOIN pg_class AS o ON o.oid = c.confrelid
  JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  JOIN directus_collections AS d ON d.collection = m.relname
  WHERE c.contype = 'f'
    AND c.connamespace = 'public'::regnamespace
    AND cardinality(c.conkey) = 1
) AS k
ORDER BY k.many COLLATE "C", k.field COLLATE "C";

-- Fields: a column each, and a list for each reverse side of a relation -------------------------

INSERT INTO directus_fields (id, collection, field, special, interface, options, display, display_options, readonly, hidden, sort, width, note, required)
WITH
  columns AS (
    SELECT
      t.relname::text AS collection,
      a.attname::text AS field,
      a.attnum::integer AS position,
      format_type(a.atttypid, NULL) AS type,
      a.attnotnull AS is_required,
      a.attidentity <> '' AS is_identity,
      a.atthasdef AS has_default,
      col_description(t.oid, a.attnum) AS note,
      r.one_collection,
      (
        -- The values that a check constraint of this one column lists, in its order.
        SELECT json_agg(json_build_object('text', initcap(replace(v.value[1], '_', ' ')), 'value', v.value[1]) ORDER BY v.position)
        FROM pg_constraint AS c
        CROSS JOIN regexp_matches(pg_get_constraintdef(c.oid), '''([^'']+)''::text', 'g') WITH ORDINALITY AS v (value, position)
        WHERE c.conrelid = t.oid
          AND c.contype = 'c'
          AND c.conkey = ARRAY[a.attnum]
          AND pg_get_constraintdef(c.oid) LIKE '%= ANY (ARRAY[%'
      ) AS choices
    FROM pg_class AS t
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN directus_collections AS d ON d.collection = t.relname
    LEFT JOIN directus_relations AS r ON r.many_collection = t.relname AND r.many_field = a.attname
    WHERE t.relnamespace = 'public'::regnamespace
  ),
  kinds AS (
    SELECT
      c.*,
      CASE
        WHEN c.one_collection = 'directus_users' THEN 'person'
        WHEN c.one_collection IS NOT NULL THEN 'relation'
        WHEN c.choices IS NOT NULL THEN 'choice'
        WHEN c.field = 'created_at' THEN 'created'
        WHEN c.field = 'updated_at' THEN 'updated'
        WHEN c.field = 'collection' THEN 'collection'
        WHEN c.field IN ('description', 'summary', 'note', 'scope_note') THEN 'prose'
        WHEN c.field IN ('code', 'event_type', 'subject_code') THEN 'code'
        WHEN c.type = 'boolean' THEN 'boolean'
        WHEN c.type IN ('json', 'jsonb') THEN 'json'
        WHEN c.type IN ('date', 'timestamp with time zone') THEN 'date'
        WHEN c.type IN ('smallint', 'integer', 'bigint', 'numeric') THEN 'number'
        ELSE 'text'
      END AS kind
    FROM columns AS c
  ),
  looks (kind, special, interface, display, display_options, width) AS (
    VALUES
      ('person', 'm2o', 'select-dropdown-m2o', 'user', NULL, 'half'),
      ('relation', 'm2o', 'select-dropdown-m2o', 'related-values', NULL, 'half'),
      ('choice', NULL, 'select-dropdown', 'labels', NULL, 'half'),
      ('created', 'date-created', 'datetime', 'datetime', '{"relative":true}', 'half'),
      ('updated', 'date-updated', 'datetime', 'datetime', '{"relative":true}', 'half'),
      ('collection', NULL, 'system-collection', 'collection', NULL, 'half'),
      ('prose', NULL, 'input-multiline', 'raw', NULL, 'full'),
      ('code', NULL, 'input', 'formatted-value', '{"font":"monospace"}', 'half'),
      ('boolean', 'cast-boolean', 'boolean', 'boolean', NULL, 'half'),
      ('json', 'cast-json', 'input-code', 'raw', NULL, 'full'),
      ('date', NULL, 'datetime', 'datetime', '{"relative":true}', 'half'),
      ('number', NULL, 'input', 'raw', NULL, 'half'),
      ('text', NULL, 'input', 'raw', NULL, 'full')
  ),
  fields AS (
    SELECT
      k.collection,
      k.field,
      k.position,
      l.special,
      l.interface,
      CASE
        WHEN k.kind = 'person' THEN json_build_object('template', '{{avatar}} {{first_name}} {{last_name}}')
        WHEN k.kind = 'relation' THEN json_build_object('template', d.display_template)
        WHEN k.kind = 'choice' THEN json_build_object('choices', k.choices)
        WHEN k.kind = 'code' THEN json_build_object('font', 'monospace', 'trim', true)
        WHEN k.kind = 'json' THEN json_build_object('language', 'json')
      END AS options,
      l.display,
      CASE
        WHEN k.kind = 'relation' THEN json_build_object('template', d.display_template)
        WHEN k.kind = 'choice' THEN json_build_object('showAsDot', true)
        ELSE l.display_options::json
      END AS display_options,
      k.is_identity OR k.kind IN ('created', 'updated') AS readonly,
      k.is_identity OR k.kind IN ('created', 'updated') OR k.field = 'sort' AS hidden,
      l.width,
      k.note,
      k.is_required AND NOT k.has_default AND NOT k.is_identity AS required
    FROM kinds AS k
    JOIN looks AS l ON l.kind = k.kind
    LEFT JOIN directus_collections AS d ON d.collection = k.one_collection
    UNION ALL
    SELECT
      r.one_collection,
      r.one_field,
      1000 + r.id,
      'o2m',
      'list-o2m',
      json_build_object('template', d.display_template, 'enableCreate', false),
      'related-values',
      json_build_object('template', d.display_template),
      false,
      false,
      'full',
      NULL,
      false
    FROM directus_relations AS r
    JOIN directus_collections AS d ON d.collection = r.many_collection
    WHERE r.one_field IS NOT NULL
  )
SELECT
  row_number() OVER (ORDER BY f.collection COLLATE "C", f.position),
  f.collection,
  f.field,
  f.special,
  f.interface,
  f.options,
  f.display,
  f.display_options,
  f.readonly,
  f.hidden,
  row_number() OVER (PARTITION BY f.collection ORDER BY f.position),
  f.width,
  f.note,
  f.required
FROM fields AS f
ORDER BY f.collection COLLATE "C", f.position;

-- Drafts and links: both refer to a collection --------------------------------------------------

INSERT INTO directus_versions (id, key, name, collection, item, hash, date_created, date_updated, user_created, delta)
SELECT v.id::uuid, v.key, v.name, v.collection, v.item, md5(v.collection || '/' || v.item), v.at::timestamptz, v.at::timestamptz, u.id, v.delta::json
FROM (
  VALUES
    (1, '1cd991fc-4323-4401-a6bf-44689b8d16ed', 'board-june', 'For the board in June', 'governed_objects', '4', 'amara.okafor', '2026-05-20 12:11:08+00', '{"title":"Campaign pages"}'),
    (2, '44673233-84d8-413f-a0cf-2dd343291f2b', 'review', 'After the review', 'governed_objects', '34', 'tereza.novotna', '2026-05-06 10:02:45+00', '{"title":"Procedures"}'),
    (3, '08277ea5-764c-4ce8-83a3-350c067c91bc', 'shorter', 'Shorter summary', 'os_proposals', 'OSP-2026-06', 'sven.halvorsen', '2026-05-22 07:33:19+00', '{"summary":"Tell contractors when a procedure changes."}')
) AS v (position, id, key, name, collection, item, author, at, delta)
JOIN directus_users AS u ON u.email = v.author || '@oneroof.example'
ORDER BY v.position;

INSERT INTO directus_shares (id, name, collection, item, role, user_created, date_created, date_start, date_end, times_used, max_uses)
SELECT v.id::uuid, v.name, v.collection, v.item, r.id, u.id, v.at::timestamptz, v.at::timestamptz, v.until::timestamptz, v.used, v.most
FROM (
  VALUES
    (1, '644ced44-919f-47c3-9073-7010b3139bf8', 'For the auditors', 'os_proposals', 'OSP-2026-03', 'tereza.novotna', '2026-05-26 14:05:00+00', '2026-06-30 22:00:00+00', 3, 10),
    (2, '1f00d030-9fd2-49be-8c9f-7f3d62df7b26', 'For the works council', 'os_proposals', 'OSP-2026-02', 'nadia.rahmani', '2026-02-24 09:30:00+00', '2026-03-31 22:00:00+00', 6, NULL),
    (3, 'e56e8729-2106-4db6-8259-bc9f66bd73ba', 'For the housing office', 'governed_objects', '24', 'quentin.moreau', '2025-11-13 10:45:00+00', NULL, 1, 5)
) AS v (position, id, name, collection, item, author, at, until, used, most)
JOIN directus_users AS u ON u.email = v.author || '@oneroof.example'
JOIN directus_roles AS r ON r.name = 'Auditor'
ORDER BY v.position;

-- History ---------------------------------------------------------------------------------------

-- What people did to rows that say so themselves, and between that what a working day is full of: sign-ins and work
-- in the app, of which who, what and when follow from the place in the calendar by modular arithmetic.
CREATE TEMPORARY TABLE history ON COMMIT DROP AS
WITH
  people AS (
    SELECT row_number() OVER (ORDER BY u.email COLLATE "C") - 1 AS position, count(*) OVER () AS total, u.id
    FROM directus_users AS u
    JOIN directus_roles AS r ON r.id = u.role
    WHERE u.status = 'active' AND r.name NOT IN ('Auditor', 'Integration')
  ),
  subjects (position, share, action, collection, items) AS (
    SELECT 1, 41, 'update', 'directus_files', array_agg(id::text ORDER BY id) FROM directus_files WHERE created_on < '2025-01-01 00:00:00+00'
    UNION ALL SELECT 2, 29, 'update', 'directus_presets', array_agg(id::text ORDER BY id) FROM directus_presets
    UNION ALL SELECT 3, 7, 'update', 'directus_users', array_agg(id::text ORDER BY id) FROM directus_users WHERE status = 'active'
    UNION ALL SELECT 4, 5, 'update', 'directus_panels', array_agg(id::text ORDER BY id) FROM directus_panels WHERE date_created < '2025-01-01 00:00:00+00'
    UNION ALL SELECT 5, 19, 'run', 'directus_flows', array_agg(id::text ORDER BY id) FROM directus_flows WHERE date_created < '2025-01-01 00:00:00+00'
    UNION ALL SELECT 6, 2, 'delete', 'directus_presets', array_agg(n::text ORDER BY n) FROM generate_series(100, 160) AS n
  ),
  slots AS (
    SELECT row_number() OVER (ORDER BY position, part) - 1 AS slot, count(*) OVER () AS total, subjects.*
    FROM subjects
    CROSS JOIN generate_series(1, share) AS part
  ),
  days AS (
    SELECT row_number() OVER (ORDER BY day) AS position, day
    FROM generate_series(timestamp '2025-01-02', timestamp '2026-06-02', interval '1 day') AS day
    WHERE extract(isodow FROM day) < 6
  ),
  moments AS (
    SELECT
      d.position * 17 + e.position AS place,
      e.position < 5 AS signs_in,
      (d.day + make_interval(
        mins => (395 + e.position * 33 + (d.position * 17 + e.position * 29) % 31)::integer,
        secs => (d.position * 13 + e.position * 7) % 60
      )) AT TIME ZONE 'UTC' AS at
    FROM days AS d
    CROSS JOIN generate_series(0, 16) AS e (position)
  ),
  everyday AS (
    SELECT
      m.at,
      CASE WHEN m.signs_in THEN 'login' ELSE s.action END AS action,
      CASE WHEN m.signs_in OR s.action <> 'run' THEN p.id END AS person,
      CASE WHEN m.signs_in THEN 'directus_users' ELSE s.collection END AS collection,
      CASE WHEN m.signs_in THEN p.id::text ELSE s.items[1 + m.place * 7919 % cardinality(s.items)] END AS item,
      NULL::jsonb AS delta
    FROM moments AS m
    JOIN slots AS s ON s.slot = m.place * 61 % s.total
    JOIN people AS p ON p.position = m.place * 11 % p.total
  ),
  recorded AS (
    SELECT created_on, 'create', uploaded_by, 'directus_files', id::text, jsonb_build_object('title', title, 'type', type)
    FROM directus_files
    UNION ALL
    SELECT date_created, 'create', user_created, 'directus_comments', id::text, jsonb_build_object('collection', collection, 'item', item, 'comment', comment)
    FROM directus_comments
    UNION ALL
    SELECT date_created, 'create', user_created, 'directus_versions', id::text, jsonb_build_object('key', key, 'name', name)
    FROM directus_versions
    UNION ALL
    SELECT date_created, 'create', user_created, 'directus_shares', id::text, jsonb_build_object('name', name)
    FROM directus_shares
    UNION ALL
    SELECT
      e.occurred_at,
      CASE WHEN e.event_type IN ('object.registered', 'nomination.proposed', 'label.proposed') THEN 'create' ELSE 'update' END,
      e.actor_id,
      CASE
        WHEN e.event_type LIKE 'nomination.%' THEN 'ownership_nominations'
        WHEN e.subject_kind = 'object' THEN 'governed_objects'
        WHEN e.subject_kind = 'label' THEN 'taxonomy_labels'
        WHEN e.subject_kind = 'proposal' THEN 'os_proposals'
      END,
      coalesce(e.detail ->> 'nomination', o.id::text, e.subject_code),
      CASE
        WHEN e.event_type = 'proposal.submitted' THEN jsonb_build_object('status', 'submitted')
        WHEN e.event_type LIKE 'nomination.%' THEN jsonb_build_object('status', split_part(e.event_type, '.', 2))
        WHEN e.event_type = 'label.deprecated' THEN jsonb_build_object('status', 'deprecated')
        WHEN e.event_type IN ('label.approved', 'object.approved') THEN jsonb_build_object('approval', 'approved')
        WHEN e.event_type LIKE '%.approval_withdrawn' THEN jsonb_build_object('approval', 'withdrawn')
        ELSE e.detail
      END
    FROM gov_events AS e
    LEFT JOIN governed_objects AS o ON e.subject_kind = 'object' AND o.code = e.subject_code
    WHERE e.actor_id IS NOT NULL
  ),
  entries (at, action, person, collection, item, delta) AS (
    SELECT * FROM everyday
    UNION ALL
    SELECT * FROM recorded
  )
SELECT
  (row_number() OVER (ORDER BY at, collection COLLATE "C", item COLLATE "C", action COLLATE "C"))::integer AS id,
  entries.*
FROM entries
WHERE at >= '2025-01-01 00:00:00+00';

INSERT INTO directus_activity (id, action, "user", "timestamp", ip, user_agent, collection, item, origin)
SELECT
  h.id,
  h.action,
  h.person,
  h.at,
  CASE WHEN h.person IS NOT NULL THEN '10.20.' || (1 + h.id % 6) || '.' || (10 + p.position * 5) END,
  CASE
    WHEN h.person IS NULL THEN NULL
    WHEN p.position % 4 = 0 THEN 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15'
    WHEN p.position % 4 = 1 THEN 'Mozilla/5.0 (X11; Linux x86_64; rv:138.0) Gecko/20100101 Firefox/138.0'
    ELSE 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36'
  END,
  h.collection,
  h.item,
  CASE WHEN h.person IS NOT NULL THEN 'https://backoffice.oneroof.example' END
FROM history AS h
LEFT JOIN (SELECT id, row_number() OVER (ORDER BY email COLLATE "C") AS position FROM directus_users) AS p ON p.id = h.person
ORDER BY h.id;

-- Each creation and change has a revision: what it set, and the item's key with it.
INSERT INTO directus_revisions (id, activity, collection, item, data, delta)
SELECT
  row_number() OVER (ORDER BY c.id),
  c.id,
  c.collection,
  c.item,
  (jsonb_build_object(CASE WHEN c.collection IN ('taxonomy_labels', 'os_proposals') THEN 'code' ELSE 'id' END, c.item) || c.delta)::json,
  c.delta::json
FROM (
  SELECT
    h.id,
    h.collection,
    h.item,
    CASE
      WHEN h.delta IS NOT NULL THEN h.delta
      WHEN h.collection = 'directus_presets' THEN jsonb_build_object('layout_query', jsonb_build_object('tabular', jsonb_build_object('page', 1 + h.id % 7)))
      WHEN h.collection = 'directus_users' THEN jsonb_build_object('appearance', (ARRAY['auto', 'light', 'dark'])[1 + h.id % 3])
      WHEN h.collection = 'directus_panels' THEN jsonb_build_object('position_x', 1 + h.id * 7 % 60, 'position_y', 1 + h.id * 3 % 30)
      WHEN h.id % 3 = 0 THEN jsonb_build_object('tags', (ARRAY['site visit', 'brochure', 'insurance', 'handover', 'heritage'])[1 + h.id % 5])
      WHEN h.id % 3 = 1 THEN jsonb_build_object('description', (ARRAY['Seen from the street', 'After the refurbishment of 2024', 'For the annual report', 'Replaced by the architect'])[1 + h.id % 4])
      ELSE jsonb_build_object('focal_point_x', h.id * 37 % 400, 'focal_point_y', h.id * 53 % 400)
    END AS delta
  FROM history AS h
  WHERE h.action IN ('create', 'update')
) AS c
ORDER BY c.id;

-- Nobody was last seen before the last thing that they did.
UPDATE directus_users AS u
SET last_access = h.at
FROM (SELECT person, max(at) AS at FROM history GROUP BY person) AS h
WHERE h.person = u.id AND h.at > u.last_access;

-- Sequences continue behind the ids given above.
DO $$
BEGIN
  PERFORM setval('directus_fields_id_seq', max(id)) FROM directus_fields;
  PERFORM setval('directus_relations_id_seq', max(id)) FROM directus_relations;
  PERFORM setval('directus_activity_id_seq', max(id)) FROM directus_activity;
  PERFORM setval('directus_revisions_id_seq', max(id)) FROM directus_revisions;
END
$$;
