-- Wordings of procedures by date, what was changed in the catalogue, and imports with their review lists.
ALTER TABLE dossiers ADD COLUMN procedure_valid_from date;

ALTER TABLE procedures ADD COLUMN definition_version_id text;

ALTER TABLE procedures ADD COLUMN replaced_by text;

CREATE TABLE procedure_changes (
    id uuid NOT NULL,
    code text NOT NULL,
    valid_from date NOT NULL,
    kind text NOT NULL,
    at bigint NOT NULL,
    person_id text NOT NULL,
    person_name text NOT NULL,
    reason text NOT NULL,
    differences text NOT NULL,
    CONSTRAINT pk_procedure_changes PRIMARY KEY (id)
);

CREATE TABLE procedure_import_rows (
    import_id uuid NOT NULL,
    number integer NOT NULL,
    code text,
    name text,
    state text NOT NULL,
    comparison text NOT NULL,
    findings text NOT NULL,
    finding_codes text NOT NULL,
    decision text NOT NULL,
    verified boolean NOT NULL,
    valid_from date,
    decided_at bigint,
    decided_by text,
    decided_by_name text,
    reason text,
    edited_at bigint,
    edited_by_name text,
    edit_reason text,
    applied_at bigint,
    refusal text,
    entry text NOT NULL,
    raw text NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT pk_procedure_import_rows PRIMARY KEY (import_id, number)
);

CREATE TABLE procedure_imports (
    id uuid NOT NULL,
    file_name text NOT NULL,
    format text NOT NULL,
    sha256 text NOT NULL,
    row_count integer NOT NULL,
    created_at bigint NOT NULL,
    created_by text NOT NULL,
    created_by_name text NOT NULL,
    CONSTRAINT pk_procedure_imports PRIMARY KEY (id)
);

CREATE INDEX ix_dossiers_procedure_code_procedure_valid_from ON dossiers (procedure_code, procedure_valid_from);

CREATE INDEX ix_procedure_changes_code_id ON procedure_changes (code, id);

CREATE UNIQUE INDEX ux_procedure_imports_sha256 ON procedure_imports (sha256);

-- Dossiers from before keep the wording of the day (in Viet Nam) they were handed in.
UPDATE dossiers SET procedure_valid_from = (
    SELECT max(p.valid_from) FROM procedures p
    WHERE p.code = dossiers.procedure_code AND p.valid_from <= (to_timestamp(dossiers.submitted_at / 1000) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date);
