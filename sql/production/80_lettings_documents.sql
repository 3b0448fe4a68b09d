-- Scanned documents of the lettings desk, kept as large objects by the program that it came with.

CREATE TABLE lettings.documents (
  code     text    NOT NULL,
  lease_id bigint,
  title    text    NOT NULL,
  scan     oid     NOT NULL,
  pages    int4multirange,
  CONSTRAINT documents_pkey PRIMARY KEY (code),
  CONSTRAINT documents_scan_key UNIQUE (scan),
  CONSTRAINT documents_lease_id_fkey FOREIGN KEY (lease_id) REFERENCES lettings.leases (id)
);

COMMENT ON TABLE lettings.documents IS 'Scans: the house rules, and what tenants have signed.';
COMMENT ON COLUMN lettings.documents.scan IS 'Large object that holds the scan.';
COMMENT ON COLUMN lettings.documents.pages IS 'Pages that bear a signature.';

-- Their numbers are the program's, from 420001 on; a scan is a plain text here, of a few kilobytes.
SELECT lo_from_bytea(420000 + n, convert_to(repeat('One-Roof, house rules, page ' || n || E'\n', 40 * n), 'UTF8'))
FROM generate_series(1, 6) AS n;

COMMENT ON LARGE OBJECT 420001 IS 'House rules of 2019, the harbour.';
COMMENT ON LARGE OBJECT 420006 IS 'House rules of 2026: the draft, with the tenants'' remarks.';

INSERT INTO lettings.documents (code, title, scan, pages)
SELECT 'DOC-' || n, 'House rules, edition ' || (2018 + n), 420000 + n, int4multirange(int4range(1, 2), int4range(n + 2, n + 4))
FROM generate_series(1, 6) AS n;
