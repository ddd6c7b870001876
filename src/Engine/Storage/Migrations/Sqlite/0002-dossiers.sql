-- Dossiers and their ledger; the ledger is only ever added to.
CREATE TABLE "dossiers" (
    "id" TEXT NOT NULL CONSTRAINT "pk_dossiers" PRIMARY KEY,
    "code" TEXT NOT NULL,
    "procedure_code" TEXT NOT NULL,
    "definition_id" TEXT NULL,
    "definition_version_id" TEXT NULL,
    "parent_id" TEXT NULL,
    "title" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "applicant_name" TEXT NOT NULL,
    "applicant_id_number" TEXT NULL,
    "applicant_phone" TEXT NULL,
    "applicant_email" TEXT NULL,
    "applicant_address" TEXT NULL,
    "form_data" TEXT NOT NULL,
    "support_office_id" TEXT NULL,
    "receiving_office_id" TEXT NOT NULL,
    "competent_office_id" TEXT NOT NULL,
    "business_status" TEXT NOT NULL,
    "financial_status" TEXT NOT NULL,
    "delivery_status" TEXT NOT NULL,
    "sync_status" TEXT NOT NULL,
    "submitted_at" INTEGER NOT NULL,
    "tracking_secret_hash" TEXT NULL,
    "version" INTEGER NOT NULL,
    "returned_at" INTEGER NULL,
    "returned_to" TEXT NULL,
    "return_method" TEXT NULL,
    "ledger_length" INTEGER NOT NULL,
    "last_act_at" INTEGER NOT NULL,
    "amount_due" INTEGER NOT NULL,
    "amount_paid" INTEGER NOT NULL,
    "finished_at" INTEGER NULL,
    "result_number" TEXT NULL,
    "result_code" TEXT NULL,
    "due_at" INTEGER NULL,
    "original_due_at" INTEGER NULL,
    "extended" INTEGER NOT NULL,
    "calendar_id" TEXT NULL,
    "calendar_version" INTEGER NOT NULL,
    "open_pauses" TEXT NOT NULL,
    "paused_from" INTEGER NULL,
    "received_at" INTEGER NULL,
    "limit_value" INTEGER NOT NULL,
    "limit_unit" TEXT NOT NULL,
    "limit_cut_off_minutes" INTEGER NULL,
    "supplement_requests" INTEGER NOT NULL,
    "status_before_wait" TEXT NULL
);

CREATE TABLE "ledger" (
    "dossier_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "on_behalf_of" TEXT NULL,
    "office_id" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "reason" TEXT NULL,
    "article" TEXT NULL,
    "status_after" TEXT NOT NULL,
    "due_after" INTEGER NULL,
    "data" TEXT NULL,
    CONSTRAINT "pk_ledger" PRIMARY KEY ("dossier_id", "sequence")
);

CREATE INDEX "ix_dossiers_applicant_id_number" ON "dossiers" ("applicant_id_number") WHERE applicant_id_number is not null;

CREATE INDEX "ix_dossiers_competent_office_id_submitted_at_id" ON "dossiers" ("competent_office_id", "submitted_at", "id");

CREATE INDEX "ix_dossiers_open_due" ON "dossiers" ("competent_office_id", "due_at", "id") WHERE business_status in ('Registered', 'Received', 'InProgress', 'AwaitingSupplement', 'AwaitingPayment');

CREATE INDEX "ix_dossiers_parent_id" ON "dossiers" ("parent_id") WHERE parent_id is not null;

CREATE INDEX "ix_dossiers_receiving_office_id_submitted_at_id" ON "dossiers" ("receiving_office_id", "submitted_at", "id");

CREATE INDEX "ix_dossiers_submitted_at_id" ON "dossiers" ("submitted_at", "id");

CREATE UNIQUE INDEX "ux_dossiers_code" ON "dossiers" ("code");
