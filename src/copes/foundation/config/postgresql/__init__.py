"""Django's PostgreSQL backend, with fewer round trips for an act and one wait for the disk shared by many."""
