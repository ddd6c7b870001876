-- Results delivered to wallets as credentials: what is offered, who may fetch it, what was issued. Of secrets only hashes.
CREATE TABLE "wallet_deliveries" (
    "id" TEXT NOT NULL CONSTRAINT "pk_wallet_deliveries" PRIMARY KEY,
    "dossier_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "result_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "until" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "issued_at" INTEGER NULL
);

CREATE TABLE "wallet_offers" (
    "key" TEXT NOT NULL CONSTRAINT "pk_wallet_offers" PRIMARY KEY,
    "delivery_id" TEXT NOT NULL,
    "configuration_id" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "transaction_code_mac" TEXT NULL,
    "wrong_codes" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "expires_at" INTEGER NOT NULL
);

CREATE TABLE "wallet_grants" (
    "hash" TEXT NOT NULL CONSTRAINT "pk_wallet_grants" PRIMARY KEY,
    "offer_key" TEXT NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "configuration_id" TEXT NOT NULL,
    "key_thumbprint" TEXT NULL,
    "expires_at" INTEGER NOT NULL,
    "issued" INTEGER NOT NULL
);

CREATE TABLE "wallet_used" (
    "hash" TEXT NOT NULL CONSTRAINT "pk_wallet_used" PRIMARY KEY,
    "until" INTEGER NOT NULL
);

CREATE TABLE "wallet_credentials" (
    "id" TEXT NOT NULL CONSTRAINT "pk_wallet_credentials" PRIMARY KEY,
    "delivery_id" TEXT NOT NULL,
    "dossier_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "list_number" INTEGER NOT NULL,
    "list_index" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "status_changed_at" INTEGER NULL,
    "status_changed_by" TEXT NULL,
    "status_reason" TEXT NULL,
    "key_thumbprint" TEXT NOT NULL,
    "notification_hash" TEXT NOT NULL,
    "issued_at" INTEGER NOT NULL,
    "expires_at" INTEGER NOT NULL
);

CREATE INDEX "ix_wallet_deliveries_dossier_id" ON "wallet_deliveries" ("dossier_id");

CREATE UNIQUE INDEX "ux_wallet_offers_code_hash" ON "wallet_offers" ("code_hash");

CREATE INDEX "ix_wallet_offers_delivery_id" ON "wallet_offers" ("delivery_id");

CREATE INDEX "ix_wallet_grants_delivery_id" ON "wallet_grants" ("delivery_id");

CREATE INDEX "ix_wallet_used_until" ON "wallet_used" ("until");

CREATE UNIQUE INDEX "ux_wallet_credentials_list_number_list_index" ON "wallet_credentials" ("list_number", "list_index");

CREATE INDEX "ix_wallet_credentials_delivery_id" ON "wallet_credentials" ("delivery_id");

CREATE INDEX "ix_wallet_credentials_dossier_id" ON "wallet_credentials" ("dossier_id");

CREATE INDEX "ix_wallet_credentials_changed" ON "wallet_credentials" ("list_number", "status_changed_at") WHERE status_changed_at is not null;

CREATE INDEX "ix_wallet_credentials_notification_hash" ON "wallet_credentials" ("notification_hash");
