"""What a row of one's own table would become."""

import pytest

from cases.sheets.reading import read_table
from cases.vetting.imports.drafts import UnitDraft
from cases.vetting.imports.files import UnknownHeadings, read_drafts
from cases.vetting.imports.own_columns import read_own
from tests.vetting.incidents.making import OWN, as_csv, row


def drafts(content):
    return read_drafts(read_table(content, limit=10**6))


def test_a_row_with_everything():
    cells = {
        "unit": "64 омсбр; 5 отбр",
        "parent": "35 ОА",
        "spellings": "в/ч 51460;64 OMSBr",
        "place": "Bucha; Irpin",
        "country": "Украина",
        "from": "5.3.2022",
        "to": "3.2022",
        "url": "https://example.org/a",
    }
    draft = read_own(2, row(**cells))

    assert draft.errors == ()
    assert draft.units == (UnitDraft("64 омсбр", ("в/ч 51460", "64 OMSBr"), "35 ОА"), UnitDraft("5 отбр"))
    assert (draft.places, draft.country) == (("Bucha", "Irpin"), "UA")
    assert (draft.begins, draft.ends, draft.source.url) == ("2022-03-05", "2022-03", "https://example.org/a")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"what": ""}, "what: missing."),
        ({"source": ""}, "source: missing."),
        ({"unit": "", "place": ""}, "Name a unit or a place: without both it could never be met."),
        ({"from": "March 2022"}, "from: write 5.3.2022, 3.2022 or 2022."),
        ({"from": "30.2.2022"}, "from: write 5.3.2022, 3.2022 or 2022."),
        ({"from": "4.2022", "to": "3.2022"}, "to: lies before the beginning."),
        ({"country": "Nowhere"}, "country: not a country we know."),
        ({"url": "javascript:alert(1)"}, "url: write the whole address, with https:// in front."),
        ({"what": "x" * 301}, "what: longer than 300 characters."),
        ({"place": "x" * 121}, "place: longer than 120 characters."),
        ({"parent": "35 ОА; 36 ОА"}, "parent: only one unit can stand here."),
        ({"unit": "", "spellings": "64"}, "unit: missing."),
    ],
)
def test_an_error_is_said_by_column(cells, said):
    assert read_own(2, row(**cells)).errors == (said,)


def test_errors_stand_by_the_line_of_the_file():
    found = drafts(as_csv([row(), row(what=""), row(what="Shelling")], OWN))

    assert [(draft.line, bool(draft.errors)) for draft in found] == [(2, False), (3, True), (4, False)]


def test_headings_in_russian_and_in_windows_letters():
    content = "часть;место;с;что;источник\n64 омсбр;Буча;3.2022;Грабёж;Отчёт\n".encode("cp1251")
    [draft] = drafts(content)

    assert (draft.units, draft.places, draft.begins, draft.what) == (
        (UnitDraft("64 омсбр"),),
        ("Буча",),
        "2022-03",
        "Грабёж",
    )


@pytest.mark.parametrize("headings", [["a", "b"], ["unit", "what"], ["what", "source"], ["celex", "units"]])
def test_headings_that_say_too_little_are_refused(headings):
    with pytest.raises(UnknownHeadings):
        drafts(as_csv([dict.fromkeys(headings, "x")], headings))
