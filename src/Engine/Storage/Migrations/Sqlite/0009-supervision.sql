-- Supervision of deadlines: what is to be told when, what was told, what came and went each day, letters of apology and causes of delay.
ALTER TABLE dossiers ADD COLUMN soon_at INTEGER;
ALTER TABLE dossiers ADD COLUMN breached_due_at INTEGER;
ALTER TABLE dossiers ADD COLUMN finished_band TEXT;
ALTER TABLE tasks ADD COLUMN soon_at INTEGER;
ALTER TABLE tasks ADD COLUMN watch_at INTEGER;
ALTER TABLE tasks ADD COLUMN watch_level INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "watches" (
    "dossier_id" TEXT NOT NULL CONSTRAINT "pk_watches" PRIMARY KEY,
    "level" INTEGER NOT NULL,
    "next_at" INTEGER NOT NULL,
    "warn_at" INTEGER NOT NULL,
    "due_at" INTEGER NOT NULL
);

CREATE TABLE "supervision_days" (
    "day" TEXT NOT NULL,
    "office_id" TEXT NOT NULL,
    "receiving_office_id" TEXT NOT NULL,
    "procedure_code" TEXT NOT NULL,
    "received" INTEGER NOT NULL,
    "finished_early" INTEGER NOT NULL,
    "finished_on_time" INTEGER NOT NULL,
    "finished_late" INTEGER NOT NULL,
    "finished_no_promise" INTEGER NOT NULL,
    "returned" INTEGER NOT NULL,
    CONSTRAINT "pk_supervision_days" PRIMARY KEY ("day", "office_id", "receiving_office_id", "procedure_code")
);

CREATE TABLE "officer_days" (
    "day" TEXT NOT NULL,
    "office_id" TEXT NOT NULL,
    "officer_id" TEXT NOT NULL,
    "procedure_code" TEXT NOT NULL,
    "done_in_time" INTEGER NOT NULL,
    "done_late" INTEGER NOT NULL,
    CONSTRAINT "pk_officer_days" PRIMARY KEY ("day", "office_id", "officer_id", "procedure_code")
);

CREATE TABLE "deadline_events" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_deadline_events" PRIMARY KEY AUTOINCREMENT,
    "kind" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "subject_id" TEXT NOT NULL,
    "dossier_id" TEXT NOT NULL,
    "task_id" TEXT NULL,
    "office_id" TEXT NOT NULL,
    "officer_id" TEXT NULL,
    "procedure_code" TEXT NOT NULL,
    "step" TEXT NULL,
    "at" INTEGER NOT NULL,
    "due_at" INTEGER NOT NULL,
    "told_role" TEXT NOT NULL,
    "told_office_id" TEXT NOT NULL
);

CREATE TABLE "escalation_levels" (
    "level" INTEGER NOT NULL CONSTRAINT "pk_escalation_levels" PRIMARY KEY,
    "after_minutes" INTEGER NOT NULL,
    "role" TEXT NULL
);

CREATE TABLE "apology_drafts" (
    "id" TEXT NOT NULL CONSTRAINT "pk_apology_drafts" PRIMARY KEY,
    "dossier_id" TEXT NOT NULL,
    "office_id" TEXT NOT NULL,
    "due_at" INTEGER NOT NULL,
    "proposed_due_at" INTEGER NOT NULL,
    "send_by" INTEGER NOT NULL,
    "needed_minutes" INTEGER NOT NULL,
    "left_minutes" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "cause_code" TEXT NULL,
    "reason" TEXT NULL,
    "new_due_at" INTEGER NULL,
    "decided_at" INTEGER NULL,
    "decided_by" TEXT NULL,
    "version" INTEGER NOT NULL
);

CREATE TABLE "delay_causes" (
    "code" TEXT NOT NULL CONSTRAINT "pk_delay_causes" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "note_required" INTEGER NOT NULL,
    "sort_order" INTEGER NOT NULL,
    "source" TEXT NULL
);

CREATE TABLE "delay_reasons" (
    "id" TEXT NOT NULL CONSTRAINT "pk_delay_reasons" PRIMARY KEY,
    "dossier_id" TEXT NOT NULL,
    "task_id" TEXT NULL,
    "cause_code" TEXT NOT NULL,
    "office_id" TEXT NOT NULL,
    "procedure_code" TEXT NOT NULL,
    "late_minutes" INTEGER NOT NULL,
    "note" TEXT NULL,
    "at" INTEGER NOT NULL,
    "recorded_by" TEXT NOT NULL
);

CREATE TABLE "overruns" (
    "dossier_id" TEXT NOT NULL,
    "office_id" TEXT NOT NULL,
    "procedure_code" TEXT NOT NULL,
    "finished_at" INTEGER NOT NULL,
    "held_minutes" INTEGER NOT NULL,
    "overrun_minutes" INTEGER NOT NULL,
    CONSTRAINT "pk_overruns" PRIMARY KEY ("dossier_id", "office_id")
);

CREATE INDEX "ix_watches_next_at" ON "watches" ("next_at");

CREATE INDEX "ix_deadline_events_dossier_id" ON "deadline_events" ("dossier_id");

CREATE UNIQUE INDEX "ux_deadline_events_subject_id_due_at_level" ON "deadline_events" ("subject_id", "due_at", "level");

CREATE UNIQUE INDEX "ux_apology_drafts_dossier_id_due_at" ON "apology_drafts" ("dossier_id", "due_at");

CREATE INDEX "ix_apology_drafts_status_send_by_id" ON "apology_drafts" ("status", "send_by", "id");

CREATE INDEX "ix_delay_reasons_dossier_id" ON "delay_reasons" ("dossier_id");

CREATE INDEX "ix_delay_reasons_at_id" ON "delay_reasons" ("at", "id");

CREATE INDEX "ix_overruns_finished_at" ON "overruns" ("finished_at");

DROP INDEX ix_dossiers_open_due;

DROP INDEX ix_tasks_office;

CREATE INDEX "ix_dossiers_open_due" ON "dossiers" ("competent_office_id", "due_at", "id", "procedure_code", "receiving_office_id", "soon_at", "paused_from", "received_at", "business_status") WHERE business_status in ('Registered', 'Received', 'InProgress', 'AwaitingSupplement', 'AwaitingPayment');

CREATE INDEX "ix_dossiers_received" ON "dossiers" ("received_at", "id", "competent_office_id", "procedure_code") WHERE received_at is not null;

CREATE INDEX "ix_dossiers_finished" ON "dossiers" ("finished_at", "id", "competent_office_id", "procedure_code", "finished_band") WHERE finished_at is not null;

CREATE INDEX "ix_dossiers_returned" ON "dossiers" ("returned_at", "id", "competent_office_id", "procedure_code") WHERE returned_at is not null;

CREATE INDEX "ix_tasks_office" ON "tasks" ("office_id", "role", "sort_at", "id", "assignee_id", "soon_at", "state") WHERE state = 'Open';

CREATE INDEX "ix_tasks_watch" ON "tasks" ("watch_at") WHERE watch_at is not null;

CREATE INDEX "ix_tasks_done" ON "tasks" ("completed_at", "id", "office_id", "completed_by") WHERE state = 'Completed';

-- Whom a deadline is told to: whoever has the step, the head of section, the head of office, the provincial supervisor.
INSERT INTO escalation_levels (level, after_minutes, role) VALUES (0, 0, NULL), (1, 0, 'LD_PHONG'), (2, 240, 'LD_DON_VI'), (3, 960, 'GIAM_SAT');

-- Causes named by the press and by officers (domain study); the list itself is ours, no act publishes one.
INSERT INTO delay_causes (code, name, note_required, sort_order, source) VALUES
    ('SU_CO_HE_THONG', 'Phần mềm, đường truyền gặp sự cố', 0, 1, 'dantri 5/10/2025; Công điện 111/CĐ-TTg'),
    ('LOI_DONG_BO', 'Lỗi đồng bộ dữ liệu giữa các hệ thống', 0, 2, 'nghean24h'),
    ('LANH_DAO_VANG', 'Người có thẩm quyền ký vắng mặt', 0, 3, 'dantri 5/10/2025'),
    ('QUA_TAI', 'Số lượng hồ sơ vượt khả năng xử lý', 0, 4, 'sggp'),
    ('QUY_TRINH', 'Quy trình, hướng dẫn chưa thống nhất', 0, 5, 'dantri 5/10/2025'),
    ('PHOI_HOP_CHAM', 'Cơ quan phối hợp trả lời chậm', 0, 6, NULL),
    ('CHUYEN_CHAM', 'Chuyển hồ sơ chậm giữa các đơn vị', 0, 7, NULL),
    ('THIEU_NHAN_LUC', 'Thiếu người, người thụ lý nghỉ', 0, 8, NULL),
    ('HO_SO_PHUC_TAP', 'Hồ sơ phức tạp, phải xác minh thêm', 1, 9, NULL),
    ('CHU_QUAN', 'Người thụ lý chậm trễ', 0, 10, NULL),
    ('BAT_KHA_KHANG', 'Thiên tai, mất điện, sự kiện bất khả kháng', 1, 11, NULL),
    ('KHAC', 'Nguyên nhân khác', 1, 12, NULL);

-- A row that is only ever updated: it puts the events of several engines in order.
INSERT INTO heartbeats (name, at) VALUES ('deadline-events', 0);

-- Recount: what was there before supervision was, by plain SQL. Dossiers get their soon_at when their promise next moves.
UPDATE dossiers SET finished_band = CASE
    WHEN due_at is null THEN 'NoPromise'
    WHEN finished_at > due_at THEN 'FinishedLate'
    WHEN (finished_at + 25200000) / 86400000 < (due_at + 25200000) / 86400000 THEN 'FinishedEarly'
    ELSE 'FinishedOnTime' END
WHERE finished_at is not null;

INSERT INTO supervision_days (day, office_id, receiving_office_id, procedure_code, received, finished_early, finished_on_time, finished_late, finished_no_promise, returned)
SELECT day, competent_office_id, receiving_office_id, procedure_code, sum(received), sum(finished_early), sum(finished_on_time), sum(finished_late), sum(finished_no_promise), sum(returned) FROM (
    SELECT date(finished_at / 1000 + 25200, 'unixepoch') AS day, competent_office_id, receiving_office_id, procedure_code, 0 AS received, 1 AS finished_early, 0 AS finished_on_time, 0 AS finished_late, 0 AS finished_no_promise, 0 AS returned FROM dossiers WHERE finished_at is not null and finished_band = 'FinishedEarly'
    UNION ALL
    SELECT date(finished_at / 1000 + 25200, 'unixepoch') AS day, competent_office_id, receiving_office_id, procedure_code, 0, 0, 1, 0, 0, 0 FROM dossiers WHERE finished_at is not null and finished_band = 'FinishedOnTime'
    UNION ALL
    SELECT date(finished_at / 1000 + 25200, 'unixepoch') AS day, competent_office_id, receiving_office_id, procedure_code, 0, 0, 0, 1, 0, 0 FROM dossiers WHERE finished_at is not null and finished_band = 'FinishedLate'
    UNION ALL
    SELECT date(finished_at / 1000 + 25200, 'unixepoch') AS day, competent_office_id, receiving_office_id, procedure_code, 0, 0, 0, 0, 1, 0 FROM dossiers WHERE finished_at is not null and finished_band = 'NoPromise'
    UNION ALL
    SELECT date(received_at / 1000 + 25200, 'unixepoch') AS day, competent_office_id, receiving_office_id, procedure_code, 1, 0, 0, 0, 0, 0 FROM dossiers WHERE received_at is not null
    UNION ALL
    SELECT date(returned_at / 1000 + 25200, 'unixepoch') AS day, competent_office_id, receiving_office_id, procedure_code, 0, 0, 0, 0, 0, 1 FROM dossiers WHERE returned_at is not null
) AS counted GROUP BY day, competent_office_id, receiving_office_id, procedure_code;

INSERT INTO officer_days (day, office_id, officer_id, procedure_code, done_in_time, done_late)
SELECT date(t.completed_at / 1000 + 25200, 'unixepoch'), t.office_id, t.completed_by, d.procedure_code,
    sum(CASE WHEN t.due_at < t.completed_at THEN 0 ELSE 1 END), sum(CASE WHEN t.due_at < t.completed_at THEN 1 ELSE 0 END)
FROM tasks t JOIN dossiers d ON d.id = t.dossier_id
WHERE t.state = 'Completed' and t.office_id is not null and t.completed_by is not null and t.role <> 'CONG_DAN'
GROUP BY 1, 2, 3, 4;

INSERT INTO watches (dossier_id, level, next_at, warn_at, due_at)
SELECT id, 1, due_at + 1, due_at, due_at FROM dossiers
WHERE due_at is not null and paused_from is null and business_status in ('Registered', 'Received', 'InProgress', 'AwaitingSupplement', 'AwaitingPayment');

UPDATE tasks SET watch_at = due_at + 1, watch_level = 1
WHERE state = 'Open' and due_at is not null and dossier_id is not null and office_id is not null and role <> 'CONG_DAN';
