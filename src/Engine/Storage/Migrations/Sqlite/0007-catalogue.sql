-- Wordings of procedures by date, what was changed in the catalogue, and imports with their review lists.
ALTER TABLE "dossiers" ADD COLUMN "procedure_valid_from" TEXT NULL;

ALTER TABLE "procedures" ADD COLUMN "definition_version_id" TEXT NULL;

ALTER TABLE "procedures" ADD COLUMN "replaced_by" TEXT NULL;

CREATE TABLE "procedure_changes" (
    "id" TEXT NOT NULL CONSTRAINT "pk_procedure_changes" PRIMARY KEY,
    "code" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "person_id" TEXT NOT NULL,
    "person_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "differences" TEXT NOT NULL
);

CREATE TABLE "procedure_import_rows" (
    "import_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "code" TEXT NULL,
    "name" TEXT NULL,
    "state" TEXT NOT NULL,
    "comparison" TEXT NOT NULL,
    "findings" TEXT NOT NULL,
    "finding_codes" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "verified" INTEGER NOT NULL,
    "valid_from" TEXT NULL,
    "decided_at" INTEGER NULL,
    "decided_by" TEXT NULL,
    "decided_by_name" TEXT NULL,
    "reason" TEXT NULL,
    "edited_at" INTEGER NULL,
    "edited_by_name" TEXT NULL,
    "edit_reason" TEXT NULL,
    "applied_at" INTEGER NULL,
    "refusal" TEXT NULL,
    "entry" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "pk_procedure_import_rows" PRIMARY KEY ("import_id", "number")
);

CREATE TABLE "procedure_imports" (
    "id" TEXT NOT NULL CONSTRAINT "pk_procedure_imports" PRIMARY KEY,
    "file_name" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "row_count" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL
);

CREATE INDEX "ix_dossiers_procedure_code_procedure_valid_from" ON "dossiers" ("procedure_code", "procedure_valid_from");

CREATE INDEX "ix_procedure_changes_code_id" ON "procedure_changes" ("code", "id");

CREATE UNIQUE INDEX "ux_procedure_imports_sha256" ON "procedure_imports" ("sha256");

-- Dossiers from before keep the wording of the day (in Viet Nam) they were handed in.
UPDATE "dossiers" SET "procedure_valid_from" = (
    SELECT max(p."valid_from") FROM "procedures" p
    WHERE p."code" = "dossiers"."procedure_code" AND p."valid_from" <= date("dossiers"."submitted_at" / 1000 + 25200, 'unixepoch'));
