"""When a period of service meets an incident: the unit up and down the tree, the time, the place."""

import random
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from cases.vetting.meeting import Incident, PlaceHow, Register, TimeHow, Unit, UnitHow, meetings
from cases.vetting.meeting_words import questions

ARMY = Unit("army", "35th Combined Arms Army")
BRIGADE = Unit("brigade", "64th Separate Motorised Rifle Brigade", "51460", ("64 ОМСБр",), "army")
BATTALION = Unit("battalion", "2nd Motor Rifle Battalion of the 64th Brigade", parent="brigade")
OTHER = Unit("other", "38th Separate Motorised Rifle Brigade", parent="army")
UNITS = {unit.id: unit for unit in (ARMY, BRIGADE, BATTALION, OTHER)}
BUCHA = Incident(
    "00000000-0000-0000-0000-000000000001",
    "Bucha",
    frozenset(["brigade"]),
    ("Bucha",),
    "",
    "2022-03-04",
    "2022-03-31",
)


def register(*incidents):
    return Register(UNITS, incidents)


def period(**facts):
    return {"from": "2022-02-24", "to": "2022-04-10", "unit_number": "", "unit_name": "", "place": ""} | facts


def met(incident=BUCHA, **facts):
    return [(one.unit, one.place, one.time) for one in meetings([period(**facts)], register(incident))]


@pytest.mark.parametrize(
    ("facts", "unit"),
    [
        ({"unit_name": "64-я омсбр"}, UnitHow.SAME),
        ({"unit_number": "в/ч 51460"}, UnitHow.SAME),
        ({"unit_number": "51460", "unit_name": "64th brigade"}, UnitHow.SAME),
        ({"unit_name": "стрелки", "unit_spellings": ["64 OMSBr"]}, UnitHow.SAME),
        ({"unit_name": "35-я общевойсковая армия"}, UnitHow.SUB),
        ({"unit_name": "2 мсб 64 омсбр"}, UnitHow.PARENT),
        ({"unit_name": "7 мсб 64 омсбр"}, UnitHow.PARENT),  # a part that the register does not have
    ],
)
def test_the_unit_is_met_up_and_down_the_tree(facts, unit):
    assert met(**facts) == [(unit, PlaceHow.UNKNOWN, TimeHow.SURELY)]


def test_an_incident_of_the_army_is_a_question_for_its_brigade():
    of_army = Incident("1", "x", frozenset(["army"]), begins="2022-03-01", ends="2022-03-31")

    assert met(of_army, unit_name="64 омсбр") == [(UnitHow.PARENT, PlaceHow.UNKNOWN, TimeHow.SURELY)]


@pytest.mark.parametrize(
    "facts",
    [
        {"unit_name": "38 омсбр"},  # a sister under one army
        {"unit_name": "64 омсбр", "from": "2022-04-01"},
        {"unit_name": "64 омсбр", "from": "", "to": "2022-03-03"},
        {"place": "Mariupol"},
        {},
    ],
)
def test_what_does_not_meet(facts):
    assert met(**facts) == []


@pytest.mark.parametrize(
    ("times", "how"),
    [
        ({"from": "2022-02", "to": "2022-04"}, TimeHow.SURELY),
        ({"from": "2022-03", "to": "2022-03"}, TimeHow.PERHAPS),
        ({"from": "2022", "to": "2022"}, TimeHow.PERHAPS),
        ({"from": "2022-02-24", "to": ""}, TimeHow.PERHAPS),
        ({"from": "", "to": ""}, TimeHow.PERHAPS),
    ],
)
def test_vague_days_meet_perhaps(times, how):
    assert met(unit_name="64 омсбр", **times) == [(UnitHow.SAME, PlaceHow.UNKNOWN, how)]


@pytest.mark.parametrize(
    ("place", "how"),
    [("Буча", PlaceHow.SAME), ("Boutcha", PlaceHow.SAME), ("Херсон", PlaceHow.OTHER), ("", PlaceHow.UNKNOWN)],
)
def test_the_place_raises_the_strength(place, how):
    assert met(unit_name="64 омсбр", place=place) == [(UnitHow.SAME, how, TimeHow.SURELY)]


def test_the_place_and_the_time_alone_say_nearby():
    assert met(unit_name="9 полк", place="Буча") == [(UnitHow.NONE, PlaceHow.SAME, TimeHow.SURELY)]
    assert met(place="Буча", **{"from": "", "to": ""}) == []


def test_the_strongest_comes_first():
    near = Incident("near", "x", frozenset(), ("Bucha",), begins="2022-03", ends="2022-03")
    found = meetings([period(unit_name="64 омсбр", place="Буча")], register(near, BUCHA))

    assert [one.incident for one in found] == [BUCHA.id, "near"]


DAYS = st.sampled_from(["", "2021", "2022", "2022-02", "2022-03", "2022-03-05", "2022-04-01", "2023-01"])
NAMES = st.sampled_from(["", "64 омсбр", "2 мсб 64 омсбр", "35 ОА", "38 омсбр", "9 полк", "в/ч 51460"])
PLACES = st.sampled_from(["", "Bucha", "Буча", "Mariupol"])
PERIODS = st.lists(
    st.fixed_dictionaries({"from": DAYS, "to": DAYS, "unit_name": NAMES, "place": PLACES}), max_size=5
)
INCIDENTS = st.lists(
    st.builds(
        Incident,
        id=st.integers(0, 10**9).map(str),
        what=st.just("x"),
        units=st.frozensets(st.sampled_from(sorted(UNITS)), max_size=2),
        places=st.tuples(PLACES.filter(bool)) | st.just(()),
        begins=DAYS,
        ends=DAYS,
    ),
    max_size=5,
    unique_by=lambda one: one.id,
)


@given(PERIODS, INCIDENTS, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(periods, incidents, order):
    found = meetings(periods, register(*incidents))
    places = list(range(len(periods)))
    order.shuffle(places)
    shuffled = random.Random(1).sample(incidents, len(incidents))
    again = meetings([periods[place] for place in places], register(*shuffled))

    assert {(one.period, one.incident, one.strength, one.reasons) for one in found} == {
        (places[one.period], one.incident, one.strength, one.reasons) for one in again
    }


@given(PERIODS, INCIDENTS)
def test_every_meeting_has_a_reason_and_none_is_without_unit_and_place(periods, incidents):
    for one in meetings(periods, register(*incidents)):
        asked = periods[one.period]
        assert asked["unit_name"] or asked["place"]
        assert one.unit or one.place is PlaceHow.SAME
        assert len(one.reasons) == 3


@given(PERIODS, INCIDENTS)
def test_without_whole_knowledge_of_both_times_nothing_is_sure(periods, incidents):
    known = {one.id: one for one in incidents}
    for one in meetings(periods, register(*incidents)):
        times = (
            periods[one.period]["from"],
            periods[one.period]["to"],
            known[one.incident].begins,
            known[one.incident].ends,
        )
        if "" in times:
            assert one.time is TimeHow.PERHAPS


@given(st.sampled_from(sorted(UNITS)), NAMES)
def test_what_meets_a_unit_meets_through_its_parent_too(unit, name):
    """Whoever is asked about an incident of a unit is asked about the same incident of its army."""
    times = {"begins": "2022-03", "ends": "2022-03"}
    of_unit = met(Incident("1", "x", frozenset([unit]), **times), unit_name=name)
    of_army = met(Incident("1", "x", frozenset(["army"]), **times), unit_name=name)

    assert not of_unit or of_army


def test_it_is_said_as_a_question_with_its_reasons():
    served = period(unit_name="64-я омсбр", place="Буча", **{"from": "2022-02", "to": "2022-04"})
    [question] = questions([served], register(BUCHA))

    assert question.ask == (
        "Ask: the period February 2022 to April 2022 in “64-я омсбр” meets “Bucha”. What does the person know of it?"
    )
    assert question.because == (
        "The unit is the one named there: 64th Separate Motorised Rifle Brigade.",
        "Both name one place: “Буча” here, “Bucha” there.",
        "The times meet in any case: February 2022 to April 2022 here, 4 Mar 2022 to 31 Mar 2022 there.",
    )
    assert (question.url, question.is_nearby) == (f"/vetting/incidents/{BUCHA.id}/", False)


def test_a_period_with_nothing_but_a_place_is_asked_about_too():
    [question] = questions([period(place="Буча")], register(BUCHA))

    assert question.ask.startswith("Ask: the period 24 Feb 2022 to 10 Apr 2022 meets “Bucha”.")
    assert (
        question.because[0] == "No unit of this period is named there: the person may only have been nearby."
    )
    assert question.is_nearby


def test_the_fragment_shows_the_questions_and_says_what_they_are_not():
    served = period(unit_name="64-я омсбр")
    around = {"applicant": SimpleNamespace(pk=uuid4()), "ask_url": "/ask/"}
    met = questions([served], register(BUCHA))
    page = render_to_string("vetting/_meetings.html", {"met": met, **around})
    none = render_to_string("vetting/_meetings.html", {"met": [], **around})

    assert "Ask: the period 24 Feb 2022 to 10 Apr 2022 in “64-я омсбр” meets “Bucha”." in page
    assert f'href="/vetting/incidents/{BUCHA.id}/" target="_blank" rel="noreferrer noopener"' in page
    assert "nothing to conclude" in page
    assert "No period meets an incident of the register." in none
