from datetime import timedelta

import pytest
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.models import (
    Applicant,
    ApplicantGroupPermission,
    ApplicantUserPermission,
    Deadline,
    UsedPseudonym,
)
from cases.applicants.refusals import IdTaken, NobodyCanOpen, PseudonymTaken, PseudonymTells
from cases.audit.models import Entry
from cases.staff.roles import Role
from cases.vault.models import SealedItem
from cases.vault.operations import open_item
from cases.vault.queries import held_safe_ids, item_of
from tests.applicants.factories import CONTACT, IDENTITY, NAME, make_applicant, new_applicant
from tests.erasing.full_case import ask
from tests.staff.factories import make_person

pytestmark = pytest.mark.django_db


def test_a_person_is_registered_with_everything_that_belongs_to_it(work, recorded):
    new = new_applicant(pseudonym="Grey Heron", identity=IDENTITY, languages=["ru"], urgency=3)

    applicant = operations.register_applicant(new=new, by=work.olga)

    saved = Applicant.objects.get()
    assert saved.pk == applicant.pk == new.id
    assert (saved.pseudonym, saved.category, saved.country.code, saved.channel) == (
        "Grey Heron",
        "contract",
        "KZ",
        "signal",
    )
    assert (saved.owner, saved.team, saved.intake_by) == (work.olga, work.team, work.olga)
    assert (saved.stage, saved.languages, saved.urgency) == ("contact", ["ru"], 3)
    assert saved.name_known
    assert (saved.age_band, saved.next_age_threshold.isoformat()) == ("20-44", "2044-11-01")
    assert UsedPseudonym.objects.filter(pseudonym="Grey Heron").exists()
    assert recorded() == ["vault.safes_made", "applicants.registered"]
    assert Entry.objects.first().about == str(saved.pk)
    assert Entry.objects.first().detail == "Grey Heron, contact"


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_name_can_be_read_again_by_its_readers_only(work):
    applicant = make_applicant(by=work.olga, identity=IDENTITY, contact=CONTACT)

    item = item_of(applicant.identity_safe, "identity")
    opened = open_item(item=item, reason="call", unlocked=work.unlocked(work.tim), by=work.tim)

    assert (opened["name"], opened["birth_date"], opened["patronymic"]) == (NAME, "1999-11-04", "")
    for person in (work.olga, work.tim):
        assert held_safe_ids(person) == {applicant.identity_safe_id, applicant.account_safe_id}
    for person in (work.vera, work.nina, work.cora):
        assert held_safe_ids(person) == set()


def test_the_name_stands_nowhere_in_the_clear(work):
    applicant = make_applicant(by=work.olga, identity=IDENTITY, contact=CONTACT)

    rows = [
        repr(vars(row)) for model in (Applicant, Entry, SealedItem, Deadline) for row in model.objects.all()
    ]
    assert len(rows) > 3
    assert not [row for row in rows if "Кулебякин" in row or "555 01 02" in row or "1999-11-04" in row]
    assert "Кулебякин" not in repr(new_applicant(identity=IDENTITY)) + repr(applicant)


def test_owner_and_team_may_read_and_work(work, applicant):
    people = ApplicantUserPermission.objects.values_list("user__username", "permission__codename")
    teams = ApplicantGroupPermission.objects.values_list("group__team__name", "permission__codename")

    assert set(people) == {("olga.owner", "view_applicant"), ("olga.owner", "work_applicant")}
    assert set(teams) == {("Team East", "view_applicant"), ("Team East", "work_applicant")}


def test_the_first_answer_is_due_in_two_days(work, applicant):
    [deadline] = Deadline.objects.all()

    assert (deadline.rule, deadline.said) == ("applicants.answer", "Answer the first message")
    assert timedelta(hours=47) < deadline.due_at - timezone.now() < timedelta(hours=48)


def test_the_same_form_sent_twice_makes_one_case(work, recorded):
    new = new_applicant(identity=IDENTITY)

    first = operations.register_applicant(new=new, by=work.olga)
    actions = recorded()
    second = operations.register_applicant(new=new, by=work.olga)

    assert first == second == Applicant.objects.get()
    assert SealedItem.objects.count() == 1
    assert recorded() == actions


def test_an_id_of_somebody_elses_case_is_refused(work, applicant):
    with pytest.raises(IdTaken):
        operations.register_applicant(new=new_applicant(id=applicant.pk), by=work.nina)

    assert Applicant.objects.count() == 1


@pytest.mark.parametrize("spelling", ["Grey Heron", "grey heron", "GREY HERON"])
def test_a_pseudonym_is_given_once_for_ever(work, applicant, spelling):
    operations.approve_erasure(erasure=ask(applicant, by=work.olga), by=work.cora)

    with pytest.raises(PseudonymTaken) as refusal:
        make_applicant(by=work.olga, pseudonym=spelling)

    assert refusal.value.pseudonyms == [spelling]
    assert not Applicant.objects.exists()


def test_many_come_in_together_or_not_at_all(work, recorded):
    steps = []
    new = [new_applicant(identity={"name": f"Имя {n}"}, stage="vetting") for n in range(3)]

    made = operations.register_applicants(new=new, by=work.olga, progress=steps.append)

    assert [one.pk for one in made] == [one.id for one in new]
    assert Applicant.objects.filter(stage="vetting", name_known=True).count() == 3
    assert Deadline.objects.filter(rule="applicants.vetting").count() == 3
    assert steps == [3]
    assert recorded() == ["vault.safes_made", "applicants.registered_many"]

    twice = [new_applicant(pseudonym="Twin 10"), new_applicant(pseudonym="twin 10")]
    with pytest.raises(PseudonymTaken) as refusal:
        operations.register_applicants(new=[new_applicant(), *twice], by=work.olga)
    assert refusal.value.pseudonyms == ["Twin 10", "twin 10"]
    assert Applicant.objects.count() == 3


@pytest.mark.parametrize("number", [1, 3])
def test_taking_in_many_costs_no_more_queries_than_one(work, number, django_assert_num_queries):
    new = [new_applicant(identity=IDENTITY) for _ in range(number)]

    with django_assert_num_queries(30):
        operations.register_applicants(new=new, by=work.olga)


def test_owner_and_team_can_be_said(work):
    applicant = make_applicant(by=work.cora, owner=work.nina, team=work.team, identity=IDENTITY)

    assert (applicant.owner, applicant.team, applicant.intake_by) == (work.nina, work.team, work.cora)
    for person in (work.nina, work.olga, work.tim, work.cora):
        assert applicant.identity_safe_id in held_safe_ids(person)


def test_a_name_that_nobody_could_open_is_not_taken_in(work):
    keyless = make_person("Kim Keyless", [Role.INTAKE])

    with pytest.raises(NobodyCanOpen):
        make_applicant(by=keyless, identity=IDENTITY)

    assert not Applicant.objects.exists()
    assert make_applicant(by=keyless).name_known is False


@pytest.mark.parametrize(
    "identity",
    [
        {"name": "Ольга Цаплина", "other_names": ["Грей Херон"]},
        {"latin_name": "HERON"},
        {"family_name": "Херон"},
    ],
)
def test_a_pseudonym_that_tells_the_name_registers_nobody(work, identity, recorded):
    new = [new_applicant(pseudonym="Lotus 47"), new_applicant(pseudonym="Grey Heron", identity=identity)]

    with pytest.raises(PseudonymTells) as refusal:
        operations.register_applicants(new=new, by=work.olga)

    assert "Heron" not in str(refusal.value)
    assert (Applicant.objects.count(), UsedPseudonym.objects.count(), recorded()) == (0, 0, [])
