"""A safe gets its new key while colleagues seal, read, give, take and renew: nothing is lost, nobody reads too much.

make test ARGS="tests/vault/test_rekeying_races.py" takes a few rounds; RACE_ROUNDS=200 in front takes as many.
"""

import os
import threading

import pytest
from django.db import connections

from cases.audit.models import Entry
from cases.vault import envelope, operations, queries
from cases.vault.due import due_safes
from cases.vault.envelope import KeyPair
from cases.vault.marks import item_info
from cases.vault.models import Grant, Safe
from cases.vault.operations.opening import open_safe
from cases.vault.operations.safes import mark_due
from cases.vault.refusals import DoesNotOpen
from tests.vault.colleagues import give_key, make_colleague, make_safe

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
ROUNDS = int(os.environ.get("RACE_ROUNDS", "8"))


def at_once(*acts):
    """Do all of these at the same moment, each on a connection of its own; return what any of them raised."""
    ready, faults = threading.Barrier(len(acts)), []

    def run(act):
        try:
            ready.wait()
            act()
        except Exception as fault:  # noqa: BLE001  # all of them are the test's answer
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return faults


@pytest.fixture
def crowd(team):
    dan, eva = make_colleague("dan"), make_colleague("eva")
    unlocked = {dan.pk: give_key(dan), eva.pk: give_key(eva)}
    safe = make_safe(team.ana, team.boris, team.clara, dan)
    return safe, dan, eva, lambda user: unlocked.get(user.pk) or team.of(user)


def acts(team, crowd, number):
    safe, dan, eva, of = crowd
    item = safe.items.get(kind="identity", version=1)

    def read():
        for _ in range(3):
            read = operations.open_item(item=item, reason="x", unlocked=of(team.clara), by=team.clara)
            assert read == {"name": "Иван Зимин"}

    def read_many():
        items = list(safe.items.all())
        found = operations.open_quietly(items=items, purpose="x", unlocked=of(team.clara), by=team.clara)
        assert found.keys() == {one.pk for one in items}

    def give_or_take():
        if queries.may_open(eva, safe):
            operations.revoke_access(safe=safe, of=eva, by=team.ana, reason="x")
        else:
            operations.give_access(safe=safe, to=eva, unlocked=of(team.boris), by=team.boris, reason="x")

    def suspend_or_give():
        if queries.may_open(dan, safe):
            operations.suspend_access(of=dan, by=None, reason="x", safes=Safe.objects.filter(pk=safe.pk))
        else:
            operations.give_access(safe=safe, to=dan, unlocked=of(team.boris), by=team.boris, reason="x")

    return [
        lambda: operations.rekey(safe=safe, unlocked=of(team.ana), by=team.ana),
        lambda: operations.rekey(safe=safe, unlocked=of(team.boris), by=team.boris),
        lambda: operations.seal(safe=safe, kind="contact", content={"phone": str(number)}, by=team.olga),
        lambda: operations.renew_access(safes=[safe], by=team.clara),
        read,
        read_many,
        give_or_take,
        suspend_or_give,
    ]


def test_nothing_is_lost_and_nobody_reads_too_much(team, crowd):
    safe, _dan, _eva, of = crowd
    damaged = Entry.objects.filter(action="vault.damaged")
    before = damaged.count()
    for number in range(ROUNDS):
        mark_due(Safe.objects.filter(pk=safe.pk))
        stolen, _keys = open_safe(queries.grant_for(team.ana, safe), of(team.ana))

        faults = at_once(*acts(team, crowd, number))

        assert faults == []
        if due_safes().exists():
            operations.rekey_step(unlocked=of(team.clara), by=team.clara)
        now = Safe.objects.get(pk=safe.pk)
        items, grants = list(now.items.all()), list(Grant.objects.filter(content_object=now))
        assert {one.key_version for one in [*items, *grants]} == {now.version}
        assert max(one.version for one in items if one.kind == "contact") == number + 1
        for user in queries.holders_of(now):
            read = operations.open_quietly(items=items, purpose="x", unlocked=of(user), by=user)
            assert len(read) == len(items)
        for item in items:
            with pytest.raises(DoesNotOpen):
                envelope.open_sealed(KeyPair.from_root(stolen), item_info(item), item.envelope)
    assert damaged.count() == before
