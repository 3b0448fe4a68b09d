-- Experiments on the golden clone: what was tried on the substrate after the release, on 2026-06-02, and left behind.
--
-- Each experiment is written as it was run. It ends with what its author undid, so what stays is what undoing does not
-- remove: superseded holdings, and a topic that was merged away. Nobody scanned for drift afterwards.

-- Experiment 1, 13:00: can objects change their container and come back, with one current container at every time?
-- Five objects of the knowledge graph were lent to the editorial family for half an hour.
BEGIN;

CREATE TEMPORARY TABLE lent_object ON COMMIT DROP AS
SELECT o.id AS object_id
FROM public.governed_objects AS o
WHERE o.code IN ('kg_answer_snippets', 'kg_glossary_terms', 'kg_procedures', 'kg_regulations', 'kg_source_documents');

-- There: the knowledge graph's holding ends, the editorial family's begins.
UPDATE public.axis_object_ownership AS h
SET valid_to = '2026-06-02 13:00+00'
FROM lent_object AS l
WHERE h.axis_code = 'containment' AND h.object_id = l.object_id AND h.valid_to IS NULL;

INSERT INTO public.axis_object_ownership (axis_code, value_code, object_id, valid_from, source)
SELECT 'containment', 'editorial', l.object_id, '2026-06-02 13:00+00', 'experiment_lending'
FROM lent_object AS l
ORDER BY l.object_id;

-- And back: the loan is superseded, and the holding that it interrupted goes on as if it had not.
UPDATE public.axis_object_ownership AS h
SET valid_to = '2026-06-02 13:30+00'
FROM lent_object AS l
WHERE h.axis_code = 'containment' AND h.object_id = l.object_id AND h.source = 'experiment_lending';

UPDATE public.axis_object_ownership AS h
SET valid_to = NULL
FROM lent_object AS l
WHERE h.axis_code = 'containment' AND h.object_id = l.object_id AND h.source = 'one_roof_t4';

COMMIT;

-- Experiment 2, 14:00: promote. Would heating do as a topic of its own, apart from energy?
BEGIN;

INSERT INTO public.axis_value (axis_code, code, name, description, sort)
SELECT 'topic', 'heating', 'Heating', 'Promoted from the label kg-domain-heating.', max(v.sort) + 1
FROM public.axis_value AS v
WHERE v.axis_code = 'topic';

UPDATE public.axis_value_map
SET value_code = 'heating'
WHERE axis_code = 'topic' AND label_code = 'kg-domain-heating';

COMMIT;

-- Experiment 3, 14:20: split. A topic for supply was taken out of energy, found empty, and removed again.
BEGIN;

INSERT INTO public.axis_value (axis_code, code, name, description, sort)
SELECT 'topic', 'energy-supply', 'Energy supply', 'Split from energy.', max(v.sort) + 1
FROM public.axis_value AS v
WHERE v.axis_code = 'topic';

DELETE FROM public.axis_value
WHERE axis_code = 'topic' AND code = 'energy-supply';

COMMIT;

-- Experiment 4, 14:40: merge. Heating went back into energy: its label is mapped there again. A merge keeps the value
-- that was merged away, so that old references to it can still be read.
BEGIN;

UPDATE public.axis_value_map
SET value_code = 'energy'
WHERE axis_code = 'topic' AND label_code = 'kg-domain-heating' AND value_code = 'heating';

COMMIT;
