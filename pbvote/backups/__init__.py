"""Backups: the database and the files that it names, as one file, and back again. An event's key is never in one."""
