-- Definitions are searched, and publishing one keeps who, when and why.
alter table definitions add column search_text text;
update definitions set search_text = lower(definition_id || ' ' || coalesce(name, ''));
alter table definitions add column updated_by text;
alter table definitions add column updated_at integer;
alter table definitions add column published_by text;
alter table definitions add column published_at integer;
alter table definitions add column publish_note text;
