"""The list of checks, one check beside its form, and what it found."""

import pytest
from django.urls import reverse

from cases.applicants import operations as applicants
from cases.vault.models import SealedItem
from cases.vetting import hints
from cases.vetting.forms.checks import mark_of
from cases.vetting.models import Check
from tests.vetting.check_factories import (
    FINDING,
    LAWYER,
    SEALED,
    in_days,
    load_checks,
    make_check,
    make_question,
    open_to_vera,
)

pytestmark = pytest.mark.django_db
REASON = {"reason": "vetting", "words": ""}


@pytest.fixture(autouse=True)
def kinds(db):
    return load_checks()


@pytest.fixture
def vera(work, applicant):
    return open_to_vera(work, applicant)


def url(name, applicant, *args):
    return reverse(f"vetting:{name}", args=[applicant.pk, *args])


def opened_form(browser, applicant, code, **changes):
    """What a browser would send back unchanged, with some changes."""
    form = browser.get(url("check", applicant, code)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {
        name: str(value) for name, value in values.items() if str(value) not in ("None", "", "False")
    } | changes


def typed(browser, applicant, code="V01", **changes):
    return opened_form(
        browser, applicant, code, result="confirmed", confidence="high", finding=FINDING, **changes
    )


class TestList:
    def test_what_is_missing_meets_the_eye_first(self, browse, work, applicant, vera):
        make_check(applicant, "V01", by=vera, sealed={"finding": FINDING})
        make_check(applicant, "V12", by=vera, on=in_days(-90), valid_until=in_days(-1))
        make_check(applicant, "V05", by=vera, result="contradicted", valid_until=in_days(3))
        make_question(applicant, by=vera)
        answer = browse(vera).get(url("checks", applicant))

        shown = [row.line.kind.code for name in ("waiting", "done") for row in answer.context[name]]
        assert shown[:5] == ["V03", "V04", "V08", "V09", "V12"]
        assert shown[-2:] == ["V01", "V05"]
        page = answer.content.decode()
        for said in (
            "5 of 7 that support needs are missing.",
            "2 / 19",
            "1 open question",
            "expired on",
            "holds until",
            "contradicted",
            "chip-danger",
            "Vera Vetting",
        ):
            assert said in page, said
        assert not any(word in page for word in SEALED)

    def test_everything_answered_is_said(self, browse, applicant, vera):
        for code in ("V01", "V03", "V04", "V05", "V08", "V12"):
            make_check(applicant, code, by=vera)
        make_check(applicant, "V09", by=vera, by_lawyer=True)

        assert "Every check that support needs is answered." in (
            browse(vera).get(url("checks", applicant)).content.decode()
        )

    def test_hints_of_other_parts_stand_beside_their_check(self, browse, applicant, vera, monkeypatch):
        monkeypatch.setitem(hints.HINTS, "V16", [lambda one: [f"2 referees of {one}"]])

        assert "2 referees of Grey Heron" in browse(vera).get(url("checks", applicant)).content.decode()
        assert "2 referees of Grey Heron" in (
            browse(vera).get(url("check", applicant, "V16")).content.decode()
        )

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_page_asks_the_same_however_much_is_answered(
        self, browse, applicant, vera, number, django_assert_num_queries
    ):
        for code in ("V01", "V03", "V04")[:number]:
            make_check(applicant, code, by=vera, sealed={"finding": FINDING})
        browser = browse(vera)
        browser.get(url("checks", applicant))
        with django_assert_num_queries(15):
            browser.get(url("checks", applicant))


class TestForm:
    def test_question_method_and_warning_signs_stand_beside_it(self, browse, applicant, vera):
        page = browse(vera).get(url("check", applicant, "V03")).content.decode()

        for said in ("As what did the person serve", "payslips", "was paid as a contract soldier", "needed"):
            assert said in page

    def test_a_new_answer_begins_today_and_holds_as_long_as_the_check_says(self, browse, applicant, vera):
        form = browse(vera).get(url("check", applicant, "V12")).context["form"]

        assert form["on"].value() == f"{in_days(0):%d.%m.%Y}"
        assert form["valid_until"].value() == f"{in_days(180):%d.%m.%Y}"

    def test_it_is_answered_without_an_unlock(self, browse, applicant, vera):
        browser = browse(vera)
        answer = browser.send(url("answer_check", applicant, "V01"), **typed(browser, applicant))

        check = Check.objects.get()
        assert (answer.status_code, answer["HX-Redirect"]) == (204, url("checks", applicant))
        assert (check.result, check.confidence, check.on, check.valid_until) == (
            "confirmed",
            "high",
            in_days(0),
            None,
        )
        assert SealedItem.objects.filter(kind="check-V01").count() == 1
        page = browser.get(url("check", applicant, "V01")).content.decode()
        assert FINDING not in page
        assert "Unlock" in page

    @pytest.mark.parametrize(
        ("fields", "field", "said"),
        [
            ({"result": ""}, "result", "This field is required."),
            ({"result": "guilty"}, "result", "Select a valid choice"),
            ({"confidence": ""}, "confidence", "This field is required."),
            ({"on": "31.02.2026"}, "on", "There is no such day."),
            ({"on": "1.1.2100"}, "on", "This day is still to come."),
            ({"valid_until": "1.1.2020"}, "valid_until", "This day lies before the day of the check."),
            ({"finding": " "}, "finding", "Write what was found"),
            ({"finding": "x" * 20_001}, "finding", "at most 20000"),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
        self, browse, applicant, vera, fields, field, said
    ):
        browser = browse(vera)
        sent = typed(browser, applicant) | fields
        answer = browser.send(url("answer_check", applicant, "V01"), **sent)

        form = answer.context["form"]
        assert (answer.status_code, said in str(form.errors[field])) == (422, True), form.errors
        assert form["finding"].value() == sent["finding"]
        assert not Check.objects.exists()

    def test_only_a_lawyer_answers_about_exclusion(self, browse, applicant, vera):
        browser = browse(vera)
        answer = browser.send(url("answer_check", applicant, "V09"), **typed(browser, applicant, "V09"))

        assert set(answer.context["form"].errors) == {"by_lawyer", "lawyer"}
        assert "An exclusion concern is referred to a lawyer" in answer.content.decode()

        sent = typed(browser, applicant, "V09", by_lawyer="on", lawyer=LAWYER, exclusion_concern="on")
        assert browser.send(url("answer_check", applicant, "V09"), **sent).status_code == 204
        check = Check.objects.get()
        assert (check.by_lawyer, check.referred_to_lawyer_on) == (True, in_days(0))
        assert "with a lawyer" in browser.get(url("checks", applicant)).content.decode()

    @pytest.mark.parametrize(("code", "asked"), [("V08", True), ("V09", True), ("V01", False)])
    def test_a_concern_is_offered_where_it_can_come_up(self, browse, applicant, vera, code, asked):
        form = browse(vera).get(url("check", applicant, code)).context["form"]

        assert ("exclusion_concern" in form.fields) is asked
        assert ("by_lawyer" in form.fields) is (code == "V09")

    def test_saving_unchanged_leaves_the_vote_its_ground(self, browse, applicant, vera):
        make_check(applicant, "V12", by=vera, sealed={"finding": FINDING}, valid_until=in_days(9))
        browser = browse(vera)
        sent = opened_form(browser, applicant, "V12")

        assert browser.send(url("answer_check", applicant, "V12"), **sent).status_code == 204
        assert Check.objects.get().version == 1

    def test_the_second_of_two_sees_what_changed_and_loses_nothing(self, browse, work, applicant, vera):
        browser = browse(vera)
        late = typed(browser, applicant, valid_until="1.1.2030")
        make_check(
            applicant, by=work.tim, result="contradicted", confidence="low", sealed={"finding": "Tim's words"}
        )
        answer = browser.send(url("answer_check", applicant, "V01"), **late)

        form, page = answer.context["form"], answer.content.decode()
        assert answer.status_code == 422
        assert "A colleague answered this check while you were writing." in page
        assert "Now saved: contradicted. Choose what is right and save again." in page
        assert "A colleague sealed what was found, too." in page
        assert (form["finding"].value(), form["valid_until"].value()) == (FINDING, "01.01.2030")
        assert form["result"].value() == "confirmed"
        assert Check.objects.get().by == work.tim

        again = {name: str(value) for name, value in form.data.items()}
        assert browser.send(url("answer_check", applicant, "V01"), **again).status_code == 204
        check = Check.objects.get()
        assert (check.result, check.by, check.version) == ("confirmed", vera, 2)

    def test_what_others_changed_is_taken_over_where_one_wrote_nothing(self, browse, work, applicant, vera):
        make_check(applicant, by=work.tim, sealed={"finding": FINDING})
        browser = browse(vera)
        late = opened_form(browser, applicant, "V01", confidence="low")
        make_check(applicant, by=work.tim, result="consistent")

        form = browser.send(url("answer_check", applicant, "V01"), **late).context["form"]
        assert (form["result"].value(), form["confidence"].value()) == ("consistent", "low")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
class TestOpening:
    @pytest.fixture
    def sealed(self, applicant, vera):
        return make_check(
            applicant, "V09", by=vera, sealed={"finding": FINDING, "lawyer": LAWYER}, by_lawyer=True
        )

    def test_it_opens_with_a_reason_for_a_quarter_of_an_hour(self, browse, applicant, vera, sealed, recorded):
        answer = browse(vera, unlocked=True).send(url("open_finding", applicant, "V09"), **REASON)

        page = answer.content.decode()
        assert (answer.status_code, answer["HX-Retarget"]) == (200, "#finding")
        assert 'data-seconds="900"' in page
        assert FINDING in page
        assert LAWYER in page
        assert "vault.opened" in recorded()

    def test_without_key_reason_or_unlock_it_stays_closed(self, browse, work, applicant, vera, sealed):
        applicants.share_with_person(
            applicant=applicant, person=work.cora, to="work", expires_at=None, by=work.olga
        )
        for person, unlocked, sent, said in (
            (vera, False, REASON, "Your vault is locked."),
            (vera, True, {}, "This field is required."),
            (work.cora, True, REASON, "You cannot open this."),
        ):
            for name in ("open_finding", "finding_to_correct"):
                answer = browse(person, unlocked=unlocked).send(url(name, applicant, "V09"), **sent)
                page = answer.content.decode()
                assert (answer.status_code, said in page) == (422, True), (person, name)
                assert not any(word in page for word in SEALED)

    def test_correcting_opens_it_into_the_form_and_puts_what_was_typed_below(
        self, browse, applicant, vera, sealed
    ):
        browser = browse(vera, unlocked=True)
        sent = REASON | {"finding": "И ещё одно."}
        answer = browser.send(url("finding_to_correct", applicant, "V09"), **sent)

        form = answer.context["form"]
        assert form["finding"].value() == f"{FINDING}\n\nИ ещё одно."
        assert form["lawyer"].value() == LAWYER
        assert "data-opened" in answer.content.decode()

        mark = form["sealed_opened"].value()
        saved = opened_form(
            browser, applicant, "V09", sealed_opened=mark, finding=form["finding"].value(), lawyer=LAWYER
        )
        assert browser.send(url("answer_check", applicant, "V09"), **saved).status_code == 204
        shown = browser.send(url("open_finding", applicant, "V09"), **REASON).content.decode()
        assert "И ещё одно." in shown
        assert FINDING in shown

    def test_what_was_opened_and_not_changed_is_not_sealed_anew(self, browse, applicant, vera, sealed):
        browser = browse(vera, unlocked=True)
        mark = browser.send(url("finding_to_correct", applicant, "V09"), **REASON).context["form"][
            "sealed_opened"
        ]
        saved = opened_form(
            browser, applicant, "V09", sealed_opened=mark.value(), finding=FINDING, lawyer=LAWYER
        )

        assert browser.send(url("answer_check", applicant, "V09"), **saved).status_code == 204
        assert Check.objects.get().version == SealedItem.objects.get(kind="check-V09").version == 1

    def test_a_half_that_was_opened_may_not_be_emptied(self, browse, applicant, vera, sealed):
        browser = browse(vera, unlocked=True)
        saved = opened_form(browser, applicant, "V09", sealed_opened="x" * 64, finding="", lawyer="")
        answer = browser.send(url("answer_check", applicant, "V09"), **saved)

        assert set(answer.context["form"].errors) == {"finding", "lawyer"}


def test_the_mark_of_what_is_sealed_tells_nothing_of_it():
    assert mark_of({"finding": "a\r\nb "}) == mark_of({"finding": "a\nb", "lawyer": ""})
    assert mark_of({"finding": FINDING}) != mark_of({"finding": FINDING + "."})
    assert FINDING not in mark_of({"finding": FINDING})


class TestWhoMay:
    def test_out_of_scope_there_are_no_checks(self, browse, work, applicant):
        nina, audrey = browse(work.nina, unlocked=True), work.audrey
        gets = [url("checks", applicant), url("check", applicant, "V01")]
        assert {nina.get(one).status_code for one in gets} == {404}
        assert nina.send(url("open_finding", applicant, "V01"), **REASON).status_code == 404
        auditor = browse(audrey)
        assert {auditor.get(one).status_code for one in gets} == {403}
        for name in ("open_finding", "answer_check", "finding_to_correct"):
            assert auditor.send(url(name, applicant, "V01")).status_code == 403

    def test_a_caseworker_reads_and_does_not_answer(self, browse, work, applicant):
        make_check(applicant, by=work.olga)
        olga = browse(work.olga)
        page = olga.get(url("check", applicant, "V01")).content.decode()

        assert "confirmed" in page
        assert "check-form" not in page
        assert olga.send(url("answer_check", applicant, "V01")).status_code == 403

    def test_an_officer_who_only_reads_the_case_does_not_answer(self, browse, work, applicant):
        applicants.share_with_person(
            applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga
        )
        vera = browse(work.vera)

        assert "check-form" not in vera.get(url("check", applicant, "V01")).content.decode()
        assert vera.send(url("answer_check", applicant, "V01")).status_code == 403

    def test_a_check_that_is_not_made_of_this_person_does_not_exist(self, browse, applicant, vera):
        browser = browse(vera)

        assert {browser.get(url("check", applicant, code)).status_code for code in ("V19", "V99")} == {404}
        assert browser.send(url("answer_check", applicant, "V19")).status_code == 404

    def test_wrong_methods_and_plain_submissions(self, browse, applicant, vera):
        browser = browse(vera)
        posts = [
            url(name, applicant, "V01") for name in ("answer_check", "open_finding", "finding_to_correct")
        ]

        assert {browser.get(one).status_code for one in posts} == {405}
        assert {browser.client.post(one, typed(browser, applicant)).status_code for one in posts} == {400}
        assert browser.send(url("checks", applicant)).status_code == 405
        assert not Check.objects.exists()
