"""A process of its own in which fifty colleagues unlock at once; it prints how much memory it held at most, in KiB.

python -m tests.sessions.unlocking FOLDER MEMORY_KIB AT_ONCE THREADS
"""

import re
import sys
import threading
from pathlib import Path

from django.conf import settings


def main(folder, memory_kib, at_once, threads):
    settings.configure(
        RUNTIME_DIR=Path(folder),
        PEPPER_FILE=Path(folder) / "pepper",
        USE_I18N=False,
        VAULT={"argon2_memory_kib": memory_kib, "argon2_iterations": 1, "argon2_lanes": 1},
    )
    from cases.vault import pepper, stretch

    pepper.create()
    stretch.AT_ONCE, stretch.LONGEST_WAIT = at_once, 300.0
    cost, done = stretch.Cost.now(), []
    before = peak()
    ready = threading.Barrier(threads)

    def unlock(number):
        ready.wait()
        done.append(stretch.stretch(b"seven words", cost, user_id=number))

    started = [threading.Thread(target=unlock, args=[number]) for number in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    sys.stdout.write(f"{len(done)} {peak() - before}\n")


def peak():
    """Not `ru_maxrss`, which begins with what the process held that started this one."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)[1])


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
