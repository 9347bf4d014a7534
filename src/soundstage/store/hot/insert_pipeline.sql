INSERT INTO pipelines (fingerprint, kind, version, definition)
VALUES (:fingerprint, :kind, :version, :definition)
ON CONFLICT (fingerprint) DO UPDATE
SET definition = excluded.definition
WHERE pipelines.definition <> excluded.definition
