"""Access is given, taken and renewed, and documents are written, while the safe gets a new key. After each round the
vault is sound, whoever was taken out opens nothing with all he kept, and whoever stays opens everything.
"""

from pathlib import Path

from cases.vault import operations as vault
from cases.vault import queries
from cases.vault.due import due_safes
from cases.vault.models import Safe
from cases.vault.operations.opening import open_safe
from cases.vault.operations.safes import mark_due
from cases.vault.soundness import check
from tests.canary.database import plain_dump
from tests.stolen.attacker import Loot
from tests.stolen.table import Number
from tests.vault.test_rekeying_races import at_once

# Ana and Boris hold the case for good; Clara is taken out in each round, Dan let in, and the other way round.
STAY, MOVE = ("ana", "boris"), ("clara", "dan")
# A dump of the whole takes most of the time: the thief comes by so often.
STOLEN_EACH = 10


def races(world, folder, rounds):
    """`rounds` of eight acts at once. Planted: the same thief, if the safe had not been given a new key."""
    safe = world.cases[0].identity_safe
    opened = planted = wanted = 0
    faults = []
    _give(world, safe, MOVE[0], "ana")
    for number in range(rounds):
        out, into = MOVE if number % 2 == 0 else MOVE[::-1]
        kept = {"grant": open_safe(queries.grant_for(world.people[out], safe), world.unlocked[out])[0]}
        mark_due(Safe.objects.filter(pk=safe.pk))
        faults += at_once(*_acts(world, safe, out, into, number))
        faults += _finish(world, safe, out)
        faults += [str(finding) for finding in check()]
        faults += _who_stays(world, safe, {*STAY, into})
        opened += bool(_program_shows(world, safe, out))
        if number % STOLEN_EACH == 0:
            loot = _loot(folder)
            opened += len(_thief_opens(world, loot, safe, out, kept["grant"]))
            now, _keys = open_safe(queries.grant_for(world.people["ana"], safe), world.unlocked["ana"])
            planted += bool(_thief_opens(world, loot, safe, out, now))
            wanted += 1
    if faults:
        raise AssertionError("\n".join(str(fault) for fault in faults))
    name = "eight acts at once on one safe, for who was taken out meanwhile"
    return Number(name, rounds, opened, rounds, 0, planted, wanted)


def _acts(world, safe, out, into, number):
    people, unlocked = world.people, world.unlocked

    def read():
        items = list(safe.items.all())
        found = vault.open_quietly(items=items, purpose="x", unlocked=unlocked["ana"], by=people["ana"])
        assert found.keys() == {item.pk for item in items}

    def edit(kind, content):
        return lambda: vault.seal(safe=safe, kind=kind, content=content, by=people["gus"])

    return [
        lambda: vault.revoke_access(safe=safe, of=people[out], by=people["boris"], reason="a trial"),
        lambda: _give(world, safe, into, "boris"),
        lambda: vault.rekey(safe=safe, unlocked=unlocked["ana"], by=people["ana"]),
        lambda: vault.rekey(safe=safe, unlocked=unlocked["boris"], by=people["boris"]),
        edit("contact", {"phone": str(number)}),
        edit("identity", {"name": f"Зимородков {number}"}),
        lambda: vault.renew_access(safes=[safe], by=people["boris"]),
        read,
    ]


def _give(world, safe, name, by):
    vault.give_access(
        safe=safe,
        to=world.people[name],
        unlocked=world.unlocked[by],
        by=world.people[by],
        reason="a trial",
    )


def _finish(world, safe, out):
    """What was taken away after the new key was made is due again: the next step of a holder does it."""
    if due_safes().filter(pk=safe.pk).exists():
        vault.rekey_step(unlocked=world.unlocked["ana"], by=world.people["ana"])
    left = due_safes().filter(pk=safe.pk).exists() or queries.may_open(world.people[out], safe)
    return [f"{out} was not taken out"] if left else []


def _who_stays(world, safe, names):
    items = list(Safe.objects.get(pk=safe.pk).items.all())
    faults = []
    for name in names:
        user = world.people[name]
        found = vault.open_quietly(items=items, purpose="x", unlocked=world.unlocked[name], by=user)
        faults += [] if len(found) == len(items) else [f"{name} opens {len(found)} of {len(items)}"]
    return faults


def _program_shows(world, safe, name):
    items = list(Safe.objects.get(pk=safe.pk).items.all())
    return vault.open_quietly(items=items, purpose="x", unlocked=world.unlocked[name], by=world.people[name])


def _loot(folder):
    path = Path(folder) / "raced.sql"
    path.write_bytes(plain_dump())
    return Loot.of_dump(path)


def _thief_opens(world, loot, safe, name, kept):
    """What he opens in a fresh dump with his own key, and with the root of the safe that he kept."""
    safes = loot.safes_of_person(world.people[name].pk, world.unlocked[name].root)
    mine = {pk: root for pk, root in safes.items() if pk == str(safe.pk)}
    return loot.contents({str(safe.pk): kept} | mine)
