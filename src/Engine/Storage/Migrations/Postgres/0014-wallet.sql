-- Results delivered to wallets as credentials: what is offered, who may fetch it, what was issued. Of secrets only hashes.
CREATE TABLE wallet_deliveries (
    id text NOT NULL,
    dossier_id uuid NOT NULL,
    type text NOT NULL,
    result_id uuid NOT NULL,
    state text NOT NULL,
    until bigint NOT NULL,
    created_at bigint NOT NULL,
    issued_at bigint,
    CONSTRAINT pk_wallet_deliveries PRIMARY KEY (id)
);

CREATE TABLE wallet_offers (
    key text NOT NULL,
    delivery_id text NOT NULL,
    configuration_id text NOT NULL,
    code_hash text NOT NULL,
    transaction_code_mac text,
    wrong_codes integer NOT NULL,
    state text NOT NULL,
    expires_at bigint NOT NULL,
    CONSTRAINT pk_wallet_offers PRIMARY KEY (key)
);

CREATE TABLE wallet_grants (
    hash text NOT NULL,
    offer_key text NOT NULL,
    delivery_id text NOT NULL,
    configuration_id text NOT NULL,
    key_thumbprint text,
    expires_at bigint NOT NULL,
    issued integer NOT NULL,
    CONSTRAINT pk_wallet_grants PRIMARY KEY (hash)
);

CREATE TABLE wallet_used (
    hash text NOT NULL,
    until bigint NOT NULL,
    CONSTRAINT pk_wallet_used PRIMARY KEY (hash)
);

CREATE TABLE wallet_credentials (
    id uuid NOT NULL,
    delivery_id text NOT NULL,
    dossier_id uuid NOT NULL,
    type text NOT NULL,
    list_number integer NOT NULL,
    list_index integer NOT NULL,
    status text NOT NULL,
    status_changed_at bigint,
    status_changed_by text,
    status_reason text,
    key_thumbprint text NOT NULL,
    notification_hash text NOT NULL,
    issued_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    CONSTRAINT pk_wallet_credentials PRIMARY KEY (id)
);

CREATE INDEX ix_wallet_deliveries_dossier_id ON wallet_deliveries (dossier_id);

CREATE UNIQUE INDEX ux_wallet_offers_code_hash ON wallet_offers (code_hash);

CREATE INDEX ix_wallet_offers_delivery_id ON wallet_offers (delivery_id);

CREATE INDEX ix_wallet_grants_delivery_id ON wallet_grants (delivery_id);

CREATE INDEX ix_wallet_used_until ON wallet_used (until);

CREATE UNIQUE INDEX ux_wallet_credentials_list_number_list_index ON wallet_credentials (list_number, list_index);

CREATE INDEX ix_wallet_credentials_delivery_id ON wallet_credentials (delivery_id);

CREATE INDEX ix_wallet_credentials_dossier_id ON wallet_credentials (dossier_id);

CREATE INDEX ix_wallet_credentials_changed ON wallet_credentials (list_number, status_changed_at) WHERE status_changed_at is not null;

CREATE INDEX ix_wallet_credentials_notification_hash ON wallet_credentials (notification_hash);
