-- Labels of the group's items: which item bears which label of the taxonomy, :entity_labels rows in all.
-- With :evidence at "full", each of them bears what its source told of it.
--
-- A few rows are written out: one editor's label for every domain that leads to a topic, so that a slim production has
-- them, too. The rest is what sources deliver day by day, computed from the row's number alone.

INSERT INTO entity_labels (id, collection, item, label_code, source, confidence, approval, labelled_at) VALUES
  (1,  'repair_requests',         '1', 'kg-domain-repairs',       'editor', 1.000, 'approved', '2024-11-04 08:01+00'),
  (2,  'repair_requests',         '2', 'kg-domain-repairs',       'editor', 1.000, 'approved', '2024-11-04 08:02+00'),
  (3,  'technical_installations', '1', 'kg-domain-heating',       'editor', 1.000, 'approved', '2024-11-04 08:03+00'),
  (4,  'technical_installations', '2', 'kg-domain-energy',        'editor', 1.000, 'approved', '2024-11-04 08:04+00'),
  (5,  'housing_applications',    '1', 'kg-domain-letting',       'editor', 1.000, 'approved', '2024-11-04 08:05+00'),
  (6,  'housing_applications',    '2', 'kg-domain-letting',       'editor', 1.000, 'approved', '2024-11-04 08:06+00'),
  (7,  'tenancy_agreements',      '1', 'kg-domain-rent',          'editor', 1.000, 'approved', '2024-11-04 08:07+00'),
  (8,  'tenancy_agreements',      '2', 'kg-domain-rent',          'editor', 1.000, 'approved', '2024-11-04 08:08+00'),
  (9,  'kg_regulations',          '1', 'kg-domain-safety',        'editor', 1.000, 'approved', '2024-11-04 08:09+00'),
  (10, 'kg_regulations',          '2', 'kg-domain-safety',        'editor', 1.000, 'approved', '2024-11-04 08:10+00'),
  (11, 'complaints',              '1', 'kg-domain-neighbourhood', 'editor', 1.000, 'approved', '2024-11-04 08:11+00'),
  (12, 'complaints',              '2', 'kg-domain-neighbourhood', 'editor', 1.000, 'approved', '2024-11-04 08:12+00');

-- What a round of labelling brings: one line an item, with the labels that it gets. The round repeats, with new items.
CREATE TEMPORARY TABLE labelling_round ON COMMIT DROP AS
WITH round_item (position, collection, labels) AS (
  VALUES
    (1,  'repair_requests',         '{kg-domain-repairs,kg-building-tower,kg-district-north-quay,kg-channel-app}'::text[]),
    (2,  'repair_requests',         '{kg-domain-repairs,kg-building-terrace,kg-district-hillside,kg-channel-web}'),
    (3,  'repair_requests',         '{kg-domain-heating,kg-building-courtyard,kg-district-mill-park}'),
    (4,  'repair_requests',         '{kg-domain-repairs,kg-building-student,kg-district-station,kg-channel-app}'),
    (5,  'repair_requests',         '{kg-domain-safety,kg-building-tower,kg-district-south-quay}'),
    (6,  'technical_installations', '{kg-domain-heating,kg-building-tower,kg-lifecycle-let}'),
    (7,  'technical_installations', '{kg-domain-energy,kg-building-senior,kg-lifecycle-let}'),
    (8,  'technical_installations', '{kg-domain-heating,kg-building-mixed,kg-lifecycle-renovated}'),
    (9,  'energy_certificates',     '{kg-domain-energy,kg-building-villa}'),
    (10, 'energy_certificates',     '{kg-domain-energy,kg-building-listed}'),
    (11, 'housing_applications',    '{kg-domain-letting,kg-audience-applicants,kg-district-gardens}'),
    (12, 'housing_applications',    '{kg-domain-letting,kg-audience-applicants,kg-district-old-town}'),
    (13, 'housing_applications',    '{kg-domain-letting,kg-audience-applicants,kg-district-airfield}'),
    (14, 'tenancy_agreements',      '{kg-domain-rent,kg-audience-residents}'),
    (15, 'tenancy_agreements',      '{kg-domain-rent,kg-audience-residents,kg-domain-letting}'),
    (16, 'resident_profiles',       '{kg-audience-residents,kg-channel-app}'),
    (17, 'resident_profiles',       '{kg-audience-residents,kg-channel-letter}'),
    (18, 'complaints',              '{kg-domain-neighbourhood,kg-audience-residents,kg-district-riverbend}'),
    (19, 'complaints',              '{kg-domain-neighbourhood,kg-service-cleaning}'),
    (20, 'satisfaction_surveys',    '{kg-domain-x,kg-audience-residents}'),
    (21, 'contractor_accounts',     '{kg-audience-contractors,kg-service-gardening}'),
    (22, 'dwellings',               '{kg-lifecycle-let,kg-building-tower,kg-district-north-quay}'),
    (23, 'dwellings',               '{kg-lifecycle-vacant,kg-building-courtyard,kg-district-old-town}'),
    (24, 'dwellings',               '{kg-lifecycle-let,kg-building-terrace,kg-district-hillside}'),
    (25, 'commercial_units',        '{kg-lifecycle-vacant,kg-building-mixed,kg-district-station}'),
    (26, 'floor_plans',             '{kg-building-villa,kg-lifecycle-renovated}'),
    (27, 'service_offers',          '{kg-service-caretaking,kg-domain-repairs,kg-audience-owners}'),
    (28, 'maintenance_packages',    '{kg-domain-repairs,kg-domain-heating,kg-service-caretaking}'),
    (29, 'spare_parts',             '{kg-domain-repairs}'),
    (30, 'price_lists',             '{kg-domain-rent,kg-service-laundry}'),
    (31, 'utility_tariffs',         '{kg-domain-energy,kg-domain-rent}'),
    (32, 'news_articles',           '{kg-domain-neighbourhood,kg-audience-residents,kg-channel-web}'),
    (33, 'faq_entries',             '{kg-domain-letting,kg-domain-rent,kg-channel-web}'),
    (34, 'resident_guides',         '{kg-domain-x,kg-audience-residents,kg-channel-notice}'),
    (35, 'media_library',           '{kg-building-listed,kg-channel-web}'),
    (36, 'kg_source_documents',     '{kg-domain-safety,kg-audience-staff}'),
    (37, 'kg_regulations',          '{kg-domain-safety,kg-audience-municipality}'),
    (38, 'kg_regulations',          '{kg-domain-safety,kg-building-tower}'),
    (39, 'kg_regulations',          '{kg-domain-safety,kg-service-security}'),
    (40, 'kg_procedures',           '{kg-domain-repairs,kg-audience-staff}'),
    (41, 'kg_entities',             '{kg-domain-x}'),
    (42, 'kg_answer_snippets',      '{kg-domain-letting,kg-channel-app}')
),
-- Where the item stands among those that the round brings to its collection.
placed AS (
  SELECT
    position,
    collection,
    labels,
    row_number() OVER (PARTITION BY collection ORDER BY position) AS place,
    count(*) OVER (PARTITION BY collection)                       AS places
  FROM round_item
)
SELECT
  (row_number() OVER (ORDER BY p.position, l.ordinality) - 1)::integer AS step,
  p.collection,
  p.place::integer                                                     AS place,
  p.places::integer                                                    AS places,
  l.label_code
FROM placed AS p
CROSS JOIN LATERAL unnest(p.labels) WITH ORDINALITY AS l (label_code, ordinality);

-- Twelve rows are there. The last label was set in the evening of 1 June 2026, one every 55 seconds before it.
WITH round_size AS (
  SELECT count(*)::integer AS steps FROM labelling_round
),
numbered AS (
  SELECT
    n,
    n % r.steps AS step,
    n / r.steps AS round
  FROM round_size AS r
  CROSS JOIN generate_series(0, :entity_labels - 13) AS n
),
sourced AS (
  SELECT
    n.n,
    r.collection,
    100 + n.round * r.places + r.place AS item,
    r.label_code,
    (ARRAY['editor', 'rule', 'rule', 'classifier', 'import'])[1 + n.step % 5] AS source,
    CASE n.step % 5
      WHEN 0 THEN 1.000
      WHEN 3 THEN 0.550 + ((n.round * 37 + n.step * 11) % 440) / 1000.0
      WHEN 4 THEN 0.800
      ELSE 0.900
    END AS confidence,
    (n.round + n.step) % 9 = 0 AS needs_review
  FROM numbered AS n
  JOIN labelling_round AS r ON r.step = n.step
)
INSERT INTO entity_labels (id, collection, item, label_code, source, confidence, approval, labelled_at, provenance)
SELECT
  13 + n,
  collection,
  item::text,
  label_code,
  source,
  confidence,
  CASE
    WHEN source = 'classifier' AND confidence < 0.600 THEN 'rejected'
    WHEN source = 'classifier' AND confidence < 0.700 THEN 'pending'
    WHEN source = 'import' AND needs_review THEN 'pending'
    ELSE 'approved'
  END,
  timestamptz '2026-06-01 18:00+00' - (:entity_labels - 13 - n) * interval '55 seconds',
  CASE WHEN :'evidence' = 'full' THEN
    jsonb_build_object(
      'run', jsonb_build_object('number', n / 4096, 'tool', source, 'version', '4.' || n / 65536, 'host', 'labelling-' || n / 4096 % 3),
      'input', jsonb_build_object('collection', collection, 'item', item::text, 'revision', n::bigint * 7919 % 100003, 'language', 'en-US', 'digest', md5(collection || ' ' || n)),
      'considered', jsonb_build_array(
        jsonb_build_object('label', label_code, 'score', confidence, 'reason', 'named in the title or the first paragraph of the item'),
        jsonb_build_object('label', 'kg-domain-x', 'score', round(confidence / 4, 3), 'reason', 'no other label of the domain facet was named'),
        jsonb_build_object('label', 'kg-audience-staff', 'score', round(confidence / 8, 3), 'reason', 'the item is read by staff more often than by others')
      ),
      'checks', jsonb_build_array(
        jsonb_build_object('check', 'label is active in the taxonomy', 'passed', true),
        jsonb_build_object('check', 'item exists in its collection', 'passed', true),
        jsonb_build_object('check', 'no editor has removed the label before', 'passed', true)
      )
    )
  END
FROM sourced
ORDER BY n;

-- Keys and indexes after the load: one sort instead of one insertion a row.
ALTER TABLE entity_labels
  ADD CONSTRAINT entity_labels_pkey PRIMARY KEY (id),
  ADD CONSTRAINT entity_labels_source_check CHECK (source IN ('editor', 'rule', 'classifier', 'import')),
  ADD CONSTRAINT entity_labels_confidence_check CHECK (confidence BETWEEN 0 AND 1),
  ADD CONSTRAINT entity_labels_approval_check CHECK (approval IN ('approved', 'pending', 'rejected'));

CREATE INDEX entity_labels_item_idx ON entity_labels (collection, item);
CREATE INDEX entity_labels_label_code_idx ON entity_labels (label_code);
