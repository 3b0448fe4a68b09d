-- A shop with three teas.
CREATE TABLE teas (name text CONSTRAINT teas_pk PRIMARY KEY);
INSERT INTO teas (name) VALUES ('Assam'), ('Darjeeling'), ('Keemun');
