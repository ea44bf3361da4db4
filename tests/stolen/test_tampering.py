"""The cut of what `make stolen` does to the database itself: exchanges, flipped bytes, and the log."""

import random
from unittest import mock

import pytest

from cases.vault import operations as vault
from tests.stolen import chain, flips, swaps
from tests.stolen.table import table

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_nothing_that_was_exchanged_is_shown_as_right(short_log, robbed):
    number = swaps.swaps(robbed, 40)

    assert number.right, table([number])


def test_an_earlier_version_shown_without_a_word_of_the_check_is_wrong(short_log, robbed, monkeypatch):
    """The newest contact goes to another safe, and the one before it is shown again."""
    judge, case, other = swaps.Judge(robbed), robbed.cases[1], robbed.cases[4]
    newest = case.identity_safe.items.filter(kind="contact").latest("version")
    elsewhere = other.account_safe.items.get()
    with swaps.Swapped("vault_sealeditem", [newest.pk, elsewhere.pk], ["safe_id"]) as swapped:
        assert not swapped.refused
        assert judge.verdict_on([case.pk], set()) == swaps.EARLIER
        monkeypatch.setattr(swaps, "check", lambda: [])
        assert judge.verdict_on([case.pk], set()) == swaps.WRONG


@pytest.mark.parametrize("name", list(swaps.SWAPS))
def test_every_kind_of_exchange_can_be_made(robbed, name):
    """A column that was renamed would be exchanged no more, and nobody would miss it."""
    pks = sorted((pk for [pk] in swaps.run(f"SELECT id FROM {name}")), key=str)[:2]
    before = swaps.rows_of(name, pks)
    for columns in swaps.SWAPS[name]:
        assert set(columns or ()) <= set(before[0])
        with swaps.Swapped(name, pks, columns) as swapped:
            assert swapped.refused or swaps.rows_of(name, pks) == swapped.after
        assert swaps.rows_of(name, pks) == before


def test_documents_that_are_bound_to_no_place_would_be_shown_as_another(robbed):
    """Without the binding of an item to its place, exchanged contents are taken for right."""
    judge, case = swaps.Judge(robbed), robbed.cases[0]
    places = ("cases.vault.operations.safes.item_info", "cases.vault.operations.opening.item_info")
    with mock.patch(places[0], return_value=b"any"), mock.patch(places[1], return_value=b"any"):
        for kind in ("identity", "contact"):
            content = judge.known[case.pk, ("identity_safe", kind)]
            vault.seal(safe=case.identity_safe, kind=kind, content=content, by=robbed.people["ana"])
        newest = [
            case.identity_safe.items.filter(kind=it).latest("version").pk for it in ("identity", "contact")
        ]
        assert judge.verdict_on([case.pk], set()) in (swaps.UNCHANGED, swaps.REFUSED)
        with swaps.Swapped("vault_sealeditem", newest, ["envelope"]):
            assert judge.verdict_on([case.pk], set()) == swaps.WRONG


def test_no_flipped_byte_opens(robbed, tmp_path):
    number = flips.flips(robbed, tmp_path, 2)

    assert number.right, table([number])
    assert number.tried > 4 * 1136


@pytest.mark.parametrize("way", chain.WAYS, ids=lambda it: it.__name__)
def test_a_log_that_was_touched_tells(short_log, robbed, way):
    number = chain.attack(robbed, way, 3, random.Random(7))

    assert number.right, table([number])


def test_what_was_recorded_after_the_last_head_can_be_written_anew_by_who_owns_the_table(short_log, robbed):
    """What stays open, so that the day it is closed this says so: see docs/threat-model.md."""
    number = chain.attack(robbed, chain.written_anew_after_the_last_head, 3, random.Random(7))

    assert number.opened == number.tried
