"""`make stolen`: rob a throw-away organisation in every way we could think of, and count what opens."""

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import FORGETFUL


def main():
    options = argparse.ArgumentParser(prog="make stolen", description=__doc__)
    options.add_argument("--cases", type=int, default=40)
    options.add_argument("--guesses", type=int, default=40)
    options.add_argument("--swaps", type=int, default=2000)
    options.add_argument("--items", type=int, default=50, help="whose bytes are flipped")
    options.add_argument("--edits", type=int, default=40, help="of the log, each way")
    options.add_argument("--rounds", type=int, default=200, help="of the race")
    chosen = options.parse_args()
    from ngo import postgres

    with tempfile.TemporaryDirectory(prefix="safe-conduct-stolen-") as folder:
        # The server of the database may run as another user, who has to reach its folder.
        os.chmod(folder, 0o711)
        home = Path(folder)
        with postgres.using(home / "postgres", FORGETFUL, keep=False):
            for variable, role in (("DATABASE_URL", "app"), ("DATABASE_OWNER_URL", "owner")):
                os.environ[variable] = postgres.address(home / "postgres", role=role, database="robbed")
            os.environ |= {"VAR_DIR": str(home / "state"), "DJANGO_SETTINGS_MODULE": "ngo.settings"}
            os.environ.pop("SAFE_CONDUCT_MODE", None)
            (home / "state").mkdir()
            return _robbed(home, chosen)


def _robbed(home, chosen):
    import django  # the settings ask where the database is

    django.setup()
    from django.conf import settings
    from django.db import connections
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment()
    made = setup_databases(
        verbosity=0, interactive=False, aliases=["default", "owner"], serialized_aliases=[]
    )
    try:
        with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="safe-conduct-stolen-") as memory:
            settings.RUNTIME_DIR = Path(memory)
            return _attacked(home, chosen)
    finally:
        connections["default"].close()
        teardown_databases(made, verbosity=0)


def _attacked(home, chosen):
    from django.conf import settings

    from cases.vault import operations as vault
    from tests.stolen import chain, flips, races, swaps, thefts
    from tests.stolen.table import table
    from tests.stolen.world import make_world
    from tests.vault.colleagues import CHEAP

    world = make_world(chosen.cases)
    numbers = []

    def count(attack, *arguments, **more):
        began = time.monotonic()
        numbers.append(attack(world, *arguments, **more))
        say(f"{numbers[-1].attack}: {numbers[-1].opened} ({time.monotonic() - began:.0f} s)")

    chance = random.Random(11)
    for way in (*chain.WAYS, chain.written_anew_after_the_last_head):
        count(chain.attack, way, chosen.edits, chance)
    count(thefts.dump_alone, home)
    count(thefts.configuration_too, home)
    count(thefts.guessed_words, home, chosen.guesses)
    count(thefts.passphrases, home, pepper=False)
    count(thefts.passphrases, home, pepper=True)
    for attack in (thefts.while_unlocked, thefts.without_memory, thefts.expired_cookies):
        count(attack, home)
    for attack in (thefts.too_few_shares, thefts.enough_shares):
        count(attack, home)
    count(thefts.officers, home, together=False)
    count(thefts.officers, home, together=True)
    count(thefts.officer_while_a_request_waits, home)
    # From here on words are typed thousands of times, and what they cost the thief was counted above.
    settings.VAULT = settings.VAULT | CHEAP
    for name, user in world.people.items():
        fields = {"unlocked": world.unlocked[name], "by": user, "language": "en"}
        world.words[name] = vault.change_passphrase(**fields)
    count(flips.flips, home, chosen.items)
    count(swaps.swaps, chosen.swaps)
    count(races.races, home, chosen.rounds)
    wrong = [number for number in numbers if not number.right]
    for number in wrong:
        say(f"  {number.attack}: {number.remark}")
    say(f"\n{table(numbers)}\n\n{len(wrong)} of {len(numbers)} attacks did not come out as they must.")
    return 1 if wrong else 0


def say(text):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    began = time.monotonic()
    code = main()
    say(f"{time.monotonic() - began:.0f} seconds in all.")
    sys.exit(code)
