-- A trial of longer loans at the harbour, ended and left behind.
INSERT INTO axis_terms (branch_code, loan_days, is_current) VALUES ('harbour', 35, false);
