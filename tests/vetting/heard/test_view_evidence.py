"""The tab “Evidence”, and the forms behind its buttons."""

import hashlib

import pytest
from django.core import signing

from cases.applicants.operations import share_with_person
from cases.audit.models import Entry
from cases.staff.models import random_id
from cases.vetting.models import EntryChange, Evidence
from cases.vetting.operations.evidence import edit_evidence
from tests.scanner import leaks
from tests.vault.files import made
from tests.vetting.heard.factories import (
    CANARIES,
    LINK,
    PAGE,
    REASON,
    EvidenceSender,
    fresh,
    make_checks,
    make_link,
    url,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def _state(settings, tmp_path, work):
    settings.VAR_DIR = tmp_path
    make_checks()


def typed(**fields):
    return {"new_id": str(random_id()), "checks": ["V04"], "url": PAGE, **fields}


def add(browser, applicant, told):
    return browser.client.post(url("evidence_link", applicant), told, headers={"HX-Request": "true"})


def carried(link, **fields):
    clear = {"checks": link.checks}
    return {"version": link.version, "opened": signing.dumps(clear), "checks": link.checks, **fields}


class TestTab:
    def test_it_says_what_is_there_and_nothing_of_what_it_is(self, browse, work, applicant):
        make_link(applicant, by=work.olga, checks=["V04"])
        page = browse(work.tim, unlocked=True).get(url("evidence", applicant)).content.decode()

        assert ("Link" in page, "V04" in page, "Olga Owner" in page) == (True, True, True)
        assert 'data-opens="open-account"' in page
        assert leaks(CANARIES, page) == []

    def test_of_one_check_only_what_speaks_to_it(self, browse, work, applicant):
        make_link(applicant, by=work.olga, checks=["V04"])
        make_link(applicant, by=work.olga, checks=["V05"])
        olga = browse(work.olga)

        def shown(check):
            return len(olga.get(url("evidence", applicant), check=check).context["rows"])

        assert [shown("V04"), shown("V03"), shown(""), shown("nonsense")] == [1, 0, 2, 2]
        assert "?check=V04" in olga.get(url("evidence", applicant), check="V04").content.decode()

    def test_a_reader_adds_nothing(self, browse, work, applicant):
        share_with_person(applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga)
        vera = browse(work.vera, unlocked=True)
        page = vera.get(url("evidence", applicant)).content.decode()

        assert ("Add a link" in page, "data-upload=" in page) == (False, False)
        assert vera.get(url("evidence_link", applicant)).status_code == 403

    @pytest.mark.parametrize("name", ["evidence", "evidence_link"])
    def test_outside_it_does_not_exist_and_an_auditor_is_kept_out(self, browse, work, applicant, name):
        assert browse(work.nina, unlocked=True).get(url(name, applicant)).status_code == 404
        assert browse(work.audrey).get(url(name, applicant)).status_code == 403
        assert browse(work.olga).client.delete(url(name, applicant)).status_code == 405

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_number_of_questions_does_not_grow(
        self, browse, work, applicant, number, django_assert_num_queries
    ):
        for _one in range(number):
            make_link(applicant, by=work.olga, checks=["V04"])
        olga = browse(work.olga)
        olga.get(url("evidence", applicant))
        with django_assert_num_queries(15):
            olga.get(url("evidence", applicant))


class TestOpening:
    def test_all_descriptions_open_with_one_reason_and_one_row(self, browse, work, applicant, vera):
        make_link(applicant, by=work.olga)
        make_link(applicant, by=work.olga, title="Вторая страница")
        answer = browse(vera, unlocked=True).send(url("evidence_open", applicant), **REASON)
        page = answer.content.decode()

        assert (answer.status_code, answer["HX-Retarget"]) == (200, "#evidence-list")
        assert answer["Cache-Control"] == "no-store"
        for said in (LINK["title"], PAGE, LINK["sha256"], "4 Nov 2026, 14:05 (Paris)", "Вторая страница"):
            assert said in page
        assert f'href="{PAGE}' not in page
        assert leaks(CANARIES, page.partition("<template data-sealed>")[2]) == []
        row = Entry.objects.latest("id")
        assert (row.action, row.detail) == (
            "vault.opened_quietly",
            "account of Grey Heron: To check who the person was: 2",
        )

    @pytest.mark.parametrize(
        ("unlocked", "reason", "said"),
        [(True, {}, "This field is required."), (False, REASON, "Your vault is locked.")],
    )
    def test_not_without_a_reason_and_not_locked(self, browse, applicant, work, vera, unlocked, reason, said):
        make_link(applicant, by=work.olga)
        answer = browse(vera, unlocked=unlocked).send(url("evidence_open", applicant), **reason)

        assert (answer.status_code, said in answer.content.decode()) == (422, True)
        assert leaks(CANARIES, answer.content) == []

    def test_not_by_who_was_not_given_the_account(self, browse, work, applicant):
        make_link(applicant, by=work.olga)
        share_with_person(applicant=applicant, person=work.vera, to="work", expires_at=None, by=work.olga)
        vera = browse(work.vera, unlocked=True)

        assert 'data-opens="open-account"' not in vera.get(url("evidence", applicant)).content.decode()
        answer = vera.send(url("evidence_open", applicant), **REASON)
        assert (answer.status_code, "You cannot open this." in answer.content.decode()) == (422, True)
        assert leaks(CANARIES, answer.content) == []

    def test_only_by_fetch(self, browse, applicant, vera):
        client = browse(vera, unlocked=True).client

        assert client.post(url("evidence_open", applicant), REASON).status_code == 400
        assert client.get(url("evidence_open", applicant)).status_code == 405


class TestAdding:
    def test_a_link_is_added_locked(self, browse, work, applicant):
        olga = browse(work.olga)
        page = olga.get(url("evidence_link", applicant), check="V04")
        assert page.context["form"]["checks"].value() == ["V04"]
        told = typed(
            sha256="AB:" * 31 + "ab", captured_on="4.11.2026", captured_time="9h05", captured_zone="UTC"
        )
        answer = add(olga, applicant, told)

        assert (answer.status_code, answer["HX-Redirect"]) == (204, url("evidence", applicant))
        link = Evidence.objects.get()
        assert (link.kind, link.checks, link.added_by) == ("link", ["V04"], work.olga)
        assert add(olga, applicant, told).status_code == 204
        assert Evidence.objects.count() == 1

    @pytest.mark.parametrize(
        ("fields", "beside", "said"),
        [
            ({"url": ""}, "url", "A link needs its address."),
            ({"url": "not an address"}, "url", "Write the whole address"),
            ({"sha256": "abc"}, "sha256", "this has 3 characters"),
            ({"captured_time": "25:00"}, "captured_time", "Write the time like 14:05."),
            ({"captured_time": "14:05", "captured_on": "4.11.2026"}, "captured_zone", "Say by which clock"),
            ({"captured_time": "14:05", "captured_zone": "UTC"}, "captured_on", "Say on which day."),
            ({"captured_on": "31.2.2026"}, "captured_on", "There is no such day."),
            ({"captured_on": "4.11.2126"}, "captured_on", "This day is still to come."),
            ({"checks": ["V99"]}, "checks", "V99"),
            ({"reliability": "G"}, "reliability", "G"),
        ],
    )
    def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
        self, browse, work, applicant, fields, beside, said
    ):
        told = typed(shows="Ждёт дальше", **fields)
        answer = add(browse(work.olga), applicant, told)

        assert answer.status_code == 422
        assert said in answer.context["form"].errors[beside][0]
        assert "Ждёт дальше" in answer.content.decode()
        assert Evidence.objects.count() == 0

    def test_never_by_a_plain_form(self, browse, work, applicant):
        answer = browse(work.olga).client.post(url("evidence_link", applicant), typed())

        assert (answer.status_code, Evidence.objects.count()) == (400, 0)


class TestCorrecting:
    def test_the_marks_change_and_the_sealed_half_stays_locked(self, browse, work, applicant, vera):
        link = make_link(applicant, by=work.olga, checks=["V04"])
        answer = browse(work.tim).send(url("evidence_edit", link), **carried(link, checks=["V05"]))

        assert (answer.status_code, fresh(link).checks) == (204, ["V05"])
        page = browse(vera, unlocked=True).send(url("evidence_open", applicant), **REASON)
        assert LINK["title"] in page.content.decode()

    def test_it_opens_into_the_form_with_a_reason_and_is_corrected(self, browse, work, applicant, vera):
        link = make_link(applicant, by=work.olga, checks=["V04"])
        browser = browse(vera, unlocked=True)
        assert leaks(CANARIES, browser.get(url("evidence_edit", link)).content) == []
        told = carried(link, tool="Other tool", **REASON)
        opened = browser.send(url("evidence_correct", link), **told)
        form = opened.context["form"]

        assert (opened.status_code, form["title"].value(), form["captured_on"].value()) == (
            200,
            LINK["title"],
            "04.11.2026",
        )
        assert (form["tool"].value(), form["sealed_opened"].value()) == ("Other tool", True)
        told = carried(link, sealed_opened="True", title="Исправлено")
        assert browser.send(url("evidence_edit", link), **told).status_code == 204
        page = browser.send(url("evidence_open", applicant), **REASON).content.decode()
        assert ("Исправлено" in page, PAGE in page) == (True, False)

    def test_not_into_the_form_without_a_reason(self, browse, work, applicant, vera):
        link = make_link(applicant, by=work.olga)
        answer = browse(vera, unlocked=True).send(url("evidence_correct", link), **carried(link))

        assert (answer.status_code, leaks(CANARIES, answer.content)) == (422, [])

    def test_who_is_late_sees_what_is_saved_and_keeps_what_was_typed(self, browse, work, applicant):
        link = make_link(applicant, by=work.olga, checks=["V04"])
        told = carried(link, checks=["V03"], shows="Моё")
        edit_evidence(evidence=link, changes={"checks": ["V05"]}, sealed=None, version=1, by=work.tim)
        olga = browse(work.olga)
        answer = olga.send(url("evidence_edit", link), **told)
        page = answer.content.decode()

        assert answer.status_code == 422
        assert ("Now saved: V05 Check V05." in page, "Моё" in page) == (True, True)
        form = answer.context["form"]
        again = carried(fresh(link), checks=["V03"], shows="Моё", opened=form["opened"].value())
        assert olga.send(url("evidence_edit", link), **again).status_code == 204
        assert fresh(link).checks == ["V03"]

    def test_outside_and_wrong_role(self, browse, work, applicant):
        link = make_link(applicant, by=work.olga)
        for name in ("evidence_edit", "evidence_strike"):
            assert browse(work.nina, unlocked=True).get(url(name, link)).status_code == 404
            assert browse(work.audrey).get(url(name, link)).status_code == 403

    def test_striking_out_takes_a_reason(self, browse, work, applicant):
        link = make_link(applicant, by=work.olga)
        olga = browse(work.olga)
        assert olga.send(url("evidence_strike", link), sent="1").status_code == 422
        answer = olga.send(url("evidence_strike", link), reason="twice")

        assert (answer.status_code, fresh(link).struck_at is None) == (204, False)
        page = olga.get(url("evidence", applicant)).content.decode()
        assert ("1 piece of evidence struck out" in page, "it stands here twice" in page) == (True, True)
        assert olga.get(url("evidence_edit", link)).status_code == 404
        assert EntryChange.objects.get().field == "struck_at"


class TestFiles:
    PICTURE = made.picture(size=(400, 300))

    @pytest.fixture
    def sent(self, browse, work, applicant):
        sender = EvidenceSender(browse(work.tim).client, applicant, self.PICTURE, check="V04")
        assert sender.send().status_code == 200
        return sender.evidence

    def test_it_comes_in_parts_from_who_is_locked(self, browse, work, applicant, recorded):
        sender = EvidenceSender(browse(work.tim).client, applicant, made.large_picture(), check="V04")
        sender.begin()
        sender.part(0)
        page = browse(work.tim).get(url("evidence", applicant))
        assert (list(page.context["rows"]), "Half sent: 33" in page.content.decode()) == ([], True)
        assert sender.send().status_code == 200

        piece = sender.evidence
        assert (piece.kind, piece.checks, piece.file.state) == ("file", ["V04"], "whole")
        assert piece.file.safe_id == applicant.account_safe_id
        deeds = [action for action in recorded() if not action.startswith("staff.")]
        assert deeds[-3:] == ["vault.sealed", "vetting.evidence_begun", "vault.file_sealed"]
        assert "not described yet" in browse(work.tim).get(url("evidence", applicant)).content.decode()

    def test_it_opens_with_a_reason_its_hash_and_its_name(self, browse, vera, sent):
        answer = browse(vera, unlocked=True).send(url("evidence_file", sent), **REASON)
        page = answer.content.decode()

        assert (answer.status_code, answer["HX-Retarget"]) == (200, f"#file-{sent.pk.hex}")
        assert ("data:image/jpeg" in page, "Список бригады Кречетова.jpg" in page) == (True, True)
        assert hashlib.sha256(self.PICTURE).hexdigest() in page
        assert leaks(CANARIES, page.partition("<template data-sealed>")[2]) == []
        assert Entry.objects.latest("id").detail.startswith(f"file-{sent.file.pk.hex}: ")

    def test_the_original_comes_as_it_was_under_a_name_that_tells_nothing(self, browse, vera, sent):
        answer = browse(vera, unlocked=True).client.post(url("evidence_original", sent), REASON)

        assert b"".join(answer.streaming_content) == self.PICTURE
        assert answer["Content-Disposition"] == f'attachment; filename="evidence-{sent.pk.hex[:8]}.jpg"'

    @pytest.mark.parametrize("name", ["evidence_file", "evidence_original"])
    def test_not_locked_not_without_the_account_and_not_from_outside(
        self, browse, work, vera, sent, name, applicant
    ):
        locked = browse(vera).send(url(name, sent), **REASON)
        assert (locked.status_code in (204, 422), leaks(CANARIES, locked.content)) == (True, [])
        assert browse(work.nina, unlocked=True).send(url(name, sent), **REASON).status_code == 404
        assert browse(work.audrey).send(url(name, sent), **REASON).status_code == 403
        assert browse(vera).client.get(url(name, sent)).status_code == 405

    def test_a_link_has_no_file(self, browse, work, applicant, vera):
        link = make_link(applicant, by=work.olga)

        assert browse(vera, unlocked=True).send(url("evidence_file", link), **REASON).status_code == 404

    def test_another_cannot_go_on_with_it(self, browse, work, applicant):
        sender = EvidenceSender(browse(work.tim).client, applicant, self.PICTURE)
        sender.begin()
        sender.client.force_login(work.olga)

        assert sender.part(0).status_code == 404
        assert EvidenceSender(browse(work.nina).client, applicant, self.PICTURE).begin().status_code == 404

    def test_what_is_begun_and_removed_leaves_nothing(self, browse, work, applicant):
        sender = EvidenceSender(browse(work.tim).client, applicant, self.PICTURE, check="nonsense")
        sender.begin()
        assert sender.evidence.checks == []
        assert sender.post("scan_remove", sender.scan).status_code == 200

        assert Evidence.objects.count() == 0
