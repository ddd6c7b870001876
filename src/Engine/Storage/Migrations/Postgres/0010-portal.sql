-- What the index of QĐ 766 counts of a dossier, and what the national portal has been told.
CREATE TABLE dossier_facts (
    dossier_id uuid NOT NULL,
    procedure_code text NOT NULL,
    office_id text NOT NULL,
    channel text NOT NULL,
    submitted_at bigint NOT NULL,
    received_at bigint,
    finished_at bigint,
    due_at bigint,
    index_end_at bigint,
    second_supplement_at bigint,
    used_minutes integer,
    papers integer NOT NULL,
    results integer NOT NULL,
    fee bigint NOT NULL,
    paid_online boolean NOT NULL,
    identity_verified boolean NOT NULL,
    disliked boolean NOT NULL,
    portal_told integer NOT NULL,
    portal_known integer NOT NULL,
    portal_known_at bigint,
    portal_status integer,
    portal_received boolean NOT NULL,
    portal_fee bigint NOT NULL,
    portal_results integer NOT NULL,
    portal_refused integer NOT NULL,
    portal_refused_at bigint,
    portal_held boolean NOT NULL,
    portal_reason text,
    CONSTRAINT pk_dossier_facts PRIMARY KEY (dossier_id)
);

CREATE INDEX ix_dossier_facts_finished_at ON dossier_facts (finished_at) WHERE finished_at is not null;

CREATE INDEX ix_dossier_facts_received_at_dossier_id ON dossier_facts (received_at, dossier_id);

CREATE INDEX ix_dossier_facts_submitted_at_dossier_id ON dossier_facts (submitted_at, dossier_id);

CREATE INDEX ix_dossier_facts_unfinished ON dossier_facts (received_at) WHERE finished_at is null and received_at is not null;

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
    false, 0, 0, false, 0, 0, 0, false
FROM dossiers d;
