-- Orders to let running dossiers go on by another version of their workflow, and what became of each.
CREATE TABLE version_moves (
    id text NOT NULL,
    definition_id text NOT NULL,
    from_versions text NOT NULL,
    to_version integer NOT NULL,
    office_id text,
    step text,
    reason text NOT NULL,
    state text NOT NULL,
    total integer NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    ordered_by text,
    ordered_by_name text,
    ordered_at bigint,
    finished_at bigint,
    error text,
    version bigint NOT NULL,
    CONSTRAINT pk_version_moves PRIMARY KEY (id)
);

CREATE TABLE version_move_items (
    move_id text NOT NULL,
    instance_id text NOT NULL,
    dossier_id uuid,
    code text NOT NULL,
    from_version integer NOT NULL,
    result text NOT NULL,
    reasons text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT pk_version_move_items PRIMARY KEY (move_id, instance_id)
);

CREATE INDEX ix_version_move_items_move_id_result_instance_id ON version_move_items (move_id, result, instance_id);

CREATE INDEX ix_version_moves_definition_id_created_at ON version_moves (definition_id, created_at);

CREATE INDEX ix_version_moves_running ON version_moves (created_at) WHERE state = 'Running';
