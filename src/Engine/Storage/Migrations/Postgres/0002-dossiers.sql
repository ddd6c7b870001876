-- Dossiers and their ledger; the ledger is only ever added to.
CREATE TABLE dossiers (
    id uuid NOT NULL,
    code text NOT NULL,
    procedure_code text NOT NULL,
    definition_id text,
    definition_version_id text,
    parent_id uuid,
    title text NOT NULL,
    channel text NOT NULL,
    applicant_name text NOT NULL,
    applicant_id_number text,
    applicant_phone text,
    applicant_email text,
    applicant_address text,
    form_data text NOT NULL,
    support_office_id text,
    receiving_office_id text NOT NULL,
    competent_office_id text NOT NULL,
    business_status text NOT NULL,
    financial_status text NOT NULL,
    delivery_status text NOT NULL,
    sync_status text NOT NULL,
    submitted_at bigint NOT NULL,
    tracking_secret_hash text,
    version bigint NOT NULL,
    returned_at bigint,
    returned_to text,
    return_method text,
    ledger_length integer NOT NULL,
    last_act_at bigint NOT NULL,
    amount_due bigint NOT NULL,
    amount_paid bigint NOT NULL,
    finished_at bigint,
    result_number text,
    result_code text,
    due_at bigint,
    original_due_at bigint,
    extended boolean NOT NULL,
    calendar_id text,
    calendar_version integer NOT NULL,
    open_pauses text NOT NULL,
    paused_from bigint,
    received_at bigint,
    limit_value integer NOT NULL,
    limit_unit text NOT NULL,
    limit_cut_off_minutes integer,
    supplement_requests integer NOT NULL,
    status_before_wait text,
    CONSTRAINT pk_dossiers PRIMARY KEY (id)
);

CREATE TABLE ledger (
    dossier_id uuid NOT NULL,
    sequence integer NOT NULL,
    at bigint NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    on_behalf_of text,
    office_id text NOT NULL,
    act text NOT NULL,
    reason text,
    article text,
    status_after text NOT NULL,
    due_after bigint,
    data text,
    CONSTRAINT pk_ledger PRIMARY KEY (dossier_id, sequence)
);

CREATE INDEX ix_dossiers_applicant_id_number ON dossiers (applicant_id_number) WHERE applicant_id_number is not null;

CREATE INDEX ix_dossiers_competent_office_id_submitted_at_id ON dossiers (competent_office_id, submitted_at, id);

CREATE INDEX ix_dossiers_open_due ON dossiers (competent_office_id, due_at, id) WHERE business_status in ('Registered', 'Received', 'InProgress', 'AwaitingSupplement', 'AwaitingPayment');

CREATE INDEX ix_dossiers_parent_id ON dossiers (parent_id) WHERE parent_id is not null;

CREATE INDEX ix_dossiers_receiving_office_id_submitted_at_id ON dossiers (receiving_office_id, submitted_at, id);

CREATE INDEX ix_dossiers_submitted_at_id ON dossiers (submitted_at, id);

CREATE UNIQUE INDEX ux_dossiers_code ON dossiers (code);
