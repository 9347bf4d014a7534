DELETE FROM deleted_work WHERE day < :day
