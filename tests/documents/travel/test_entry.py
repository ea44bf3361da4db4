"""Who is let in where: a line for each fact, with days on both sides of every change."""

from datetime import date, timedelta

import pytest

from cases.documents.travel.answers import Answer, Code
from cases.documents.travel.facts import Born, Status
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

YES, VISA, REMEDY, UNKNOWN, NO = Answer.YES, Answer.VISA, Answer.REMEDY, Answer.UNKNOWN, Answer.NO
CIS = ("KZ", "KG", "BY", "AM", "GE-AB", "GE-SO")
BIRTH = paper("RU_BIRTH", issued=date(2015, 1, 1))


@pytest.mark.parametrize("country", CIS)
class TestByInternalPassport:
    def test_from_the_age_of_fourteen(self, country):
        assert asked(traveller(internal(), born=of_age(14)), country).answer is YES

    def test_not_below(self, country):
        option = asked(traveller(internal(), born=of_age(13)), country)

        assert (option.answer, option.reasons[-1].code) == (NO, Code.AGE)

    def test_on_the_birthday_itself(self, country):
        born = date(2012, 11, 23)

        assert asked(traveller(internal(), born=Born(born, born)), country, date(2026, 11, 22)).answer is NO
        assert asked(traveller(internal(), born=Born(born, born)), country, date(2026, 11, 23)).answer is YES

    def test_a_child_goes_on_a_foreign_passport(self, country):
        for passport in (five(), ten()):
            assert asked(traveller(passport, born=of_age(10)), country).answer is YES


@pytest.mark.parametrize("country", ["KZ", "KG", "BY", "GE-AB", "GE-SO"])
@pytest.mark.parametrize(("on", "answer"), [(date(2026, 1, 19), YES), (date(2026, 1, 20), NO)])
def test_a_birth_certificate_was_enough_for_a_child_until_january_2026(country, on, answer):
    assert asked(traveller(BIRTH, born=of_age(8, on)), country, on).answer is answer


def test_armenia_only_by_air():
    option = asked(traveller(internal()), "AM")

    assert (option.answer, Code.ONLY_BY_AIR in [one.code for one in option.reasons]) == (YES, True)


@pytest.mark.parametrize("country", ["TR", "RS", "GE"])
def test_the_others_want_a_foreign_passport(country):
    assert asked(traveller(internal()), country).answer is NO
    assert asked(traveller(five()), country).answer is YES
    assert asked(traveller(ten()), country).answer is YES


class TestSchengen:
    """Visa Code, article 12."""

    def test_a_passport_with_a_chip_and_a_visa(self):
        assert asked(traveller(ten()), "FR").answer is VISA
        assert asked(traveller(ten()), "FR").missing == ("EU_VISA_C", "FR_VISA_D_ASILE")
        assert asked(traveller(ten()), "DE").missing == ("EU_VISA_C",)
        assert asked(traveller(ten(), visa()), "DE").answer is YES

    def test_the_asylum_visa_opens_france_alone(self):
        one = traveller(ten(), visa("FR_VISA_D_ASILE"))

        assert (asked(one, "FR").answer, asked(one, "DE").answer) == (YES, VISA)

    @pytest.mark.parametrize(
        "facts", [{"expires": TODAY - timedelta(1)}, {"expires": None}, {"status": Status.LOST}]
    )
    def test_a_visa_that_is_over_unknown_or_gone_opens_nothing(self, facts):
        assert asked(traveller(ten(), visa(**facts)), "FR").answer is VISA

    @pytest.mark.parametrize(
        ("facts", "code"),
        [
            ({"expires": date(2027, 2, 22)}, Code.EXPIRES_TOO_SOON),
            ({"blank_pages": 1}, Code.TOO_FEW_PAGES),
            ({"issued": date(2016, 11, 22)}, Code.ISSUED_TOO_LONG_AGO),
        ],
    )
    def test_one_condition_that_is_missed(self, facts, code):
        option = asked(traveller(ten(**facts)), "FR")

        assert (option.answer, option.reasons[0].code) == (REMEDY, code)

    @pytest.mark.parametrize(
        "facts", [{"expires": date(2027, 2, 23)}, {"blank_pages": 2}, {"issued": date(2016, 11, 23)}]
    )
    def test_one_condition_that_is_just_met(self, facts):
        assert asked(traveller(ten(**facts)), "FR").answer is VISA

    @pytest.mark.parametrize(
        ("fact", "code"),
        [
            ("expires", Code.EXPIRY_UNKNOWN),
            ("blank_pages", Code.PAGES_UNKNOWN),
            ("issued", Code.ISSUE_UNKNOWN),
        ],
    )
    def test_what_is_not_known_is_to_be_found_out(self, fact, code):
        option = asked(traveller(ten(**{fact: None})), "FR")

        assert (option.answer, code in [one.code for one in option.reasons]) == (VISA, True)

    def test_the_internal_passport_is_not_recognised(self):
        option = asked(traveller(internal()), "DE")

        assert (option.answer, option.reasons[0].code) == (REMEDY, Code.NOT_ACCEPTED)

    def test_members_joined_on_a_day(self):
        before, after = date(2022, 12, 31), date(2023, 1, 1)
        one = traveller(ten())

        assert (asked(one, "HR", before).answer, asked(one, "HR", after).answer) == (UNKNOWN, VISA)

    def test_the_travel_document_of_a_refugee(self):
        assert asked(traveller(paper("CTD51", issuer="FR", expires=date(2029, 1, 1))), "DE").answer is YES

    def test_the_form_carries_a_visa(self):
        form = paper("EU_FORM_333", issuer="FR", expires=date(2027, 1, 1))

        assert asked(traveller(form), "FR").answer is VISA
        assert asked(traveller(form, visa()), "FR").answer is YES


# State, the last day of the earlier answer, the answer then, the answer from the next day on: to an adult.
REFUSALS = [
    ("DK", date(2024, 12, 31), UNKNOWN, NO),
    ("CZ", date(2024, 12, 31), VISA, UNKNOWN),
    ("CZ", date(2025, 12, 31), UNKNOWN, NO),
    ("EE", date(2025, 3, 30), VISA, NO),
    ("FR", date(2025, 5, 31), VISA, NO),
    ("IS", date(2024, 12, 31), VISA, UNKNOWN),
    ("IS", date(2025, 12, 31), UNKNOWN, NO),
    ("LT", date(2025, 5, 31), VISA, UNKNOWN),
    ("LT", date(2025, 8, 31), UNKNOWN, NO),
    ("LV", date(2025, 7, 14), VISA, NO),
    ("DE", date(2025, 12, 31), VISA, NO),
    ("RO", date(2025, 12, 31), VISA, NO),
    ("PL", date(2026, 3, 31), VISA, NO),
    ("FI", date(2026, 5, 31), VISA, NO),
]


@pytest.mark.parametrize(("country", "last", "before", "after"), REFUSALS)
def test_passports_without_a_chip_are_refused_from_a_day_on(country, last, before, after):
    # Without anything that proves who somebody is there is no remedy in between.
    rules = book(last)
    for on, answer in ((last, before), (last + timedelta(1), after)):
        own = [one for one in asked(traveller(five()), country, on).reasons if one.paper]
        worth = {Code.NOT_ACCEPTED: NO, Code.NOT_YET_KNOWN: UNKNOWN, Code.ACCEPTED: VISA}[own[0].code]
        assert worth is answer, (country, on)
    assert rules.destinations == book().destinations


@pytest.mark.parametrize("country", ["NO", "MT"])
def test_two_outlets_without_a_date_are_no_knowledge(country):
    option = asked(traveller(five()), country)

    assert (option.answer, option.reasons[0].code) == (REMEDY, Code.NOT_YET_KNOWN)


@pytest.mark.parametrize("country", ["ES", "BE"])
def test_an_announcement_is_no_refusal(country):
    assert asked(traveller(five()), country).answer is VISA


@pytest.mark.parametrize(
    ("country", "age", "answer"), [("FR", 14, VISA), ("FR", 15, REMEDY), ("FI", 17, VISA), ("FI", 18, REMEDY)]
)
def test_children_keep_it_longer(country, age, answer):
    assert asked(traveller(five(), born=of_age(age)), country).answer is answer


def test_where_the_age_is_not_certain_the_more_careful_rule_counts():
    month = Born(date(2011, 11, 1), date(2011, 11, 30))

    option = asked(traveller(five(), born=month), "FR")

    assert (option.answer, option.reasons[0].code) == (REMEDY, Code.AGE_UNKNOWN)


@pytest.mark.parametrize("born", [None, of_age(30)])
def test_of_an_unknown_age_no_child_is_made(born):
    assert asked(traveller(five(), born=born), "FR").answer is REMEDY


class TestPapersThatCannotBeShown:
    @pytest.mark.parametrize("status", ["copy", "lost", "army", "seized", "applied", "refused"])
    def test_by_their_status(self, status):
        option = asked(traveller(ten(status=Status(status))), "TR")

        assert (option.answer, option.reasons[0].code) == (NO, Code.NOT_IN_HAND)

    def test_the_day_after_the_last(self):
        passport = ten(expires=TODAY)

        assert asked(traveller(passport), "TR", TODAY).answer is YES
        assert asked(traveller(passport), "TR", TODAY + timedelta(1)).answer is NO

    def test_not_issued_yet(self):
        assert asked(traveller(ten(issued=TODAY + timedelta(1))), "TR").reasons[0].code is Code.NOT_ISSUED_YET

    def test_made_for_another_journey(self):
        pass_to_france = paper("FR_LP", issuer="FR", destination="DE")

        assert asked(traveller(pass_to_france), "FR").reasons[0].code in (Code.OTHER_JOURNEY, Code.REMEDY)

    def test_made_for_a_journey_that_nobody_wrote_down(self):
        emergency = paper("ICRC_ETD", issuer="CH")

        assert asked(traveller(emergency), "TR").reasons[0].code is Code.JOURNEY_UNKNOWN
        assert asked(traveller(paper("ICRC_ETD", destination="TR")), "TR").answer is VISA


def test_a_passport_of_another_state_is_unknown_not_guessed():
    option = asked(traveller(paper("OTHER_PASSPORT", issuer="UZ", expires=date(2029, 1, 1))), "TR")

    assert option.answer is UNKNOWN


def test_russia_is_never_offered():
    assert "RU" not in book().destinations
    assert "ANY" not in book().destinations
