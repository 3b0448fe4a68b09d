-- T1 structure: creates the axis substrate, and what reconciliation, drift scans and emission need. No data.
--
-- Eleven tables, thirty-one views, one function; every one of them has a comment. Who uses which view:
--
--   v_axis_overview                      T2, T4, T5 (what each axis holds), v_axis_release_check
--   v_axis_requirement                   v_axis_coverage_gap, v_axis_coverage
--   v_axis_responsibility_holder         v_axis_holding, v_axis_drift_ownership_conflict
--   v_axis_container_current             v_axis_holding, v_axis_drift_containment_breach, v_axis_overview
--   v_axis_holding                       v_axis_coverage_gap
--   v_axis_coverage_gap                  T4, T8, v_axis_coverage, v_axis_responsibility_gap, v_axis_drift_coverage_gap
--   v_axis_coverage                      T2, T4, v_axis_release_check
--   v_axis_responsibility_gap            v_axis_responsibility_divergence
--   v_axis_responsibility_divergence     T2, T3
--   v_axis_ownership_seed                T3
--   v_axis_containment_seed              T4
--   v_axis_topic_label                   T5, v_axis_topic_home, v_axis_drift_topic_without_label
--   v_axis_topic_home                    T5
--   v_axis_unprojected_label             T5, v_axis_label_decision, v_axis_projection_gap
--   v_axis_label_decision                T5
--   v_axis_projection_gap                T5, T8, v_axis_release_check
--   v_axis_label_orphan                  v_axis_drift_label_orphan, v_axis_release_check
--   v_axis_drift_… (ten detectors)       the scan, by drift_detectors.view_name; ..._map_divergence also T5, T8,
--                                        ..._containment_breach also T4
--   v_axis_open_finding                  T6, T8, v_axis_open_drift, v_axis_emittable_finding, v_axis_release_check
--   v_axis_open_drift                    T6
--   v_axis_emittable_finding             the scan, T6, v_axis_release_check
--   v_axis_release_check                 T8

BEGIN;

SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '1min';
SET LOCAL idle_in_transaction_session_timeout = '1min';
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = notice;

DO $guard$
BEGIN
  IF current_database() <> 'directus' THEN
    RAISE EXCEPTION 'T1 ABORT: wrong database'
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('Connected to database %L as role %L.', current_database(), current_user),
            HINT = 'Connect to the database that this guard names. Nothing was changed.';
  END IF;
END
$guard$;

-- ---------------------------------------------------------------------------------------------------------------
-- The axis substrate: six tables
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE public.axis (
  code        text        NOT NULL,
  name        text        NOT NULL,
  description text        NOT NULL,
  status      text        NOT NULL DEFAULT 'active',
  created_at  timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT axis_pkey PRIMARY KEY (code),
  CONSTRAINT axis_status_check CHECK (status IN ('draft', 'active', 'retired'))
);

COMMENT ON TABLE public.axis IS 'A dimension along which governed objects are described, such as responsibility, containment or topic.';
COMMENT ON COLUMN public.axis.status IS 'Only an active axis requires anything and is scanned for drift.';

CREATE TABLE public.axis_value (
  axis_code   text        NOT NULL,
  code        text        NOT NULL,
  name        text        NOT NULL,
  description text        NOT NULL,
  sort        integer     NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT axis_value_pkey PRIMARY KEY (axis_code, code),
  CONSTRAINT axis_value_axis_code_fkey FOREIGN KEY (axis_code) REFERENCES public.axis (code)
);

COMMENT ON TABLE public.axis_value IS 'A position on an axis: a scope, a container, a topic.';
COMMENT ON COLUMN public.axis_value.code IS 'Unique within its axis; the code of the scope, family or topic that it stands for.';
COMMENT ON COLUMN public.axis_value.sort IS 'Position in lists, ascending.';

CREATE TABLE public.axis_coverage_rule (
  axis_code   text        NOT NULL,
  kind        text        NOT NULL,
  description text        NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT axis_coverage_rule_pkey PRIMARY KEY (axis_code),
  CONSTRAINT axis_coverage_rule_axis_code_fkey FOREIGN KEY (axis_code) REFERENCES public.axis (code),
  CONSTRAINT axis_coverage_rule_kind_check CHECK (kind IN ('every_value', 'one_container'))
);

COMMENT ON TABLE public.axis_coverage_rule IS 'What an axis requires of every governed object. An axis without a rule requires nothing.';
COMMENT ON COLUMN public.axis_coverage_rule.kind IS '''every_value'': a holder at every value of the axis. ''one_container'': exactly one value that holds the object now.';

CREATE TABLE public.axis_assignment (
  axis_code  text        NOT NULL,
  value_code text        NOT NULL,
  object_id  integer     NOT NULL,
  source     text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT axis_assignment_pkey PRIMARY KEY (axis_code, value_code, object_id),
  CONSTRAINT axis_assignment_value_fkey FOREIGN KEY (axis_code, value_code) REFERENCES public.axis_value (axis_code, code),
  CONSTRAINT axis_assignment_object_id_fkey FOREIGN KEY (object_id) REFERENCES public.governed_objects (id)
);

CREATE INDEX axis_assignment_object_id_idx ON public.axis_assignment (object_id);

COMMENT ON TABLE public.axis_assignment IS 'Where a governed object belongs on an axis. Says nothing about time; see axis_object_ownership.';
COMMENT ON COLUMN public.axis_assignment.source IS 'Who assigned it: a release''s tier, or a later tool.';

CREATE TABLE public.axis_object_ownership (
  id         bigint      GENERATED ALWAYS AS IDENTITY,
  axis_code  text        NOT NULL,
  value_code text        NOT NULL,
  object_id  integer     NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_to   timestamptz,
  source     text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT axis_object_ownership_pkey PRIMARY KEY (id),
  CONSTRAINT axis_object_ownership_value_fkey FOREIGN KEY (axis_code, value_code) REFERENCES public.axis_value (axis_code, code),
  CONSTRAINT axis_object_ownership_object_id_fkey FOREIGN KEY (object_id) REFERENCES public.governed_objects (id),
  CONSTRAINT axis_object_ownership_period_check CHECK (valid_to > valid_from)
);

CREATE UNIQUE INDEX axis_object_ownership_current_key ON public.axis_object_ownership (axis_code, object_id) WHERE valid_to IS NULL;
CREATE INDEX axis_object_ownership_value_idx ON public.axis_object_ownership (axis_code, value_code);
CREATE INDEX axis_object_ownership_object_id_idx ON public.axis_object_ownership (object_id);

COMMENT ON TABLE public.axis_object_ownership IS 'Which container holds an object, and held it before. Of one object and axis, one row at most is current.';
COMMENT ON COLUMN public.axis_object_ownership.valid_from IS 'Since when the container holds the object.';
COMMENT ON COLUMN public.axis_object_ownership.valid_to IS 'Until when. Empty while the row is current; set when it was superseded.';
COMMENT ON INDEX public.axis_object_ownership_current_key IS 'One current container for an object on an axis. Superseded rows may repeat.';

CREATE TABLE public.axis_value_map (
  axis_code  text        NOT NULL,
  value_code text        NOT NULL,
  label_code text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT axis_value_map_pkey PRIMARY KEY (axis_code, label_code),
  CONSTRAINT axis_value_map_value_fkey FOREIGN KEY (axis_code, value_code) REFERENCES public.axis_value (axis_code, code),
  CONSTRAINT axis_value_map_label_code_fkey FOREIGN KEY (label_code) REFERENCES public.taxonomy_labels (code)
);

CREATE INDEX axis_value_map_value_idx ON public.axis_value_map (axis_code, value_code);
CREATE INDEX axis_value_map_label_code_idx ON public.axis_value_map (label_code);

COMMENT ON TABLE public.axis_value_map IS 'Which label of the taxonomy leads to which value of an axis. Several labels may lead to one value.';

-- ---------------------------------------------------------------------------------------------------------------
-- Reconciliation, drift and emission: five tables
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE public.reconcile_decisions (
  id         bigint      GENERATED ALWAYS AS IDENTITY,
  label_code text        NOT NULL,
  decision   text        NOT NULL,
  reason     text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT reconcile_decisions_pkey PRIMARY KEY (id),
  CONSTRAINT reconcile_decisions_label_code_key UNIQUE (label_code),
  CONSTRAINT reconcile_decisions_label_code_fkey FOREIGN KEY (label_code) REFERENCES public.taxonomy_labels (code),
  CONSTRAINT reconcile_decisions_decision_check CHECK (decision IN ('quarantine', 'orthogonal', 'projection_pending'))
);

COMMENT ON TABLE public.reconcile_decisions IS 'What is to become of an approved label that no user interface shows.';
COMMENT ON COLUMN public.reconcile_decisions.decision IS '''quarantine'': contradicted, keep out. ''orthogonal'': of a facet that leads to no topic. ''projection_pending'': to be projected.';

CREATE TABLE public.drift_detectors (
  code        text    NOT NULL,
  severity    text    NOT NULL,
  view_name   text    NOT NULL,
  description text    NOT NULL,
  sort        integer NOT NULL,
  is_enabled  boolean NOT NULL DEFAULT true,
  CONSTRAINT drift_detectors_pkey PRIMARY KEY (code),
  CONSTRAINT drift_detectors_severity_check CHECK (severity IN ('info', 'warning', 'critical'))
);

COMMENT ON TABLE public.drift_detectors IS 'The detectors that a drift scan runs.';
COMMENT ON COLUMN public.drift_detectors.view_name IS 'View of schema public with the columns subject (text) and detail (jsonb): one row a finding, subject unique.';
COMMENT ON COLUMN public.drift_detectors.is_enabled IS 'A scan leaves a disabled detector out.';

CREATE TABLE public.drift_scans (
  id                bigint      GENERATED ALWAYS AS IDENTITY,
  scanned_at        timestamptz NOT NULL DEFAULT now(),
  detectors         integer     NOT NULL DEFAULT 0,
  findings          integer     NOT NULL DEFAULT 0,
  critical_findings integer     NOT NULL DEFAULT 0,
  CONSTRAINT drift_scans_pkey PRIMARY KEY (id)
);

COMMENT ON TABLE public.drift_scans IS 'Every drift scan, with what it found at its time. Written by axis_run_drift_scan().';

CREATE TABLE public.drift_findings (
  id            bigint GENERATED ALWAYS AS IDENTITY,
  scan_id       bigint NOT NULL,
  detector_code text   NOT NULL,
  severity      text   NOT NULL,
  subject       text   NOT NULL,
  detail        jsonb  NOT NULL,
  status        text   NOT NULL DEFAULT 'open',
  CONSTRAINT drift_findings_pkey PRIMARY KEY (id),
  CONSTRAINT drift_findings_scan_subject_key UNIQUE (scan_id, detector_code, subject),
  CONSTRAINT drift_findings_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES public.drift_scans (id),
  CONSTRAINT drift_findings_detector_code_fkey FOREIGN KEY (detector_code) REFERENCES public.drift_detectors (code),
  CONSTRAINT drift_findings_severity_check CHECK (severity IN ('info', 'warning', 'critical')),
  CONSTRAINT drift_findings_status_check CHECK (status IN ('open', 'accepted', 'superseded'))
);

CREATE INDEX drift_findings_detector_code_idx ON public.drift_findings (detector_code);

COMMENT ON TABLE public.drift_findings IS 'What a scan found. The next scan supersedes what is still open.';
COMMENT ON COLUMN public.drift_findings.severity IS 'The detector''s severity at the time of the scan.';
COMMENT ON COLUMN public.drift_findings.subject IS 'Code of what drifted: an object, a label, a topic, an axis, or several of them joined by a slash.';
COMMENT ON COLUMN public.drift_findings.status IS '''open'', ''accepted'' by a steward, or ''superseded'' by a later scan.';

CREATE TABLE public.emission_gate (
  channel    text        NOT NULL,
  is_open    boolean     NOT NULL DEFAULT false,
  reason     text        NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT emission_gate_pkey PRIMARY KEY (channel)
);

COMMENT ON TABLE public.emission_gate IS 'Whether findings may leave through a channel. No row, or a closed one: nothing leaves.';
COMMENT ON COLUMN public.emission_gate.channel IS 'What would leave; drift scans ask for ''drift_findings''.';

-- ---------------------------------------------------------------------------------------------------------------
-- Coverage: what is required, what is held, what is missing
-- ---------------------------------------------------------------------------------------------------------------

CREATE VIEW public.v_axis_responsibility_holder AS
SELECT
  o.id         AS object_id,
  o.code       AS object_code,
  w.scope_code,
  w.owner_id
FROM public.governed_objects AS o
JOIN public.gov_ownership AS w ON w.family_code = o.family_code;

COMMENT ON VIEW public.v_axis_responsibility_holder IS 'Owners of every (object, scope) pair, inherited from the object''s family.';

CREATE VIEW public.v_axis_container_current AS
SELECT
  h.axis_code,
  h.object_id,
  h.value_code,
  h.valid_from
FROM public.axis_object_ownership AS h
WHERE h.valid_to IS NULL;

COMMENT ON VIEW public.v_axis_container_current IS 'The container that holds each object now.';

CREATE VIEW public.v_axis_holding AS
SELECT DISTINCT
  'responsibility'::text AS axis_code,
  r.object_id,
  r.scope_code           AS value_code
FROM public.v_axis_responsibility_holder AS r
UNION ALL
SELECT
  c.axis_code,
  c.object_id,
  c.value_code
FROM public.v_axis_container_current AS c;

COMMENT ON VIEW public.v_axis_holding IS 'At which values of which axes an object is held: by an owner of its family, or by a container.';

CREATE VIEW public.v_axis_requirement AS
SELECT
  a.code AS axis_code,
  o.id   AS object_id,
  o.code AS object_code,
  v.code AS value_code
FROM public.axis AS a
JOIN public.axis_coverage_rule AS r ON r.axis_code = a.code
CROSS JOIN public.governed_objects AS o
LEFT JOIN public.axis_value AS v ON v.axis_code = a.code AND r.kind = 'every_value'
WHERE a.status = 'active'
  AND (r.kind = 'one_container' OR v.code IS NOT NULL);

COMMENT ON VIEW public.v_axis_requirement IS 'What the coverage rules of active axes require, one row each.';
COMMENT ON COLUMN public.v_axis_requirement.value_code IS 'Value at which the object must be held. Empty where any one value will do.';

CREATE VIEW public.v_axis_coverage_gap AS
SELECT
  r.axis_code,
  r.object_id,
  r.object_code,
  r.value_code
FROM public.v_axis_requirement AS r
WHERE NOT EXISTS (
  SELECT 1
  FROM public.v_axis_holding AS h
  WHERE h.axis_code = r.axis_code
    AND h.object_id = r.object_id
    AND (r.value_code IS NULL OR h.value_code = r.value_code)
);

COMMENT ON VIEW public.v_axis_coverage_gap IS 'Requirements that nothing meets: the generalized gap, over all axes.';

CREATE VIEW public.v_axis_coverage AS
SELECT
  r.axis_code,
  count(*)                                                                              AS required,
  (SELECT count(*) FROM public.v_axis_coverage_gap AS g WHERE g.axis_code = r.axis_code) AS gap
FROM public.v_axis_requirement AS r
GROUP BY r.axis_code;

COMMENT ON VIEW public.v_axis_coverage IS 'How much each axis requires, and how much of it is missing.';

CREATE VIEW public.v_axis_overview AS
SELECT
  a.code   AS axis_code,
  a.status,
  (SELECT count(*) FROM public.axis_value AS v WHERE v.axis_code = a.code)                AS axis_values,
  (SELECT count(*) FROM public.axis_coverage_rule AS r WHERE r.axis_code = a.code)        AS rules,
  (SELECT count(*) FROM public.axis_value_map AS m WHERE m.axis_code = a.code)            AS maps,
  (SELECT count(*) FROM public.axis_assignment AS s WHERE s.axis_code = a.code)           AS assignments,
  (SELECT count(*) FROM public.v_axis_container_current AS c WHERE c.axis_code = a.code)  AS current_holdings
FROM public.axis AS a;

COMMENT ON VIEW public.v_axis_overview IS 'What each axis holds, in numbers.';

-- ---------------------------------------------------------------------------------------------------------------
-- Responsibility
-- ---------------------------------------------------------------------------------------------------------------

CREATE VIEW public.v_axis_responsibility_gap AS
SELECT
  g.object_id,
  g.object_code,
  g.value_code AS scope_code
FROM public.v_axis_coverage_gap AS g
WHERE g.axis_code = 'responsibility';

COMMENT ON VIEW public.v_axis_responsibility_gap IS 'The generalized gap of the responsibility axis, in the columns of v_gov_responsibility_gap.';

CREATE VIEW public.v_axis_responsibility_divergence AS
SELECT
  coalesce(a.object_id, g.object_id)     AS object_id,
  coalesce(a.object_code, g.object_code) AS object_code,
  coalesce(a.scope_code, g.scope_code)   AS scope_code,
  CASE WHEN g.object_id IS NULL THEN 'generalized' ELSE 'canonical' END AS found_in
FROM public.v_axis_responsibility_gap AS a
FULL JOIN public.v_gov_responsibility_gap AS g
  ON g.object_id = a.object_id AND g.scope_code = a.scope_code
WHERE a.object_id IS NULL OR g.object_id IS NULL;

COMMENT ON VIEW public.v_axis_responsibility_divergence IS 'Pairs that only one of the generalized and the canonical gap has.';

CREATE VIEW public.v_axis_ownership_seed AS
SELECT
  n.family_code,
  n.scope_code,
  n.nominee_id  AS owner_id,
  n.decided_on  AS valid_from,
  f.sort        AS family_sort,
  s.sort        AS scope_sort
FROM public.ownership_nominations AS n
JOIN public.governed_families AS f ON f.code = n.family_code
JOIN public.responsibility_scopes AS s ON s.code = n.scope_code
JOIN public.directus_users AS u ON u.id = n.nominee_id
WHERE n.status = 'accepted'
  AND s.required
  AND u.status = 'active'
  AND NOT EXISTS (
    SELECT 1
    FROM public.gov_ownership AS w
    WHERE w.family_code = n.family_code
      AND w.scope_code = n.scope_code
  );

COMMENT ON VIEW public.v_axis_ownership_seed IS 'Accepted nominees, active as users, of required scopes that nobody owns yet.';

-- ---------------------------------------------------------------------------------------------------------------
-- Containment
-- ---------------------------------------------------------------------------------------------------------------

CREATE VIEW public.v_axis_containment_seed AS
SELECT
  o.id         AS object_id,
  o.family_code,
  o.created_at AS valid_from
FROM public.governed_objects AS o
WHERE o.family_code IS NOT NULL;

COMMENT ON VIEW public.v_axis_containment_seed IS 'The family of every classified object, which holds it since it was registered.';

-- ---------------------------------------------------------------------------------------------------------------
-- Topics and labels
-- ---------------------------------------------------------------------------------------------------------------

CREATE VIEW public.v_axis_topic_label AS
SELECT
  l.code       AS label_code,
  l.topic_code
FROM public.taxonomy_labels AS l
WHERE l.status = 'active'
  AND l.approval = 'approved'
  AND l.topic_code IS NOT NULL
  AND EXISTS (
    SELECT 1
    FROM public.taxonomy_projection AS p
    WHERE p.label_code = l.code
  );

COMMENT ON VIEW public.v_axis_topic_label IS 'Labels by which a topic is reached now: active, approved, projected.';

CREATE VIEW public.v_axis_topic_home AS
SELECT DISTINCT ON (l.topic_code)
  l.topic_code,
  o.id     AS object_id,
  count(*) AS approved_labels
FROM public.entity_labels AS e
JOIN public.v_axis_topic_label AS l ON l.label_code = e.label_code
JOIN public.governed_objects AS o ON o.code = e.collection
WHERE e.approval = 'approved'
GROUP BY l.topic_code, o.id
ORDER BY l.topic_code, count(*) DESC, o.id;

COMMENT ON VIEW public.v_axis_topic_home IS 'The object whose items bear most of a topic''s approved labels; of equals, the one registered first.';

CREATE VIEW public.v_axis_unprojected_label AS
SELECT
  l.code       AS label_code,
  l.facet,
  l.parent_code,
  l.topic_code,
  l.status
FROM public.taxonomy_labels AS l
WHERE l.approval = 'approved'
  AND NOT EXISTS (
    SELECT 1
    FROM public.taxonomy_projection AS p
    WHERE p.label_code = l.code
  );

COMMENT ON VIEW public.v_axis_unprojected_label IS 'Approved labels that no user interface shows. Each needs a decision.';

CREATE VIEW public.v_axis_label_decision AS
SELECT
  u.label_code,
  CASE
    WHEN u.status = 'deprecated' OR parent.status = 'deprecated' THEN 'quarantine'
    WHEN NOT f.carries_topics THEN 'orthogonal'
    ELSE 'projection_pending'
  END AS decision,
  CASE
    WHEN u.status = 'deprecated' THEN 'The label is approved and deprecated at once.'
    WHEN parent.status = 'deprecated' THEN format('Its parent %s is deprecated.', u.parent_code)
    WHEN NOT f.carries_topics THEN format('Facet %s leads to no topic.', u.facet)
    ELSE format('Leads to topic %s, but was not projected yet.', u.topic_code)
  END AS reason
FROM public.v_axis_unprojected_label AS u
JOIN public.taxonomy_facets AS f ON f.code = u.facet
LEFT JOIN public.taxonomy_labels AS parent ON parent.code = u.parent_code
WHERE u.status = 'deprecated'
  OR parent.status = 'deprecated'
  OR NOT f.carries_topics
  OR u.topic_code IS NOT NULL;

COMMENT ON VIEW public.v_axis_label_decision IS 'The decision that follows for an unprojected label. None for a topic facet''s label without a topic: a person has to decide.';

CREATE VIEW public.v_axis_projection_gap AS
SELECT
  u.label_code
FROM public.v_axis_unprojected_label AS u
WHERE NOT EXISTS (
  SELECT 1
  FROM public.reconcile_decisions AS d
  WHERE d.label_code = u.label_code
);

COMMENT ON VIEW public.v_axis_projection_gap IS 'Labels that are approved, unprojected and undecided.';

CREATE VIEW public.v_axis_label_orphan AS
SELECT
  e.id         AS entity_label_id,
  e.collection,
  e.item,
  e.label_code
FROM public.entity_labels AS e
WHERE NOT EXISTS (
  SELECT 1
  FROM public.taxonomy_labels AS l
  WHERE l.code = e.label_code
);

COMMENT ON VIEW public.v_axis_label_orphan IS 'Items'' labels that the taxonomy does not have.';

-- ---------------------------------------------------------------------------------------------------------------
-- Drift detectors: one row a finding, (subject, detail). They compare stored values; none reads the clock.
-- ---------------------------------------------------------------------------------------------------------------

CREATE VIEW public.v_axis_drift_ownership_conflict AS
SELECT
  r.object_code || '/' || r.scope_code AS subject,
  jsonb_build_object('owners', jsonb_agg(DISTINCT r.owner_id)) AS detail
FROM public.v_axis_responsibility_holder AS r
GROUP BY r.object_code, r.scope_code
HAVING count(DISTINCT r.owner_id) > 1;

COMMENT ON VIEW public.v_axis_drift_ownership_conflict IS 'Detector: (object, scope) pairs with several owners.';

CREATE VIEW public.v_axis_drift_coverage_gap AS
SELECT
  concat_ws('/', g.axis_code, g.object_code, g.value_code) AS subject,
  jsonb_build_object('axis', g.axis_code, 'object', g.object_code, 'value', g.value_code) AS detail
FROM public.v_axis_coverage_gap AS g;

COMMENT ON VIEW public.v_axis_drift_coverage_gap IS 'Detector: requirements of a coverage rule that nothing meets.';

CREATE VIEW public.v_axis_drift_containment_breach AS
SELECT
  o.code AS subject,
  jsonb_build_object(
    'family', o.family_code,
    'container', c.value_code,
    'assigned', (
      SELECT jsonb_agg(s.value_code ORDER BY s.value_code)
      FROM public.axis_assignment AS s
      WHERE s.axis_code = c.axis_code
        AND s.object_id = c.object_id
    )
  ) AS detail
FROM public.v_axis_container_current AS c
JOIN public.governed_objects AS o ON o.id = c.object_id
WHERE c.axis_code = 'containment'
  AND (
    c.value_code IS DISTINCT FROM o.family_code
    OR ARRAY[c.value_code] IS DISTINCT FROM ARRAY(
      SELECT s.value_code
      FROM public.axis_assignment AS s
      WHERE s.axis_code = c.axis_code
        AND s.object_id = c.object_id
    )
  );

COMMENT ON VIEW public.v_axis_drift_containment_breach IS 'Detector: objects whose current container is not their family, or not the one value that they are assigned to.';

CREATE VIEW public.v_axis_drift_map_divergence AS
SELECT
  m.label_code AS subject,
  jsonb_build_object('mapped_to', m.value_code, 'topic', l.topic_code, 'status', l.status, 'approval', l.approval) AS detail
FROM public.axis_value_map AS m
JOIN public.taxonomy_labels AS l ON l.code = m.label_code
WHERE m.axis_code = 'topic'
  AND (
    l.topic_code IS DISTINCT FROM m.value_code
    OR l.status <> 'active'
    OR l.approval <> 'approved'
  );

COMMENT ON VIEW public.v_axis_drift_map_divergence IS 'Detector: mapped labels with another topic than their map, or no longer active and approved.';

CREATE VIEW public.v_axis_drift_label_orphan AS
SELECT
  o.label_code AS subject,
  jsonb_build_object('items', count(*)) AS detail
FROM public.v_axis_label_orphan AS o
GROUP BY o.label_code;

COMMENT ON VIEW public.v_axis_drift_label_orphan IS 'Detector: labels that items bear and the taxonomy does not have.';

CREATE VIEW public.v_axis_drift_ui_visible_unapproved AS
SELECT
  o.code AS subject,
  jsonb_build_object('title', o.title, 'approval', o.approval) AS detail
FROM public.governed_objects AS o
WHERE o.ui_visible
  AND o.approval <> 'approved';

COMMENT ON VIEW public.v_axis_drift_ui_visible_unapproved IS 'Detector: objects that a user interface shows although the board has not approved them.';

CREATE VIEW public.v_axis_drift_topic_without_label AS
SELECT
  v.code AS subject,
  jsonb_build_object('topic', v.name) AS detail
FROM public.axis_value AS v
WHERE v.axis_code = 'topic'
  AND NOT EXISTS (
    SELECT 1
    FROM public.v_axis_topic_label AS l
    WHERE l.topic_code = v.code
  );

COMMENT ON VIEW public.v_axis_drift_topic_without_label IS 'Detector: topics that no label reaches.';

CREATE VIEW public.v_axis_drift_projection_lag AS
SELECT
  l.code AS subject,
  jsonb_build_object(
    'taxonomy', jsonb_build_object('name', l.name, 'facet', l.facet, 'topic', l.topic_code),
    'projected', jsonb_build_object('name', p.name, 'facet', p.facet, 'topic', p.topic_code)
  ) AS detail
FROM public.taxonomy_projection AS p
JOIN public.taxonomy_labels AS l ON l.code = p.label_code
WHERE (p.name, p.facet, p.topic_code) IS DISTINCT FROM (l.name, l.facet, l.topic_code);

COMMENT ON VIEW public.v_axis_drift_projection_lag IS 'Detector: labels whose projected content differs from the taxonomy.';

CREATE VIEW public.v_axis_drift_projection_lag_timing AS
SELECT
  l.code AS subject,
  jsonb_build_object('changed_at', l.updated_at, 'projected_at', p.projected_at) AS detail
FROM public.taxonomy_projection AS p
JOIN public.taxonomy_labels AS l ON l.code = p.label_code
WHERE (p.name, p.facet, p.topic_code) IS NOT DISTINCT FROM (l.name, l.facet, l.topic_code)
  AND p.projected_at < l.updated_at;

COMMENT ON VIEW public.v_axis_drift_projection_lag_timing IS 'Detector: labels changed after their projection, but not in what was projected.';

CREATE VIEW public.v_axis_drift_coverage_rule_missing AS
SELECT
  a.code AS subject,
  jsonb_build_object('axis', a.name) AS detail
FROM public.axis AS a
WHERE a.status = 'active'
  AND NOT EXISTS (
    SELECT 1
    FROM public.axis_coverage_rule AS r
    WHERE r.axis_code = a.code
  );

COMMENT ON VIEW public.v_axis_drift_coverage_rule_missing IS 'Detector: active axes that require nothing of anybody.';

-- ---------------------------------------------------------------------------------------------------------------
-- Findings and the final check
-- ---------------------------------------------------------------------------------------------------------------

CREATE VIEW public.v_axis_open_finding AS
SELECT
  f.id AS finding_id,
  f.scan_id,
  f.detector_code,
  f.severity,
  f.subject,
  f.detail
FROM public.drift_findings AS f
WHERE f.status = 'open';

COMMENT ON VIEW public.v_axis_open_finding IS 'Findings that nobody has accepted and no later scan has superseded.';

CREATE VIEW public.v_axis_open_drift AS
SELECT
  d.code              AS detector_code,
  d.severity,
  count(f.finding_id) AS open_findings
FROM public.drift_detectors AS d
LEFT JOIN public.v_axis_open_finding AS f ON f.detector_code = d.code
GROUP BY d.code, d.severity;

COMMENT ON VIEW public.v_axis_open_drift IS 'Open findings of every detector, zeros included.';

CREATE VIEW public.v_axis_emittable_finding AS
SELECT
  f.finding_id,
  f.scan_id,
  f.detector_code,
  f.severity,
  f.subject
FROM public.v_axis_open_finding AS f
WHERE EXISTS (
  SELECT 1
  FROM public.emission_gate AS g
  WHERE g.channel = 'drift_findings'
    AND g.is_open
);

COMMENT ON VIEW public.v_axis_emittable_finding IS 'Open findings that the emission gate lets through: none while it is closed.';

CREATE VIEW public.v_axis_release_check AS
WITH figure AS (
  SELECT
    (SELECT count(*) FROM public.v_gov_responsibility_gap)                                       AS resp_gap,
    (SELECT count(*) FROM public.v_gov_ownership_conflict)                                       AS conflict,
    (SELECT count(*) FROM public.v_axis_overview AS o WHERE o.status = 'active')                 AS active_axes,
    (SELECT count(*) FROM public.axis)                                                           AS axes,
    (SELECT count(*) FROM public.v_axis_drift_map_divergence)                                    AS divergent,
    (SELECT count(*) FROM public.v_axis_projection_gap)                                          AS projection_gap,
    (SELECT count(*) FROM public.v_axis_label_orphan)                                            AS label_orphans,
    (SELECT count(*) FROM public.v_axis_open_finding)                                            AS open_drift,
    (SELECT count(*) FROM public.v_axis_open_finding AS f WHERE f.severity = 'critical')         AS critical_drift,
    (SELECT count(*) FROM public.v_axis_emittable_finding)                                       AS emittable,
    (SELECT count(*) FROM public.gov_outbox)                                                     AS gov_outbox,
    (SELECT l.status FROM public.taxonomy_labels AS l WHERE l.code = 'kg-domain-x')              AS kg_domain_x,
    (SELECT count(*) FROM public.reconcile_decisions)                                            AS decisions
),
coverage AS (
  SELECT
    max(c.required) FILTER (WHERE c.axis_code = 'responsibility') AS resp_required,
    max(c.gap) FILTER (WHERE c.axis_code = 'responsibility')      AS resp_gap,
    max(c.required) FILTER (WHERE c.axis_code = 'containment')    AS containment_required,
    max(c.gap) FILTER (WHERE c.axis_code = 'containment')         AS containment_gap
  FROM public.v_axis_coverage AS c
)
SELECT
  r.position,
  r.name,
  r.value,
  r.holds
FROM figure AS f
CROSS JOIN coverage AS c
CROSS JOIN LATERAL (
  VALUES
    (10,  'resp_gap',            f.resp_gap::text,                                                f.resp_gap = 0),
    (20,  'conflict',            f.conflict::text,                                                f.conflict = 0),
    (30,  'resp_axis',           concat(c.resp_required, '/', c.resp_gap),                        c.resp_gap IS NOT DISTINCT FROM f.resp_gap),
    (40,  'containment',         concat(c.containment_required, '/', c.containment_gap),          c.containment_gap IS NOT DISTINCT FROM 0),
    (50,  'active_axes',         f.active_axes::text,                                             f.active_axes = f.axes),
    (60,  'divergent',           f.divergent::text,                                               f.divergent = 0),
    (70,  'projection_gap',      f.projection_gap::text,                                          f.projection_gap = 0),
    (80,  'label_orphans',       f.label_orphans::text,                                           f.label_orphans = 0),
    (90,  'open_drift',          f.open_drift::text,                                              NULL),
    (100, 'critical_drift',      f.critical_drift::text,                                          f.critical_drift = 0),
    (110, 'emittable',           f.emittable::text,                                               f.emittable = 0),
    (120, 'gov_outbox',          f.gov_outbox::text,                                              f.gov_outbox = 0),
    (130, 'kg-domain-x',         coalesce(f.kg_domain_x, 'absent'),                               f.kg_domain_x IS NOT DISTINCT FROM 'active'),
    (140, 'reconcile_decisions', f.decisions::text,                                               NULL)
) AS r (position, name, value, holds);

COMMENT ON VIEW public.v_axis_release_check IS 'The final table of the release: figures, and whether each is as it has to be.';
COMMENT ON COLUMN public.v_axis_release_check.holds IS 'Whether the figure is as it has to be. Empty where it may have any value.';

-- ---------------------------------------------------------------------------------------------------------------
-- The scan
-- ---------------------------------------------------------------------------------------------------------------

CREATE FUNCTION public.axis_run_drift_scan() RETURNS bigint
LANGUAGE plpgsql
SECURITY INVOKER
SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  new_scan bigint;
  detector record;
BEGIN
  -- One scan at a time: two would supersede each other's findings.
  LOCK TABLE public.drift_scans IN SHARE ROW EXCLUSIVE MODE;

  UPDATE public.drift_findings SET status = 'superseded' WHERE status = 'open';

  INSERT INTO public.drift_scans DEFAULT VALUES RETURNING id INTO STRICT new_scan;

  FOR detector IN
    SELECT d.code, d.severity, d.view_name
    FROM public.drift_detectors AS d
    WHERE d.is_enabled
    ORDER BY d.sort, d.code
  LOOP
    EXECUTE format(
      'INSERT INTO public.drift_findings (scan_id, detector_code, severity, subject, detail)
       SELECT $1, $2, $3, v.subject, v.detail FROM public.%I AS v ORDER BY v.subject',
      detector.view_name
    )
    USING new_scan, detector.code, detector.severity;
  END LOOP;

  UPDATE public.drift_scans AS s
  SET
    detectors = (SELECT count(*) FROM public.drift_detectors AS d WHERE d.is_enabled),
    findings = (SELECT count(*) FROM public.drift_findings AS f WHERE f.scan_id = new_scan),
    critical_findings = (SELECT count(*) FROM public.drift_findings AS f WHERE f.scan_id = new_scan AND f.severity = 'critical')
  WHERE s.id = new_scan;

  INSERT INTO public.gov_outbox (topic, payload)
  SELECT 'drift_finding', jsonb_build_object('finding', e.finding_id, 'detector', e.detector_code, 'severity', e.severity, 'subject', e.subject)
  FROM public.v_axis_emittable_finding AS e
  WHERE e.scan_id = new_scan
  ORDER BY e.finding_id;

  RETURN new_scan;
END
$function$;

COMMENT ON FUNCTION public.axis_run_drift_scan() IS 'Runs every enabled detector, records what it finds, queues what the emission gate lets through, and returns the scan''s id.';

REVOKE ALL ON FUNCTION public.axis_run_drift_scan() FROM PUBLIC;

-- What is there now, from the catalog, and whether somebody who finds it later is told what it is.
DO $check$
DECLARE
  made record;
BEGIN
  SELECT
    count(*) FILTER (WHERE o.kind = 'table')                            AS tables,
    count(*) FILTER (WHERE o.kind = 'view')                             AS views,
    count(*) FILTER (WHERE o.kind = 'function')                         AS functions,
    string_agg(o.name, ', ' ORDER BY o.name) FILTER (WHERE o.comment IS NULL) AS undocumented
  INTO STRICT made
  FROM (
    SELECT
      CASE c.relkind WHEN 'v' THEN 'view' ELSE 'table' END,
      c.relname::text,
      obj_description(c.oid, 'pg_class')
    FROM pg_class AS c
    WHERE c.relnamespace = 'public'::regnamespace
      AND (
        (c.relkind = 'v' AND c.relname ~ '^v_axis_')
        OR (c.relkind = 'r' AND c.relname ~ '^axis(_|$)')
        OR (c.relkind = 'r' AND c.relname IN ('reconcile_decisions', 'drift_detectors', 'drift_scans', 'drift_findings', 'emission_gate'))
      )
    UNION ALL
    SELECT 'function', p.proname::text, obj_description(p.oid, 'pg_proc')
    FROM pg_proc AS p
    WHERE p.pronamespace = 'public'::regnamespace
      AND p.proname ~ '^axis_'
  ) AS o (kind, name, comment);

  IF made.undocumented IS NOT NULL THEN
    RAISE EXCEPTION 'T1 STRUCTURE FAILED: objects without a comment'
      USING ERRCODE = 'integrity_constraint_violation',
            DETAIL = format('Without a comment: %s.', made.undocumented),
            HINT = 'Say with COMMENT ON what each is for, then run this tier again: nothing of it was kept.';
  END IF;

  RAISE NOTICE 'T1 STRUCTURE PASS: tables=% views=% functions=%', made.tables, made.views, made.functions;
END
$check$;

COMMIT;
