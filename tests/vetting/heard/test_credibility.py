from datetime import date

import pytest

from cases.vetting.credibility import Missing, Talk, Voice, missing_of_interviews, missing_of_referees

M = Missing


def talk(day, by="vera", frame="f"):
    return Talk(date(2026, 11, day), by, frame)


@pytest.mark.parametrize(
    ("held", "missing"),
    [
        ([], [M.FIRST]),
        ([talk(1)], [M.SECOND]),
        ([talk(1), talk(8, "ana")], []),
        ([talk(8, "ana"), talk(1)], []),
        ([talk(1), talk(7, "ana")], [M.DAYS]),
        ([talk(1), talk(8)], [M.PEOPLE]),
        ([talk(1), talk(8, "ana", "g")], [M.QUESTIONS]),
        ([talk(1), talk(1, "vera", "g")], [M.DAYS, M.PEOPLE, M.QUESTIONS]),
        # Of three the two count that fit best.
        ([talk(1), talk(2, "ana"), talk(9)], []),
        ([talk(1), talk(2, "ana"), talk(4)], [M.DAYS]),
    ],
)
def test_what_v17_lacks(held, missing):
    assert missing_of_interviews(held, days=7) == missing


@pytest.mark.parametrize(
    ("heard", "missing"),
    [
        ([], [M.FIRST]),
        ([Voice(False, False)], [M.SECOND]),
        ([Voice(False, False), Voice(True, False)], []),
        ([Voice(True, False), Voice(True, False)], [M.OUTSIDER]),
        ([Voice(None, False), Voice(True, False)], [M.OUTSIDER]),
        ([Voice(False, True), Voice(True, False)], [M.ACQUAINTED]),
        ([Voice(False, None), Voice(True, False)], [M.STRANGERS]),
        ([Voice(None, None), Voice(True, True)], [M.OUTSIDER, M.ACQUAINTED]),
        ([Voice(True, True), Voice(True, False), Voice(False, False)], []),
    ],
)
def test_what_v16_lacks(heard, missing):
    assert missing_of_referees(heard) == missing
