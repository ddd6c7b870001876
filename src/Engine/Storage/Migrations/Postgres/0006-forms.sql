-- Issued forms 01 to 05 with their numbers, questions to the population registry, and what a dossier keeps for both.
CREATE TABLE form_counters (
    office_id text NOT NULL,
    year integer NOT NULL,
    kind text NOT NULL,
    last_number integer NOT NULL,
    CONSTRAINT pk_form_counters PRIMARY KEY (office_id, year, kind)
);

CREATE TABLE forms (
    id uuid NOT NULL,
    dossier_id uuid NOT NULL,
    ledger_sequence integer NOT NULL,
    kind text NOT NULL,
    office_id text NOT NULL,
    year integer NOT NULL,
    sequence integer NOT NULL,
    letters text NOT NULL,
    issued_at bigint NOT NULL,
    issued_by text NOT NULL,
    content text NOT NULL,
    CONSTRAINT pk_forms PRIMARY KEY (id)
);

CREATE TABLE prefills (
    id uuid NOT NULL,
    procedure_code text NOT NULL,
    personal_number text NOT NULL,
    asked_by_id text NOT NULL,
    asked_by_name text NOT NULL,
    office_id text NOT NULL,
    asked_at bigint NOT NULL,
    outcome text NOT NULL,
    fields text NOT NULL,
    CONSTRAINT pk_prefills PRIMARY KEY (id)
);

CREATE UNIQUE INDEX ux_forms_dossier_id_ledger_sequence ON forms (dossier_id, ledger_sequence);

CREATE UNIQUE INDEX ux_forms_office_id_year_kind_sequence ON forms (office_id, year, kind, sequence);

CREATE INDEX ix_prefills_personal_number_asked_at ON prefills (personal_number, asked_at);

ALTER TABLE dossiers ADD COLUMN form_origins text;

ALTER TABLE dossiers ADD COLUMN sealed_secret text;

ALTER TABLE dossiers ADD COLUMN wanted_return text;
