-- Every engine keeps the published definitions in memory; the database tells all of them when one is published or taken back,
-- with the commit that did it and whoever did it.
CREATE FUNCTION tell_definitions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('definitions', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER definitions_inserted AFTER INSERT ON definitions FOR EACH ROW WHEN (NEW.is_published) EXECUTE FUNCTION tell_definitions();
CREATE TRIGGER definitions_changed AFTER UPDATE OF is_published ON definitions FOR EACH ROW WHEN (OLD.is_published IS DISTINCT FROM NEW.is_published) EXECUTE FUNCTION tell_definitions();
CREATE TRIGGER definitions_deleted AFTER DELETE ON definitions FOR EACH ROW WHEN (OLD.is_published) EXECUTE FUNCTION tell_definitions();
