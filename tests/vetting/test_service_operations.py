import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.applicants.refusals import IdTaken
from cases.audit.models import Entry
from cases.staff.models import random_id
from cases.vault.models import SealedItem
from cases.vault.queries import item_of
from cases.vetting.account import read_account
from cases.vetting.models import Account, ServiceEntry, Vetting
from cases.vetting.operations import service as operations
from cases.vetting.queries.service import entries_of, service_summary
from cases.vetting.refusals import EntryStruck, PeriodChangedMeanwhile
from tests.applicants.factories import make_applicant
from tests.scanner import leaks
from tests.vetting.service_factories import CHARGE, LEAVING, PERIOD, make_entry, told

pytestmark = pytest.mark.django_db


def opened(entry, work, person=None):
    person = person or work.olga
    found = read_account(
        applicant=entry.applicant,
        kinds=[entry.sealed_kind],
        reason="a test",
        unlocked=work.unlocked(person),
        by=person,
    )
    return found[entry.sealed_kind]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_an_entry_says_lies_in_the_account_safe_alone(work, applicant):
    entry = make_entry(applicant, by=work.tim)

    stored = ServiceEntry.objects.get()
    assert (stored.kind, stored.account, stored.created_by, stored.version) == ("period", "own", work.tim, 1)
    assert opened(entry, work) == PERIOD
    assert item_of(applicant.identity_safe, entry.sealed_kind) is None


def clear_text(table):
    return str(list(table.objects.values()))


def test_the_clear_rows_and_the_log_tell_nothing_of_it(work, applicant):
    entries = [make_entry(applicant, by=work.tim, kind=kind) for kind in ("period", "leaving", "charge")]
    operations.edit_entry(entry=entries[0], content=PERIOD | {"place": "Здвижевка"}, version=1, by=work.olga)
    operations.strike_entry(entry=entries[1], reason="wrong", by=work.olga)
    clear = [clear_text(table) for table in (ServiceEntry, Vetting, Entry)]

    words = [*told(PERIOD), *told(LEAVING), *told(CHARGE), "Здвижевка"]
    assert len(words) > 12
    assert leaks(words, *clear) == []
    assert leaks(words, *clear, "у моста: " + PERIOD["place"]) == [PERIOD["place"]]


def test_each_change_is_recorded_last_and_makes_votes_stale(work, applicant, recorded):
    entry = make_entry(applicant, by=work.tim)
    assert recorded()[-1] == "vetting.service_added"
    assert Entry.objects.first().detail == "Grey Heron: period, own"
    operations.edit_entry(entry=entry, content=PERIOD, version=1, by=work.olga)
    assert recorded()[-1] == "vetting.service_edited"
    operations.strike_entry(entry=entry, reason="twice", by=work.olga)
    assert recorded()[-1] == "vetting.service_struck"
    assert Entry.objects.first().detail == "Grey Heron: period, own, twice"

    assert Vetting.objects.get(applicant=applicant).service_version == 3


def test_the_same_sending_twice_adds_one_entry_and_another_id_of_somebody_is_refused(work, applicant):
    id = random_id()
    first = make_entry(applicant, by=work.tim, id=id)
    assert make_entry(applicant, by=work.tim, id=id, place="Буча") == first
    assert SealedItem.objects.filter(kind=first.sealed_kind).count() == 1
    with pytest.raises(IdTaken):
        make_entry(applicant, by=work.olga, id=id)
    with pytest.raises(IdTaken):
        make_entry(make_applicant(by=work.tim), by=work.tim, id=id)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_who_comes_second_does_not_overwrite_unknowingly(work, applicant):
    entry = make_entry(applicant, by=work.tim)
    operations.edit_entry(entry=entry, content=PERIOD | {"place": "Буча"}, version=1, by=work.olga)
    with pytest.raises(PeriodChangedMeanwhile) as refused:
        operations.edit_entry(entry=entry, content=PERIOD | {"place": "Изюм"}, version=1, by=work.tim)

    assert refused.value.now == {"version": 2}
    assert opened(entry, work)["place"] == "Буча"
    fresh = ServiceEntry.objects.get()
    assert (fresh.version, fresh.updated_by, fresh.created_by) == (2, work.olga, work.tim)


def test_what_is_struck_out_counts_no_more_and_cannot_be_changed(work, applicant):
    entry, kept = make_entry(applicant, by=work.tim), make_entry(applicant, by=work.tim, account="verified")
    operations.strike_entry(entry=entry, reason="wrong", by=work.tim)

    assert list(entries_of(applicant)) == [kept]
    assert SealedItem.objects.filter(kind=entry.sealed_kind).exists()
    for act in (
        lambda: operations.strike_entry(entry=entry, reason="wrong", by=work.tim),
        lambda: operations.edit_entry(entry=entry, content=PERIOD, version=2, by=work.tim),
    ):
        with pytest.raises(EntryStruck):
            act()


def test_the_summary_counts_by_account_and_says_when_it_changed(work, applicant):
    assert service_summary(applicant) == ({"own": 0, "verified": 0, "public": 0}, None)
    make_entry(applicant, by=work.tim)
    make_entry(applicant, by=work.tim, kind="leaving")
    struck = make_entry(applicant, by=work.tim, account="public")
    operations.strike_entry(entry=struck, reason="wrong", by=work.tim)

    numbers, changed = service_summary(applicant)
    assert numbers == {"own": 2, "verified": 0, "public": 0}
    assert changed == ServiceEntry.objects.get(pk=struck.pk).updated_at


@pytest.mark.parametrize(
    "fields",
    [
        {"account": "rumour"},
        {"kind": "feeling"},
        {"struck_why": "wrong"},
        {"struck_at": timezone.now()},
        {"struck_at": timezone.now(), "struck_why": "because"},
    ],
)
def test_the_database_refuses_what_no_form_sends(work, applicant, fields):
    entry = make_entry(applicant, by=work.tim)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceEntry.objects.filter(pk=entry.pk).update(**fields)


def test_an_entry_is_called_by_its_kind_alone(work, applicant):
    entry = make_entry(applicant, by=work.tim, account=Account.PUBLIC)

    assert str(entry) == "Service period"
    assert entry.sealed_kind == f"service-{entry.pk.hex}"
