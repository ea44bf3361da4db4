"""What `app` may do with tables that are yet to be made (see roles.sql).

A dump says what each role may do beyond nothing. Poured into a database where `app` is given more with every new table,
it would leave `app` with more than it had: so this is taken away for the time, and the dump brings it again.
"""

TAKE = (
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM {app}",
)
GIVE = (
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
)
