from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.applicants.models import Applicant, Deadline
from cases.applicants.operations import meet_deadline
from cases.applicants.refusals import IdTaken
from cases.audit.models import Entry
from cases.documents.deadlines import due
from cases.documents.models import Document, DocumentChange, Stay
from cases.documents.operations import held as operations
from cases.documents.queries.held import papers_of, sealed_papers, stay_of
from cases.documents.refusals import HoldsPapers, PaperChangedMeanwhile, PaperStruck
from cases.staff.models import random_id
from cases.vault.models import SealedItem
from cases.vault.operations import open_item
from cases.vault.queries import item_of
from tests.applicants.factories import make_applicant
from tests.documents.paper_factories import NUMBER, SEALED, in_days, make_paper, make_stay_rule, make_types

pytestmark = pytest.mark.django_db


def opened(document, work):
    item = item_of(document.applicant.identity_safe, document.sealed_kind)
    return open_item(item=item, reason="a test", unlocked=work.unlocked(work.olga), by=work.olga)


def open_deadlines(applicant, rule="documents.expires"):
    found = Deadline.objects.filter(applicant=applicant, rule=rule, met_at__isnull=True).order_by("due_at")
    return [(one.subject, one.due_at) for one in found]


def rows(document):
    return [(one.field, one.before, one.after, one.by.username) for one in document.changes.order_by("id")]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_paper_stands_in_clear_by_type_and_date_and_its_number_in_the_safe(work, applicant):
    paper = make_paper(
        applicant,
        by=work.tim,
        type="RU_INT",
        sealed=SEALED,
        issued_on=date(2014, 5, 2),
        country="RU",
        whereabouts="person",
    )

    stored = Document.objects.get(pk=paper.pk)
    assert (stored.type.code, stored.country, stored.status) == ("RU_INT", "RU", "held")
    assert (stored.number_known, stored.created_by, stored.version) == (True, work.tim, 1)
    # Of 2014, by a man born in November 1999: at twenty it had to be replaced.
    assert stored.remarks == ["not_replaced"]
    assert opened(paper, work) == {"unit_code": "", "given_names": "", "zone": ""} | SEALED
    assert Entry.objects.first().detail == "paper-" + paper.pk.hex + ": a test"
    assert sealed_papers(applicant) == {f"paper-{paper.pk.hex}"}


def test_adding_is_recorded_without_the_number_and_last(work, applicant, recorded):
    make_paper(applicant, by=work.olga, sealed=SEALED, expires_on=in_days(400))

    assert recorded()[-3:] == ["vault.sealed", "applicants.deadline_set", "documents.added"]
    assert Entry.objects.first().detail == "Grey Heron: RU_ZAG10, held"
    assert not any("667788" in (one.detail or "") for one in Entry.objects.all())


def test_a_paper_of_which_nothing_is_sealed_leaves_the_safe_alone(work, applicant):
    before = SealedItem.objects.count()
    paper = make_paper(applicant, by=work.olga)

    assert SealedItem.objects.count() == before
    assert not paper.number_known


def test_the_same_sending_twice_adds_one_paper(work, applicant):
    id = random_id()
    first = make_paper(applicant, by=work.olga, id=id, sealed=SEALED)
    again = make_paper(applicant, by=work.olga, id=id, sealed=SEALED)

    assert (first, Document.objects.count()) == (again, 1)
    assert SealedItem.objects.filter(kind=first.sealed_kind).count() == 1
    with pytest.raises(IdTaken):
        make_paper(applicant, by=work.tim, id=id)
    with pytest.raises(IdTaken):
        make_paper(make_applicant(by=work.olga), by=work.olga, id=id)


def test_what_somebody_really_holds_is_stored_however_odd(work, applicant):
    paper = make_paper(
        applicant,
        by=work.olga,
        sealed={"number": "not a number", "zone": "P<"},
        issued_on=in_days(10),
        expires_on=in_days(20),
        chip=False,
        country="KZ",
    )

    assert paper.remarks == [
        "issued_ahead",
        "validity_shorter",
        "chip_missing",
        "country_differs",
        "number_form",
    ]


def edit(paper, by, sealed=None, version=None, **changes):
    return operations.edit_document(
        document=paper, changes=changes, sealed=sealed, version=version or paper.version, by=by
    )


def test_each_changed_field_is_remembered_and_the_sealed_ones_only_named(work, applicant):
    paper = make_paper(applicant, by=work.olga, sealed=SEALED, issued_on=date(2020, 5, 2))
    types = make_types("RU_ZAG5")
    fresh = edit(
        paper,
        work.tim,
        sealed={"number": "75 1234567", "authority": ""},
        type=types["RU_ZAG5"],
        status="lost",
        chip=False,
        issued_on=date(2020, 5, 2),
        country="RU",
    )

    assert fresh.version == 2
    assert rows(fresh) == [
        ("type", "RU_ZAG10", "RU_ZAG5", work.tim.username),
        ("status", "held", "lost", work.tim.username),
        ("chip", "", "False", work.tim.username),
        ("number", "", "", work.tim.username),
    ]
    assert NUMBER not in str(list(DocumentChange.objects.values()))
    assert Entry.objects.first().detail == "Grey Heron: type, status, chip, sealed"


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_sealed_half_stays_as_it_is_unless_it_is_written_anew(work, applicant):
    paper = make_paper(applicant, by=work.olga, sealed=SEALED | {"number": "wrong"})
    fresh = edit(paper, work.tim, status="copy")
    assert (opened(fresh, work)["number"], fresh.remarks) == ("wrong", ["number_form"])

    fresh = edit(fresh, work.tim, sealed={"number": "751234567"})
    assert (opened(fresh, work)["number"], opened(fresh, work)["authority"]) == ("751234567", "")
    assert (fresh.remarks, fresh.number_known, fresh.version) == ([], True, 3)

    fresh = edit(fresh, work.tim, sealed={})
    assert (opened(fresh, work)["number"], fresh.number_known) == ("", False)


def test_who_changes_nothing_leaves_no_trace(work, applicant, recorded):
    paper = make_paper(applicant, by=work.olga, country="RU")
    before = recorded()

    assert edit(paper, work.tim, country="RU", status="held").version == 1
    assert (recorded(), rows(paper)) == (before, [])


def test_the_second_of_two_is_told_what_stands_there_now(work, applicant):
    paper = make_paper(applicant, by=work.olga)
    edit(paper, work.olga, status="lost")

    with pytest.raises(PaperChangedMeanwhile) as refusal:
        edit(paper, work.tim, status="seized", version=1)

    assert (refusal.value.now["status"], refusal.value.now["version"]) == ("lost", 2)
    assert Document.objects.get().status == "lost"


def test_a_paper_entered_by_mistake_counts_no_more_and_its_history_stays(work, applicant, recorded):
    paper = make_paper(applicant, by=work.olga, expires_on=in_days(400))
    operations.strike_document(document=paper, reason="twice", by=work.tim)

    [seen] = papers_of(applicant)
    assert seen.struck_at is not None
    assert rows(paper) == [("struck_at", "", "twice", work.tim.username)]
    assert open_deadlines(applicant) == []
    assert recorded()[-2:] == ["applicants.deadline_withdrawn", "documents.struck"]
    for again in (
        lambda: edit(paper, work.tim, status="lost"),
        lambda: operations.strike_document(document=paper, reason="twice", by=work.tim),
        lambda: operations.verify_document(document=paper, how="video", on=in_days(0), by=work.tim),
    ):
        with pytest.raises(PaperStruck):
            again()


def test_verified_how_by_whom_and_when(work, applicant):
    paper = make_paper(applicant, by=work.olga)
    operations.verify_document(document=paper, how="scan", on=in_days(-3), by=work.olga)
    operations.verify_document(document=paper, how="original", on=in_days(0), by=work.tim)

    paper.refresh_from_db()
    assert (paper.verified_how, paper.verified_by, paper.verified_on) == ("original", work.tim, in_days(0))
    assert [row[:3] for row in rows(paper)] == [
        ("verified_how", "", "scan"),
        ("verified_how", "scan", "original"),
    ]


def test_a_paper_in_hand_is_due_on_the_day_it_stops_being_good(work, applicant):
    paper = make_paper(applicant, by=work.olga, expires_on=in_days(400))
    assert open_deadlines(applicant) == [(str(paper.pk), due(in_days(400)))]
    assert timezone.localdate(due(in_days(400))) == in_days(400)
    assert Deadline.objects.get(rule="documents.expires").title == "A passport expires"

    paper = edit(paper, work.olga, expires_on=in_days(500))
    assert open_deadlines(applicant) == [(str(paper.pk), due(in_days(500)))]

    paper = edit(paper, work.olga, expires_on=None)
    assert open_deadlines(applicant) == []


@pytest.mark.parametrize("status", ["lost", "army", "copy", "expired", "refused"])
def test_a_paper_not_in_hand_has_no_deadline(work, applicant, status):
    paper = make_paper(applicant, by=work.olga, expires_on=in_days(400))
    edit(paper, work.olga, status=status)

    assert open_deadlines(applicant) == []
    assert not Deadline.objects.filter(rule="documents.expires").exists()


def test_a_renewed_paper_has_met_the_deadline_of_the_one_before(work, applicant, recorded):
    old = make_paper(applicant, by=work.olga, type="KZ_ASY", expires_on=in_days(10))
    other = make_paper(applicant, by=work.olga, type="RU_ZAG10", expires_on=in_days(50))
    new = make_paper(applicant, by=work.olga, type="KZ_ASY", expires_on=in_days(100))

    assert open_deadlines(applicant) == [
        (str(other.pk), due(in_days(50))),
        (str(new.pk), due(in_days(100))),
    ]
    met = Deadline.objects.get(met_at__isnull=False)
    assert (met.subject, met.title) == (str(old.pk), "A permission to stay expires")
    assert "applicants.deadline_withdrawn" not in recorded()


def test_what_did_not_change_is_not_recorded_again(work, applicant, recorded):
    paper = make_paper(applicant, by=work.olga, expires_on=in_days(400))
    before = len(recorded())
    edit(paper, work.olga, blank_pages=3)

    assert recorded()[before:] == ["documents.edited"]


def save_stay(applicant, by, entered_on=None, overstay=None, barred=None):
    facts = {"entered_on": entered_on, "overstay": overstay, "barred": barred}
    return operations.save_stay(applicant=applicant, facts=facts, by=by)


def test_the_day_of_entry_sets_the_deadlines_of_the_stay(work, applicant):
    make_stay_rule("stay", 90, within=180)
    make_stay_rule("register", 30, begins=in_days(-100))
    make_stay_rule("notify", 20, ends=in_days(-50))
    make_stay_rule("stay", 120)
    make_stay_rule("stay", 30, country="AM")
    save_stay(applicant, work.tim, in_days(-9), overstay=False)

    # The day of entry is the first of the ninety, and none of the thirty.
    assert open_deadlines(applicant, "documents.stay") == [("", due(in_days(80)))]
    assert open_deadlines(applicant, "documents.registration") == [("", due(in_days(21)))]
    assert open_deadlines(applicant, "documents.notification") == []
    stay = stay_of(applicant)
    assert (stay.overstay, stay.barred, stay.updated_by) == (False, None, work.tim)


def test_a_registration_that_was_done_stays_done_until_the_next_entry(work, applicant):
    make_stay_rule("register", 30)
    save_stay(applicant, work.tim, in_days(-9))
    deadline = Deadline.objects.get(rule="documents.registration")
    assert deadline.is_ours
    meet_deadline(deadline=deadline, by=work.tim)

    save_stay(applicant, work.tim, in_days(-9), barred=True)
    assert open_deadlines(applicant, "documents.registration") == []

    save_stay(applicant, work.tim, in_days(-1))
    assert open_deadlines(applicant, "documents.registration") == [("", due(in_days(29)))]


def test_a_duty_that_was_over_before_the_entry_was_written_down_is_not_late(work, applicant):
    make_stay_rule("stay", 90)
    make_stay_rule("asylum", 5)
    save_stay(applicant, work.tim, in_days(-200))

    assert open_deadlines(applicant, "documents.asylum") == []
    assert open_deadlines(applicant, "documents.stay") == [("", due(in_days(-111)))]


def test_a_duty_that_has_become_late_stays_until_it_is_done(work, applicant):
    make_stay_rule("register", 30)
    save_stay(applicant, work.tim, in_days(-9))
    Deadline.objects.filter(rule="documents.registration").update(due_at=due(in_days(-20)))
    operations.save_stay(
        applicant=applicant,
        facts={"entered_on": in_days(-50), "overstay": True, "barred": None},
        by=work.tim,
    )

    assert open_deadlines(applicant, "documents.registration") == [("", due(in_days(-20)))]


def test_a_day_of_entry_taken_back_takes_its_deadlines_back(work, applicant):
    make_stay_rule("stay", 90)
    save_stay(applicant, work.tim, in_days(-9))
    save_stay(applicant, work.tim)

    assert not Deadline.objects.filter(rule="documents.stay").exists()


def test_that_there_is_no_paper_at_all_is_said_until_there_is_one(work, applicant):
    operations.say_no_paper(applicant=applicant, by=work.tim)
    assert Stay.objects.get().no_paper_on == timezone.localdate()

    make_paper(applicant, by=work.tim)
    assert Stay.objects.get().no_paper_on is None
    with pytest.raises(HoldsPapers):
        operations.say_no_paper(applicant=applicant, by=work.tim)


def test_work_on_papers_is_work_on_the_case(work, applicant):
    Applicant.objects.update(updated_at=timezone.now() - timedelta(days=9))
    make_paper(applicant, by=work.olga)

    assert timezone.now() - Applicant.objects.get().updated_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "A passport expires"), ("fr", "fr:A passport expires")]
)
def test_readers_see_a_deadline_of_papers_in_their_language(work, applicant, language, said, monkeypatch):
    from django.utils.translation import override

    make_paper(applicant, by=work.olga, expires_on=in_days(10))
    deadline = Deadline.objects.get(rule="documents.expires")
    monkeypatch.setattr(
        "cases.applicants.models.work.gettext", lambda text: text if language == "en" else f"fr:{text}"
    )
    with override(language):
        assert deadline.said == said
    assert not deadline.is_ours
