"""Somebody who writes to the database exchanges columns, rows and grants: what does the program then show to whom?

Two rows are taken out and put in again with some of their values exchanged, so that no constraint on single rows
stands in the way; what the database refuses as a whole counts as refused.
"""

import random
from collections import Counter
from itertools import product
from unittest import mock

from django.db import IntegrityError, connections, transaction

from cases.applicants.models import Applicant
from cases.vault import operations as vault
from cases.vault import queries
from cases.vault.models import Keyring
from cases.vault.refusals import Refused
from cases.vault.soundness import check
from tests.stolen.table import Number
from tests.stolen.world import PEOPLE

ALL = None
WRONG, EARLIER, REFUSED, UNCHANGED = (
    "wrong",
    "an earlier version shown and told by vault_check",
    "refused",
    "unchanged",
)
SWAPS = {
    "vault_sealeditem": (
        ["envelope"],
        ["safe_id"],
        ["kind"],
        ["version"],
        ["key_version"],
        ["envelope", "version"],
        ["envelope", "kind", "version"],
        ["sealed_by", "created_at"],
        ALL,
    ),
    "vault_safe": (
        ["public_key"],
        ["mac"],
        ["public_key", "mac"],
        ["organisation_wrap"],
        ["bond"],
        ["public_key", "mac", "bond"],
        ["kind"],
        ["version"],
        ALL,
    ),
    "vault_grant": (
        ["sealed_root"],
        ["user_id"],
        ["content_object_id"],
        ["content_object_id", "key_version"],
        ["user_id", "granted_by_id"],
        ["expires_at", "firm"],
        ALL,
    ),
    "vault_keyring": (
        ["public_key"],
        ["mac"],
        ["public_key", "mac"],
        ["user_id"],
        ["confirmation", "confirmed_by_id"],
        ["public_key", "mac", "version", "confirmation"],
        ALL,
    ),
    "vault_wrap": (["sealed_root"], ["salt"], ["salt", "sealed_root"], ["keyring_id"], ["kind"], ALL),
    "applicants_applicant": (
        ["identity_safe_id"],
        ["account_safe_id"],
        ["identity_safe_id", "account_safe_id"],
    ),
}
KINDS = (("identity_safe", "identity"), ("identity_safe", "contact"), ("account_safe", "health"))


def run(statement, values=()):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def rows_of(table, pks):
    """The rows as they are, in this order."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {table} WHERE id = ANY(%s) ORDER BY array_position(%s, id)", [pks, pks]
        )
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def put(table, rows):
    """These rows instead of those of the same ids."""
    marks = ", ".join(["%s"] * len(rows[0]))
    run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    with transaction.atomic(using="owner"):
        run(f"DELETE FROM {table} WHERE id = ANY(%s)", [[row["id"] for row in rows]])
        for row in rows:
            run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    run(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def exchanged(rows, columns):
    """The two rows with these columns exchanged, or all but the id."""
    first, second = rows
    wanted = [name for name in first if name != "id"] if columns is ALL else columns
    return [first | {name: second[name] for name in wanted}, second | {name: first[name] for name in wanted}]


class Swapped:
    """One exchange in the database, undone at the end; `refused` if the database would not have it."""

    def __init__(self, table, pks, columns):
        self.table, self.before = table, rows_of(table, list(pks))
        self.after, self.refused = exchanged(self.before, columns), False

    def __enter__(self):
        try:
            put(self.table, self.after)
        except IntegrityError:
            self.refused = True
        return self

    def __exit__(self, *args):
        put(self.table, self.before)


class Judge:
    """Knows what each case says and who may read it, and looks at what the program shows after an exchange."""

    def __init__(self, world):
        self.world, self.unlocked = world, world.unlocked
        self.safes, self.known, self.earlier, self.readers, self.wrong = {}, {}, {}, {}, []
        for case in world.cases:
            holders = {user.username for user in queries.holders_of(case.identity_safe)}
            self.safes |= {case.identity_safe_id: case.pk, case.account_safe_id: case.pk}
            self.readers[case.pk] = holders
            for place in KINDS:
                *earlier, newest = self.versions(case, place, min(holders))
                self.known[case.pk, place], self.earlier[case.pk, place] = newest, earlier

    def versions(self, case, place, name):
        """What every version says, the oldest first."""
        attribute, kind = place
        items = getattr(case, attribute).items.filter(kind=kind).order_by("version")
        return [self.opened(item, name) for item in items]

    def read(self, case_id, place, name):
        """What the page of a case gives to a colleague, or None where it refuses or has nothing."""
        attribute, kind = place
        safe = getattr(Applicant.objects.select_related(attribute).get(pk=case_id), attribute)
        item = queries.item_of(safe, kind)
        return None if item is None else self.opened(item, name)

    def opened(self, item, name):
        try:
            return vault.open_item(
                item=item, reason="a trial", unlocked=self.unlocked[name], by=self.world.people[name]
            )
        except Refused:
            return None

    def verdict_on(self, case_ids, names):
        """ "wrong" if anybody is shown what is not the truth, or not for him; else "unchanged" or "refused".

        Where the newest version was moved away, the one before it is shown, of the same person: the nightly check has
        to tell that.
        """
        found = set()
        for case_id in case_ids:
            # What everybody reads is the same, except where the exchange concerns a person.
            for name, place in product({*names, min(self.readers[case_id])}, KINDS):
                shown, may = self.read(case_id, place, name), name in self.readers[case_id]
                if shown is None:
                    found |= {REFUSED} if may else set()
                elif not may or shown not in (self.known[case_id, place], *self.earlier[case_id, place]):
                    return WRONG
                elif shown != self.known[case_id, place]:
                    found.add(EARLIER)
        if EARLIER in found:
            return EARLIER if list(check()) else WRONG
        return REFUSED if found else UNCHANGED

    def verdict_on_words(self, names):
        """ "wrong" if words open a key that is not the own one."""
        verdict = UNCHANGED
        for name in names:
            user = self.world.people[name]
            Keyring.objects.filter(user=user).update(tries=0)
            try:
                root = vault.unlock(user=user, passphrase=self.world.words[name]).root
            except (Refused, Keyring.DoesNotExist):
                verdict = REFUSED
                continue
            if root != self.unlocked[name].root:
                return WRONG
        return verdict


def swaps(world, number, seed=5):
    """`number` random exchanges. Planted: cases pointed at each other's safes, without the bond that refuses it."""
    chance, judge = random.Random(seed), Judge(world)
    verdicts = Counter(_swap(world, judge, chance) for _ in range(number))
    planted, wanted = _plant(world, judge)
    remark = ", ".join(f"{name} {count}" for name, count in sorted(verdicts.items()))
    name = f"columns, rows and grants exchanged ({remark})"
    return Number(name, number, verdicts[WRONG], number, 0, planted, wanted, "; ".join(judge.wrong))


def _swap(world, judge, chance):
    table = chance.choice(list(SWAPS))
    pks = sorted((pk for [pk] in run(f"SELECT id FROM {table}")), key=str)
    pair, columns = chance.sample(pks, 2), chance.choice(SWAPS[table])
    with Swapped(table, pair, columns) as swapped:
        if swapped.refused:
            return "refused by the database"
        cases, names = _concerned(judge, swapped)
        names |= {chance.choice(PEOPLE)}
        found = {judge.verdict_on(cases, names)}
        if table in ("vault_keyring", "vault_wrap"):
            found.add(judge.verdict_on_words(names))
    verdict = next(it for it in (WRONG, EARLIER, REFUSED, UNCHANGED) if it in found)
    if verdict == WRONG:
        judge.wrong.append(
            f"{table} {columns or 'all'}: {swapped.before[0]['id']} and {swapped.before[1]['id']}"
        )
    return verdict


def _concerned(judge, swapped):
    """The cases and the colleagues whom the two rows are about, before and after."""
    cases, users = set(), set()
    for row in swapped.before:
        for column in ("id", "safe_id", "content_object_id", "identity_safe_id", "account_safe_id"):
            cases |= {judge.safes[row[column]]} if row.get(column) in judge.safes else set()
        users |= {row["user_id"]} if "user_id" in row else set()
        users |= {
            user for [user] in run("SELECT user_id FROM vault_keyring WHERE id = %s", [row.get("keyring_id")])
        }
    names = {name for name, user in judge.world.people.items() if user.pk in users}
    if not cases:
        cases = {case for case, readers in judge.readers.items() if readers & names}
        cases = set(sorted(cases, key=str)[:2])
    return cases, names


def _plant(world, judge):
    """Pairs of cases of the same team, one after the other: without the bond each shows another person's name."""
    teams = {}
    for case in world.cases:
        teams.setdefault(case.team_id, []).append(case.pk)
    pairs = [pks[:2] for pks in teams.values()]
    found = []
    with mock.patch("cases.vault.owners.misplaced", return_value=set()):
        for pair in pairs:
            with Swapped("applicants_applicant", pair, ["identity_safe_id"]):
                found.append(judge.verdict_on(pair, set()))
    return found.count(WRONG), len(pairs)
