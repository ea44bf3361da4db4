"""What an entry of an EU listing would become."""

import pytest

from cases.names.telling import tells
from cases.vetting.imports.drafts import UnitDraft
from cases.vetting.imports.listing import read_listing, without_names
from cases.vetting.imports.reason_period import period_named
from tests.vetting.incidents.making import ARMY, BRIGADE, entry


def test_an_entry_becomes_an_incident_without_the_name_of_the_person():
    draft = read_listing(7, entry(1114))

    assert draft.what == (
        f"The listed person is a commander of the {BRIGADE} of the {ARMY}, which looted houses in Bucha."
    )
    assert (draft.units, draft.places) == ((UnitDraft(BRIGADE, parent=ARMY),), ("Bucha",))
    assert (draft.kind, draft.country, draft.begins, draft.ends) == ("looting", "UA", "", "")
    assert (draft.source.text, draft.source.key) == (
        "EU listing, CELEX 32014R0269, entry 1114",
        "eu:32014R0269/1114",
    )
    assert draft.source.dated_on.isoformat() == "2022-06-03"
    assert draft.errors == ()
    assert not tells(str(draft), ["Zorian Ilych VYDUMSKY", "Зориан Ильич ВЫДУМСКИЙ"])


def test_a_name_left_in_would_be_seen():
    assert tells(entry(1)["reason"], ["Zorian Ilych VYDUMSKY"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Major General Sergei Petrov led it.", "The listed person led it."),
        ("It was led by Petrov, a colonel.", "It was led by the listed person, a colonel."),
        ("It was Сергей ПЕТРОВ who led it.", "It was the listed person who led it."),
        ("The petrol was taken.", "The petrol was taken."),
    ],
)
def test_names_are_replaced_in_every_spelling(text, told):
    assert without_names(text, ["Sergey Petrov", "Сергей ПЕТРОВ"]) == told


def test_the_name_of_an_organisation_stays():
    draft = read_listing(2, entry(5, schema="LegalEntity", name="Vydumsky battalion", alias=""))

    assert "Vydumsky" in draft.what


@pytest.mark.parametrize(
    ("reason", "begins", "ends"),
    [
        ("They were in Bucha in February to March 2022.", "2022-02", "2022-03"),
        ("From 4 March 2022 to 31 March 2022 they held Bucha.", "2022-03-04", "2022-03-31"),
        ("In July 2024 a strike hit Bucha.", "2024-07", "2024-07"),
        ("On 5 March 2022 they came to Bucha.", "2022-03-05", "2022-03-05"),
        ("They came to Bucha in the February 2022 full-scale invasion.", "2022-02", ""),
        ("Since October 2018 they are in Bucha.", "2018-10", ""),
        ("Until May 2022 they were in Bucha.", "", "2022-05"),
        ("In early 2022 they were in Bucha.", "2022", "2022"),
        ("The 64th brigade looted in April 2022. In March 2022 they were in Bucha.", "2022-03", "2022-03"),
    ],
)
def test_the_period_is_read_from_the_text(reason, begins, ends):
    found = period_named(reason, ["Bucha"], ["64th brigade"])

    assert (found.begins, found.ends) == (begins, ends)
    assert found.sentence in reason


@pytest.mark.parametrize(
    "reason",
    [
        "He was born in March 1970. They were in Bucha.",
        "In May 2022 he was appointed to lead the 64th brigade.",
        "They were in Bucha.",
        "",
    ],
)
def test_a_date_of_something_else_is_no_period(reason):
    assert period_named(reason, ["Bucha"], ["64th brigade"]) is None


@pytest.mark.parametrize("column", ["celex", "record_id", "units", "reason"])
def test_what_is_missing_is_said(column):
    assert len(read_listing(3, entry(1, **{column: " "})).errors) == 1


def test_of_several_units_the_largest_is_a_parent_only_where_the_text_says_so():
    draft = read_listing(3, entry(1, position="", reason=f"The {BRIGADE} and the {ARMY} looted Bucha."))

    assert draft.units == (UnitDraft(ARMY), UnitDraft(BRIGADE))
