"""A zone read into the form of a paper, and what is said about it."""

from datetime import date

import pytest
from django.urls import reverse

from cases.audit.models import Entry
from cases.documents.models import Document
from cases.documents.zone_report import report, sealed_identity
from cases.documents.zone_words import AGREEMENTS, DEFECTS, FIELDS, KINDS, REPAIRS, VERDICTS, said_finding
from cases.documents.zones.agreement import Agreement
from cases.documents.zones.defects import Defect, Finding, RepairKind
from cases.documents.zones.kinds import FieldName, Kind, Verdict
from cases.documents.zones.read import read_zone
from cases.vault.operations import open_item
from cases.vault.queries import item_of
from tests.applicants.factories import make_applicant
from tests.documents.paper_factories import make_paper, make_types

pytestmark = pytest.mark.django_db
INTERNAL = """PNRUSIM8REK<<EVGENIQ<ALEKSANDROVI3<<<<<<<<<<
1100000000RUS8209120M<<<<<<<4041217292000<46"""
PASSPORT = """P<RUSIMIAREK<<EVGENII<<<<<<<<<<<<<<<<<<<<<<<
1104000008RUS8209120M2601157<<<<<<<<<<<<<<06"""
NAMED = {
    "name": "Имярек Евгений Александрович",
    "family_name": "Имярек",
    "given_name": "Евгений",
    "patronymic": "Александрович",
    "birth_date": "1982-09-12",
}


def ask(browser, applicant, zone, reading="zone", **typed):
    url = reverse("documents:add", args=[applicant.pk])
    return browser.send(url, reading=reading, zone=zone, **({"type": "RU_ZAG10"} | typed))


def values(answer, *names):
    form = answer.context["form"]
    return tuple(form[name].value() or "" for name in names)


def test_the_zone_of_a_passport_fills_the_empty_fields(browse, work, applicant):
    make_types()
    answer = ask(browse(work.tim), applicant, PASSPORT)

    assert answer.status_code == 200
    assert values(answer, "country", "number", "surname", "given_names", "expires_on", "issued_on") == (
        "RU",
        "110400000",
        "IMIAREK",
        "EVGENII",
        "15.01.2026",
        "",
    )
    assert values(answer, "zone") == (PASSPORT,)
    assert "Read, and every check digit is right. Empty fields were filled in" in answer.content.decode()
    assert not Document.objects.exists()


def test_the_internal_passport_is_read_in_its_own_letters_and_its_number_put_together(
    browse, work, applicant
):
    make_types()
    answer = ask(browse(work.tim), applicant, INTERNAL, type="RU_INT")

    assert values(answer, "number", "surname", "given_names", "issued_on", "unit_code") == (
        "1104000000",
        "ИМЯРЕК",
        "ЕВГЕНИЙ АЛЕКСАНДРОВИЧ",
        "17.12.2004",
        "292-000",
    )


def test_what_was_typed_stays_and_is_compared(browse, work, applicant):
    make_types()
    answer = ask(
        browse(work.tim),
        applicant,
        PASSPORT,
        number="11 0400001",
        surname="Имярек",
        given_names="Pavel",
        expires_on="15.1.2026",
    )

    compared = {one.label: (one.tone, one.typed) for one in answer.context["report"].compared}
    assert compared == {
        "Surname": ("safe", "Имярек"),
        "Given names": ("danger", "Pavel"),
        "Number": ("danger", "11 0400001"),
        "Expires on": ("safe", "15.01.2026"),
    }
    assert values(answer, "number", "surname", "country") == ("11 0400001", "Имярек", "RU")


def test_a_patronymic_typed_behind_the_given_name_is_compared_by_itself():
    found = report(
        read_zone(INTERNAL, today=date(2026, 11, 1)),
        type=None,
        typed={"given_names": "Евгений Александрович"},
    )

    assert [(one.label, one.tone) for one in found.compared] == [
        ("Given names", "safe"),
        ("Patronymic", "safe"),
    ]


def test_a_wrong_digit_is_named_with_what_would_fit_and_nothing_is_filled_in(browse, work, applicant):
    make_types()
    wrong = PASSPORT.replace("8209120M", "8209130M")
    answer = ask(browse(work.tim), applicant, wrong)

    page = answer.content.decode()
    assert values(answer, "number", "surname") == ("", "")
    assert "This cannot be right. Nothing was filled in" in page
    assert "Line 2, character 20. Birth date: The check digit is 0; what it checks asks for 1." in page
    assert "check digit 0, and it should be 1" in page
    assert "check digit 8 is right" in page


def test_usual_reading_mistakes_are_corrected_and_said(browse, work, applicant):
    make_types()
    answer = ask(browse(work.tim), applicant, PASSPORT.replace("1104000008", "11O4OOOOO8").lower())

    assert values(answer, "number") == ("110400000",)
    assert answer.context["report"].tone == "soon"
    assert "Small letters were read as capitals." in answer.context["report"].repairs


def test_the_zone_of_another_paper_is_said(browse, work, applicant):
    make_types()
    said = "This is the zone of another kind of paper than the type chosen above."

    assert ask(browse(work.tim), applicant, INTERNAL).context["report"].defects[0] == said
    assert said not in ask(browse(work.tim), applicant, INTERNAL, type="RU_INT").context["report"].defects


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("", "Nothing in the text looks like a machine-readable zone"),
        ("печать", "Nothing in the text looks like a machine-readable zone"),
        ("<" * 2001, "The text has 2001 characters; more than 2000 are not read."),
    ],
)
def test_what_is_no_zone_is_said_and_nothing_typed_is_lost(browse, work, applicant, zone, said):
    make_types()
    answer = ask(browse(work.tim), applicant, zone, number="75 12", note="печать о браке")

    assert said in answer.content.decode()
    assert values(answer, "number", "note", "zone") == ("75 12", "печать о браке", zone)


def test_a_paste_of_ten_megabytes_is_refused_before_it_is_read(browse, work, applicant):
    make_types()
    browser = browse(work.tim)
    page = browser.send(reverse("documents:add", args=[applicant.pk]), choosing="1", type="RU_ZAG10")
    # The browser itself stops at one sign more than is read, so that the server can say what happened.
    assert 'maxlength="2001"' in page.content.decode()

    answer = ask(browser, applicant, "<" * 10_000_000)
    assert answer.status_code == 400
    assert not Document.objects.exists()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_zone_is_kept_in_the_safe_alone(browse, work, applicant):
    make_types()
    url = reverse("documents:add", args=[applicant.pk])
    sent = {"type": "RU_ZAG10", "status": "held", "whereabouts": "person", "country": "RU"}
    form = browse(work.tim).get(url).context["form"]
    answer = browse(work.tim).send(url, new_id=str(form["new_id"].value()), zone=PASSPORT, **sent)

    paper = Document.objects.get()
    item = item_of(applicant.identity_safe, paper.sealed_kind)
    content = open_item(item=item, reason="a test", unlocked=work.unlocked(work.tim), by=work.tim)
    assert answer.status_code == 204
    # A browser sends line ends of its own.
    assert content["zone"].split() == PASSPORT.split()
    assert not any("IMIAREK" in str(row) for row in Entry.objects.values_list("detail", "about"))


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_passport_is_compared_with_the_sealed_name_which_is_an_opening(browse, work):
    make_types()
    case = make_applicant(by=work.olga, identity=NAMED | {"family_name": "Имярекова"})
    answer = ask(browse(work.olga, unlocked=True), case, PASSPORT, reading="name")

    page = answer.content.decode()
    beside = {one.label: one.tone for one in answer.context["beside_name"]}
    assert beside == {"Surname": "danger", "Given names": "safe", "Birth date": "safe"}
    assert 'data-seconds="60"' in page
    assert "Имярекова" in page
    assert "Имярекова" not in page.partition("<template data-sealed>")[2]
    assert Entry.objects.first().detail == "identity: To fill in or check papers"


def test_without_a_key_the_name_stays_closed(browse, work):
    make_types()
    case = make_applicant(by=work.olga, identity=NAMED)
    answer = ask(browse(work.olga), case, PASSPORT, reading="name")

    page = answer.content.decode()
    assert "Your vault is locked." in page
    assert "Имярек" not in page


def test_parts_of_the_name_that_are_not_known_are_not_compared():
    zone = read_zone(INTERNAL, today=date(2026, 11, 1))

    assert sealed_identity(zone, {"name": "Имярек Евгений", "birth_date": "1982-09"}) == []
    assert [one.label for one in sealed_identity(zone, NAMED)] == [
        "Surname",
        "Given names",
        "Patronymic",
        "Birth date",
    ]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_opened_sealed_half_stays_open_while_a_zone_is_read(browse, work, applicant):
    paper = make_paper(applicant, by=work.olga, sealed={"number": "110400000", "note": "печать"})
    browser = browse(work.tim, unlocked=True)
    url = reverse("documents:edit", args=[paper.pk])
    sent = {"type": "RU_ZAG10", "zone": PASSPORT, "reading": "zone", "version": "1", "opened": "x"}
    kept = browser.send(url, **sent, number="110400000", note="", sealed_opened="True").context["form"]

    assert kept.is_filled
    assert not browser.send(url, **sent).context["form"].is_filled


def test_everything_the_reader_can_say_has_words():
    assert {defect.code for defect in Defect} == set(DEFECTS)
    assert set(FieldName) == set(FIELDS)
    assert set(Kind) == set(KINDS)
    assert set(Verdict) == set(VERDICTS)
    assert set(RepairKind) == set(REPAIRS)
    assert set(Agreement) == set(AGREEMENTS)


@pytest.mark.parametrize("defect", Defect, ids=lambda defect: defect.code)
def test_every_finding_reads_as_a_sentence(defect):
    said = said_finding(Finding(defect, FieldName.NAMES, 1, 6, {"found": "A", "expected": "digit"}))

    assert said.startswith("Line 1, character 6. Names: ")
    assert "%(" not in said
    assert "{" not in said
