-- The workflow engine's own tables. Names and types are those of the EF model; a test compares both.
CREATE TABLE "bookmarks" (
    "id" TEXT NOT NULL CONSTRAINT "pk_bookmarks" PRIMARY KEY,
    "instance_id" TEXT NOT NULL,
    "dossier_id" TEXT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NULL,
    "due_at" INTEGER NULL,
    "activity_id" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "try_after" INTEGER NULL
);

CREATE TABLE "definitions" (
    "id" TEXT NOT NULL CONSTRAINT "pk_definitions" PRIMARY KEY,
    "definition_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NULL,
    "is_latest" INTEGER NOT NULL,
    "is_published" INTEGER NOT NULL,
    "json" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "note" TEXT NULL,
    "hash" TEXT NOT NULL
);

CREATE TABLE "idempotency_keys" (
    "key" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status_code" INTEGER NOT NULL,
    "body" BLOB NULL,
    "content_type" TEXT NULL,
    "location" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    CONSTRAINT "pk_idempotency_keys" PRIMARY KEY ("actor_id", "key")
);

CREATE TABLE "incidents" (
    "id" TEXT NOT NULL CONSTRAINT "pk_incidents" PRIMARY KEY,
    "instance_id" TEXT NOT NULL,
    "dossier_id" TEXT NULL,
    "step_id" TEXT NULL,
    "activity_id" TEXT NULL,
    "message" TEXT NOT NULL,
    "correlation_id" TEXT NULL,
    "at" INTEGER NOT NULL,
    "resolved_at" INTEGER NULL
);

CREATE TABLE "instances" (
    "id" TEXT NOT NULL CONSTRAINT "pk_instances" PRIMARY KEY,
    "dossier_id" TEXT NULL,
    "definition_id" TEXT NOT NULL,
    "definition_version_id" TEXT NOT NULL,
    "parent_instance_id" TEXT NULL,
    "correlation_id" TEXT NULL,
    "name" TEXT NULL,
    "status" TEXT NOT NULL,
    "sub_status" TEXT NOT NULL,
    "incident_count" INTEGER NOT NULL,
    "state" BLOB NULL,
    "output" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "finished_at" INTEGER NULL
);

CREATE TABLE "journal" (
    "instance_id" TEXT NOT NULL,
    "first_sequence" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "dossier_id" TEXT NULL,
    "entries" BLOB NOT NULL,
    "steps" BLOB NOT NULL,
    CONSTRAINT "pk_journal" PRIMARY KEY ("instance_id", "first_sequence")
);

CREATE TABLE "outbox" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_outbox" PRIMARY KEY AUTOINCREMENT,
    "dossier_id" TEXT NULL,
    "kind" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "next_attempt_at" INTEGER NOT NULL,
    "sent_at" INTEGER NULL,
    "dead_at" INTEGER NULL,
    "error" TEXT NULL
);

CREATE TABLE "papers" (
    "id" TEXT NOT NULL CONSTRAINT "pk_papers" PRIMARY KEY,
    "dossier_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "note" TEXT NULL,
    "uploaded_at" INTEGER NOT NULL,
    "uploaded_by" TEXT NOT NULL,
    "removed_at" INTEGER NULL
);

CREATE TABLE "tasks" (
    "id" TEXT NOT NULL CONSTRAINT "pk_tasks" PRIMARY KEY,
    "instance_id" TEXT NOT NULL,
    "dossier_id" TEXT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "role" TEXT NULL,
    "office_id" TEXT NULL,
    "assignee_id" TEXT NULL,
    "state" TEXT NOT NULL,
    "outcomes" TEXT NOT NULL,
    "form" TEXT NULL,
    "payload" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "due_at" INTEGER NULL,
    "sort_at" INTEGER NOT NULL,
    "claimed_at" INTEGER NULL,
    "completed_at" INTEGER NULL,
    "completed_by" TEXT NULL,
    "outcome" TEXT NULL,
    "version" INTEGER NOT NULL
);

CREATE TABLE "triggers" (
    "definition_version_id" TEXT NOT NULL,
    "activity_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    CONSTRAINT "pk_triggers" PRIMARY KEY ("definition_version_id", "activity_id", "name", "key")
);

CREATE INDEX "ix_bookmarks_due_at" ON "bookmarks" ("due_at") WHERE due_at is not null;

CREATE INDEX "ix_bookmarks_instance_id" ON "bookmarks" ("instance_id");

CREATE INDEX "ix_bookmarks_name_key" ON "bookmarks" ("name", "key");

CREATE INDEX "ix_definitions_latest" ON "definitions" ("definition_id") WHERE is_latest;

CREATE INDEX "ix_definitions_published" ON "definitions" ("definition_id") WHERE is_published;

CREATE UNIQUE INDEX "ux_definitions_definition_id_version" ON "definitions" ("definition_id", "version");

CREATE INDEX "ix_idempotency_keys_created_at" ON "idempotency_keys" ("created_at");

CREATE INDEX "ix_incidents_dossier_id" ON "incidents" ("dossier_id") WHERE dossier_id is not null;

CREATE INDEX "ix_incidents_instance_id" ON "incidents" ("instance_id");

CREATE INDEX "ix_incidents_open" ON "incidents" ("at", "id") WHERE resolved_at is null;

CREATE INDEX "ix_instances_correlation_id" ON "instances" ("correlation_id") WHERE correlation_id is not null;

CREATE INDEX "ix_instances_created_at_id" ON "instances" ("created_at", "id");

CREATE INDEX "ix_instances_definition_id_created_at_id" ON "instances" ("definition_id", "created_at", "id");

CREATE INDEX "ix_instances_dossier_id" ON "instances" ("dossier_id") WHERE dossier_id is not null;

CREATE INDEX "ix_instances_parent_instance_id" ON "instances" ("parent_instance_id") WHERE parent_instance_id is not null;

CREATE INDEX "ix_instances_running" ON "instances" ("created_at", "id") WHERE status = 'Running';

CREATE INDEX "ix_outbox_dead" ON "outbox" ("dead_at") WHERE dead_at is not null;

CREATE INDEX "ix_outbox_dossier_id_id" ON "outbox" ("dossier_id", "id");

CREATE INDEX "ix_outbox_pending" ON "outbox" ("id", "next_attempt_at") WHERE sent_at is null and dead_at is null;

CREATE UNIQUE INDEX "ux_outbox_idempotency_key" ON "outbox" ("idempotency_key");

CREATE INDEX "ix_papers_dossier_id_uploaded_at" ON "papers" ("dossier_id", "uploaded_at");

CREATE INDEX "ix_papers_sha256" ON "papers" ("sha256");

CREATE INDEX "ix_tasks_assignee" ON "tasks" ("assignee_id", "sort_at", "id") WHERE state = 'Open' and assignee_id is not null;

CREATE INDEX "ix_tasks_dossier_id" ON "tasks" ("dossier_id") WHERE dossier_id is not null;

CREATE INDEX "ix_tasks_instance_id" ON "tasks" ("instance_id");

CREATE INDEX "ix_tasks_office" ON "tasks" ("office_id", "role", "sort_at", "id") WHERE state = 'Open';

CREATE INDEX "ix_tasks_unassigned" ON "tasks" ("office_id", "role", "sort_at", "id") WHERE state = 'Open' and assignee_id is null;

CREATE INDEX "ix_triggers_name_key" ON "triggers" ("name", "key");

