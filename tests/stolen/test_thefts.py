"""The cut of `make stolen` that runs with all tests: what a theft of the goods opens, and what it opens with more."""

import pytest
from shamir_mnemonic import combine_mnemonics

from tests.stolen import races, thefts
from tests.stolen.table import Number, table

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.mark.parametrize(
    ("attack", "more"),
    [
        (thefts.dump_alone, {}),
        (thefts.configuration_too, {}),
        (thefts.guessed_words, {"guesses": 20}),
        (thefts.passphrases, {"pepper": False}),
        (thefts.passphrases, {"pepper": True}),
        (thefts.while_unlocked, {}),
        (thefts.without_memory, {}),
        (thefts.expired_cookies, {}),
        (thefts.too_few_shares, {}),
        (thefts.enough_shares, {}),
        (thefts.officers, {"together": False}),
        (thefts.officers, {"together": True}),
        (thefts.officer_while_a_request_waits, {}),
    ],
    ids=lambda it: getattr(it, "__name__", str(it)),
)
def test_opens_what_it_may_and_with_the_missing_piece_what_it_then_can(robbed, tmp_path, attack, more):
    number = attack(robbed, tmp_path, **more)

    assert number.right, table([number])
    assert number.of >= 24


def test_an_unlock_that_is_over_and_was_not_cleared_away_would_open(robbed, tmp_path, monkeypatch):
    """What the clearing is for: the record in memory and the cookie that the browser kept are enough."""
    monkeypatch.setattr(thefts.unlock, "clear_away", lambda: None)

    assert thefts.expired_cookies(robbed, tmp_path).opened > 0


def test_forcing_shares_together_finds_the_root_where_there_are_enough(robbed):
    papers = robbed.papers[: thefts.THRESHOLD]

    assert combine_mnemonics(papers) in list(thefts.forced(papers))


@pytest.mark.parametrize(("opened", "planted", "right"), [(0, 5, True), (1, 5, False), (0, 4, False)])
def test_a_number_is_wrong_when_too_much_opens_or_the_plant_does_not(opened, planted, right):
    number = Number("x", 10, opened, 20, 0, planted, 5)

    assert number.right == right
    assert ("WRONG" in table([number])) != right


def test_who_was_taken_out_during_a_race_opens_nothing(short_log, robbed, tmp_path):
    number = races.races(robbed, tmp_path, 10)

    assert number.right, table([number])


def test_and_would_if_the_safe_had_kept_its_key(short_log, robbed, tmp_path, monkeypatch):
    """Without the new key nothing but the missing row keeps him out, and a dump asks for no row."""
    monkeypatch.setattr(races.vault, "rekey", lambda **fields: None)
    monkeypatch.setattr(races.vault, "rekey_step", lambda **fields: None)
    monkeypatch.setattr(races, "_finish", lambda *fields: [])

    assert races.races(robbed, tmp_path, 1).opened > 0
