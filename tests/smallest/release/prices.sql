-- T1: a price for every tea.
BEGIN;
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
CREATE TABLE public.prices (
  tea text CONSTRAINT prices_pk PRIMARY KEY CONSTRAINT prices_tea_fk REFERENCES public.teas (name),
  cents integer NOT NULL
);
COMMENT ON TABLE public.prices IS 'What a cup costs.';
INSERT INTO public.prices (tea, cents) SELECT name, 300 FROM public.teas;
COMMIT;
