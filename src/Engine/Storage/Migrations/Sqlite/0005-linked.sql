-- Questions to other systems, payments and their reports, and when scheduled triggers start the next instance.
CREATE TABLE "callbacks" (
    "id" TEXT NOT NULL CONSTRAINT "pk_callbacks" PRIMARY KEY,
    "instance_id" TEXT NOT NULL,
    "dossier_id" TEXT NULL,
    "system" TEXT NOT NULL,
    "outcomes" TEXT NOT NULL,
    "asked_at" INTEGER NOT NULL,
    "reference" TEXT NULL,
    "outcome" TEXT NULL,
    "answered_at" INTEGER NULL
);

CREATE TABLE "payments" (
    "id" TEXT NOT NULL CONSTRAINT "pk_payments" PRIMARY KEY,
    "dossier_id" TEXT NOT NULL,
    "instance_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "asked_at" INTEGER NOT NULL,
    "closed_at" INTEGER NULL,
    "receipt" TEXT NULL
);

CREATE TABLE "payment_reports" (
    "gateway" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "dossier_id" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "receipt" TEXT NOT NULL,
    "paid_at" INTEGER NOT NULL,
    "received_at" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    CONSTRAINT "pk_payment_reports" PRIMARY KEY ("gateway", "reference")
);

ALTER TABLE "triggers" ADD COLUMN "due_at" INTEGER NULL;

CREATE INDEX "ix_payment_reports_dossier_id" ON "payment_reports" ("dossier_id");

CREATE INDEX "ix_payment_reports_refund" ON "payment_reports" ("received_at", "reference") WHERE state = 'ToRefund';

CREATE INDEX "ix_payments_dossier_id" ON "payments" ("dossier_id");

CREATE INDEX "ix_triggers_due_at" ON "triggers" ("due_at") WHERE due_at is not null;
