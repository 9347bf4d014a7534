SELECT pg_advisory_xact_lock(hashtextextended('soundstage.orders.' || :owner, 0))
