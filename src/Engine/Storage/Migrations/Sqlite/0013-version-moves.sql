-- Orders to let running dossiers go on by another version of their workflow, and what became of each.
CREATE TABLE "version_moves" (
    "id" TEXT NOT NULL CONSTRAINT "pk_version_moves" PRIMARY KEY,
    "definition_id" TEXT NOT NULL,
    "from_versions" TEXT NOT NULL,
    "to_version" INTEGER NOT NULL,
    "office_id" TEXT NULL,
    "step" TEXT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "ordered_by" TEXT NULL,
    "ordered_by_name" TEXT NULL,
    "ordered_at" INTEGER NULL,
    "finished_at" INTEGER NULL,
    "error" TEXT NULL,
    "version" INTEGER NOT NULL
);

CREATE TABLE "version_move_items" (
    "move_id" TEXT NOT NULL,
    "instance_id" TEXT NOT NULL,
    "dossier_id" TEXT NULL,
    "code" TEXT NOT NULL,
    "from_version" INTEGER NOT NULL,
    "result" TEXT NOT NULL,
    "reasons" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    CONSTRAINT "pk_version_move_items" PRIMARY KEY ("move_id", "instance_id")
);

CREATE INDEX "ix_version_move_items_move_id_result_instance_id" ON "version_move_items" ("move_id", "result", "instance_id");

CREATE INDEX "ix_version_moves_definition_id_created_at" ON "version_moves" ("definition_id", "created_at");

CREATE INDEX "ix_version_moves_running" ON "version_moves" ("created_at") WHERE state = 'Running';
