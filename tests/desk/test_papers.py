"""Papers in the register: filters and columns, by type, status and date, never by number."""

import csv
import io
from datetime import date

import pytest
from django.http import QueryDict

from cases.desk.filters import RegisterFilter
from cases.desk.queries.register import register_for
from cases.documents.models import DocumentType
from cases.documents.operations import held as operations
from cases.documents.operations.reference import load_reference
from tests.desk.cases import take_in, text_of
from tests.documents.paper_factories import NUMBER, SEALED, in_days, make_paper, make_types
from tests.scanner import leaks
from tests.world import visit

pytestmark = pytest.mark.django_db
COLUMNS = ["pseudonym", "papers", "paper_statuses", "paper_codes", "earliest_expiry"]


@pytest.fixture
def cases(world):
    """Lotus has two papers in hand, Piano lost one and struck one out, Rondo has none."""
    make_types()
    claire = world.people["claire"]
    lotus, piano = take_in(world, "Lotus 47"), take_in(world, "Piano 12")
    take_in(world, "Rondo 33")
    make_paper(lotus, by=claire, type="RU_INT", sealed=SEALED)
    make_paper(lotus, by=claire, type="RU_ZAG5", issued_on=date(2022, 5, 2), expires_on=date(2027, 5, 2))
    make_paper(lotus, by=claire, type="RU_ZAG5", issued_on=date(2024, 5, 2), expires_on=date(2029, 5, 2))
    make_paper(piano, by=claire, type="RU_ZAG10", status="lost", expires_on=date(2027, 1, 1))
    struck = make_paper(piano, by=claire, type="RU_INT", expires_on=date(2026, 1, 1))
    operations.strike_document(document=struck, reason="twice", by=claire)
    return world


def wanted(world, query):
    return RegisterFilter(QueryDict(query), register_for(world.people["claire"]))


def found(world, query):
    chosen = wanted(world, query)
    assert chosen.is_valid(), chosen.errors
    return " ".join(sorted(one.split()[0] for one in chosen.qs.values_list("pseudonym", flat=True)))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("holds=RU_INT", "Lotus"),
        ("holds=RU_ZAG10", ""),
        ("lacks=RU_INT", "Piano Rondo"),
        ("lacks=RU_ZAG10", "Lotus Piano Rondo"),
        ("holds=RU_INT&lacks=RU_ZAG10", "Lotus"),
        ("expires_before=2027-05-02", ""),
        ("expires_before=2027-05-03", "Lotus"),
        ("expires_before=", "Lotus Piano Rondo"),
    ],
)
def test_cases_by_what_is_in_hand(cases, query, expected):
    assert found(cases, query) == expected


def test_cases_by_where_the_papers_lead(cases):
    load_reference()

    assert found(cases, "travel=TR") == found(cases, "travel=AM") == "Lotus"
    assert found(cases, "travel=IT") == "Lotus"
    assert found(cases, "travel=DE") == ""
    assert not wanted(cases, "travel=RU").is_valid()
    assert [one.value for one in wanted(cases, "travel=TR").chosen] == ["Türkiye"]


@pytest.mark.parametrize("query", ["holds=MADE_UP", "lacks=1", "expires_before=soon"])
def test_what_is_no_choice_is_refused(cases, query):
    assert not wanted(cases, query).is_valid()


def test_a_filter_is_said_in_words_and_recorded_in_codes(cases):
    chosen = wanted(cases, "holds=RU_INT&expires_before=2027-05-03")

    assert [(one.label, one.value) for one in chosen.chosen] == [
        ("Has in hand", "Paper RU_INT"),
        ("A paper expires before", "3 May 2027"),
    ]
    assert chosen.summary == "state=open holds=RU_INT expires_before=2027-05-03"


def table(world):
    answer = visit(world, "claire", unlocked=True).get("/cases/export.csv", {"columns": COLUMNS})
    text = text_of(answer)
    return {row["pseudonym"]: row for row in csv.DictReader(io.StringIO(text[1:]))}, text


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_csv_tells_types_statuses_and_the_first_end_and_no_number(cases):
    rows, text = table(cases)

    assert [rows["Lotus 47"][name] for name in COLUMNS[1:]] == [
        "Paper RU_INT; Paper RU_ZAG5; Paper RU_ZAG5",
        "held; held; held",
        "RU_INT; RU_ZAG5; RU_ZAG5",
        "2027-05-02",
    ]
    assert [rows["Piano 12"][name] for name in COLUMNS[1:]] == ["Paper RU_ZAG10", "lost", "RU_ZAG10", ""]
    assert [rows["Rondo 33"][name] for name in COLUMNS[1:]] == ["", "", "", ""]
    assert leaks([NUMBER, "667788", *SEALED.values()], text) == []
    assert leaks([NUMBER], text + NUMBER) == [NUMBER]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_type_is_named_in_the_language_of_the_reader_and_never_a_formula(cases):
    claire = cases.people["claire"]
    claire.language = "fr"
    claire.save()
    DocumentType.objects.filter(code="RU_INT").update(name_fr="=passeport intérieur")
    rows, _text = table(cases)

    # Where there is no French name the English one stands.
    assert rows["Lotus 47"]["papers"] == "'=passeport intérieur; Paper RU_ZAG5; Paper RU_ZAG5"


def test_many_papers_ask_no_more_questions_than_one(cases, django_assert_num_queries):
    with django_assert_num_queries(4):
        list(wanted(cases, "holds=RU_INT&lacks=RU_ZAG10").qs)
    for _place in range(5):
        make_paper(take_in(cases, f"Tango {_place + 50}"), by=cases.people["claire"], expires_on=in_days(9))
    with django_assert_num_queries(4):
        list(wanted(cases, "holds=RU_INT&lacks=RU_ZAG10").qs)
