-- What the index of QĐ 766 counts of a dossier, and what the national portal has been told.
CREATE TABLE "dossier_facts" (
    "dossier_id" TEXT NOT NULL CONSTRAINT "pk_dossier_facts" PRIMARY KEY,
    "procedure_code" TEXT NOT NULL,
    "office_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "submitted_at" INTEGER NOT NULL,
    "received_at" INTEGER NULL,
    "finished_at" INTEGER NULL,
    "due_at" INTEGER NULL,
    "index_end_at" INTEGER NULL,
    "second_supplement_at" INTEGER NULL,
    "used_minutes" INTEGER NULL,
    "papers" INTEGER NOT NULL,
    "results" INTEGER NOT NULL,
    "fee" INTEGER NOT NULL,
    "paid_online" INTEGER NOT NULL,
    "identity_verified" INTEGER NOT NULL,
    "disliked" INTEGER NOT NULL,
    "portal_told" INTEGER NOT NULL,
    "portal_known" INTEGER NOT NULL,
    "portal_known_at" INTEGER NULL,
    "portal_status" INTEGER NULL,
    "portal_received" INTEGER NOT NULL,
    "portal_fee" INTEGER NOT NULL,
    "portal_results" INTEGER NOT NULL,
    "portal_refused" INTEGER NOT NULL,
    "portal_refused_at" INTEGER NULL,
    "portal_held" INTEGER NOT NULL,
    "portal_reason" TEXT NULL
);

CREATE INDEX "ix_dossier_facts_finished_at" ON "dossier_facts" ("finished_at") WHERE finished_at is not null;

CREATE INDEX "ix_dossier_facts_received_at_dossier_id" ON "dossier_facts" ("received_at", "dossier_id");

CREATE INDEX "ix_dossier_facts_submitted_at_dossier_id" ON "dossier_facts" ("submitted_at", "dossier_id");

CREATE INDEX "ix_dossier_facts_unfinished" ON "dossier_facts" ("received_at") WHERE finished_at is null and received_at is not null;

-- Dossiers from before: a promise that only supplements moved is the one on file; the next act works everything out again.
INSERT INTO dossier_facts (dossier_id, procedure_code, office_id, channel, submitted_at, received_at, finished_at, due_at, index_end_at,
    second_supplement_at, papers, results, fee, paid_online, identity_verified, disliked, portal_told, portal_known, portal_received,
    portal_fee, portal_results, portal_refused, portal_held)
SELECT d.id, d.procedure_code, d.competent_office_id, d.channel, d.submitted_at, d.received_at,
    CASE WHEN d.received_at IS NULL THEN NULL WHEN d.finished_at IS NOT NULL THEN d.finished_at
        WHEN d.business_status IN ('Withdrawn', 'Stopped', 'Returned') THEN d.last_act_at END,
    d.due_at,
    CASE WHEN d.received_at IS NULL THEN NULL WHEN d.finished_at IS NOT NULL THEN d.finished_at
        WHEN d.business_status IN ('Withdrawn', 'Stopped', 'Returned') THEN d.last_act_at
        WHEN d.business_status = 'AwaitingSupplement' THEN d.paused_from END,
    (SELECT l.at FROM ledger l WHERE l.dossier_id = d.id AND l.act = 'SupplementRequested' ORDER BY l.sequence LIMIT 1 OFFSET 1),
    (SELECT count(*) FROM papers p WHERE p.dossier_id = d.id AND p.removed_at IS NULL),
    (SELECT count(*) FROM results r WHERE r.dossier_id = d.id AND r.code <> '' AND r.revoked_at IS NULL),
    d.amount_due + d.amount_paid,
    EXISTS (SELECT 1 FROM ledger l WHERE l.dossier_id = d.id AND l.act = 'PaymentConfirmed' AND l.actor_id = 'system'),
    EXISTS (SELECT 1 FROM ledger l WHERE l.dossier_id = d.id AND l.act = 'DataLookedUp' AND l.data LIKE '%"Có dữ liệu"%'),
    0, 0, 0, 0, 0, 0, 0, 0
FROM dossiers d;
