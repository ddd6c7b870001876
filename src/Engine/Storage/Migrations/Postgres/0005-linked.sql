-- Questions to other systems, payments and their reports, and when scheduled triggers start the next instance.
CREATE TABLE callbacks (
    id text NOT NULL,
    instance_id text NOT NULL,
    dossier_id uuid,
    system text NOT NULL,
    outcomes text NOT NULL,
    asked_at bigint NOT NULL,
    reference text,
    outcome text,
    answered_at bigint,
    CONSTRAINT pk_callbacks PRIMARY KEY (id)
);

CREATE TABLE payments (
    id text NOT NULL,
    dossier_id uuid NOT NULL,
    instance_id text NOT NULL,
    title text NOT NULL,
    amount bigint NOT NULL,
    state text NOT NULL,
    asked_at bigint NOT NULL,
    closed_at bigint,
    receipt text,
    CONSTRAINT pk_payments PRIMARY KEY (id)
);

CREATE TABLE payment_reports (
    gateway text NOT NULL,
    reference text NOT NULL,
    order_id text NOT NULL,
    dossier_id uuid NOT NULL,
    amount bigint NOT NULL,
    receipt text NOT NULL,
    paid_at bigint NOT NULL,
    received_at bigint NOT NULL,
    state text NOT NULL,
    CONSTRAINT pk_payment_reports PRIMARY KEY (gateway, reference)
);

ALTER TABLE triggers ADD COLUMN due_at bigint;

CREATE INDEX ix_payment_reports_dossier_id ON payment_reports (dossier_id);

CREATE INDEX ix_payment_reports_refund ON payment_reports (received_at, reference) WHERE state = 'ToRefund';

CREATE INDEX ix_payments_dossier_id ON payments (dossier_id);

CREATE INDEX ix_triggers_due_at ON triggers (due_at) WHERE due_at is not null;
