-- Data of the governance layer on 2026-06-03: inventory, nominations, proposals, taxonomy, projection, event log.
--
-- Needs 20_governance_schema.sql and the Directus users of 30_directus_data.sql. Small tables are written out; the
-- event log is derived from them, so that it tells the same story.

INSERT INTO governed_families (code, name, description, sort) VALUES
  ('editorial', 'Editorial content',     'What the group publishes on its sites and in its app.', 1),
  ('catalogue', 'Services and products', 'What can be ordered, and at what price.',               2),
  ('property',  'Property register',     'Estates, buildings and what is installed in them.',     3),
  ('resident',  'Residents and partners', 'People and firms that the group deals with.',          4),
  ('knowledge', 'Knowledge graph',       'Entities, terms and sources behind search and answers.', 5);

INSERT INTO governed_objects (id, code, title, kind, family_code, ui_visible, approval, approved_at, created_at, updated_at) VALUES
  (1,  'web_pages',               'Web pages',                   'collection',   'editorial', true,  'approved',  '2023-03-14 09:20+00', '2023-02-06 08:00+00', '2023-03-14 09:20+00'),
  (2,  'news_articles',           'News articles',               'collection',   'editorial', true,  'approved',  '2023-03-14 09:25+00', '2023-02-06 08:05+00', '2023-03-14 09:25+00'),
  (3,  'press_releases',          'Press releases',              'collection',   'editorial', true,  'approved',  '2026-06-02 13:10+00', '2023-02-06 08:10+00', '2026-06-02 13:10+00'),
  (4,  'campaign_landings',       'Campaign landing pages',      'collection',   'editorial', true,  'pending',   NULL,                  '2025-11-17 10:40+00', '2026-04-22 15:05+00'),
  (5,  'resident_guides',         'Guides for residents',        'document_set', 'editorial', true,  'approved',  '2026-06-02 13:14+00', '2023-05-22 07:45+00', '2026-06-02 13:14+00'),
  (6,  'faq_entries',             'Frequently asked questions',  'collection',   'editorial', true,  'approved',  '2023-06-20 12:00+00', '2023-05-22 07:50+00', '2023-06-20 12:00+00'),
  (7,  'media_library',           'Media library',               'collection',   'editorial', true,  'approved',  '2023-03-14 09:40+00', '2023-02-06 08:15+00', '2023-03-14 09:40+00'),
  (8,  'service_offers',          'Service offers',              'collection',   'catalogue', true,  'approved',  '2023-09-12 13:30+00', '2023-08-01 09:00+00', '2023-09-12 13:30+00'),
  (9,  'maintenance_packages',    'Maintenance packages',        'collection',   'catalogue', true,  'approved',  '2026-06-02 13:21+00', '2023-08-01 09:05+00', '2026-06-02 13:21+00'),
  (10, 'spare_parts',             'Spare parts',                 'dataset',      'catalogue', false, 'pending',   NULL,                  '2023-08-01 09:10+00', '2025-10-09 06:30+00'),
  (11, 'supplier_catalogue',      'Suppliers'' catalogues',      'dataset',      'catalogue', false, 'approved',  '2023-09-12 13:40+00', '2023-08-01 09:15+00', '2023-09-12 13:40+00'),
  (12, 'price_lists',             'Price lists',                 'collection',   'catalogue', true,  'approved',  '2023-09-12 13:45+00', '2023-08-01 09:20+00', '2023-09-12 13:45+00'),
  (13, 'utility_tariffs',         'Utility tariffs',             'dataset',      'catalogue', true,  'approved',  '2024-01-30 10:15+00', '2023-12-04 11:00+00', '2024-01-30 10:15+00'),
  (14, 'service_bundles',         'Service bundles',             'collection',   'catalogue', true,  'pending',   NULL,                  '2026-01-19 14:20+00', '2026-03-03 08:55+00'),
  (15, 'estates',                 'Estates',                     'collection',   'property',  true,  'approved',  '2023-04-18 08:30+00', '2023-02-20 07:30+00', '2023-04-18 08:30+00'),
  (16, 'buildings',               'Buildings',                   'collection',   'property',  true,  'approved',  '2023-04-18 08:35+00', '2023-02-20 07:35+00', '2023-04-18 08:35+00'),
  (17, 'dwellings',               'Dwellings',                   'collection',   'property',  true,  'approved',  '2023-04-18 08:40+00', '2023-02-20 07:40+00', '2023-04-18 08:40+00'),
  (18, 'commercial_units',        'Commercial units',            'collection',   'property',  true,  'pending',   NULL,                  '2024-10-07 09:00+00', '2025-12-11 16:10+00'),
  (19, 'technical_installations', 'Technical installations',     'collection',   'property',  true,  'approved',  '2023-07-11 09:00+00', '2023-05-02 07:00+00', '2023-07-11 09:00+00'),
  (20, 'energy_certificates',     'Energy certificates',         'document_set', 'property',  true,  'approved',  '2026-06-02 13:28+00', '2023-05-02 07:05+00', '2026-06-02 13:28+00'),
  (21, 'floor_plans',             'Floor plans',                 'document_set', 'property',  true,  'approved',  '2026-06-02 13:31+00', '2023-05-02 07:10+00', '2026-06-02 13:31+00'),
  (22, 'resident_profiles',       'Resident profiles',           'collection',   'resident',  true,  'approved',  '2023-10-24 12:05+00', '2023-09-04 08:00+00', '2023-10-24 12:05+00'),
  (23, 'tenancy_agreements',      'Tenancy agreements',          'document_set', 'resident',  false, 'approved',  '2023-10-24 12:10+00', '2023-09-04 08:05+00', '2023-10-24 12:10+00'),
  (24, 'housing_applications',    'Housing applications',        'collection',   'resident',  true,  'approved',  '2023-10-24 12:15+00', '2023-09-04 08:10+00', '2023-10-24 12:15+00'),
  (25, 'repair_requests',         'Repair requests',             'collection',   'resident',  true,  'approved',  '2023-10-24 12:20+00', '2023-09-04 08:15+00', '2023-10-24 12:20+00'),
  (26, 'complaints',              'Complaints',                  'collection',   'resident',  true,  'approved',  '2026-06-02 13:36+00', '2023-09-04 08:20+00', '2026-06-02 13:36+00'),
  (27, 'contractor_accounts',     'Contractors'' accounts',      'collection',   'resident',  false, 'withdrawn', NULL,                  '2023-09-04 08:25+00', '2025-08-27 07:25+00'),
  (28, 'satisfaction_surveys',    'Satisfaction surveys',        'dataset',      'resident',  true,  'withdrawn', NULL,                  '2024-03-11 10:00+00', '2026-02-16 11:45+00'),
  (29, 'kg_entities',             'Graph entities',              'graph',        'knowledge', true,  'approved',  '2024-06-18 13:00+00', '2024-04-15 07:00+00', '2024-06-18 13:00+00'),
  (30, 'kg_relations',            'Graph relations',             'graph',        'knowledge', false, 'approved',  '2024-06-18 13:05+00', '2024-04-15 07:05+00', '2024-06-18 13:05+00'),
  (31, 'kg_glossary_terms',       'Glossary',                    'collection',   'knowledge', true,  'approved',  '2024-06-18 13:10+00', '2024-04-15 07:10+00', '2024-06-18 13:10+00'),
  (32, 'kg_source_documents',     'Source documents',            'document_set', 'knowledge', false, 'approved',  '2024-06-18 13:15+00', '2024-04-15 07:15+00', '2024-06-18 13:15+00'),
  (33, 'kg_regulations',          'Laws and regulations',        'document_set', 'knowledge', true,  'approved',  '2026-06-02 13:44+00', '2024-04-15 07:20+00', '2026-06-02 13:44+00'),
  (34, 'kg_procedures',           'Work procedures',             'document_set', 'knowledge', true,  'pending',   NULL,                  '2025-06-30 09:30+00', '2026-05-06 09:50+00'),
  (35, 'kg_answer_snippets',      'Answer snippets',             'collection',   'knowledge', true,  'pending',   NULL,                  '2026-02-02 13:15+00', '2026-05-19 10:35+00');

SELECT setval(pg_get_serial_sequence('governed_objects', 'id'), max(id)) FROM governed_objects;

INSERT INTO responsibility_scopes (code, name, description, sort, required) VALUES
  ('business_owner',      'Business owner',      'Decides what the object is for and who may use it.',      1, true),
  ('data_steward',        'Data steward',        'Keeps definitions, quality and labels in order.',         2, true),
  ('technical_custodian', 'Technical custodian', 'Runs storage, access and recovery.',                      3, true),
  ('privacy_contact',     'Privacy contact',     'Answers for personal data and for how long it is kept.',  4, true),
  ('security_contact',    'Security contact',    'Is called when access was misused or data leaked.',       5, true),
  ('publishing_editor',   'Publishing editor',   'Approves what becomes visible in a user interface.',      6, true);

-- Nominations of the spring round. One was accepted for every family and scope; the others are what a round leaves.
INSERT INTO ownership_nominations (id, family_code, scope_code, nominee_id, status, nominated_on, decided_on, note)
SELECT n.id, n.family_code, n.scope_code, u.id, n.status, n.nominated_on, n.decided_on, n.note
FROM (VALUES
  (1,  'editorial', 'business_owner',      'amara.okafor',    'accepted',  date '2026-03-02', date '2026-03-16', NULL),
  (2,  'editorial', 'data_steward',        'bence.szabo',     'declined',  date '2026-03-02', date '2026-03-09', 'Leaves the web team in May.'),
  (3,  'editorial', 'data_steward',        'carla.mendes',    'accepted',  date '2026-03-10', date '2026-03-24', NULL),
  (4,  'editorial', 'technical_custodian', 'deniz.yildiz',    'accepted',  date '2026-03-02', date '2026-03-16', NULL),
  (5,  'editorial', 'privacy_contact',     'elin.lindqvist',  'accepted',  date '2026-03-02', date '2026-03-16', NULL),
  (6,  'editorial', 'security_contact',    'farid.haddad',    'accepted',  date '2026-03-03', date '2026-03-17', NULL),
  (7,  'editorial', 'publishing_editor',   'greta.hofmann',   'accepted',  date '2026-03-03', date '2026-03-17', NULL),
  (8,  'editorial', 'publishing_editor',   'amara.okafor',    'proposed',  date '2026-05-11', NULL,              'As a second editor over the summer.'),
  (9,  'catalogue', 'business_owner',      'hugo.laurent',    'accepted',  date '2026-03-04', date '2026-03-18', NULL),
  (10, 'catalogue', 'data_steward',        'ines.ferreira',   'accepted',  date '2026-03-04', date '2026-03-18', NULL),
  (11, 'catalogue', 'technical_custodian', 'deniz.yildiz',    'declined',  date '2026-03-04', date '2026-03-11', 'Already holds the editorial family.'),
  (12, 'catalogue', 'technical_custodian', 'jonas.weber',     'accepted',  date '2026-03-12', date '2026-03-26', NULL),
  (13, 'catalogue', 'privacy_contact',     'elin.lindqvist',  'accepted',  date '2026-03-04', date '2026-03-18', NULL),
  (14, 'catalogue', 'security_contact',    'farid.haddad',    'accepted',  date '2026-03-05', date '2026-03-19', NULL),
  (15, 'catalogue', 'publishing_editor',   'kaja.nowak',      'accepted',  date '2026-03-05', date '2026-03-19', NULL),
  (16, 'catalogue', 'publishing_editor',   'hugo.laurent',    'withdrawn', date '2026-03-05', date '2026-03-06', 'Entered twice.'),
  (17, 'property',  'business_owner',      'liam.osullivan',  'accepted',  date '2026-03-06', date '2026-03-20', NULL),
  (18, 'property',  'data_steward',        'mirjam.dekker',   'accepted',  date '2026-03-06', date '2026-03-20', NULL),
  (19, 'property',  'technical_custodian', 'jonas.weber',     'accepted',  date '2026-03-06', date '2026-03-20', NULL),
  (20, 'property',  'privacy_contact',     'nadia.rahmani',   'accepted',  date '2026-03-06', date '2026-03-20', NULL),
  (21, 'property',  'security_contact',    'otto.virtanen',   'accepted',  date '2026-03-09', date '2026-03-23', NULL),
  (22, 'property',  'publishing_editor',   'liam.osullivan',  'declined',  date '2026-03-09', date '2026-03-12', 'Owner and editor should be two people.'),
  (23, 'property',  'publishing_editor',   'priya.nair',      'accepted',  date '2026-03-13', date '2026-03-27', NULL),
  (24, 'resident',  'business_owner',      'quentin.moreau',  'accepted',  date '2026-03-10', date '2026-03-24', NULL),
  (25, 'resident',  'data_steward',        'rosa.iglesias',   'accepted',  date '2026-03-10', date '2026-03-24', NULL),
  (26, 'resident',  'technical_custodian', 'sven.halvorsen',  'accepted',  date '2026-03-10', date '2026-03-24', NULL),
  (27, 'resident',  'privacy_contact',     'quentin.moreau',  'declined',  date '2026-03-10', date '2026-03-13', 'Privacy must not report to the business owner.'),
  (28, 'resident',  'privacy_contact',     'nadia.rahmani',   'accepted',  date '2026-03-16', date '2026-03-30', NULL),
  (29, 'resident',  'security_contact',    'otto.virtanen',   'accepted',  date '2026-03-11', date '2026-03-25', NULL),
  (30, 'resident',  'publishing_editor',   'rosa.iglesias',   'accepted',  date '2026-03-11', date '2026-03-25', 'Until the new editor starts.'),
  (31, 'resident',  'publishing_editor',   'tereza.novotna',  'proposed',  date '2026-05-18', NULL,              'New editor, starts in July.'),
  (32, 'knowledge', 'business_owner',      'tereza.novotna',  'accepted',  date '2026-03-12', date '2026-03-26', NULL),
  (33, 'knowledge', 'data_steward',        'bence.szabo',     'accepted',  date '2026-03-12', date '2026-03-26', NULL),
  (34, 'knowledge', 'data_steward',        'mirjam.dekker',   'withdrawn', date '2026-03-12', date '2026-03-20', 'Took the property family instead.'),
  (35, 'knowledge', 'technical_custodian', 'sven.halvorsen',  'accepted',  date '2026-03-12', date '2026-03-26', NULL),
  (36, 'knowledge', 'privacy_contact',     'nadia.rahmani',   'accepted',  date '2026-03-12', date '2026-03-26', NULL),
  (37, 'knowledge', 'security_contact',    'farid.haddad',    'accepted',  date '2026-03-13', date '2026-03-27', NULL),
  (38, 'knowledge', 'publishing_editor',   'priya.nair',      'accepted',  date '2026-03-13', date '2026-03-27', NULL),
  (39, 'knowledge', 'publishing_editor',   'greta.hofmann',   'proposed',  date '2026-05-20', NULL,              'For the answer snippets only.')
) AS n (id, family_code, scope_code, nominee, status, nominated_on, decided_on, note)
JOIN directus_users AS u ON u.email = n.nominee || '@oneroof.example'
ORDER BY n.id;

SELECT setval(pg_get_serial_sequence('ownership_nominations', 'id'), max(id)) FROM ownership_nominations;

-- The register of approvals starts with the proposals of 2026 and is still empty: nothing was approved yet.
INSERT INTO os_proposals (code, title, summary, status, proposed_by, created_at, submitted_at, updated_at)
SELECT p.code, p.title, p.summary, p.status, u.id, p.created_at, p.submitted_at, p.updated_at
FROM (VALUES
  ('OSP-2026-01', 'Families instead of single owners',  'Give ownership to a family of objects; an object inherits it.',            'superseded', 'amara.okafor',   timestamptz '2026-01-12 09:00+00', timestamptz '2026-01-26 09:00+00', timestamptz '2026-02-23 15:00+00'),
  ('OSP-2026-02', 'Retention of repair requests',       'Delete the free text of a repair request three years after it is closed.', 'submitted',  'nadia.rahmani',  timestamptz '2026-02-03 10:10+00', timestamptz '2026-02-17 08:30+00', timestamptz '2026-02-17 08:30+00'),
  ('OSP-2026-03', 'One Roof',                           'One axis substrate for responsibility, containment and topics; owners for every family; a drift scan that emits nothing.', 'submitted', 'tereza.novotna', timestamptz '2026-03-30 07:40+00', timestamptz '2026-05-26 14:00+00', timestamptz '2026-05-26 14:00+00'),
  ('OSP-2026-04', 'Handling classes as labels',         'Carry the handling class of an item as a label of its own facet.',         'submitted',  'bence.szabo',    timestamptz '2026-04-08 11:25+00', timestamptz '2026-04-20 09:15+00', timestamptz '2026-04-20 09:15+00'),
  ('OSP-2026-05', 'Classifier labels without review',   'Accept labels of the classifier above a confidence of 0.95.',              'withdrawn',  'carla.mendes',   timestamptz '2026-04-14 13:50+00', timestamptz '2026-04-27 09:30+00', timestamptz '2026-05-05 16:20+00'),
  ('OSP-2026-06', 'Governance messages to contractors', 'Tell contractors about changed procedures through the outbox.',           'draft',      'sven.halvorsen', timestamptz '2026-05-21 12:35+00', NULL,                              timestamptz '2026-05-28 06:55+00')
) AS p (code, title, summary, status, proposer, created_at, submitted_at, updated_at)
JOIN directus_users AS u ON u.email = p.proposer || '@oneroof.example'
ORDER BY p.code;

INSERT INTO taxonomy_topics (code, name, description, sort) VALUES
  ('repairs',       'Repairs and maintenance', 'Something is broken, or should not break.',            1),
  ('energy',        'Energy and heating',      'Warmth, power, water, and what they cost the climate.', 2),
  ('letting',       'Letting and moving',      'From looking for a home to handing back the keys.',     3),
  ('rent',          'Rent and charges',        'What is paid, when, and why.',                          4),
  ('safety',        'Safety and compliance',   'Fire, water, lifts, and what the law asks for.',        5),
  ('neighbourhood', 'Neighbourhood',           'Living next to each other.',                            6),
  ('accessibility', 'Accessible living',       'A home that fits when moving gets harder.',             7),
  ('mobility',      'Parking and mobility',    'Cars, bicycles, and getting around without them.',      8);

INSERT INTO taxonomy_facets (code, name, carries_topics, projection_paused_on, sort) VALUES
  ('domain',    'Domain',          true,  NULL,         1),
  ('service',   'Service',         false, NULL,         2),
  ('audience',  'Audience',        false, '2026-05-12', 3),
  ('building',  'Building type',   false, NULL,         4),
  ('district',  'District',        false, NULL,         5),
  ('channel',   'Channel',         false, NULL,         6),
  ('lifecycle', 'Lifecycle stage', false, NULL,         7),
  ('handling',  'Handling class',  false, NULL,         8);

-- updated_at is given only where a label was changed after its approval, or was never approved.
INSERT INTO taxonomy_labels (code, name, facet, parent_code, topic_code, scope_note, status, approval, approved_at, created_at, updated_at)
SELECT
  l.code, l.name, l.facet, l.parent_code, l.topic_code, l.scope_note, l.status, l.approval, l.approved_at,
  coalesce(l.approved_at, l.updated_at) - interval '21 days',
  coalesce(l.updated_at, l.approved_at)
FROM (VALUES
  -- Domains: seven of them lead to six topics. Nothing leads to accessibility or mobility yet.
  ('kg-domain-x',             'Cross-domain',            'domain', NULL,              NULL,            'For items that concern every domain alike.',       'active',     'approved',  timestamptz '2024-05-06 09:00+00', NULL::timestamptz),
  ('kg-domain-repairs',       'Repairs',                 'domain', NULL,              'repairs',       NULL,                                               'active',     'approved',  '2024-05-06 09:02+00', NULL),
  ('kg-domain-energy',        'Energy',                  'domain', NULL,              'energy',        NULL,                                               'active',     'approved',  '2024-05-06 09:04+00', NULL),
  ('kg-domain-heating',       'Heating',                 'domain', 'kg-domain-energy', 'energy',       'Radiators, district heat, hot water.',             'active',     'approved',  '2024-05-06 09:06+00', NULL),
  ('kg-domain-letting',       'Letting',                 'domain', NULL,              'letting',       NULL,                                               'active',     'approved',  '2024-05-06 09:08+00', NULL),
  ('kg-domain-rent',          'Rent and charges',        'domain', NULL,              'rent',          NULL,                                               'active',     'approved',  '2024-05-06 09:10+00', NULL),
  ('kg-domain-safety',        'Safety',                  'domain', NULL,              'safety',        NULL,                                               'active',     'approved',  '2024-05-06 09:12+00', NULL),
  ('kg-domain-neighbourhood', 'Neighbourhood',           'domain', NULL,              'neighbourhood', NULL,                                               'active',     'approved',  '2024-05-06 09:14+00', NULL),
  ('kg-domain-plant',         'Plant rooms',             'domain', NULL,              'energy',        'Replaced by heating and lifts.',                   'deprecated', 'withdrawn', NULL,                  '2025-09-15 10:20+00'),
  ('kg-domain-boilers',       'Boilers',                 'domain', 'kg-domain-plant', 'energy',        'Approved before its parent was deprecated.',       'active',     'approved',  '2025-07-21 08:45+00', NULL),
  ('kg-domain-lifts',         'Lifts',                   'domain', 'kg-domain-safety', 'safety',       NULL,                                               'active',     'pending',   NULL,                  '2026-05-27 13:05+00'),
  ('kg-domain-moving',        'Moving in and out',       'domain', 'kg-domain-letting', 'letting',     'Withdrawn on 3 June: overlaps with letting.',      'active',     'withdrawn', NULL,                  '2026-06-03 07:45+00'),
  ('kg-domain-accessible',    'Accessible living',       'domain', NULL,              'accessibility', NULL,                                               'active',     'pending',   NULL,                  '2026-04-29 09:35+00'),
  ('kg-domain-parking',       'Parking',                 'domain', NULL,              'mobility',      'Garage register was sold.',                        'deprecated', 'withdrawn', NULL,                  '2025-03-10 15:30+00'),
  ('kg-domain-allotments',    'Allotments',              'domain', NULL,              'neighbourhood', NULL,                                               'active',     'pending',   NULL,                  '2026-05-13 07:20+00'),
  -- Services
  ('kg-service-caretaking',   'Caretaking',              'service', NULL, NULL, NULL, 'active', 'approved', '2024-06-03 10:00+00', NULL),
  ('kg-service-cleaning',     'Cleaning',                'service', NULL, NULL, NULL, 'active', 'approved', '2024-06-03 10:02+00', NULL),
  ('kg-service-gardening',    'Gardening',               'service', NULL, NULL, NULL, 'active', 'approved', '2024-06-03 10:04+00', NULL),
  ('kg-service-laundry',      'Laundry rooms',           'service', NULL, NULL, NULL, 'active', 'approved', '2024-06-03 10:06+00', NULL),
  ('kg-service-concierge',    'Concierge',               'service', NULL, NULL, NULL, 'active', 'pending',  NULL,                  '2026-05-04 12:15+00'),
  ('kg-service-security',     'Security rounds',         'service', NULL, NULL, NULL, 'active', 'approved', '2024-06-03 10:10+00', NULL),
  -- Audiences: edited in May, while the projection of the facet is paused for the new site filters.
  ('kg-audience-residents',    'Residents',              'audience', NULL, NULL, 'Was ''Tenants'' until 18 May.',      'active', 'approved', '2024-06-10 08:00+00', '2026-05-18 09:10+00'),
  ('kg-audience-applicants',   'Applicants',             'audience', NULL, NULL, 'People on a waiting list, too.',     'active', 'approved', '2024-06-10 08:02+00', '2026-05-18 09:16+00'),
  ('kg-audience-owners',       'Flat owners',            'audience', NULL, NULL, 'Owners'' associations, too.',        'active', 'approved', '2024-06-10 08:04+00', '2026-05-18 09:21+00'),
  ('kg-audience-contractors',  'Contractors',            'audience', NULL, NULL, 'Only with a framework agreement.',   'active', 'approved', '2024-06-10 08:06+00', '2026-05-18 09:27+00'),
  ('kg-audience-municipality', 'Municipality',           'audience', NULL, NULL, 'Housing office and fire service.',   'active', 'approved', '2024-06-10 08:08+00', '2026-05-18 09:33+00'),
  ('kg-audience-staff',        'Staff',                  'audience', NULL, NULL, NULL,                                 'active', 'approved', '2024-06-10 08:10+00', NULL),
  ('kg-audience-investors',    'Investors',              'audience', NULL, NULL, NULL,                                 'active', 'pending',  NULL,                  '2026-03-23 14:40+00'),
  -- Building types and districts: reviewed on 1 June, projected by the job of 2 June.
  ('kg-building-tower',       'Tower block',             'building', NULL, NULL, 'Nine storeys or more.',                'active', 'approved', '2024-06-17 07:30+00', '2026-06-01 09:05+00'),
  ('kg-building-terrace',     'Terraced houses',         'building', NULL, NULL, 'With a door of their own.',            'active', 'approved', '2024-06-17 07:32+00', '2026-06-01 09:08+00'),
  ('kg-building-courtyard',   'Courtyard block',         'building', NULL, NULL, 'Closed on four sides.',                'active', 'approved', '2024-06-17 07:34+00', '2026-06-01 09:12+00'),
  ('kg-building-villa',       'Town villa',              'building', NULL, NULL, 'Up to eight dwellings.',               'active', 'approved', '2024-06-17 07:36+00', '2026-06-01 09:15+00'),
  ('kg-building-mixed',       'Mixed use',               'building', NULL, NULL, 'Shops or offices below.',              'active', 'approved', '2024-06-17 07:38+00', '2026-06-01 09:19+00'),
  ('kg-building-student',     'Student housing',         'building', NULL, NULL, 'Let by the room.',                     'active', 'approved', '2024-06-17 07:40+00', '2026-06-01 09:22+00'),
  ('kg-building-senior',      'Housing for seniors',     'building', NULL, NULL, 'With a service agreement.',            'active', 'approved', '2024-06-17 07:42+00', '2026-06-01 09:26+00'),
  ('kg-building-listed',      'Listed building',         'building', NULL, NULL, 'Entered in the monuments register.',   'active', 'approved', '2024-06-17 07:44+00', '2026-06-01 09:30+00'),
  ('kg-district-north-quay',  'North Quay',              'district', NULL, NULL, 'Was ''Docks North''.',                 'active', 'approved', '2024-06-17 08:00+00', '2026-06-01 13:02+00'),
  ('kg-district-south-quay',  'South Quay',              'district', NULL, NULL, 'Was ''Docks South''.',                 'active', 'approved', '2024-06-17 08:02+00', '2026-06-01 13:04+00'),
  ('kg-district-mill-park',   'Mill Park',               'district', NULL, NULL, 'Was ''Mill Estate''.',                 'active', 'approved', '2024-06-17 08:04+00', '2026-06-01 13:07+00'),
  ('kg-district-station',     'Station Quarter',         'district', NULL, NULL, 'Was ''Goods Yard''.',                  'active', 'approved', '2024-06-17 08:06+00', '2026-06-01 13:09+00'),
  ('kg-district-gardens',     'Garden Suburb',           'district', NULL, NULL, 'Was ''Colony East''.',                 'active', 'approved', '2024-06-17 08:08+00', '2026-06-01 13:12+00'),
  ('kg-district-old-town',    'Old Town',                'district', NULL, NULL, 'Inside the ring road.',                'active', 'approved', '2024-06-17 08:10+00', '2026-06-01 13:15+00'),
  ('kg-district-hillside',    'Hillside',                'district', NULL, NULL, 'Above the railway.',                   'active', 'approved', '2024-06-17 08:12+00', '2026-06-01 13:17+00'),
  ('kg-district-riverbend',   'Riverbend',               'district', NULL, NULL, 'Both banks.',                          'active', 'approved', '2024-06-17 08:14+00', '2026-06-01 13:20+00'),
  ('kg-district-airfield',    'Old Airfield',            'district', NULL, NULL, 'Under construction until 2029.',       'active', 'approved', '2024-06-17 08:16+00', '2026-06-01 13:24+00'),
  -- Channels
  ('kg-channel-web',          'Web',                     'channel', NULL, NULL, NULL, 'active',     'approved',  '2024-06-24 11:00+00', NULL),
  ('kg-channel-app',          'App',                     'channel', NULL, NULL, NULL, 'active',     'approved',  '2024-06-24 11:01+00', NULL),
  ('kg-channel-letter',       'Letter',                  'channel', NULL, NULL, NULL, 'active',     'approved',  '2024-06-24 11:02+00', NULL),
  ('kg-channel-notice',       'Notice in the stairwell', 'channel', NULL, NULL, NULL, 'active',     'approved',  '2024-06-24 11:03+00', NULL),
  ('kg-channel-fax',          'Fax',                     'channel', NULL, NULL, NULL, 'deprecated', 'withdrawn', NULL,                  '2025-01-20 08:00+00'),
  -- Lifecycle stages
  ('kg-lifecycle-planned',    'Planned',                 'lifecycle', NULL, NULL, NULL, 'active', 'approved', '2024-07-01 09:00+00', NULL),
  ('kg-lifecycle-built',      'Under construction',      'lifecycle', NULL, NULL, NULL, 'active', 'approved', '2024-07-01 09:01+00', NULL),
  ('kg-lifecycle-let',        'Let',                     'lifecycle', NULL, NULL, NULL, 'active', 'approved', '2024-07-01 09:02+00', NULL),
  ('kg-lifecycle-vacant',     'Vacant',                  'lifecycle', NULL, NULL, NULL, 'active', 'approved', '2024-07-01 09:03+00', NULL),
  ('kg-lifecycle-renovated',  'Under renovation',        'lifecycle', NULL, NULL, NULL, 'active', 'approved', '2024-07-01 09:04+00', NULL),
  ('kg-lifecycle-disposed',   'Disposed of',             'lifecycle', NULL, NULL, NULL, 'active', 'pending',  NULL,                  '2026-04-16 10:10+00'),
  -- Handling classes: for stewards, never meant for a user interface, so not projected.
  ('kg-handling-public',       'Public',                 'handling', NULL, NULL, 'May be published as it is.',     'active', 'approved', '2026-04-28 09:00+00', NULL),
  ('kg-handling-internal',     'Internal',               'handling', NULL, NULL, 'For staff.',                     'active', 'approved', '2026-04-28 09:01+00', NULL),
  ('kg-handling-confidential', 'Confidential',           'handling', NULL, NULL, 'For named staff.',               'active', 'approved', '2026-04-28 09:02+00', NULL),
  ('kg-handling-personal',     'Personal data',          'handling', NULL, NULL, 'Privacy contact decides.',       'active', 'approved', '2026-04-28 09:03+00', NULL)
) AS l (code, name, facet, parent_code, topic_code, scope_note, status, approval, approved_at, updated_at);

-- What the job has projected: every active and approved label of the facets that a user interface shows, but for the
-- label whose parent is deprecated, which the job refuses.
INSERT INTO taxonomy_projection (label_code, name, facet, topic_code, projected_at)
SELECT
  l.code,
  CASE l.code WHEN 'kg-audience-residents' THEN 'Tenants' ELSE l.name END,
  l.facet,
  l.topic_code,
  CASE
    WHEN l.facet IN ('building', 'district') THEN timestamptz '2026-06-02 22:00+00'
    WHEN l.facet = 'audience' THEN timestamptz '2026-05-11 22:00+00'
    ELSE timestamptz '2026-05-25 22:00+00'
  END
FROM taxonomy_labels AS l
WHERE l.status = 'active'
  AND l.approval = 'approved'
  AND l.facet <> 'handling'
  AND l.code <> 'kg-domain-boilers'
ORDER BY l.code;

-- The event log, from what happened to objects, nominations, proposals and labels, and from the job's weekly runs.
INSERT INTO gov_events (id, occurred_at, event_type, subject_kind, subject_code, actor_id, detail)
SELECT
  row_number() OVER (ORDER BY e.occurred_at, e.event_type, e.subject_code),
  e.occurred_at, e.event_type, e.subject_kind, e.subject_code, u.id, e.detail
FROM (
  SELECT created_at, 'object.registered', 'object', code, 'mirjam.dekker', jsonb_build_object('family', family_code, 'kind', kind)
  FROM governed_objects
  UNION ALL
  SELECT approved_at, 'object.approved', 'object', code, 'amara.okafor', jsonb_build_object('family', family_code)
  FROM governed_objects
  WHERE approval = 'approved'
  UNION ALL
  SELECT updated_at, 'object.approval_withdrawn', 'object', code, 'amara.okafor', jsonb_build_object('family', family_code)
  FROM governed_objects
  WHERE approval = 'withdrawn'
  UNION ALL
  SELECT (nominated_on + time '10:00') AT TIME ZONE 'UTC', 'nomination.proposed', 'family', family_code, 'liam.osullivan', jsonb_build_object('nomination', id, 'scope', scope_code)
  FROM ownership_nominations
  UNION ALL
  SELECT (decided_on + time '15:30') AT TIME ZONE 'UTC', 'nomination.' || status, 'family', family_code, 'tereza.novotna', jsonb_build_object('nomination', id, 'scope', scope_code)
  FROM ownership_nominations
  WHERE decided_on IS NOT NULL
  UNION ALL
  SELECT submitted_at, 'proposal.submitted', 'proposal', code, 'tereza.novotna', jsonb_build_object('title', title)
  FROM os_proposals
  WHERE submitted_at IS NOT NULL
  UNION ALL
  SELECT created_at, 'label.proposed', 'label', code, 'bence.szabo', jsonb_build_object('facet', facet)
  FROM taxonomy_labels
  UNION ALL
  SELECT approved_at, 'label.approved', 'label', code, 'tereza.novotna', jsonb_build_object('facet', facet)
  FROM taxonomy_labels
  WHERE approval = 'approved'
  UNION ALL
  SELECT updated_at, 'label.changed', 'label', code, 'bence.szabo', jsonb_build_object('facet', facet)
  FROM taxonomy_labels
  WHERE approval = 'approved' AND updated_at > approved_at
  UNION ALL
  SELECT updated_at, 'label.deprecated', 'label', code, 'bence.szabo', jsonb_build_object('facet', facet)
  FROM taxonomy_labels
  WHERE status = 'deprecated'
  UNION ALL
  -- Approved in the morning of 2 June, withdrawn a day later, before any run of the job.
  SELECT timestamptz '2026-06-02 07:30+00', 'label.approved', 'label', 'kg-domain-moving', 'tereza.novotna', jsonb_build_object('facet', 'domain')
  UNION ALL
  SELECT updated_at, 'label.approval_withdrawn', 'label', code, 'tereza.novotna', jsonb_build_object('facet', facet, 'reason', scope_note)
  FROM taxonomy_labels
  WHERE code = 'kg-domain-moving'
  UNION ALL
  SELECT run_at, 'projection.run', 'job', 'taxonomy_projection', NULL, jsonb_build_object('rows', (SELECT count(*) FROM taxonomy_projection WHERE projected_at = run_at))
  FROM generate_series(timestamptz '2024-07-01 22:00+00', '2026-05-25 22:00+00', interval '7 days') AS run_at
  UNION ALL
  SELECT timestamptz '2026-06-02 22:00+00', 'projection.run', 'job', 'taxonomy_projection', NULL, jsonb_build_object('rows', (SELECT count(*) FROM taxonomy_projection WHERE projected_at = '2026-06-02 22:00+00'))
) AS e (occurred_at, event_type, subject_kind, subject_code, actor, detail)
LEFT JOIN directus_users AS u ON u.email = e.actor || '@oneroof.example';

SELECT setval(pg_get_serial_sequence('gov_events', 'id'), max(id)) FROM gov_events;
