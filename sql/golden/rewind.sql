-- Rewind: takes a copy of production from 2026-06-03 back to 2026-06-02, 08:00 UTC, when the golden clone was cloned.
--
-- For the copy that the golden clone is made of, never for production. Plain DML on four governance tables; what was
-- only added or read in between (labels of items, issues, Directus's own logs) is not part of it.

BEGIN;

-- The board sat at 13:00 on 2 June and approved seven objects, which had been visible while they waited for it.
UPDATE governed_objects
SET approval = 'pending', approved_at = NULL, updated_at = '2026-05-27 10:00+00'
WHERE approved_at >= '2026-06-02 08:00+00';

-- On 1 June building types and districts were reviewed; the projection job took the changes over in its run of
-- 2 June, 22:00. Before that run the user interfaces had the content of its run of 25 May: five districts under the
-- names that the review replaced, twelve labels with the same content as now, as only their scope notes were amended.
UPDATE taxonomy_projection
SET projected_at = '2026-05-25 22:00+00'
WHERE projected_at >= '2026-06-02 08:00+00';

UPDATE taxonomy_projection AS p
SET name = former.name
FROM (VALUES
  ('kg-district-north-quay', 'Docks North'),
  ('kg-district-south-quay', 'Docks South'),
  ('kg-district-mill-park',  'Mill Estate'),
  ('kg-district-station',    'Goods Yard'),
  ('kg-district-gardens',    'Colony East')
) AS former (label_code, name)
WHERE p.label_code = former.label_code;

-- "Moving in and out" was approved in the morning of 2 June, and had not been projected when its approval was
-- withdrawn on 3 June.
UPDATE taxonomy_labels
SET approval = 'approved', approved_at = '2026-06-02 07:30+00', updated_at = '2026-06-02 07:30+00', scope_note = NULL
WHERE code = 'kg-domain-moving';

-- What the log tells of the above: seven approvals, one run of the job, one withdrawal.
DELETE FROM gov_events
WHERE occurred_at >= '2026-06-02 08:00+00';

COMMIT;
