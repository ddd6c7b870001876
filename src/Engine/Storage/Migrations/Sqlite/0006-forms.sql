-- Issued forms 01 to 05 with their numbers, questions to the population registry, and what a dossier keeps for both.
CREATE TABLE "form_counters" (
    "office_id" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "last_number" INTEGER NOT NULL,
    CONSTRAINT "pk_form_counters" PRIMARY KEY ("office_id", "year", "kind")
);

CREATE TABLE "forms" (
    "id" TEXT NOT NULL CONSTRAINT "pk_forms" PRIMARY KEY,
    "dossier_id" TEXT NOT NULL,
    "ledger_sequence" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "office_id" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "letters" TEXT NOT NULL,
    "issued_at" INTEGER NOT NULL,
    "issued_by" TEXT NOT NULL,
    "content" TEXT NOT NULL
);

CREATE TABLE "prefills" (
    "id" TEXT NOT NULL CONSTRAINT "pk_prefills" PRIMARY KEY,
    "procedure_code" TEXT NOT NULL,
    "personal_number" TEXT NOT NULL,
    "asked_by_id" TEXT NOT NULL,
    "asked_by_name" TEXT NOT NULL,
    "office_id" TEXT NOT NULL,
    "asked_at" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "fields" TEXT NOT NULL
);

CREATE UNIQUE INDEX "ux_forms_dossier_id_ledger_sequence" ON "forms" ("dossier_id", "ledger_sequence");

CREATE UNIQUE INDEX "ux_forms_office_id_year_kind_sequence" ON "forms" ("office_id", "year", "kind", "sequence");

CREATE INDEX "ix_prefills_personal_number_asked_at" ON "prefills" ("personal_number", "asked_at");

ALTER TABLE "dossiers" ADD COLUMN "form_origins" TEXT NULL;

ALTER TABLE "dossiers" ADD COLUMN "sealed_secret" TEXT NULL;

ALTER TABLE "dossiers" ADD COLUMN "wanted_return" TEXT NULL;
