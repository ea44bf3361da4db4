"""The page of the service record, and the forms that write it."""

import pytest
from django.urls import reverse

from cases.applicants import operations as applicants
from cases.staff.models import random_id
from cases.vetting.models import ServiceEntry
from cases.vetting.operations import service as operations
from tests.vetting.service_factories import CHARGE, LEAVING, PERIOD, make_entry, told

pytestmark = pytest.mark.django_db
REASON = {"reason": "vetting", "words": ""}
SAVED = '{"service-saved": {}}'
SECRETS = [*told(PERIOD), *told(LEAVING), *told(CHARGE), PERIOD["unit_number"], PERIOD["place"]]


def url(name, about):
    return reverse(f"vetting:{name}", args=[about.pk])


def typed(**fields):
    values = {
        "new_id": str(random_id()),
        "kind": "period",
        "account": "own",
        "from": "2.2022",
        "to": "20.5.2022",
        "unit_number": "51460",
        "unit_spellings": "64 омсбр\r\n\r\n 64 бригада ",
    }
    return values | {name.rstrip("_"): value for name, value in fields.items()}


def test_an_empty_record_says_what_to_begin_with(browse, work, applicant):
    page = browse(work.tim).get(url("service", applicant)).content.decode()

    assert "Begin with one period as the person tells it" in page
    assert url("service_add", applicant) + "?kind=period&amp;account=own" in page


def test_the_page_counts_and_tells_nothing(browse, work, applicant):
    for kind, account in (("period", "own"), ("period", "own"), ("period", "verified"), ("charge", "public")):
        make_entry(applicant, by=work.olga, kind=kind, account=account)
    struck = make_entry(applicant, by=work.olga, kind="leaving")
    operations.strike_entry(entry=struck, reason="twice", by=work.tim)
    answer = browse(work.tim).get(url("service", applicant))

    page = answer.content.decode()
    assert dict(answer.context["record"].kinds) == {
        "Service period": [2, 1, 0],
        "Call-up": [0, 0, 0],
        "How the person left": [0, 0, 0],
        "Proof of refusal": [0, 0, 0],
        "Prosecution": [0, 0, 1],
    }
    assert "Tim Team" in page
    assert "1 entry struck out" in page
    assert "entered twice" in page
    assert "Unlock" in page
    assert not any(secret in page for secret in SECRETS)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(
    browse, work, applicant, number, django_assert_num_queries
):
    for _place in range(number):
        make_entry(applicant, by=work.olga)
    tim = browse(work.tim)
    tim.get(url("service", applicant))
    with django_assert_num_queries(11):
        tim.get(url("service", applicant))


def test_a_locked_colleague_adds_a_period(browse, work, applicant):
    answer = browse(work.tim).send(url("service_add", applicant), **typed(role="водитель"))

    assert (answer.status_code, answer["HX-Redirect"]) == (204, url("service", applicant))
    entry = ServiceEntry.objects.get()
    assert (entry.kind, entry.account, entry.created_by) == ("period", "own", work.tim)
    shown = browse(work.tim).get(url("service", applicant)).content.decode()
    assert "Sealed: Service period (What the person says)." in shown
    assert "водитель" not in shown


def test_somebody_who_cannot_open_the_account_adds_to_it(browse, work, applicant):
    applicants.share_with_person(
        applicant=applicant, person=work.vera, to="work", expires_at=None, by=work.olga
    )
    answer = browse(work.vera).send(url("service_add", applicant), **typed(account="verified"))

    assert answer.status_code == 204
    assert ServiceEntry.objects.get().created_by == work.vera


@pytest.mark.parametrize("kind", ["period", "call_up", "leaving", "refusal", "charge"])
def test_the_form_follows_the_kind_and_keeps_what_both_have(browse, work, applicant, kind):
    answer = browse(work.tim).send(
        url("service_add", applicant), **typed(kind=kind, account="public", note="у моста"), choosing="1"
    )

    form = answer.context["form"]
    assert answer.status_code == 200
    assert form["account"].value() == "public"
    assert ("unit_number" in form.fields) == (kind == "period")
    assert ("article" in form.fields) == (kind == "charge")
    if "note" in form.fields:
        assert form["note"].value() == "у моста"
    assert not ServiceEntry.objects.exists()


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("call_up", {"how": "prison", "on": "2022"}),
        ("leaving", {"how": "hospital"}),
        ("refusal", {"proof": "search"}),
        ("charge", {"article": "338", "in_absentia": "yes"}),
        (
            "period",
            {"from": "", "to": "", "unit_number": "", "unit_spellings": "", "note": "ничего не помнит"},
        ),
    ],
)
def test_one_fact_is_enough(browse, work, applicant, kind, fields):
    sent = {"new_id": str(random_id()), "kind": kind, "account": "own", **fields}
    assert browse(work.tim).send(url("service_add", applicant), **sent).status_code == 204
    assert ServiceEntry.objects.get().kind == kind


def test_saving_may_lead_to_the_next_of_the_same(browse, work, applicant):
    answer = browse(work.tim).send(url("service_add", applicant), **typed(account="public"), another="1")

    assert answer["HX-Redirect"] == url("service_add", applicant) + "?kind=period&account=public"
    form = browse(work.tim).get(answer["HX-Redirect"]).context["form"]
    assert (form["kind"].value(), form["account"].value()) == ("period", "public")


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"from_": "31.02.2022"}, "from", "There is no such day."),
        ({"from_": "13.2022"}, "from", "There is no such day."),
        ({"from_": "весной 22"}, "from", "Write the date like 4.11.1999, 11.1999 or 1999."),
        ({"from_": "3.22"}, "from", "Write the date like"),
        ({"from_": "1822"}, "from", "This year cannot be right."),
        ({"to": "2.2100"}, "to", "This day is still to come."),
        ({"to": "1.2022"}, "to", "This day lies before the first one."),
        ({"branch": "space"}, "branch", "Select a valid choice."),
        ({"account": "rumour"}, "account", "Select a valid choice."),
        ({"kind": "feeling"}, "kind", "Select a valid choice."),
        ({"rank": "x" * 201}, "rank", "at most 200 characters"),
    ],
)
def test_what_is_impossible_is_said_beside_its_field_and_nothing_typed_is_lost(
    browse, work, applicant, fields, field, said
):
    answer = browse(work.tim).send(url("service_add", applicant), **typed(note="у моста", **fields))

    form = answer.context["form"]
    assert answer.status_code == 422
    assert said in str(form.errors[field])
    assert form["note"].value() == "у моста"
    assert form[field].value() == typed(**fields)[field]
    assert not ServiceEntry.objects.exists()


def test_an_entry_that_says_nothing_is_not_saved(browse, work, applicant):
    sent = {"new_id": str(random_id()), "kind": "leaving", "account": "own", "how": ""}
    answer = browse(work.tim).send(url("service_add", applicant), **sent)

    assert (answer.status_code, "Fill in at least one of the fields." in answer.content.decode()) == (
        422,
        True,
    )


def test_a_plain_submission_is_refused(browse, work, applicant):
    entry = make_entry(applicant, by=work.tim)
    client = browse(work.tim).client
    for name, about in (("service_add", applicant), ("service_edit", entry), ("service_copy", entry)):
        assert client.post(url(name, about), typed()).status_code == 400
    assert ServiceEntry.objects.count() == 1


def test_before_correcting_it_has_to_be_opened(browse, work, applicant):
    entry = make_entry(applicant, by=work.olga)
    locked = browse(work.tim).get(url("service_edit", entry)).content.decode()
    unlocked = browse(work.tim, unlocked=True).get(url("service_edit", entry)).content.decode()

    assert "What is sealed has to be opened before it can be corrected." in locked
    assert "Unlock" in locked
    assert url("service_correct", entry) in unlocked
    assert 'name="unit_number"' not in locked + unlocked
    assert not any(secret in locked + unlocked for secret in SECRETS)


def form_values(form):
    return {name: str(form[name].value() or "") for name in form.fields}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_entry_is_opened_into_its_form_and_corrected(browse, work, applicant):
    entry = make_entry(applicant, by=work.olga)
    tim = browse(work.tim, unlocked=True)
    answer = tim.send(url("service_correct", entry), **REASON)

    form, page = answer.context["form"], answer.content.decode()
    assert answer["HX-Retarget"] == "#service-correct"
    assert (form["from"].value(), form["to"].value(), form["version"].value()) == ("02.2022", "20.05.2022", 1)
    assert form["unit_spellings"].value() == "64th Separate Motorised Rifle Brigade"
    assert "data-opened" in page
    assert not any(secret in page.partition("<template")[2] for secret in SECRETS)

    saved = tim.send(url("service_edit", entry), **form_values(form) | {"place": "Здвижевка", "role": ""})
    assert (saved.status_code, saved["HX-Redirect"]) == (204, url("service", applicant))
    again = tim.send(url("service_correct", entry), **REASON).context["form"]
    assert (again["place"].value(), again["role"].value(), again["from"].value()) == (
        "Здвижевка",
        "",
        "02.2022",
    )
    assert again["version"].value() == 2


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_second_of_two_loses_nothing_and_sees_what_is_saved_now(browse, work, applicant):
    entry = make_entry(applicant, by=work.olga)
    tim = browse(work.tim, unlocked=True)
    form = tim.send(url("service_correct", entry), **REASON).context["form"]
    operations.edit_entry(entry=entry, content=PERIOD | {"place": "Здвижевка"}, version=1, by=work.olga)

    answer = tim.send(url("service_edit", entry), **form_values(form) | {"place": "Бородянка"})
    page, late = answer.content.decode(), answer.context["form"]
    assert answer.status_code == 422
    assert "A colleague changed this entry while you were writing. Nothing you typed is lost" in page
    assert (late["place"].value(), str(late["version"].value())) == ("Бородянка", "2")
    assert "Show what is saved now" in page

    now = tim.send(url("service_correct", entry), beside="1", **REASON).content.decode()
    assert "Здвижевка" in now
    assert tim.send(url("service_edit", entry), **form_values(late)).status_code == 204
    assert ServiceEntry.objects.get().version == 3


def test_a_form_kept_open_after_the_entry_was_struck_out(browse, work, applicant):
    entry = make_entry(applicant, by=work.olga)
    operations.strike_entry(entry=entry, reason="wrong", by=work.olga)
    answer = browse(work.tim).send(url("service_edit", entry), version="1", place="Бородянка")

    assert answer.status_code == 404


def test_what_the_page_shows_is_copied_into_the_next_account(browse, work, applicant):
    entry = make_entry(applicant, by=work.olga)
    tim = browse(work.tim)
    shown = {"from": "02.2022", "unit_number": "51460", "unit_spellings": "а\nб", "in_place": "1"}
    answer = tim.send(url("service_copy", entry), **shown)

    form = answer.context["form"]
    assert (form["account"].value(), form["kind"].value(), form["from"].value()) == (
        "verified",
        "period",
        "02.2022",
    )
    assert form["unit_spellings"].value() == "а\nб"
    assert ServiceEntry.objects.count() == 1

    saved = tim.send(url("service_add", applicant), **form_values(form), in_place="1")
    assert (saved.status_code, saved["HX-Trigger"]) == (200, SAVED)
    assert set(ServiceEntry.objects.values_list("account", flat=True)) == {"own", "verified"}
    verified = ServiceEntry.objects.get(account="verified")
    assert tim.send(url("service_copy", verified), **shown).context["form"]["account"].value() == "public"


def test_an_opened_entry_is_corrected_in_its_place(browse, work, applicant):
    entry = make_entry(applicant, by=work.olga)
    tim = browse(work.tim)
    answer = tim.send(url("service_edit", entry), filling="1", in_place="1", version="1", place="Лыпивка")

    form = answer.context["form"]
    assert (answer.status_code, form["place"].value(), form["version"].value()) == (200, "Лыпивка", "1")
    wrong = tim.send(url("service_edit", entry), **form_values(form) | {"from": "13.2022"}, in_place="1")
    assert wrong.status_code == 422
    assert "<html" not in wrong.content.decode()
    saved = tim.send(url("service_edit", entry), **form_values(form), in_place="1")
    assert (saved.status_code, saved["HX-Trigger"]) == (200, SAVED)


def test_what_was_shown_before_a_colleague_changed_it_does_not_overwrite_it(browse, work, applicant):
    entry = make_entry(applicant, by=work.olga)
    operations.edit_entry(entry=entry, content=PERIOD, version=1, by=work.olga)
    tim = browse(work.tim)
    shown = tim.send(url("service_edit", entry), filling="1", in_place="1", version="1", place="Лыпивка")
    answer = tim.send(url("service_edit", entry), **form_values(shown.context["form"]), in_place="1")

    assert (answer.status_code, ServiceEntry.objects.get().version) == (422, 2)


def test_an_entry_is_struck_out_with_a_reason_from_a_list(browse, work, applicant):
    entry = make_entry(applicant, by=work.olga)
    tim = browse(work.tim)
    assert "What it says stays sealed." in tim.get(url("service_strike", entry)).content.decode()
    assert tim.send(url("service_strike", entry), reason="in the unit of Petrov").status_code == 422
    answer = tim.send(url("service_strike", entry), reason="other_person")

    assert (answer.status_code, answer["HX-Redirect"]) == (204, url("service", applicant))
    entry.refresh_from_db()
    assert (entry.struck_why, entry.updated_by) == ("other_person", work.tim)


def test_who_only_reads_sees_the_page_without_buttons(browse, work, applicant):
    entry = make_entry(applicant, by=work.olga)
    applicants.share_with_person(
        applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga
    )
    vera = browse(work.vera)
    page = vera.get(url("service", applicant)).content.decode()

    assert "held by 2 colleagues" in page
    assert not any(
        url(name, about) in page for name, about in (("service_add", applicant), ("service_edit", entry))
    )
    refused = [
        vera.send(url(name, entry)).status_code for name in ("service_edit", "service_copy", "service_strike")
    ]
    assert [*refused, vera.get(url("service_add", applicant)).status_code] == [403] * 4


ABOUT_AN_ENTRY = ("service_edit", "service_correct", "service_copy", "service_strike")


def test_out_of_scope_there_is_no_record(browse, work, applicant):
    entry = make_entry(applicant, by=work.olga)
    posts = [url(name, entry) for name in ABOUT_AN_ENTRY]
    posts += [url(name, applicant) for name in ("service_open", "service_add")]

    nina = browse(work.nina, unlocked=True)
    assert {nina.send(one, **REASON).status_code for one in posts} == {404}
    assert nina.get(url("service", applicant)).status_code == 404
    auditor = browse(work.audrey)
    assert {auditor.send(one, **REASON).status_code for one in posts} == {403}
    assert auditor.get(url("service", applicant)).status_code == 403


def test_each_page_answers_its_own_methods(browse, work, applicant):
    entry = make_entry(applicant, by=work.olga)
    tim = browse(work.tim)

    assert tim.send(url("service", applicant)).status_code == 405
    gets = [url("service_open", applicant), url("service_correct", entry), url("service_copy", entry)]
    assert [tim.get(one).status_code for one in gets] == [405] * 3
