-- Electronic results of dossiers.
CREATE TABLE "results" (
    "id" TEXT NOT NULL CONSTRAINT "pk_results" PRIMARY KEY,
    "dossier_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "number" TEXT NULL,
    "data" TEXT NOT NULL,
    "issued_at" INTEGER NOT NULL,
    "issued_by" TEXT NOT NULL,
    "office_id" TEXT NOT NULL,
    "revoked_at" INTEGER NULL
);

CREATE INDEX "ix_results_dossier_id" ON "results" ("dossier_id");
