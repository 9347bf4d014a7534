SELECT definition FROM pipelines WHERE fingerprint = :fingerprint
