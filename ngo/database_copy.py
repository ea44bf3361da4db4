"""A copy of the whole database beside it, to go back to: made by the server itself, in the time that copying takes."""

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier, Literal

from ngo.programs import RunError


class DatabaseCopy:
    def __init__(self, owner_url: str, app_url: str) -> None:
        parts = conninfo_to_dict(owner_url)
        self._name = str(parts["dbname"])
        self._copy = f"{self._name}_before"
        self._app = str(conninfo_to_dict(app_url)["user"])
        self._server = make_conninfo(owner_url, dbname="postgres")

    def exists(self) -> bool:
        with self._connected() as server:
            found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self._copy])
            return found.fetchone() is not None

    def make(self) -> None:
        try:
            with self._connected() as server:
                server.execute(
                    SQL("CREATE DATABASE {} TEMPLATE {}").format(
                        Identifier(self._copy), Identifier(self._name)
                    )
                )
        except psycopg.errors.ObjectInUse:
            raise RunError(
                "Somebody uses the database: end the program everywhere first. Nothing was changed."
            ) from None
        except psycopg.Error as error:
            raise RunError(
                f"The database cannot be copied: {str(error).splitlines()[0]}. Nothing was changed."
            ) from None

    def bring_back(self) -> None:
        """Put the copy in the place of the database. Rights on the database itself are not copied with it."""
        name, app = Identifier(self._name), Identifier(self._app)
        with self._connected() as server:
            server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            server.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(self._copy), name))
            server.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
            server.execute(SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, app))

    def drop(self) -> None:
        with self._connected() as server:
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(self._copy)))

    def record(self, action: str, detail: str) -> None:
        """Append a row to the log of the database, whatever version its tables have."""
        row = SQL("INSERT INTO audit_entry (actor, action, about, detail) VALUES ('system', {}, '', {})")
        with psycopg.connect(make_conninfo(self._server, dbname=self._name)) as database:
            database.execute(row.format(Literal(action), Literal(detail)))

    def _connected(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self._server, autocommit=True, connect_timeout=5)
