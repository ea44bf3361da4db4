from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.documents.reference.files import read_rules
from cases.documents.travel.leaving import is_over, leaving, stay_deadlines
from cases.documents.travel.options import changes, options
from cases.documents.travel.rulebook import Rulebook
from tests.documents.travel.people import TODAY, asked, book, five, internal, paper, ten, traveller


def keys(rows):
    return {row.key for row in rows}


class TestWhatStops:
    @pytest.mark.parametrize("fact", ["overstay", "barred"])
    def test_told_yes(self, fact):
        answer = leaving(traveller(**{fact: True}), book())

        assert f"kz-exit-{fact}" in keys(answer.stops)

    @pytest.mark.parametrize("fact", ["overstay", "barred"])
    def test_told_no(self, fact):
        answer = leaving(traveller(**{fact: False}), book())

        assert f"kz-exit-{fact}" not in keys((*answer.stops, *answer.asks, *answer.unknown))

    @pytest.mark.parametrize("fact", ["overstay", "barred"])
    def test_nobody_asked(self, fact):
        assert f"kz-exit-{fact}" in keys(leaving(traveller(), book()).unknown)

    def test_what_comes_of_a_missing_registration_is_not_known(self):
        answer = leaving(traveller(overstay=False, barred=False), book())

        assert "kz-exit-registration-2026-07" in keys(answer.unknown)
        assert (answer.stops, answer.asks) == ((), ())

    def test_of_another_country_nothing_is_known(self):
        answer = leaving(traveller(place="AM", overstay=True), book())

        assert (answer.stops, "any-exit-overstay" in keys(answer.unknown)) == ((), True)


class TestALaissezPasser:
    def test_needs_the_agreement_of_the_host(self):
        one = traveller(internal(), overstay=False, barred=False)

        answer = leaving(one, book(), asked(one, "FR"))

        assert "kz-exit-laissez-passer" in keys(answer.asks)

    def test_a_passport_does_not(self):
        one = traveller(ten(), overstay=False, barred=False)

        assert "kz-exit-laissez-passer" not in keys(leaving(one, book(), asked(one, "FR")).asks)


class TestStay:
    @pytest.mark.parametrize(("days", "over"), [(89, False), (90, True)])
    def test_the_day_of_entry_is_the_first_of_ninety(self, days, over):
        one = traveller(entered=TODAY - timedelta(days=days))

        assert is_over(one, book()) is over

    def test_what_somebody_said_counts_more(self):
        one = traveller(entered=TODAY - timedelta(days=200), overstay=False)

        assert is_over(one, book()) is False

    def test_no_rule_no_answer(self):
        assert is_over(traveller(place="TR", entered=date(2020, 1, 1)), book()) is None

    @pytest.mark.parametrize(
        ("entered", "kinds"),
        [
            (date(2026, 6, 30), ["notify", "asylum", "stay"]),
            (date(2026, 7, 1), ["notify", "asylum", "register", "stay"]),
        ],
    )
    def test_registration_in_the_app_came_in_july_2026(self, entered, kinds):
        found = stay_deadlines("KZ", entered, book())

        assert [row.kind for row, _day in found] == kinds

    def test_the_days(self):
        entered = date(2026, 7, 1)

        days = {row.kind: day for row, day in stay_deadlines("KZ", entered, book())}

        assert days == {
            "notify": date(2026, 7, 4),
            "asylum": date(2026, 7, 6),
            "register": date(2026, 7, 31),
            "stay": date(2026, 9, 28),
        }

    @pytest.mark.parametrize(("country", "last"), [("KG", 89), ("BY", 89), ("AM", 179)])
    def test_elsewhere(self, country, last):
        entered = date(2026, 1, 1)

        [(_row, day)] = [one for one in stay_deadlines(country, entered, book()) if one[0].kind == "stay"]

        assert day == entered + timedelta(days=last)


def test_two_days_compared_name_the_row_that_begins_in_between():
    one = traveller(five())
    before, after = options(one, book(date(2025, 5, 31))), options(one, book(date(2025, 6, 1)))

    found = {change.after.destination: change for change in changes(before, after)}

    assert "fr-ru-zag5-refused-2025-06" in keys(found["FR"].rows)
    assert "DE" not in found


def test_a_row_of_a_country_stands_above_its_area_and_any():
    rules = read_rules()
    own = next(row for row in rules.entries if row.key == "schengen-ru-zag10")
    refused = replace(own, key="de-own", destination="DE", effect="refused")
    anywhere = replace(own, key="any-own", destination="ANY", effect="refused")
    made = Rulebook(replace(rules, entries=(*rules.entries, refused, anywhere)), TODAY)

    assert [row.key for row in made.entries("DE", "RU_ZAG10")] == ["de-own"]
    assert [row.key for row in made.entries("FR", "RU_ZAG10")] == ["schengen-ru-zag10"]
    assert [row.key for row in made.entries("GE", "RU_ZAG10")] != ["any-own"]


def test_what_no_row_speaks_of_is_unknown():
    rules = read_rules()
    silent = Rulebook(replace(rules, entries=tuple(r for r in rules.entries if r.destination != "TR")), TODAY)

    assert "TR" not in silent.destinations
    found = options(traveller(paper("KZ_REF")), silent)
    assert all(option.cites for option in found)
