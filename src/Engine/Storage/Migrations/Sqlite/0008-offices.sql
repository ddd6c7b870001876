-- Formal acts as rights of their own, work given out by rules and in bulk, names of offices with dates, reorganisations.
ALTER TABLE "tasks" ADD COLUMN "formal_act" TEXT NULL;
ALTER TABLE "tasks" ADD COLUMN "work_minutes" INTEGER NULL;
ALTER TABLE "tasks" ADD COLUMN "assignment" TEXT NULL;
ALTER TABLE "person_roles" ADD COLUMN "acts" TEXT NULL;
ALTER TABLE "substitutions" ADD COLUMN "acts" TEXT NULL;
ALTER TABLE "offices" ADD COLUMN "area_code" TEXT NULL;

CREATE TABLE "absences" (
    "id" TEXT NOT NULL CONSTRAINT "pk_absences" PRIMARY KEY,
    "person_id" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "valid_to" TEXT NOT NULL,
    "reason" TEXT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "ended_at" INTEGER NULL,
    CONSTRAINT "fk_absences_person_id" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE RESTRICT
);

CREATE TABLE "assignment_rules" (
    "office_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "last_person_id" TEXT NULL,
    "changed_by" TEXT NOT NULL,
    "changed_at" INTEGER NOT NULL,
    CONSTRAINT "pk_assignment_rules" PRIMARY KEY ("office_id", "role")
);

CREATE TABLE "office_names" (
    "office_id" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "one_stop" TEXT NULL,
    "reason" TEXT NULL,
    "changed_by" TEXT NOT NULL,
    "changed_at" INTEGER NOT NULL,
    CONSTRAINT "pk_office_names" PRIMARY KEY ("office_id", "valid_from")
);

CREATE TABLE "office_successors" (
    "office_id" TEXT NOT NULL,
    "successor_id" TEXT NOT NULL,
    "reorganisation_id" TEXT NOT NULL,
    "effective_on" TEXT NOT NULL,
    CONSTRAINT "pk_office_successors" PRIMARY KEY ("office_id", "successor_id")
);

CREATE TABLE "reassignments" (
    "id" TEXT NOT NULL CONSTRAINT "pk_reassignments" PRIMARY KEY,
    "from_person_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "moved" INTEGER NOT NULL,
    "skipped" INTEGER NOT NULL,
    "restored" INTEGER NOT NULL,
    "kept" INTEGER NOT NULL,
    "cursor" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "finished_at" INTEGER NULL,
    "undone_at" INTEGER NULL,
    "undone_by" TEXT NULL,
    "undone_by_name" TEXT NULL,
    "version" INTEGER NOT NULL
);

CREATE TABLE "reassignment_items" (
    "reassignment_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "task_id" TEXT NOT NULL,
    "office_id" TEXT NOT NULL,
    "to_person_id" TEXT NULL,
    "state" TEXT NOT NULL,
    "task_version" INTEGER NOT NULL,
    CONSTRAINT "pk_reassignment_items" PRIMARY KEY ("reassignment_id", "sequence")
);

CREATE TABLE "reorganisations" (
    "id" TEXT NOT NULL CONSTRAINT "pk_reorganisations" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "effective_on" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "counts" TEXT NOT NULL,
    "cursor" TEXT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "ordered_by" TEXT NULL,
    "ordered_by_name" TEXT NULL,
    "ordered_at" INTEGER NULL,
    "started_at" INTEGER NULL,
    "finished_at" INTEGER NULL,
    "error" TEXT NULL,
    "version" INTEGER NOT NULL
);

CREATE TABLE "reorganisation_reviews" (
    "reorganisation_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "office_ids" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "placement" TEXT NULL,
    "placed_by" TEXT NULL,
    "placed_at" INTEGER NULL,
    CONSTRAINT "pk_reorganisation_reviews" PRIMARY KEY ("reorganisation_id", "kind", "subject_id")
);

CREATE INDEX "ix_absences_person_id" ON "absences" ("person_id");

CREATE INDEX "ix_dossiers_support_office_id_submitted_at_id" ON "dossiers" ("support_office_id", "submitted_at", "id") WHERE support_office_id is not null;

CREATE INDEX "ix_reassignments_running" ON "reassignments" ("created_at") WHERE state in ('Running', 'Undoing');
