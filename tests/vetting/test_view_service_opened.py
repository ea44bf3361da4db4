"""The opened record: three accounts side by side, the months, and what does not fit together."""

import pytest
from django.urls import reverse

from cases.applicants import operations as applicants
from cases.applicants.operations import Opening
from cases.audit.models import Entry
from cases.vault.models import SealedItem
from cases.vetting.views import service_opening
from tests.vetting.service_factories import CHARGE, LEAVING, PERIOD, make_entry, told

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
REASON = {"reason": "vetting", "words": "second interview"}


def url(name, about):
    return reverse(f"vetting:{name}", args=[about.pk])


def opened(browse, person, applicant):
    answer = browse(person, unlocked=True).send(url("service_open", applicant), **REASON)
    assert answer.status_code == 200, answer.content.decode()
    return answer


def texts(column):
    return [line.text for card in column.cards for line in card.lines]


def test_one_reason_opens_all_three_accounts(browse, work, applicant):
    make_entry(applicant, by=work.olga)
    make_entry(applicant, by=work.olga, account="verified", place="Здвижевка")
    make_entry(applicant, by=work.olga, account="public", kind="charge")
    answer = opened(browse, work.tim, applicant)

    page = answer.content.decode()
    own, verified, public = answer.context["columns"]
    assert PERIOD["place"] in texts(own)
    assert "Здвижевка" in texts(verified)
    assert CHARGE["court"] in texts(public)
    assert "337, unauthorised absence" in texts(public)
    assert "February 2022" in texts(own)
    assert "20 May 2022" in texts(own)
    assert (answer["HX-Retarget"], answer["Cache-Control"]) == ("#service-record", "no-store")
    assert 'data-seconds="900"' in page
    # What comes back when it closes tells nothing.
    assert not any(word in page.partition("<template")[2] for word in (*told(PERIOD), *told(CHARGE)))
    row = Entry.objects.first()
    assert (row.action, row.actor) == ("vault.opened_quietly", work.tim.username)
    assert row.detail == "account of Grey Heron: To check who the person was: second interview: 3"


def test_it_stays_closed_without_reason_key_or_grant(browse, work, applicant):
    make_entry(applicant, by=work.olga)
    applicants.share_with_person(
        applicant=applicant, person=work.vera, to="work", expires_at=None, by=work.olga
    )
    entry = applicant.service_entries.get()
    for person, unlocked, data, said in (
        (work.tim, False, REASON, "Your vault is locked."),
        (work.tim, True, {"reason": ""}, "This field is required."),
        (work.tim, True, {"reason": "other", "words": ""}, "Say which other reason."),
        (work.vera, True, REASON, "You cannot open this."),
    ):
        for name, about in (("service_open", applicant), ("service_correct", entry)):
            answer = browse(person, unlocked=unlocked).send(url(name, about), **data)
            assert (answer.status_code, said in answer.content.decode()) == (422, True), (person, name)
            assert not any(word in answer.content.decode() for word in told(PERIOD))


def test_entries_stand_in_order_of_time_and_undated_ones_last(browse, work, applicant):
    make_entry(applicant, by=work.olga, kind="leaving", on="", route="без даты")
    make_entry(applicant, by=work.olga, from_="2022-06", to="2022-08", place="второе")
    make_entry(applicant, by=work.olga, from_="2021", to="2022-05", place="первое")
    own = opened(browse, work.olga, applicant).context["columns"][0]

    assert [text for text in texts(own) if text in ("первое", "второе", "без даты")] == [
        "первое",
        "второе",
        "без даты",
    ]


def test_differences_are_marked_in_words_on_both_sides(browse, work, applicant):
    make_entry(applicant, by=work.olga)
    make_entry(applicant, by=work.olga, account="verified", place="Здвижевка", unit_name="64th brigade")
    make_entry(applicant, by=work.olga, kind="leaving")
    make_entry(applicant, by=work.olga, kind="leaving", account="verified", on="2022-09", how="front")
    own, verified, _public = opened(browse, work.olga, applicant).context["columns"]

    marked = [
        [(line.label, line.differs) for card in one.cards for line in card.lines if line.differs]
        for one in (own, verified)
    ]
    assert marked == [
        [("Place", "differs from what we verified"), ("How", "differs from what we verified")],
        [("Place", "differs from what the person says"), ("How", "differs from what the person says")],
    ]


def test_the_months_are_a_table_with_headers(browse, work, applicant):
    make_entry(applicant, by=work.olga, from_="2021-12", to="2022-02")
    make_entry(applicant, by=work.olga, account="verified", from_="2022", to="2022-02")
    answer = opened(browse, work.olga, applicant)

    assert answer.context["years"] == [(2021, 1), (2022, 2)]
    assert [number for _month, number in answer.context["months"]] == ["12", "01", "02"]
    assert answer.context["rows"] == [
        ("What the person says", ["surely", "surely", "surely"]),
        ("What we verified", ["", "perhaps", "surely"]),
        ("What is public", ["", "", ""]),
    ]
    page = answer.content.decode()
    assert '<th scope="colgroup" colspan="2">2022</th>' in page
    assert '<th scope="row">What we verified</th>' in page
    assert '<span class="visually-hidden">perhaps covered</span>' in page


def findings(answer, name):
    return [one.sentence for one in answer.context[name]]


def test_gaps_overlaps_and_contradictions_are_sentences(browse, work, applicant):
    make_entry(applicant, by=work.olga, from_="2022-02-01", to="2022-05-20")
    make_entry(
        applicant, by=work.olga, from_="2022-05-01", to="2022-06-30", unit_number="12345", place="Изюм"
    )
    make_entry(applicant, by=work.olga, from_="2022-09-01", to="2022-10-15")
    make_entry(
        applicant, by=work.olga, account="verified", from_="2022-02-01", to="2022-05-20", place="Здвижевка"
    )
    make_entry(applicant, by=work.olga, kind="leaving", on="2022-09-14")
    make_entry(applicant, by=work.olga, kind="charge", on="2022-08-01")
    make_entry(applicant, by=work.olga, kind="charge", on="2022-03-01", article="207.3")
    answer = opened(browse, work.olga, applicant)

    assert findings(answer, "gaps") == ["What the person says: no period in July 2022 – August 2022."]
    assert findings(answer, "overlaps") == [
        "What the person says: two periods at once in May 2022: 51460, 64-я омсбр, 1 Feb 2022 – 20 May 2022; "
        "12345, 64-я омсбр, 1 May 2022 – 30 Jun 2022."
    ]
    assert findings(answer, "contradictions") == [
        "Place in February 2022 – May 2022: “Лыпивка” (what the person says), “Здвижевка” (what we verified).",
        "Place in May 2022: “Изюм” (what the person says), “Здвижевка” (what we verified).",
        "Unit in May 2022: “12345, 64-я омсбр” (what the person says), “51460, 64-я омсбр” (what we verified).",
        "Prosecuted before leaving: left 14 Sep 2022 (what the person says), prosecution 1 Aug 2022 (what the person says).",
        "Left before a period ends: left 14 Sep 2022 (what the person says), the period is 1 Sep 2022 – 15 Oct 2022 (what the person says).",
    ]


def test_one_place_in_two_alphabets_is_one_place(browse, work, applicant):
    make_entry(applicant, by=work.olga, place="Буча")
    make_entry(applicant, by=work.olga, account="verified", place="Bucha, Kyiv region")

    assert findings(opened(browse, work.olga, applicant), "contradictions") == []


def test_vague_dates_say_perhaps(browse, work, applicant):
    make_entry(applicant, by=work.olga, from_="2022", to="2022")
    make_entry(applicant, by=work.olga, account="verified", from_="2022-03", to="2022-05", place="Здвижевка")
    page = opened(browse, work.olga, applicant).content.decode()

    assert "perhaps: the dates are vague" in page
    assert ">contradiction<" not in page


def test_an_entry_that_does_not_open_is_missed_aloud(browse, work, applicant):
    make_entry(applicant, by=work.olga)
    broken = make_entry(applicant, by=work.olga)
    item = SealedItem.objects.get(kind=broken.sealed_kind)
    SealedItem.objects.filter(pk=item.pk).update(envelope=bytes(item.envelope)[:-1] + b"\x00")
    page = opened(browse, work.olga, applicant).content.decode()

    assert "1 entry does not open and is missing here." in page
    assert PERIOD["place"] in page


def share(work, applicant, to):
    opening = Opening([applicant.account_safe], work.unlocked(work.olga))
    applicants.share_with_person(
        applicant=applicant, person=work.vera, to=to, expires_at=None, by=work.olga, opening=opening
    )


def test_a_contradiction_can_be_put_to_the_person_and_never_in_an_address(
    browse, work, applicant, monkeypatch
):
    make_entry(applicant, by=work.olga, from_="2022-02", to="2022-03")
    make_entry(applicant, by=work.olga, from_="2022-06", to="2022-08")
    make_entry(applicant, by=work.olga, account="verified", from_="2022-02", to="2022-02")
    make_entry(applicant, by=work.olga, account="verified", from_="2022-05", to="2022-05")
    make_entry(applicant, by=work.olga, account="verified", kind="leaving", on="2022-05-05")
    share(work, applicant, "work")
    monkeypatch.setattr(service_opening, "_ask_url", lambda request, applicant: "/questions/ask/")
    page = opened(browse, work.vera, applicant).content.decode()

    # The gap in what the person says and the contradiction with it; of the gap in what we verified we ask nobody.
    assert page.count('hx-post="/questions/ask/"') == 2
    assert 'name="about" value="What the person says: no period in April 2022 – May 2022."' in page
    assert "What we verified: no period in March 2022 – April 2022." in page


def test_who_may_not_raise_a_question_is_offered_none(browse, work, applicant):
    make_entry(applicant, by=work.olga, from_="2022-02", to="2022-03")
    make_entry(applicant, by=work.olga, from_="2022-06", to="2022-08")

    assert opened(browse, work.olga, applicant).context["ask_url"] == ""


def test_who_only_reads_reads_and_writes_nothing(browse, work, applicant):
    make_entry(applicant, by=work.olga)
    share(work, applicant, "read")
    page = opened(browse, work.vera, applicant).content.decode()

    assert PERIOD["place"] in page
    assert "Copy into" not in page
    assert LEAVING["route"] not in page
