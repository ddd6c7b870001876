-- Electronic results of dossiers.
CREATE TABLE results (
    id uuid NOT NULL,
    dossier_id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    number text,
    data text NOT NULL,
    issued_at bigint NOT NULL,
    issued_by text NOT NULL,
    office_id text NOT NULL,
    revoked_at bigint,
    CONSTRAINT pk_results PRIMARY KEY (id)
);

CREATE INDEX ix_results_dossier_id ON results (dossier_id);
