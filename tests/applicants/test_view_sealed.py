"""Opening a name and a contact card, and sealing new ones."""

import pytest
from django.urls import reverse

from cases.applicants import operations
from cases.applicants.models import Applicant
from cases.audit.models import Entry
from tests.applicants.factories import CONTACT, IDENTITY, NAME, make_applicant

pytestmark = pytest.mark.django_db
REASON = {"reason": "contact", "words": ""}


def url(applicant, name):
    return reverse(f"applicants:{name}", args=[applicant.pk])


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_holder_who_is_unlocked_opens_the_name_with_a_reason(browse, work, applicant, recorded):
    answer = browse(work.tim, unlocked=True).send(url(applicant, "open_name"), **REASON)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert NAME in page
    assert "04.11.1999, Урюпинск" in page
    assert 'data-seconds="60"' in page
    assert answer["Cache-Control"] == "no-store"
    assert answer["HX-Retarget"] == "#case-name"
    assert recorded()[-1] == "vault.opened"
    assert Entry.objects.first().detail == "identity: To call or write to the person"
    # What the strip comes back to once the minute is over holds no name.
    assert NAME not in page.partition("<template")[2]


def test_without_a_reason_nothing_opens(browse, work, applicant, recorded):
    tim = browse(work.tim, unlocked=True)
    before = recorded()
    for reason in ({}, {"reason": "other", "words": ""}, {"reason": "made up"}):
        answer = tim.send(url(applicant, "open_name"), **reason)
        assert answer.status_code == 422
        assert NAME not in answer.content.decode()
        assert "Not saved yet" not in answer.content.decode()
    assert recorded() == before


def test_another_reason_is_said_in_words(browse, work, applicant):
    answer = browse(work.tim, unlocked=True).send(
        url(applicant, "open_name"), reason="other", words="He asked"
    )

    assert answer.status_code == 200
    assert Entry.objects.first().detail == "identity: Another reason: He asked"


def test_a_locked_holder_is_told_to_unlock(browse, work, applicant):
    answer = browse(work.tim).send(url(applicant, "open_name"), **REASON)

    assert answer.status_code == 422
    assert "Your vault is locked." in answer.content.decode()
    assert NAME not in answer.content.decode()


def test_who_was_not_given_the_name_does_not_open_it(browse, work, applicant):
    operations.share_with_person(
        applicant=applicant, person=work.vera, to="work", expires_at=None, by=work.olga
    )
    vera = browse(work.vera, unlocked=True)

    for name, data in (
        ("open_name", REASON),
        ("contact_card", {}),
        ("identity_open", REASON),
        ("contact_open", {}),
    ):
        answer = vera.send(url(applicant, name), **data)
        assert answer.status_code == 422, name
        assert "You cannot open this." in answer.content.decode(), name
        assert "Кулебякин" not in answer.content.decode()
        assert CONTACT["phone"] not in answer.content.decode()


def test_the_contact_card_opens_without_a_reason(browse, work, applicant, recorded):
    answer = browse(work.tim, unlocked=True).send(url(applicant, "contact_card"))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="tel:+77015550102"' in page
    assert 'data-copy="#card-handle"' in page
    assert "только после 21:00" in page
    assert CONTACT["phone"] not in page.partition("<template")[2]
    assert recorded()[-1] == "vault.opened_quietly"


def test_the_contact_card_leaves_one_row_a_day_for_each_colleague(browse, work, applicant):
    for person, times in ((work.tim, 3), (work.olga, 2)):
        browser = browse(person, unlocked=True)
        for _ in range(times):
            assert browser.send(url(applicant, "contact_card")).status_code == 200

    rows = Entry.objects.filter(action="vault.opened_quietly", about=str(applicant.identity_safe_id))
    assert sorted(rows.values_list("actor", flat=True)) == sorted([work.tim.username, work.olga.username])


def test_a_locked_holder_does_not_open_the_card(browse, work, applicant):
    answer = browse(work.tim).send(url(applicant, "contact_card"))

    assert answer.status_code == 422
    assert "Your vault is locked." in answer.content.decode()


@pytest.mark.parametrize("name", ["open_name", "contact_card", "identity_open", "contact_open"])
def test_out_of_scope_there_is_nothing_to_open(browse, work, applicant, name):
    assert browse(work.nina, unlocked=True).send(url(applicant, name), **REASON).status_code == 404
    assert browse(work.audrey).send(url(applicant, name), **REASON).status_code == 403
    assert browse(work.tim).get(url(applicant, name)).status_code == 405
    assert browse(work.tim).client.post(url(applicant, name), REASON).status_code == 400


def identity(**fields):
    return {"name": "Иван Проба", "birth_date": "4.11.2011", "other_names": "Ваня\nВанёк"} | fields


def test_a_locked_colleague_seals_a_name(browse, work):
    applicant = make_applicant(by=work.olga)
    answer = browse(work.olga).send(url(applicant, "identity"), **identity())

    applicant.refresh_from_db()
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/cases/{applicant.pk}/")
    assert applicant.name_known
    assert applicant.age_band in ("15-17", "14")
    opened = browse(work.olga, unlocked=True).send(url(applicant, "open_name"), **REASON).content.decode()
    assert "Иван Проба" in opened
    assert "Ваня, Ванёк" in opened
    assert "04.11.2011" in opened


@pytest.mark.parametrize(
    ("typed", "sealed"),
    [
        ("4.11.1999", "1999-11-04"),
        ("11/1999", "1999-11"),
        ("1999", "1999"),
        ("1999-11-04", "1999-11-04"),
        ("", ""),
    ],
)
def test_a_birth_date_is_typed_as_people_type_it(browse, work, typed, sealed):
    from cases.applicants.forms import IdentityForm

    form = IdentityForm(identity(birth_date=typed))
    assert form.is_valid()
    assert form.document["birth_date"] == sealed
    assert form.document["other_names"] == ["Ваня", "Ванёк"]


@pytest.mark.parametrize("typed", ["31.2.1999", "13.1999", "tomorrow", "2999", "1.1.1850"])
def test_what_is_no_birth_date_is_refused_and_nothing_typed_is_lost(browse, work, typed):
    applicant = make_applicant(by=work.olga)
    answer = browse(work.olga).send(url(applicant, "identity"), **identity(birth_date=typed))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["birth_date"]
    assert "Иван Проба" in answer.content.decode()
    assert not Applicant.objects.get().name_known


def test_the_form_shows_nothing_until_it_is_opened_with_a_reason(browse, work, applicant):
    locked = browse(work.tim).get(url(applicant, "identity")).content.decode()
    assert "Кулебякин" not in locked
    assert "open-to-correct" not in locked
    assert "takes its place as a whole" in locked

    tim = browse(work.tim, unlocked=True)
    assert "open-to-correct" in tim.get(url(applicant, "identity")).content.decode()
    filled = tim.send(url(applicant, "identity_open"), **REASON)
    assert filled.context["form"]["name"].value() == NAME
    assert filled.context["form"]["birth_date"].value() == "04.11.1999"
    assert "data-opened" in filled.content.decode()
    assert Entry.objects.first().action == "vault.opened"

    assert tim.send(url(applicant, "identity_open")).status_code == 422


def test_the_contact_card_is_sealed_and_corrected(browse, work, applicant):
    tim = browse(work.tim, unlocked=True)
    assert CONTACT["phone"] not in tim.get(url(applicant, "contact")).content.decode()
    filled = tim.send(url(applicant, "contact_open"))
    assert filled.context["form"].initial["phone"] == CONTACT["phone"]

    answer = tim.send(url(applicant, "contact"), **(CONTACT | {"phone": "+7 777 000"}))
    assert answer.status_code == 204
    assert "+7 777 000" in tim.send(url(applicant, "contact_card")).content.decode()


def test_an_empty_card_is_refused(browse, work, applicant):
    answer = browse(work.tim).send(url(applicant, "contact"), phone=" ")

    assert answer.status_code == 422
    assert "Fill in at least one of the fields." in answer.content.decode()


@pytest.mark.parametrize("name", ["identity", "contact"])
def test_who_may_seal(browse, work, applicant, name):
    operations.share_with_person(
        applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga
    )

    assert browse(work.nina).get(url(applicant, name)).status_code == 404
    assert browse(work.vera).send(url(applicant, name), **identity()).status_code == 403
    assert browse(work.audrey).get(url(applicant, name)).status_code == 403
    assert browse(work.tim).client.post(url(applicant, name), identity()).status_code == 400
    assert browse(work.tim).client.put(url(applicant, name)).status_code == 405


def test_the_name_stands_in_no_page_but_the_opened_one(browse, work, applicant):
    """The planted leak: the name is really there, is found where it was opened, and nowhere else by anybody."""
    operations.share_with_person(
        applicant=applicant, person=work.vera, to="work", expires_at=None, by=work.olga
    )
    pages = (
        "detail",
        "timeline",
        "notes",
        "people",
        "edit",
        "identity",
        "contact",
        "task",
        "stage",
        "share",
        "household",
    )
    parts = [NAME, "Кулебякин", "Урюпинск", "1999", CONTACT["phone"], CONTACT["handle"]]

    for person in (work.olga, work.tim, work.vera, work.cora, work.nina, work.audrey):
        for unlocked in (False, True):
            if person == work.audrey and unlocked:
                continue
            browser = browse(person, unlocked=unlocked)
            for page in pages:
                text = browser.get(url(applicant, page)).content.decode()
                # A form gives the year 1999 as an example.
                found = [part for part in parts if part in text and (part != "1999" or page != "identity")]
                assert found == [], (person, page)

    opened = browse(work.tim, unlocked=True).send(url(applicant, "open_name"), **REASON).content.decode()
    assert [part for part in parts if part in opened] == [NAME, "Кулебякин", "Урюпинск", "1999"]
    assert IDENTITY["name"] == NAME
