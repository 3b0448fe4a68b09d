-- A lending library: five branches, a thousand books, and proposals for how long each branch lends.
CREATE TABLE branches (
  code text CONSTRAINT branches_pk PRIMARY KEY,
  name text NOT NULL
);
CREATE TABLE books (
  id integer CONSTRAINT books_pk PRIMARY KEY,
  title text NOT NULL,
  branch_code text NOT NULL CONSTRAINT books_branch_fk REFERENCES branches (code)
);
CREATE TABLE policy_proposals (
  branch_code text NOT NULL CONSTRAINT policy_proposals_branch_fk REFERENCES branches (code),
  loan_days integer NOT NULL,
  status text NOT NULL CONSTRAINT policy_proposals_status_ck CHECK (status IN ('accepted', 'declined')),
  CONSTRAINT policy_proposals_pk PRIMARY KEY (branch_code, loan_days)
);
CREATE TABLE loan_policies (
  id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT loan_policies_pk PRIMARY KEY,
  branch_code text NOT NULL CONSTRAINT loan_policies_branch_fk REFERENCES branches (code),
  loan_days integer NOT NULL,
  source text NOT NULL
);
CREATE TABLE approvals (
  id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT approvals_pk PRIMARY KEY,
  approved_by text NOT NULL
);
CREATE VIEW v_branches_without_policy AS
SELECT b.code
FROM branches b
WHERE NOT EXISTS (SELECT FROM loan_policies p WHERE p.branch_code = b.code);

INSERT INTO branches (code, name) VALUES
  ('harbour', 'Harbour'), ('hill', 'On the Hill'), ('market', 'Market Square'),
  ('mill', 'The Old Mill'), ('station', 'Station Road');
INSERT INTO policy_proposals (branch_code, loan_days, status) VALUES
  ('harbour', 21, 'accepted'), ('harbour', 28, 'declined'), ('hill', 28, 'accepted'),
  ('market', 14, 'accepted'), ('mill', 28, 'accepted'), ('station', 21, 'accepted'), ('station', 7, 'declined');
INSERT INTO books (id, title, branch_code)
SELECT n, format('%s of the %s', (ARRAY['History', 'Atlas', 'Songs', 'Birds'])[1 + n % 4], (ARRAY['North', 'Coast', 'Valley'])[1 + n % 3]),
  (ARRAY['harbour', 'hill', 'market', 'mill', 'station'])[1 + n % 5]
FROM generate_series(1, 1000) AS n;
