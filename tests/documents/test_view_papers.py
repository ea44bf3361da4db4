"""The tab of papers, and the forms behind its buttons."""

from datetime import date

import pytest
from django.urls import reverse

from cases.applicants import operations as applicants
from cases.audit.models import Entry
from cases.documents.models import Document, Stay
from cases.documents.operations import held as operations
from cases.documents.papers import expiry_mark
from cases.staff.models import random_id
from tests.documents.paper_factories import NUMBER, SEALED, in_days, make_paper, make_types

pytestmark = pytest.mark.django_db
REASON = {"reason": "papers", "words": ""}


def url(name, about):
    return reverse(f"documents:{name}", args=[about.pk])


def tab(applicant):
    return f"/cases/{applicant.pk}/part/papers/"


def typed(**fields):
    values = {
        "new_id": str(random_id()),
        "type": "RU_INT",
        "status": "held",
        "country": "RU",
        "whereabouts": "person",
        "issued_on": "2.5.2020",
    }
    return values | fields


def test_the_tab_stands_in_the_case_and_fetches_its_content(browse, work, applicant):
    page = browse(work.tim).get(tab(applicant)).content.decode()

    assert f'hx-get="{url("papers", applicant)}"' in page
    assert '<a href="' + tab(applicant) + '" aria-current="page">Papers</a>' in page


def test_without_papers_the_tab_says_what_to_do_first(browse, work, applicant):
    page = browse(work.tim).get(url("papers", applicant)).content.decode()

    assert "No paper is recorded yet" in page
    assert "Ask first for the internal passport" in page
    assert url("add", applicant) in page
    assert url("no_paper", applicant) in page


def test_the_tab_shows_everything_but_what_is_sealed(browse, work, applicant):
    paper = make_paper(
        applicant,
        by=work.olga,
        sealed=SEALED,
        expires_on=in_days(80),
        issued_on=date(2020, 5, 2),
        chip=True,
        blank_pages=7,
        whereabouts="friend",
    )
    operations.verify_document(document=paper, how="video", on=in_days(-1), by=work.tim)
    page = browse(work.tim).get(url("papers", applicant)).content.decode()

    for part in (
        "Paper RU_ZAG10",
        "held",
        "expires in 80 days",
        "with somebody the person trusts",
        "seen in a video call",
        "Tim Team",
        "Russia",
        "sealed",
        "Unlock",
        "Usually good for 10 years",
        "Verified how: – → seen in a video call",
    ):
        assert part in page, part
    assert not any(value in page for value in (*SEALED.values(), "667788"))


def test_who_only_reads_sees_no_buttons(browse, work, applicant):
    applicants.share_with_person(
        applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga
    )
    paper = make_paper(applicant, by=work.olga, sealed=SEALED)
    page = browse(work.vera).get(url("papers", applicant)).content.decode()

    assert "Paper RU_ZAG10" in page
    assert "held by 2 colleagues" in page
    assert not any(
        url(name, about) in page
        for name, about in (("add", applicant), ("stay", applicant), ("edit", paper), ("strike", paper))
    )


@pytest.mark.parametrize("number", [1, 3])
def test_the_tab_asks_a_fixed_number_of_questions(browse, work, applicant, number, django_assert_num_queries):
    for _place in range(number):
        paper = make_paper(applicant, by=work.olga, sealed=SEALED)
        operations.verify_document(document=paper, how="scan", on=in_days(0), by=work.tim)
    tim = browse(work.tim)
    tim.get(url("papers", applicant))
    with django_assert_num_queries(14):
        tim.get(url("papers", applicant))


@pytest.mark.parametrize(
    ("days", "status", "mark"),
    [
        (-1, "held", ("danger", "expired")),
        (0, "held", ("soon", "expires today")),
        (1, "held", ("soon", "expires in 1 day")),
        (90, "held", ("soon", "expires in 90 days")),
        (91, "held", ("", "expires in 91 days")),
        (180, "lost", ("", "expires in 180 days")),
        (181, "held", None),
        (100, "expired", None),
    ],
)
def test_the_end_of_a_paper_is_marked_ahead(days, status, mark):
    found = expiry_mark(Document(expires_on=in_days(days), status=status), in_days(0))

    assert (found and (found.tone, found.said)) == mark


def test_first_a_type_is_chosen(browse, work, applicant):
    make_types()
    page = browse(work.tim).get(url("add", applicant))

    text = page.content.decode()
    assert '<optgroup label="proves who somebody is">' in text
    assert 'name="number"' not in text
    assert "Save and seal" not in text


def test_choosing_a_type_fills_in_what_it_tells_and_keeps_what_was_typed(browse, work, applicant):
    make_types()
    answer = browse(work.tim).send(
        url("add", applicant),
        choosing="1",
        **typed(type="RU_ZAG10", country="", number="75 12", issued_on="31.2.20"),
    )

    form, text = answer.context["form"], answer.content.decode()
    assert answer.status_code == 200
    assert (form["country"].value(), form["chip"].value()) == ("RU", True)
    assert (form["number"].value(), form["issued_on"].value()) == ("75 12", "31.2.20")
    assert "unit_code" not in form.fields
    assert "There is no such day" not in text
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("type", "has", "has_not"),
    [
        ("RU_INT", ["unit_code", "zone"], ["chip", "blank_pages", "destination"]),
        ("RU_ZAG10", ["chip", "blank_pages", "zone"], ["unit_code", "destination"]),
        ("FR_LP", ["destination", "expires_on"], ["zone", "chip"]),
        ("RU_SNILS", ["number", "note"], ["expires_on", "issued_on", "whereabouts", "surname", "zone"]),
    ],
)
def test_the_form_has_the_fields_of_the_type(browse, work, applicant, type, has, has_not):
    make_types()
    form = browse(work.tim).send(url("add", applicant), choosing="1", type=type).context["form"]

    assert [name in form.fields for name in (*has, *has_not)] == [True] * len(has) + [False] * len(has_not)


def test_the_type_says_what_it_proves_and_warns(browse, work, applicant):
    make_types()
    tim = browse(work.tim)
    internal = tim.send(url("add", applicant), choosing="1", type="RU_INT").content.decode()
    certificate = tim.send(url("add", applicant), choosing="1", type="RU_RET").content.decode()

    assert "who the person is" in internal
    assert "entry to Kazakhstan" in internal
    assert "Like 99 99 999999." in internal
    assert "Needs a visit to a consulate." in certificate


def test_a_locked_colleague_adds_a_paper(browse, work, applicant):
    make_types()
    answer = browse(work.tim).send(
        url("add", applicant), **typed(number=NUMBER, expires_on="", unit_code="340-015")
    )

    assert (answer.status_code, answer["HX-Redirect"]) == (204, tab(applicant))
    paper = Document.objects.get()
    assert (paper.type_id, paper.issued_on, paper.number_known) == ("RU_INT", date(2020, 5, 2), True)
    # The series says 2014.
    assert paper.remarks == ["series_year"]
    shown = browse(work.tim).get(tab(applicant)).content.decode()
    assert "Something about it is odd: please look at the amber lines." in shown


def test_the_same_form_sent_twice_adds_one_paper(browse, work, applicant):
    make_types()
    data = typed(number=NUMBER)
    for _time in range(2):
        assert browse(work.tim).send(url("add", applicant), **data).status_code == 204

    assert Document.objects.count() == 1


def test_a_plain_submission_is_refused(browse, work, applicant):
    make_types()
    assert browse(work.tim).client.post(url("add", applicant), typed()).status_code == 400
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"issued_on": "31.02.2020"}, "issued_on", "There is no such day."),
        (
            {"issued_on": "2.5.20"},
            "issued_on",
            "Write the whole day, with four digits for the year: 4.11.1999.",
        ),
        ({"issued_on": "5.2020"}, "issued_on", "Write the whole day"),
        ({"expires_on": "2.5.9999"}, "expires_on", "This year cannot be right."),
        ({"expires_on": "1.5.2020"}, "expires_on", "This day lies before the day of issue."),
        ({"type": "MADE_UP"}, "type", "Select a valid choice."),
        ({"zone": "<" * 2001}, "zone", "This is too long for a machine-readable zone"),
    ],
)
def test_what_is_impossible_is_said_beside_its_field_and_nothing_typed_is_lost(
    browse, work, applicant, fields, field, said
):
    make_types()
    answer = browse(work.tim).send(url("add", applicant), **typed(number=NUMBER, note="печать", **fields))

    form = answer.context["form"]
    assert answer.status_code == 422
    assert said in str(form.errors[field])
    assert (form["number"].value(), form["note"].value()) == (NUMBER, "печать")
    assert form[field].value() == fields[field]
    assert not Document.objects.exists()


@pytest.mark.parametrize("written", ["2.5.2020", "02/05/2020", "2020-05-02", "2-5-2020"])
def test_days_are_typed_as_people_type_them(browse, work, applicant, written):
    make_types()
    browse(work.tim).send(url("add", applicant), **typed(issued_on=written))

    assert Document.objects.get().issued_on == date(2020, 5, 2)


def opened_form(browser, paper, **changes):
    form = browser.get(url("edit", paper)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: str(value) for name, value in values.items() if value not in (None, "")} | changes


def test_a_paper_is_changed_without_its_number_being_seen(browse, work, applicant):
    paper = make_paper(applicant, by=work.olga, sealed=SEALED, issued_on=date(2020, 5, 2), chip=True)
    tim = browse(work.tim)
    page = tim.get(url("edit", paper)).content.decode()
    assert 'value="02.05.2020"' in page
    assert "Something is sealed already and stays as it is" in page
    assert not any(value in page for value in SEALED.values())

    answer = tim.send(url("edit", paper), **opened_form(tim, paper, status="lost", whereabouts="unknown"))

    paper.refresh_from_db()
    assert (answer.status_code, answer["HX-Redirect"]) == (204, tab(applicant))
    assert (paper.status, paper.chip, paper.number_known, paper.version) == ("lost", True, True, 2)


def test_the_second_of_two_sees_what_changed_and_loses_nothing(browse, work, applicant):
    paper = make_paper(applicant, by=work.olga, issued_on=date(2020, 5, 2))
    tim = browse(work.tim)
    late = opened_form(tim, paper, number=NUMBER, blank_pages="4", status="seized")
    operations.edit_document(
        document=paper,
        changes={"status": "lost", "issued_on": date(2021, 5, 2)},
        sealed=None,
        version=1,
        by=work.olga,
    )

    answer = tim.send(url("edit", paper), **late)

    form, page = answer.context["form"], answer.content.decode()
    assert answer.status_code == 422
    assert "A colleague changed this paper while you were writing." in page
    assert (form["number"].value(), form["blank_pages"].value()) == (NUMBER, "4")
    assert (form["status"].value(), form["issued_on"].value()) == ("seized", "02.05.2021")
    assert form.errors["status"] == ["Now saved: lost. Choose what is right and save again."]
    assert form.errors["issued_on"] == ["Now saved: 2 May 2021. Choose what is right and save again."]

    saved = tim.send(url("edit", paper), **{name: str(value) for name, value in form.data.items()})
    paper.refresh_from_db()
    assert saved.status_code == 204
    assert (paper.status, paper.issued_on, paper.blank_pages) == ("seized", date(2021, 5, 2), 4)


def test_another_type_empties_what_it_has_no_field_for(browse, work, applicant):
    make_types()
    paper = make_paper(applicant, by=work.olga, chip=True, blank_pages=7)
    tim = browse(work.tim)
    data = opened_form(tim, paper, type="RU_INT")
    chosen = tim.send(url("edit", paper), choosing="1", **data)
    assert "chip" not in chosen.context["form"].fields
    assert tim.send(url("edit", paper), **data).status_code == 204

    paper.refresh_from_db()
    assert (paper.type_id, paper.chip, paper.blank_pages) == ("RU_INT", None, None)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_number_opens_with_a_reason_and_closes_by_itself(browse, work, applicant):
    paper = make_paper(applicant, by=work.olga, sealed=SEALED)
    answer = browse(work.tim, unlocked=True).send(url("open_number", paper), **REASON)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert all(value in page for value in SEALED.values())
    assert 'data-seconds="60"' in page
    assert answer["HX-Retarget"] == f"#number-{paper.pk.hex}"
    assert answer["Cache-Control"] == "no-store"
    assert Entry.objects.first().detail == f"paper-{paper.pk.hex}: To fill in or check papers"
    assert not any(value in page.partition("<template")[2] for value in SEALED.values())


def test_the_number_stays_closed_without_reason_key_or_grant(browse, work, applicant):
    paper = make_paper(applicant, by=work.olga, sealed=SEALED)
    applicants.share_with_person(
        applicant=applicant, person=work.vera, to="work", expires_at=None, by=work.olga
    )
    for person, unlocked, data, said in (
        (work.tim, False, REASON, "Your vault is locked."),
        (work.tim, True, {"reason": ""}, "This field is required."),
        (work.vera, True, REASON, "You cannot open this."),
    ):
        for name in ("open_number", "open_to_correct"):
            answer = browse(person, unlocked=unlocked).send(url(name, paper), **data)
            assert (answer.status_code, said in answer.content.decode()) == (422, True), (person, name)
            assert not any(value in answer.content.decode() for value in SEALED.values())


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_sealed_half_is_opened_into_the_form_and_corrected(browse, work, applicant):
    paper = make_paper(applicant, by=work.olga, sealed=SEALED)
    tim = browse(work.tim, unlocked=True)
    answer = tim.send(url("open_to_correct", paper), **REASON, surname="КУЛЕБЯКИНА", type="RU_ZAG10")

    form, page = answer.context["form"], answer.content.decode()
    assert (form["number"].value(), form["surname"].value()) == (NUMBER, "КУЛЕБЯКИНА")
    assert 'name="sealed_opened"' in page
    assert "data-opened" in page

    filled = opened_form(tim, paper, sealed_opened="True", number="75 7654321", authority="")
    assert tim.send(url("edit", paper), **filled).status_code == 204
    shown = tim.send(url("open_number", paper), **REASON).content.decode()
    assert "75 7654321" in shown
    assert SEALED["authority"] not in shown


def test_verified_struck_and_none_at_all(browse, work, applicant):
    paper = make_paper(applicant, by=work.olga)
    tim = browse(work.tim)
    late = tim.send(url("verify", paper), how="video", on="1.1.2100")
    assert (late.status_code, "This day is still to come." in late.content.decode()) == (422, True)
    assert tim.send(url("verify", paper), how="video", on="1.11.2026").status_code == 204
    paper.refresh_from_db()
    assert (paper.verified_how, paper.verified_by, paper.verified_on) == (
        "video",
        work.tim,
        date(2026, 11, 1),
    )

    tim.send(url("no_paper", applicant))
    assert "There is a paper in the list already." in tim.get(tab(applicant)).content.decode()

    assert tim.send(url("strike", paper), reason="free text").status_code == 422
    assert tim.send(url("strike", paper), reason="twice").status_code == 204
    page = tim.get(url("papers", applicant)).content.decode()
    assert "1 paper entered by mistake" in page
    assert "Struck out: it stands here twice" in page
    assert tim.get(url("edit", paper)).status_code == 404

    assert tim.send(url("no_paper", applicant))["HX-Redirect"] == tab(applicant)
    assert "Holds no paper at all: said on" in tim.get(url("papers", applicant)).content.decode()


def test_how_the_person_can_leave(browse, work, applicant):
    tim = browse(work.tim)
    assert tim.send(url("stay", applicant), entered_on="1.1.2100").status_code == 422
    sent = {"entered_on": "1.10.2026", "overstay": "true", "barred": "unknown"}
    assert tim.send(url("stay", applicant), **sent).status_code == 204

    stay = Stay.objects.get()
    assert (stay.entered_on, stay.overstay, stay.barred) == (date(2026, 10, 1), True, None)
    form = tim.get(url("stay", applicant)).context["form"]
    assert (form["entered_on"].value(), form["overstay"].value()) == ("01.10.2026", "true")


GETS = ("papers", "add", "stay")
ABOUT_A_PAPER = ("edit", "verify", "strike")


def test_out_of_scope_there_are_no_papers(browse, work, applicant):
    paper = make_paper(applicant, by=work.olga, sealed=SEALED)
    pages = [url(name, applicant) for name in GETS] + [url(name, paper) for name in ABOUT_A_PAPER]
    posts = [url(name, paper) for name in ("open_number", "open_to_correct")] + [url("no_paper", applicant)]

    nina, audrey = browse(work.nina, unlocked=True), work.audrey
    assert {nina.get(one).status_code for one in pages} == {404}
    assert {nina.send(one, **REASON).status_code for one in posts} == {404}
    auditor = browse(audrey)
    assert {auditor.get(one).status_code for one in pages} == {403}
    assert {auditor.send(one, **REASON).status_code for one in posts} == {403}


def test_who_reads_does_not_change(browse, work, applicant):
    applicants.share_with_person(
        applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga
    )
    paper = make_paper(applicant, by=work.olga)
    vera = browse(work.vera)

    assert vera.get(url("papers", applicant)).status_code == 200
    assert {vera.get(url(name, paper)).status_code for name in ABOUT_A_PAPER} == {403}
    assert {vera.get(url(name, applicant)).status_code for name in ("add", "stay")} == {403}
    assert vera.send(url("no_paper", applicant)).status_code == 403


def test_wrong_methods(browse, work, applicant):
    paper = make_paper(applicant, by=work.olga)
    tim = browse(work.tim)

    assert tim.send(url("papers", applicant)).status_code == 405
    assert {tim.get(url(name, paper)).status_code for name in ("open_number", "open_to_correct")} == {405}
    assert tim.get(url("no_paper", applicant)).status_code == 405
