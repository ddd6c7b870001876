-- The outcome by which a failing step is left instead of being executed.
ALTER TABLE "incidents" ADD COLUMN "skip_outcome" TEXT NULL;
