"""Brings database and static files to the state of the code: what `make run` does before it serves.

Called with `serve` it also asks whether this may serve at all, loads the reference data, and fills an empty demo.
"""

import hashlib
import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ngo.settings")
    try:
        django.setup()
        _prepare(serve=sys.argv[1:] == ["serve"])
    except (ImproperlyConfigured, CommandError) as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database cannot be prepared: {str(error).splitlines()[0]}")
    except ProgrammingError as error:
        sys.exit(f"The role in DATABASE_OWNER_URL cannot prepare the database: {str(error).splitlines()[0]}")
    except OSError as error:
        sys.exit(f"{error.filename}: {error.strerror}.")


def _prepare(*, serve: bool) -> None:
    from django.conf import settings  # noqa: PLC0415  # can fail, and its sentence is ours to print

    call_command("migrate", database="owner", interactive=False, verbosity=0)
    call_command("createcachetable", database="owner", verbosity=0)
    _collect_static()
    if serve:
        from ngo.readiness import refuse_unless_ready  # noqa: PLC0415  # models can be imported only now

        refuse_unless_ready()
        _erase_again()
        call_command("load_reference", verbosity=0)
        _load_texts()
        if settings.DEMO:
            call_command("load_demo")


def _erase_again() -> None:
    """Where a restore was cut off, or an erasure after it was approved: before anybody is served."""
    from cases.applicants.operations import finish_erasures  # noqa: PLC0415  # models can be imported only now
    from cases.vault.refusals import Refused  # noqa: PLC0415
    from cases.vault.restored import AFTER_RESTORE  # noqa: PLC0415

    try:
        for do in (*AFTER_RESTORE, finish_erasures):
            do()
    except Refused as refusal:
        # The check of the vault says it at the desk too; the work of the others does not wait for it.
        sys.stderr.write(f"{refusal}\n")


def _load_texts() -> None:
    from cases.applicants.operations import load_consent_texts  # noqa: PLC0415  # models can be imported only now

    load_consent_texts()


def _collect_static() -> None:
    """Collect only when a file changed: compressing them takes longer than everything else together."""
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415

    stats = [
        (path, (stat := os.stat(storage.path(path))).st_size, stat.st_mtime_ns)
        for finder in get_finders()
        for path, storage in finder.list([])
    ]
    mark = hashlib.sha256(repr(sorted(stats)).encode()).hexdigest()
    stamp = settings.VAR_DIR / "static.collected"
    if not (settings.STATIC_ROOT.exists() and stamp.exists() and stamp.read_text() == mark):
        call_command("collectstatic", clear=True, interactive=False, verbosity=0)
        stamp.write_text(mark)


if __name__ == "__main__":
    main()
