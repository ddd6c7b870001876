-- Accounts, rights, and the directories of offices, calendars and procedures. Names and types are those of the EF model; a test compares both.
CREATE TABLE "calendars" (
    "calendar_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "valid_from" TEXT NOT NULL,
    "json" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "note" TEXT NULL,
    CONSTRAINT "pk_calendars" PRIMARY KEY ("calendar_id", "version")
);

CREATE TABLE "directory_revisions" (
    "name" TEXT NOT NULL CONSTRAINT "pk_directory_revisions" PRIMARY KEY,
    "revision" INTEGER NOT NULL
);

CREATE TABLE "heartbeats" (
    "name" TEXT NOT NULL CONSTRAINT "pk_heartbeats" PRIMARY KEY,
    "at" INTEGER NOT NULL
);

CREATE TABLE "offices" (
    "id" TEXT NOT NULL CONSTRAINT "pk_offices" PRIMARY KEY,
    "agency_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "parent_id" TEXT NULL,
    "valid_from" TEXT NOT NULL,
    "valid_to" TEXT NULL,
    "calendar_id" TEXT NOT NULL,
    "one_stop" TEXT NULL,
    "search_text" TEXT NOT NULL,
    "verified" TEXT NULL
);

CREATE TABLE "people" (
    "id" TEXT NOT NULL CONSTRAINT "pk_people" PRIMARY KEY,
    "full_name" TEXT NOT NULL,
    "office_id" TEXT NULL,
    "is_active" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "search_text" TEXT NOT NULL,
    "user_name" TEXT NULL,
    "normalized_user_name" TEXT NULL,
    "email" TEXT NULL,
    "normalized_email" TEXT NULL,
    "email_confirmed" INTEGER NOT NULL,
    "password_hash" TEXT NULL,
    "security_stamp" TEXT NULL,
    "concurrency_stamp" TEXT NULL,
    "phone_number" TEXT NULL,
    "phone_number_confirmed" INTEGER NOT NULL,
    "two_factor_enabled" INTEGER NOT NULL,
    "lockout_end" INTEGER NULL,
    "lockout_enabled" INTEGER NOT NULL,
    "access_failed_count" INTEGER NOT NULL
);

CREATE TABLE "procedures" (
    "code" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "valid_to" TEXT NULL,
    "name" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "online_level" TEXT NOT NULL,
    "search_text" TEXT NOT NULL,
    "definition_id" TEXT NOT NULL,
    "json" TEXT NOT NULL,
    "form_schema" TEXT NULL,
    CONSTRAINT "pk_procedures" PRIMARY KEY ("code", "valid_from")
);

CREATE TABLE "person_claims" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_person_claims" PRIMARY KEY AUTOINCREMENT,
    "user_id" TEXT NOT NULL,
    "claim_type" TEXT NULL,
    "claim_value" TEXT NULL,
    CONSTRAINT "fk_person_claims_user_id" FOREIGN KEY ("user_id") REFERENCES "people" ("id") ON DELETE CASCADE
);

CREATE TABLE "person_logins" (
    "login_provider" TEXT NOT NULL,
    "provider_key" TEXT NOT NULL,
    "provider_display_name" TEXT NULL,
    "user_id" TEXT NOT NULL,
    CONSTRAINT "pk_person_logins" PRIMARY KEY ("login_provider", "provider_key"),
    CONSTRAINT "fk_person_logins_user_id" FOREIGN KEY ("user_id") REFERENCES "people" ("id") ON DELETE CASCADE
);

CREATE TABLE "person_roles" (
    "id" TEXT NOT NULL CONSTRAINT "pk_person_roles" PRIMARY KEY,
    "person_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "office_id" TEXT NOT NULL,
    "field" TEXT NULL,
    "valid_from" TEXT NOT NULL,
    "valid_to" TEXT NULL,
    "granted_by" TEXT NOT NULL,
    "granted_at" INTEGER NOT NULL,
    CONSTRAINT "fk_person_roles_person_id" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE RESTRICT
);

CREATE TABLE "person_tokens" (
    "user_id" TEXT NOT NULL,
    "login_provider" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" TEXT NULL,
    CONSTRAINT "pk_person_tokens" PRIMARY KEY ("user_id", "login_provider", "name"),
    CONSTRAINT "fk_person_tokens_user_id" FOREIGN KEY ("user_id") REFERENCES "people" ("id") ON DELETE CASCADE
);

CREATE TABLE "substitutions" (
    "id" TEXT NOT NULL CONSTRAINT "pk_substitutions" PRIMARY KEY,
    "from_person_id" TEXT NOT NULL,
    "to_person_id" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "valid_to" TEXT NOT NULL,
    "reason" TEXT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "ended_at" INTEGER NULL,
    "ended_by" TEXT NULL,
    CONSTRAINT "fk_substitutions_from_person_id" FOREIGN KEY ("from_person_id") REFERENCES "people" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_substitutions_to_person_id" FOREIGN KEY ("to_person_id") REFERENCES "people" ("id") ON DELETE RESTRICT
);

CREATE INDEX "ix_offices_parent_id" ON "offices" ("parent_id");

CREATE INDEX "ix_people_normalized_email" ON "people" ("normalized_email");

CREATE INDEX "ix_people_office_id" ON "people" ("office_id");

CREATE UNIQUE INDEX "ux_people_normalized_user_name" ON "people" ("normalized_user_name");

CREATE INDEX "ix_person_claims_user_id" ON "person_claims" ("user_id");

CREATE INDEX "ix_person_logins_user_id" ON "person_logins" ("user_id");

CREATE INDEX "ix_person_roles_office_id_role" ON "person_roles" ("office_id", "role");

CREATE INDEX "ix_person_roles_person_id" ON "person_roles" ("person_id");

CREATE INDEX "ix_procedures_field_code" ON "procedures" ("field", "code");

CREATE INDEX "ix_substitutions_from_person_id" ON "substitutions" ("from_person_id");

CREATE INDEX "ix_substitutions_to_person_id" ON "substitutions" ("to_person_id");

-- Rows that are only ever updated.
INSERT INTO directory_revisions (name, revision) VALUES ('directories', 0);

INSERT INTO heartbeats (name, at) VALUES ('readiness', 0);
