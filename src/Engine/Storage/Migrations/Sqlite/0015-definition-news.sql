-- SQLite serves one engine, which knows what it has published itself.
SELECT 1;
