"""One asks, another approves, the first collects once; whoever may not leave stays, and it is written down."""

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta

import pyrage
import pytest
import pyzipper
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.applicants import operations as applicants
from cases.audit.models import Entry
from cases.disclosures import operations, queries
from cases.disclosures.models import DisclosedPerson, Disclosure, Export, Form
from cases.disclosures.operations import hand_over
from cases.disclosures.refusals import (
    AnsweredAlready,
    ApproverGone,
    ByYourself,
    CannotLeave,
    ChangedSinceSeen,
    CollectedAlready,
    NobodyLeft,
    NotApproved,
    NothingChosen,
    NothingOpened,
    NotYours,
    Over,
    TooMany,
    UnknownAgeKey,
)
from cases.staff.models import random_id
from cases.vault import operations as vault
from cases.vault.models import SealedItem
from cases.vault.refusals import NotGranted, NotUnlocked
from tests.applicants.factories import CONTACT, NAME, agree, make_applicant
from tests.disclosures.factories import TERMS, make_export
from tests.documents.paper_factories import make_paper
from tests.vault.test_rekeying_races import at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def ask(work):
    return lambda *people, **more: make_export(
        *people, by=work.olga, unlocked=work.unlocked(work.olga), **more
    )


@pytest.fixture
def approve(work):
    def act(export, by=work.tim):
        operations.answer_export(export=export, approve=True, unlocked=work.unlocked(by), by=by)
        export.refresh_from_db()

    return act


@pytest.fixture
def collect(work):
    def act(export, by=work.olga, expected=None):
        going = [one.applicant.pk for one in queries.travellers(export) if not one.obstacle]
        return operations.collect_export(
            export=export, expected=going if expected is None else expected, unlocked=work.unlocked(by), by=by
        )

    return act


def table_in(package):
    with pyzipper.AESZipFile(io.BytesIO(package.content)) as opened:
        text = opened.read("people.csv", pwd=package.words.encode()).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def later(export, **age):
    """As if it had been asked for, or answered, that long ago."""
    passed = timedelta(**age)
    answered = {"answered_at": export.answered_at - passed} if export.answered_at else {}
    Export.objects.filter(pk=export.pk).update(expires_at=export.expires_at - passed, **answered)
    export.refresh_from_db()


def test_what_was_approved_is_collected_with_the_names_in_it(heron, lotus, ask, approve, collect, work):
    export = ask(heron, lotus, fields=["name", "birth_date", "phone"])
    approve(export)
    collected = collect(export)
    [heading, blue, grey] = table_in(collected.package)
    day = heading and blue[-1].partition(", ")[2]

    assert heading == ["#", "Full name", "Birth date", "Telephone", "Handed over by"]
    assert blue == ["1", "Аглая Тмутараканская", "05.2001", "", f"Olga Owner, {day}"]
    assert grey == ["2", NAME, "04.11.1999", f"'{CONTACT['phone']}", f"Olga Owner, {day}"]
    assert (collected.going, collected.left_out) == ([lotus, heron], [])


def test_a_disclosure_says_who_was_told_what_and_no_value(heron, lotus, ask, approve, collect, work):
    export = ask(heron, lotus, fields=["name", "phone"])
    approve(export)
    collect(export)
    told = {one.applicant: one for one in DisclosedPerson.objects.select_related("disclosure", "applicant")}
    disclosure = told[heron].disclosure

    assert {one: row.fields for one, row in told.items()} == {heron: ["name", "phone"], lotus: ["name"]}
    assert (disclosure.by, disclosure.approved_by) == (work.olga, work.tim)
    assert (disclosure.organisation, disclosure.ground, disclosure.form) == (
        "Ministry of the Interior",
        "consent",
        "zip",
    )
    assert [one.disclosure for one in queries.disclosures_of(heron)] == [disclosure]
    export.refresh_from_db()
    assert (export.state, export.disclosure) == (Export.State.COLLECTED, disclosure)


def test_each_person_is_recorded_before_anything_opens_and_no_value_or_word_is(
    heron, lotus, ask, approve, collect, recorded, monkeypatch
):
    export = ask(heron, lotus)
    approve(export)
    seen = []
    real = vault.opening._content

    def watched(item, grant, unlocked):
        seen.append(recorded().count("vault.opened_to_hand_over"))
        return real(item, grant, unlocked)

    monkeypatch.setattr(vault.opening, "_content", watched)
    words = collect(export).package.words
    rows = Entry.objects.order_by("id")

    assert seen == [2, 2]
    assert recorded()[-4:] == ["vault.opened_to_hand_over"] * 2 + ["disclosures.handed_over"] * 2
    assert [action for action in recorded() if action.startswith("disclosures.")][:2] == [
        "disclosures.asked",
        "disclosures.approved",
    ]
    said = " ".join(f"{row.about} {row.detail}" for row in rows)
    beginning = "-".join(words.split("-")[:2])
    # As whole words: a random id, a digest or the millionths of a second may hold the figures of a year.
    assert [
        secret
        for secret in (NAME, "1999", words, beginning, TERMS.recipient)
        if re.search(rf"\b{re.escape(secret)}\b", said)
    ] == []


def test_papers_go_with_their_numbers_and_struck_ones_stay(heron, ask, approve, collect, work):
    make_paper(heron, by=work.olga, sealed={"number": "75 1234567", "authority": "MVD 34002"})
    gone = make_paper(heron, by=work.olga, sealed={"number": "11 9999999"})
    type(gone).objects.filter(pk=gone.pk).update(struck_at=timezone.now())
    export = ask(heron, fields=["papers"])
    approve(export)
    [_heading, row] = table_in(collect(export).package)

    assert "75 1234567" in row[1]
    assert "MVD 34002" in row[1]
    assert "11 9999999" not in row[1]


def test_the_recipient_reads_it_in_their_language(heron, ask, approve, collect):
    export = ask(heron, language="fr")
    approve(export)

    assert "Nom complet" in str(table_in(collect(export).package)[0])


def test_it_is_collected_once(heron, ask, approve, collect):
    export = ask(heron)
    approve(export)
    collect(export)

    with pytest.raises(CollectedAlready):
        collect(export)
    assert Disclosure.objects.count() == 1


def test_of_many_at_the_same_moment_one_collects(heron, ask, approve, work):
    export = ask(heron)
    approve(export)
    got = []

    def collect():
        mine = Export.objects.get(pk=export.pk)
        got.append(
            operations.collect_export(
                export=mine, expected=[heron.pk], unlocked=work.unlocked(work.olga), by=work.olga
            )
        )

    faults = at_once(*[collect] * 6)

    assert (len(got), [type(fault) for fault in faults]) == (1, [CollectedAlready] * 5)
    assert Disclosure.objects.count() == 1


def test_what_breaks_off_is_used_up_and_nothing_is_said_to_have_left(heron, ask, approve, collect):
    export = ask(heron)
    approve(export)
    item = SealedItem.objects.get(safe=heron.identity_safe, kind="identity")
    spoilt = bytes(item.envelope)[:-1] + bytes([bytes(item.envelope)[-1] ^ 1])
    SealedItem.objects.filter(pk=item.pk).update(envelope=spoilt)

    with pytest.raises(NothingOpened):
        collect(export)
    export.refresh_from_db()
    assert (export.state, Disclosure.objects.count()) == (Export.State.BROKEN, 0)
    with pytest.raises(CollectedAlready):
        collect(export)


def test_who_is_damaged_alone_is_left_out(heron, lotus, ask, approve, collect):
    export = ask(heron, lotus)
    approve(export)
    SealedItem.objects.filter(safe=lotus.identity_safe).update(envelope=b"\1" * 200)
    collected = collect(export)

    assert (collected.going, collected.left_out) == ([heron], [lotus])
    assert DisclosedPerson.objects.get().applicant == heron


def test_the_day_of_collecting_ends(heron, ask, approve, collect):
    export = ask(heron)
    approve(export)
    later(export, hours=24)

    assert export.state == Export.State.EXPIRED
    with pytest.raises(Over):
        collect(export)


def test_nothing_is_collected_without_approval(heron, ask, collect, work):
    export = ask(heron)
    with pytest.raises(NotApproved):
        collect(export)
    operations.answer_export(export=export, approve=False, unlocked=None, by=work.tim)
    with pytest.raises(NotApproved):
        collect(export)


def test_only_the_asker_collects_and_only_unlocked(heron, ask, approve, collect, work):
    export = ask(heron)
    approve(export)

    with pytest.raises(NotYours):
        collect(export, by=work.tim)
    with pytest.raises(NotUnlocked):
        operations.collect_export(export=export, expected=[heron.pk], unlocked=None, by=work.olga)
    with pytest.raises(NotUnlocked):
        operations.collect_export(
            export=export, expected=[heron.pk], unlocked=work.unlocked(work.tim), by=work.olga
        )
    export.refresh_from_db()
    assert export.state == Export.State.READY


def test_the_asker_does_not_approve(heron, ask, approve, work):
    export = ask(heron)
    with pytest.raises(ByYourself):
        approve(export, by=work.olga)
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(
            answer="approved", answered_by=work.olga, answered_at=timezone.now()
        )
    with pytest.raises(ByYourself):
        hand_over(
            people=[heron],
            fields=["name"],
            terms=TERMS,
            language="en",
            approved_by=work.olga,
            unlocked=work.unlocked(work.olga),
            by=work.olga,
        )


def test_who_approves_sees_every_case_and_holds_its_keys_or_leads(heron, ask, approve, work):
    export = ask(heron)
    for person in (work.nina, work.cora, work.vera):
        with pytest.raises(NotGranted):
            approve(export, by=person)
    for person in (work.vera, work.cora):
        applicants.share_with_person(applicant=heron, person=person, to="read", expires_at=None, by=work.olga)
    with pytest.raises(NotGranted):
        approve(export, by=work.vera)

    assert queries.waiting_for(work.vera) == []
    assert queries.waiting_for(work.cora) == queries.waiting_for(work.tim) == [export]
    assert queries.waiting_for(work.olga) == []
    approve(export, by=work.cora)
    assert export.state == Export.State.READY


def test_approving_needs_an_unlocked_vault(heron, ask, work):
    export = ask(heron)
    for unlocked in (None, work.unlocked(work.olga)):
        with pytest.raises(NotUnlocked):
            operations.answer_export(export=export, approve=True, unlocked=unlocked, by=work.tim)


def test_it_is_answered_once_and_in_time(heron, ask, approve):
    export, old = ask(heron), ask(heron)
    approve(export)
    later(old, days=3)

    with pytest.raises(AnsweredAlready):
        approve(export)
    with pytest.raises(Over):
        approve(old)


def test_the_asker_withdraws(heron, ask, approve, collect, work):
    export = ask(heron)
    approve(export)
    with pytest.raises(NotYours):
        operations.withdraw_export(export=export, by=work.tim)
    operations.withdraw_export(export=export, by=work.olga)

    with pytest.raises(NotApproved):
        collect(export)
    with pytest.raises(AnsweredAlready):
        operations.withdraw_export(export=export, by=work.olga)


def test_what_a_closed_account_asked_for_is_approved_by_nobody(heron, ask, approve, work):
    export = ask(heron)
    type(work.olga).objects.filter(pk=work.olga.pk).update(is_active=False)

    with pytest.raises(Over):
        approve(export)


def test_one_key_that_is_none_and_too_many_people_are_refused(heron, lotus, ask, monkeypatch):
    with pytest.raises(UnknownAgeKey):
        ask(heron, terms=replace(TERMS, form=Form.AGE_KEY), age_key="age1no")
    ask(
        heron,
        terms=replace(TERMS, form=Form.AGE_KEY),
        age_key=str(pyrage.x25519.Identity.generate().to_public()),
    )
    monkeypatch.setattr("cases.disclosures.operations.asking.MOST_PEOPLE", 1)
    with pytest.raises(TooMany):
        ask(heron, lotus)


def test_an_approval_of_a_closed_account_does_not_count(heron, ask, approve, collect, work):
    export = ask(heron)
    approve(export)
    type(work.tim).objects.filter(pk=work.tim.pk).update(is_active=False)

    with pytest.raises(ApproverGone):
        collect(export)


def test_who_withdraws_consent_stays_and_is_said_beforehand(heron, lotus, ask, approve, collect, work):
    export = ask(heron, lotus)
    approve(export)
    agree(lotus, "government", agrees=False, by=work.tim)
    with pytest.raises(ChangedSinceSeen):
        collect(export, expected=[heron.pk, lotus.pk])
    [left, _right] = queries.travellers(export)

    assert (left.applicant, left.obstacle) == (lotus, "The person does not agree, or has withdrawn consent.")
    assert len(table_in(collect(export).package)) == 2
    with pytest.raises(CannotLeave, match="Blue Lotus: The person does not agree"):
        ask(lotus)


@pytest.mark.parametrize("ground", ["consent", "legal"])
@pytest.mark.parametrize("purpose", ["government", "keeping"])
def test_who_says_no_keeps_everything_in_on_every_ground(heron, ask, work, ground, purpose):
    agree(heron, purpose, agrees=False, by=work.olga)
    with pytest.raises(CannotLeave, match="Grey Heron: The person does not agree"):
        ask(heron, terms=replace(TERMS, ground=ground))

    agree(heron, purpose, by=work.olga)
    assert ask(heron).state == Export.State.WAITING


def test_who_was_not_asked_leaves_on_another_ground_than_consent(heron, ask):
    partner = replace(TERMS, audience="partner")
    with pytest.raises(CannotLeave, match="Grey Heron: The person has not agreed to this yet"):
        ask(heron, terms=partner)

    assert ask(heron, terms=replace(partner, ground="legal")).state == Export.State.WAITING


def test_a_key_or_a_case_taken_back_leaves_the_person_out(heron, lotus, ask, approve, collect, work):
    third = make_applicant(by=work.olga, pseudonym="Red Kite", identity={"name": "Фрол"})
    agree(third, "government", by=work.olga)
    export = ask(heron, lotus, third)
    approve(export)
    for safe_holder in (work.vera, work.nina):
        vault.give_access(
            safe=heron.identity_safe,
            to=safe_holder,
            unlocked=work.unlocked(work.olga),
            by=work.olga,
            reason="x",
        )
    vault.revoke_access(safe=heron.identity_safe, of=work.olga, by=work.tim, reason="x")
    lotus.shared_with_people.all().delete()
    lotus.shared_with_teams.all().delete()
    said = {one.applicant: one.obstacle for one in queries.travellers(export)}
    collected = collect(export)

    assert said == {
        heron: "The asker cannot open what was asked for.",
        lotus: "The case is not shared with the asker any more.",
        third: "",
    }
    assert (collected.going, set(collected.left_out)) == ([third], {heron, lotus})


def test_where_nobody_is_left_the_approval_is_not_used_up(heron, ask, approve, collect, work):
    export = ask(heron)
    approve(export)
    agree(heron, "government", agrees=False, by=work.olga)
    with pytest.raises(NobodyLeft):
        collect(export)

    agree(heron, "government", by=work.olga)
    assert len(table_in(collect(export).package)) == 2


def test_a_repeated_sending_asks_once(heron, lotus, ask):
    export = ask(heron)

    assert ask(lotus, id=export.pk) == export
    assert queries.people_of(export) == [heron]


def test_asking_needs_sense_and_an_unlocked_vault(heron, ask, work):
    for people, fields in (([], ["name"]), ([heron], []), ([heron], ["nonsense"])):
        with pytest.raises(NothingChosen):
            ask(*people, fields=fields)
    with pytest.raises(NotUnlocked):
        operations.ask_export(
            id=random_id(),
            people=[heron],
            fields=["name"],
            terms=TERMS,
            reason="x",
            language="en",
            unlocked=None,
            by=work.olga,
        )
    with pytest.raises(CannotLeave):
        make_export(heron, by=work.nina, unlocked=work.unlocked(work.nina))


def test_the_account_is_opened_only_if_it_was_asked_for(heron, ask, approve, collect, recorded):
    export = ask(heron, fields=["name"])
    approve(export)
    collect(export)
    opened = Entry.objects.filter(action="vault.opened_to_hand_over").order_by("-id")

    assert recorded().count("vault.opened_to_hand_over") == 1
    assert (opened[0].about, opened[0].detail) == (
        str(heron.identity_safe_id),
        "identity: Ministry of the Interior",
    )
