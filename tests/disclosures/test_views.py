"""The pages: asking, approving, collecting once, and who was told of a case."""

import base64
import io
import re
from datetime import timedelta

import pytest
import pyzipper
from django.utils import timezone

from cases.audit.models import Entry
from cases.disclosures import operations
from cases.disclosures.models import Disclosure, Export
from cases.staff.models import User, random_id
from tests.applicants.factories import NAME, agree
from tests.disclosures.factories import make_export

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
ASK = "/exports/ask/"


@pytest.fixture
def export(heron, work):
    return make_export(heron, by=work.olga, unlocked=work.unlocked(work.olga))


@pytest.fixture
def ready(export, work):
    operations.answer_export(export=export, approve=True, unlocked=work.unlocked(work.tim), by=work.tim)
    export.refresh_from_db()
    return export


def asked(*people, **fields):
    return {
        "new_id": str(random_id()),
        "people": [str(one.pk) for one in people],
        "identity": ["name", "birth_date"],
        "recipient": "Mme Laure Fabre",
        "organisation": "Ministry of the Interior",
        "audience": "government",
        "channel": "meeting",
        "reason": "Visas for the group",
        "ground": "consent",
        "ground_reference": "consent form of 4 Nov 2026",
        "packed_as": "pdf",
        "age_key": "",
        "language": "en",
    } | fields


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def url(export, act=""):
    return f"/exports/{export.pk}/{act}"


def test_asking_offers_whom_one_can_open_and_saves_what_was_asked(browse, work, heron, lotus):
    page = browse(work.olga, unlocked=True)
    shown = text(page.get(f"{ASK}?case={heron.pk}"))
    answer = page.send(f"{ASK}?case={heron.pk}", **asked(heron))
    export = Export.objects.get()

    assert ("Grey Heron" in shown, "Blue Lotus" in shown) == (True, False)
    assert "Blue Lotus" in text(page.get(ASK))
    assert (answer.status_code, answer["HX-Redirect"]) == (204, url(export))
    assert (export.asker, export.fields, export.state) == (work.olga, ["name", "birth_date"], "waiting")
    assert [one.applicant for one in export.people.all()] == [heron]


def test_what_is_missing_is_said_beside_the_field_and_what_was_typed_stays(browse, work, heron):
    page = browse(work.olga, unlocked=True)
    answer = page.send(
        ASK, **asked(heron, organisation="", identity=[], packed_as="age_key", age_key="age1x")
    )
    shown = text(answer)

    assert (answer.status_code, Export.objects.count()) == (422, 0)
    assert "Choose at least one field, here or below." in shown
    assert "This is no public age key" in shown
    assert 'value="Mme Laure Fabre"' in shown
    assert 'value="age1x"' in shown


def test_asking_while_locked_is_refused_and_keeps_what_was_typed(browse, work, heron):
    answer = browse(work.olga).send(ASK, **asked(heron))

    assert (answer.status_code, Export.objects.count()) == (422, 0)
    assert "Your vault is locked." in text(answer)
    assert 'value="Mme Laure Fabre"' in text(answer)


def test_a_reason_that_tells_the_name_is_shown_before_it_is_saved(browse, work, heron):
    page = browse(work.olga, unlocked=True)
    typed = asked(heron, reason="Виза для Кулебякина")
    answer = page.send(ASK, **typed)

    assert (answer.status_code, Export.objects.count()) == (422, 0)
    assert "<mark>Кулебякина</mark>" in text(answer)
    page.send(ASK, **typed, leak="replace")
    assert Export.objects.get().reason == "Виза для Grey Heron"


def test_somebody_elses_case_cannot_be_asked_for(browse, work, heron):
    answer = browse(work.nina, unlocked=True).send(ASK, **asked(heron))

    assert (answer.status_code, Export.objects.count()) == (422, 0)
    assert "Grey Heron" not in text(answer)


def test_a_plain_form_is_refused_since_a_browser_writes_it_down(browse, work, heron):
    page = browse(work.olga, unlocked=True)

    assert page.client.post(ASK, asked(heron)).status_code == 400


def test_the_approver_sees_exactly_what_will_leave_and_no_name(browse, work, heron, export):
    shown = text(browse(work.tim, unlocked=True).get(url(export)))

    for said in (
        "Grey Heron",
        "2 fields of 1 person",
        "Full name, Birth date",
        "Mme Laure Fabre",
        "Visas for the group",
    ):
        assert said in shown
    assert NAME not in shown
    assert "consent form of 4 Nov 2026" in shown


def test_approving(browse, work, export):
    answer = browse(work.tim, unlocked=True).send(url(export, "approve/"))
    export.refresh_from_db()

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/exports/")
    assert (export.state, export.answered_by) == ("ready", work.tim)
    assert "is approved" in text(browse(work.olga).get("/"))


def test_approving_locked_or_ones_own_changes_nothing(browse, work, export):
    browse(work.tim).send(url(export, "approve/"))
    browse(work.olga, unlocked=True).send(url(export, "approve/"))
    export.refresh_from_db()

    assert export.state == "waiting"
    assert "another colleague approves it" in text(browse(work.olga).get("/exports/"))


def test_refusing_and_withdrawing(browse, work, heron, export):
    other = make_export(heron, by=work.olga, unlocked=work.unlocked(work.olga))
    browse(work.tim).send(url(export, "refuse/"))
    browse(work.olga).send(url(other, "withdraw/"))
    states = {one.pk: one.state for one in Export.objects.all()}

    assert states == {export.pk: "refused", other.pk: "withdrawn"}


def test_it_waits_on_the_desk_of_who_may_approve_alone(browse, work, export):
    said = "asks to export names for Ministry of the Interior"

    assert said in text(browse(work.tim).get("/"))
    assert "1 colleague waits for you" in text(browse(work.tim).get("/"))
    assert [said in text(browse(person).get("/")) for person in (work.olga, work.nina, work.cora)] == [
        False
    ] * 3


def test_collecting_gives_file_and_words_in_one_answer_once(browse, work, heron, ready):
    page = browse(work.olga, unlocked=True)
    assert f'value="{heron.pk} "' in text(page.get(url(ready)))
    answer = page.send(url(ready, "collect/"), people=f"{heron.pk} ")
    shown = answer.content.decode()
    [content] = re.findall(r'data-package="([^"]+)"', shown)
    words = "-".join(re.findall(r"<li>(\w+)</li>", shown))
    with pyzipper.AESZipFile(io.BytesIO(base64.b64decode(content))) as opened:
        table = opened.read("people.csv", pwd=words.encode()).decode()

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert NAME in table
    assert len(words.split("-")) == 8
    assert NAME not in shown
    again = page.send(url(ready, "collect/"), people=str(heron.pk))
    assert (again.status_code, "nobody can collect it twice" in text(again)) == (422, True)
    assert "data-package" not in text(again)
    assert Disclosure.objects.count() == 1


def test_the_words_are_kept_nowhere(browse, work, heron, ready):
    page = browse(work.olga, unlocked=True)
    shown = page.send(url(ready, "collect/"), people=str(heron.pk)).content.decode()
    words = "-".join(re.findall(r"<li>(\w+)</li>", shown))
    rows = [str(list(model.objects.values())) for model in (Export, Disclosure, Entry, User)]

    assert words in shown
    assert not any(
        words in place for place in (*rows, str(page.client.session.items()), text(page.get(url(ready))))
    )


def test_collecting_locked_or_unseen_uses_nothing_up(browse, work, heron, lotus, ready):
    locked = browse(work.olga).send(url(ready, "collect/"), people=str(heron.pk))
    page = browse(work.olga, unlocked=True)
    other = page.send(url(ready, "collect/"), people=str(lotus.pk))
    broken = page.send(url(ready, "collect/"), people="nonsense")
    ready.refresh_from_db()

    assert [one.status_code for one in (locked, other, broken)] == [422] * 3
    assert "Your vault is locked." in text(locked)
    assert "has changed since you opened this page" in text(other)
    assert ready.state == "ready"


def test_who_is_left_out_is_said_with_the_reason(browse, work, heron, ready):
    agree(heron, "government", agrees=False, by=work.tim)
    shown = text(browse(work.olga, unlocked=True).get(url(ready)))

    assert "Left out: The person does not agree, or has withdrawn consent." in shown
    assert "disabled" in shown


def test_nobody_else_sees_an_export(browse, work, heron, export, ready):
    pages = [url(ready), *(url(ready, act) for act in ("approve/", "refuse/"))]
    outside = [browse(work.nina).get(pages[0])] + [browse(work.nina).send(page) for page in pages[1:]]

    assert [one.status_code for one in outside] == [404] * 3
    assert browse(work.nina, unlocked=True).send(url(ready, "collect/")).status_code == 404
    assert [browse(person).get("/exports/").status_code for person in (work.audrey, work.vera)] == [403, 200]
    assert [browse(person).get(ASK).status_code for person in (work.audrey, work.vera)] == [403, 403]


def test_other_methods_are_refused(browse, work, ready):
    page = browse(work.olga)
    posts = [url(ready, act) for act in ("approve/", "refuse/", "withdraw/", "collect/")]

    assert [page.get(one).status_code for one in posts] == [405] * 4
    assert page.client.post("/exports/").status_code == 405


def test_the_case_says_who_was_told(browse, work, heron, lotus, ready):
    page = browse(work.olga, unlocked=True)
    page.send(url(ready, "collect/"), people=str(heron.pk))
    told = text(browse(work.tim).get(f"/cases/{heron.pk}/told/"))

    for said in (
        "Ministry of the Interior",
        "Mme Laure Fabre",
        "Full name, Birth date",
        "approved by Tim Team",
    ):
        assert said in told
    assert "Nobody outside was told" in text(page.get(f"/cases/{lotus.pk}/told/"))
    assert "Who was told" in text(page.get(f"/cases/{heron.pk}/"))
    assert browse(work.nina).get(f"/cases/{heron.pk}/told/").status_code == 404


def test_what_is_on_its_way_stands_on_the_case(browse, work, heron, ready):
    assert "it is approved and not collected yet" in text(browse(work.tim).get(f"/cases/{heron.pk}/told/"))
    Export.objects.update(answered_at=timezone.now() - timedelta(hours=25))
    assert "it is approved" not in text(browse(work.tim).get(f"/cases/{heron.pk}/told/"))


def test_who_does_not_agree_any_more_is_said_where_one_looks_who_was_told(browse, work, heron):
    page = browse(work.olga)
    assert "the person does not agree" not in text(page.get(f"/cases/{heron.pk}/told/"))
    agree(heron, "government", agrees=False, by=work.olga)

    assert "Telling a government: the person does not agree since" in text(
        page.get(f"/cases/{heron.pk}/told/")
    )


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_no_more_with_more_exports(browse, work, heron, number, django_assert_num_queries):
    for _each in range(number):
        operations.withdraw_export(
            export=make_export(heron, by=work.olga, unlocked=work.unlocked(work.olga)), by=work.olga
        )
    page = browse(work.olga)
    page.get("/exports/")

    with django_assert_num_queries(11):
        page.get("/exports/")


def test_the_register_leads_there_with_the_cases_it_shows(browse, work, heron):
    shown = text(browse(work.olga).get("/cases/"))

    assert f'href="{ASK}?case={heron.pk}&amp;"' in shown
    assert "Export with names" not in text(browse(work.vera).get("/cases/"))
