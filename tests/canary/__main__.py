"""`make canary`: fill a throw-away installation with people who do not exist, and search everything for them."""

import argparse
import os
import shutil
import sys
import time
from pathlib import Path

from tests.canary.server import Server, temporary_folder
from tests.conftest import browser_program


def main():
    options = argparse.ArgumentParser(prog="make canary", description=__doc__)
    options.add_argument("--people", type=int, default=300)
    options.add_argument("--scans", type=int, default=60)
    chosen = options.parse_args()
    if chosen.people < 20 or chosen.scans < 10:
        options.error("The ten visitors need ten scans, and the plants twenty people.")
    if not browser_program():
        sys.exit("A browser is part of what is searched: install chromium.")
    import pyrage

    key = pyrage.x25519.Identity.generate()
    with temporary_folder() as folder:
        # The server of the database may run as another user, who has to reach its folder.
        os.chmod(folder, 0o711)
        server = Server(Path(folder), str(key.to_public()))
        try:
            server.start()
            os.environ |= server.environment | {"DJANGO_SETTINGS_MODULE": "ngo.settings"}
            for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "SAFE_CONDUCT_MODE"):
                os.environ.pop(name, None)
            import django  # the settings ask where the database is

            django.setup()
            from tests.canary.run import Run

            return Run(server, Path(folder), key, chosen).go()
        finally:
            server.stop()
            _remove(server)


def _remove(server):
    """The folder of the database belongs to another user where we are root, and that of the unlocks lies in memory."""
    from ngo import environment, postgres

    shutil.rmtree(environment.runtime_folder(server.var_dir), ignore_errors=True)
    if (server.var_dir / "postgres").exists():
        postgres.remove(server.var_dir / "postgres")


if __name__ == "__main__":
    began = time.monotonic()
    code = main()
    sys.stdout.write(f"{time.monotonic() - began:.0f} seconds in all.\n")
    sys.exit(code)
