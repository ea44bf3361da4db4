-- The two database roles and what each may do. The embedded server reads this file by itself.
-- A PostgreSQL of your own (14 or newer): run it once as its administrator while connected to template1,
--   psql --dbname=template1 --file=ngo/roles.sql
-- and give both roles a password. A blank line ends each statement: the embedded server needs it.

-- `owner` makes and changes the tables; CREATEDB is for the database of the tests.

CREATE ROLE owner LOGIN CREATEDB;

CREATE ROLE app LOGIN;

-- A statement in the server's log prints its values: neither a failing one, nor a slow one, nor any other. Nor the
-- message of an error, which may quote a value; what ends a connection or the server is still told ('log').

ALTER ROLE owner SET log_min_messages = 'log';

ALTER ROLE app SET log_min_messages = 'log';

ALTER ROLE owner SET log_min_error_statement = 'panic';

ALTER ROLE owner SET log_error_verbosity = 'terse';

ALTER ROLE owner SET log_parameter_max_length_on_error = 0;

ALTER ROLE app SET log_min_error_statement = 'panic';

ALTER ROLE app SET log_error_verbosity = 'terse';

ALTER ROLE app SET log_parameter_max_length_on_error = 0;

ALTER ROLE owner SET log_statement = 'none';

ALTER ROLE owner SET log_min_duration_statement = -1;

ALTER ROLE owner SET log_min_duration_sample = -1;

ALTER ROLE owner SET log_parameter_max_length = 0;

ALTER ROLE app SET log_statement = 'none';

ALTER ROLE app SET log_min_duration_statement = -1;

ALTER ROLE app SET log_min_duration_sample = -1;

ALTER ROLE app SET log_parameter_max_length = 0;

-- `app` reads and writes rows; it makes, changes and empties no table. New databases copy this from template1.

REVOKE CREATE ON SCHEMA public FROM PUBLIC;

GRANT CREATE ON SCHEMA public TO owner;

ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app;

ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO app;

CREATE DATABASE safe_conduct OWNER owner ENCODING 'UTF8';

REVOKE ALL ON DATABASE safe_conduct FROM PUBLIC;

GRANT CONNECT ON DATABASE safe_conduct TO app;

