"""What to apply for where no passport helps: one test for each line of the decision."""

from datetime import date

import pytest

from cases.documents.travel.answers import Answer, Code
from cases.documents.travel.facts import Status
from tests.documents.travel.people import asked, five, internal, lost, of_age, paper, ten, traveller, visa


def test_a_passport_with_a_chip_needs_a_visa_and_no_remedy():
    option = asked(traveller(internal(), ten()), "FR")

    assert (option.answer, option.paper.type, option.remedy) == (Answer.VISA, "RU_ZAG10", None)


def test_a_child_under_fifteen_goes_to_france_without_a_chip():
    option = asked(traveller(five(), born=of_age(12)), "FR")

    assert (option.answer, option.paper.type) == (Answer.VISA, "RU_ZAG5")


@pytest.mark.parametrize(
    "papers",
    [
        (internal(),),
        (internal(), five(expires=date(2024, 5, 1))),
        (internal(), five()),
        (ten(status=Status.ARMY),),
        (internal(status=Status.COPY),),
    ],
)
def test_whoever_can_show_who_he_is_asks_for_a_laissez_passer(papers):
    option = asked(traveller(*papers), "FR")

    assert (option.answer, option.missing, option.remedy.when) == (Answer.REMEDY, ("FR_LP",), "identity")
    assert option.remedy.next_step.en
    assert option.remedy.needs.fr


def test_elsewhere_in_schengen_it_is_the_form():
    assert asked(traveller(internal()), "DE").missing == ("EU_FORM_333",)


@pytest.mark.parametrize(
    "papers",
    [
        (),
        (lost(ten()),),
        (internal(status=Status.LOST),),
        (paper("RU_MIL"),),
        (paper("RU_BIRTH"),),
        (paper("RU_MARR"),),
    ],
)
def test_who_has_no_passport_of_any_kind_asks_the_red_cross(papers):
    """A birth certificate or a military card shows who somebody is, and stands for no passport."""
    option = asked(traveller(*papers), "FR")

    assert (option.answer, option.missing) == (Answer.REMEDY, ("ICRC_ETD",))


def test_who_has_nothing_has_no_remedy_elsewhere():
    option = asked(traveller(), "DE")

    assert (option.answer, option.reasons[0].code) == (Answer.NO, Code.NO_PAPER)
    assert option.missing


def test_the_laissez_passer_in_hand_and_a_visa_lead_to_france():
    way = paper("FR_LP", issuer="FR", destination="FR", expires=date(2027, 1, 1))

    assert asked(traveller(internal(), way), "FR").answer is Answer.VISA
    assert asked(traveller(internal(), way, visa("FR_VISA_D_ASILE")), "FR").answer is Answer.YES


@pytest.mark.parametrize("on", [date(2026, 11, 23), date(2025, 5, 1)])
def test_the_ten_of_the_article_each_have_an_answer_for_france(on):
    """Document used, reason and next step, on both days."""
    expired, without = five(expires=date(2024, 5, 1)), five(issued=date(2023, 5, 1), expires=date(2028, 5, 1))
    people = {
        "internal passport only": (traveller(internal()), Answer.REMEDY, Answer.REMEDY),
        "expired, without a chip": (traveller(internal(), expired), Answer.REMEDY, Answer.REMEDY),
        "without a chip": (traveller(internal(), without), Answer.REMEDY, Answer.VISA),
        "with a chip": (traveller(internal(), ten()), Answer.VISA, Answer.VISA),
        "child under fourteen": (traveller(without, born=of_age(11)), Answer.VISA, Answer.VISA),
        "birth certificate": (traveller(paper("RU_BIRTH"), born=of_age(11)), Answer.REMEDY, Answer.REMEDY),
    }
    for who, (one, today, earlier) in people.items():
        option = asked(one, "FR", on)
        assert option.answer is (today if on.year == 2026 else earlier), who
        assert option.reasons
        assert option.missing
        assert option.paper or option.remedy
