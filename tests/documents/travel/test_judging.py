"""A paper is judged once for all that are judged alike: nobody may be told what is true of somebody else's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.documents.reference.files import read_rules
from cases.documents.travel.answers import Answer, Code
from cases.documents.travel.facts import Born, Paper, Status, Traveller
from cases.documents.travel.likeness import Likeness
from cases.documents.travel.options import options
from cases.documents.travel.rulebook import Rulebook
from cases.documents.travel.rules import Effect, Visa
from tests.documents.travel.people import (
    TODAY,
    asked,
    book,
    five,
    internal,
    of_age,
    paper,
    ten,
    traveller,
    visa,
)

RULES = read_rules()
FRENCH = next(row for row in RULES.entries if row.key == "schengen-ru-zag10")
# Days beside those at which the French conditions change.
BESIDE = [
    day + timedelta(step)
    for day in (TODAY, date(2027, 2, 23), date(2016, 11, 23), date(2011, 11, 23), date(2008, 11, 23))
    for step in (-1, 0, 1)
]


def with_entries(*rows, on=TODAY):
    """The rules that ship, with other rows about passports with a chip."""
    rest = tuple(row for row in RULES.entries if row.document != "RU_ZAG10")
    return Rulebook(replace(RULES, entries=(*rest, *rows)), on)


def row(key, **facts):
    return replace(FRENCH, key=key, destination="FR", **facts)


def option_of(one, rulebook, destination="FR"):
    return next(option for option in options(one, rulebook) if option.destination == destination)


def everything(one, rulebook):
    return [
        (option.answer, option.paper, option.missing, option.reasons, option.others, option.cites)
        for option in options(one, rulebook)
    ]


@st.composite
def people(draw):
    papers = [
        Paper(
            id=str(number),
            type=draw(st.sampled_from(["RU_ZAG10", "RU_ZAG5", "RU_INT", "RU_BIRTH", "FR_LP", "EU_VISA_C"])),
            issuer="RU",
            status=draw(st.sampled_from(list(Status))),
            issued=draw(st.none() | st.sampled_from(BESIDE)),
            expires=draw(st.none() | st.sampled_from(BESIDE)),
            blank_pages=draw(st.sampled_from([None, 0, 1, 2, 3])),
            destination=draw(st.sampled_from(["", "FR", "DE"])),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    latest = draw(st.sampled_from(BESIDE))
    born = draw(st.sampled_from([None, Born(latest, latest), Born(None, latest), Born(latest, None)]))
    return Traveller("x", tuple(papers), born, "KZ")


class TestJudgedAlike:
    @settings(max_examples=300, deadline=None)
    @given(people())
    def test_the_same_as_judged_alone(self, one):
        assert everything(one, book()) == everything(one, Rulebook(RULES, TODAY))

    def test_a_likeness_that_forgets_something_would_be_seen(self, monkeypatch):
        whole = Likeness.of
        monkeypatch.setattr(Likeness, "of", lambda self, paper, born: whole(self, paper, born)[:2])
        shared = Rulebook(RULES, TODAY)
        options(traveller(ten()), shared)

        short = traveller(ten(expires=TODAY))

        assert option_of(short, shared).answer is not option_of(short, Rulebook(RULES, TODAY)).answer

    def test_each_is_told_of_the_own_paper(self):
        shared = Rulebook(RULES, TODAY)
        first, second = ten(id="first", expires=TODAY), ten(id="second", expires=TODAY)

        for one in (first, second):
            found = option_of(traveller(one), shared)
            assert {reason.paper for reason in found.reasons if reason.paper} == {one}

    def test_a_day_that_counts_is_named_with_the_reason(self):
        [reason, *_rest] = asked(traveller(ten(expires=date(2027, 1, 1))), "FR").reasons

        assert (reason.code, reason.values) == (Code.EXPIRES_TOO_SOON, (("until", date(2027, 2, 23)),))


class TestRowsOfOneCountry:
    """A row for certain ages stands above one for all, in whatever order they come."""

    ROWS = (row("all", effect=Effect.REFUSED), row("child", age_below=15))

    @pytest.mark.parametrize("rows", [ROWS, ROWS[::-1]])
    @pytest.mark.parametrize(("age", "answer"), [(14, Answer.VISA), (15, Answer.REMEDY)])
    def test_by_age(self, rows, age, answer):
        assert option_of(traveller(ten(), born=of_age(age)), with_entries(*rows)).answer is answer

    @pytest.mark.parametrize("rows", [ROWS, ROWS[::-1]])
    def test_an_age_that_is_not_certain_gets_the_careful_one(self, rows):
        found = option_of(traveller(ten(), born=None), with_entries(*rows))

        assert (found.answer, found.reasons[0].code) == (Answer.REMEDY, Code.AGE_UNKNOWN)

    def test_what_is_refused_to_children_says_nothing_of_others(self):
        child = with_entries(row("child", age_below=15, effect=Effect.REFUSED))

        one = option_of(traveller(ten(), born=of_age(30)), child)
        birth = asked(traveller(internal(), paper("RU_BIRTH")), "TR")

        assert (one.answer, one.reasons[0].code) == (Answer.REMEDY, Code.NO_RULE)
        assert (birth.answer, birth.paper, birth.others) == (Answer.NO, internal(), ())

    def test_a_careful_answer_still_takes_a_visa(self):
        rows = (row("all"), row("child", age_below=15, visa=Visa.NONE))
        one = traveller(ten(), born=None)

        assert option_of(one, with_entries(*rows)).answer is Answer.VISA
        assert option_of(traveller(ten(), visa(), born=None), with_entries(*rows)).answer is Answer.YES

    def test_for_an_age_that_no_row_might_fit_there_is_no_yes(self):
        grown = with_entries(row("grown", age_from=14, visa=Visa.NONE))

        assert option_of(traveller(ten(), visa(), born=of_age(14)), grown).answer is Answer.YES
        found = option_of(traveller(ten(), visa(), born=None), grown)
        assert (found.answer, found.reasons[0].code) == (Answer.REMEDY, Code.AGE_UNKNOWN)


def test_whether_a_visa_is_needed_does_not_matter_to_whom_has_one():
    unclear = with_entries(row("unclear", visa=Visa.UNKNOWN))

    without, having = option_of(traveller(ten()), unclear), option_of(traveller(ten(), visa()), unclear)

    assert (without.answer, without.reasons[0].code) == (Answer.REMEDY, Code.VISA_UNKNOWN)
    assert [reason.code for reason in having.reasons] == [Code.ACCEPTED, Code.VISA_HELD]
    assert (having.answer, having.missing) == (Answer.YES, ())


@pytest.mark.parametrize("on", [date.min, date(1, 2, 28), date(2024, 2, 29), date(9999, 11, 30), date.max])
def test_the_ends_of_the_calendar(on):
    papers = (five(issued=date.min, expires=date.max), ten(expires=on, issued=on), internal(), visa())

    found = options(traveller(*papers, born=Born(date.min, date.max)), Rulebook(RULES, on))

    assert all(option.cites for option in found)


def test_a_country_of_which_nothing_holds_today_is_still_cited():
    over = row("over", ends=date(2020, 1, 1))
    alone = Rulebook(replace(RULES, entries=(over,), members=(), remedies=(), safety=()), TODAY)

    [found] = options(traveller(), alone)

    assert (found.answer, found.cites, found.missing) == (Answer.NO, (over,), ())
