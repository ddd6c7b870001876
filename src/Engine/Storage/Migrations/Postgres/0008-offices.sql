-- Formal acts as rights of their own, work given out by rules and in bulk, names of offices with dates, reorganisations.
ALTER TABLE tasks ADD COLUMN formal_act text;
ALTER TABLE tasks ADD COLUMN work_minutes integer;
ALTER TABLE tasks ADD COLUMN assignment text;
ALTER TABLE person_roles ADD COLUMN acts text;
ALTER TABLE substitutions ADD COLUMN acts text;
ALTER TABLE offices ADD COLUMN area_code text;

CREATE TABLE absences (
    id text NOT NULL,
    person_id text NOT NULL,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    reason text,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT fk_absences_person_id FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE RESTRICT,
    CONSTRAINT pk_absences PRIMARY KEY (id)
);

CREATE TABLE assignment_rules (
    office_id text NOT NULL,
    role text NOT NULL,
    mode text NOT NULL,
    last_person_id text,
    changed_by text NOT NULL,
    changed_at bigint NOT NULL,
    CONSTRAINT pk_assignment_rules PRIMARY KEY (office_id, role)
);

CREATE TABLE office_names (
    office_id text NOT NULL,
    valid_from date NOT NULL,
    name text NOT NULL,
    one_stop text,
    reason text,
    changed_by text NOT NULL,
    changed_at bigint NOT NULL,
    CONSTRAINT pk_office_names PRIMARY KEY (office_id, valid_from)
);

CREATE TABLE office_successors (
    office_id text NOT NULL,
    successor_id text NOT NULL,
    reorganisation_id text NOT NULL,
    effective_on date NOT NULL,
    CONSTRAINT pk_office_successors PRIMARY KEY (office_id, successor_id)
);

CREATE TABLE reassignments (
    id text NOT NULL,
    from_person_id text NOT NULL,
    reason text NOT NULL,
    state text NOT NULL,
    total integer NOT NULL,
    moved integer NOT NULL,
    skipped integer NOT NULL,
    restored integer NOT NULL,
    kept integer NOT NULL,
    cursor integer NOT NULL,
    created_by text NOT NULL,
    created_by_name text NOT NULL,
    created_at bigint NOT NULL,
    finished_at bigint,
    undone_at bigint,
    undone_by text,
    undone_by_name text,
    version bigint NOT NULL,
    CONSTRAINT pk_reassignments PRIMARY KEY (id)
);

CREATE TABLE reassignment_items (
    reassignment_id text NOT NULL,
    sequence integer NOT NULL,
    task_id text NOT NULL,
    office_id text NOT NULL,
    to_person_id text,
    state text NOT NULL,
    task_version bigint NOT NULL,
    CONSTRAINT pk_reassignment_items PRIMARY KEY (reassignment_id, sequence)
);

CREATE TABLE reorganisations (
    id text NOT NULL,
    name text NOT NULL,
    effective_on date NOT NULL,
    plan text NOT NULL,
    state text NOT NULL,
    counts text NOT NULL,
    cursor text,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    ordered_by text,
    ordered_by_name text,
    ordered_at bigint,
    started_at bigint,
    finished_at bigint,
    error text,
    version bigint NOT NULL,
    CONSTRAINT pk_reorganisations PRIMARY KEY (id)
);

CREATE TABLE reorganisation_reviews (
    reorganisation_id text NOT NULL,
    kind text NOT NULL,
    subject_id text NOT NULL,
    office_ids text NOT NULL,
    reason text NOT NULL,
    created_at bigint NOT NULL,
    placement text,
    placed_by text,
    placed_at bigint,
    CONSTRAINT pk_reorganisation_reviews PRIMARY KEY (reorganisation_id, kind, subject_id)
);

CREATE INDEX ix_absences_person_id ON absences (person_id);

CREATE INDEX ix_dossiers_support_office_id_submitted_at_id ON dossiers (support_office_id, submitted_at, id) WHERE support_office_id is not null;

CREATE INDEX ix_reassignments_running ON reassignments (created_at) WHERE state in ('Running', 'Undoing');
