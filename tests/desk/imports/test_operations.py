import pytest

from cases.applicants.models import Applicant, UsedPseudonym
from cases.applicants.refusals import PseudonymTaken
from cases.audit.models import Entry
from cases.desk.imports.operations import Source, take_in
from cases.desk.imports.people import Person
from cases.names.pseudonyms import is_pseudonym
from cases.staff.models import random_id
from cases.vault import operations as vault
from cases.vault.models import Safe
from cases.vault.queries import item_of

SOURCE = Source(random_id(), "a" * 32)


def person(row, pseudonym="", **fields):
    identity = {"name": f"Зимин Иван {row}", "other_names": ["Iwan"], "birth_date": "1974"}
    return Person(row, pseudonym, "contract", "KZ", "signal", identity=identity, **fields)


def imports():
    return list(Entry.objects.filter(action="desk.imported").order_by("id").values_list("detail", flat=True))


def test_people_are_registered_with_their_names_sealed(world, claire):
    taken = take_in(
        people=[person(2, "Lotus 47", needs="insulin", languages=["ru"]), person(5)],
        source=SOURCE,
        team=world.team,
        by=claire,
    )
    first, second = (Applicant.objects.get(pk=one.id) for one in taken)
    unlocked = vault.unlock(user=world.people["ana"], passphrase=world.words["ana"])
    opened = vault.open_quietly(
        items=[item_of(first.identity_safe, "identity")],
        purpose="test",
        unlocked=unlocked,
        by=world.people["ana"],
    )

    assert [one.row for one in taken] == [2, 5]
    assert (first.pseudonym, first.owner, first.team, first.special_needs, first.languages) == (
        "Lotus 47",
        claire,
        world.team,
        "insulin",
        ["ru"],
    )
    assert is_pseudonym(second.pseudonym)
    assert [content["name"] for content in opened.values()] == ["Зимин Иван 2"]
    assert imports() == ["2 people"]


def test_the_same_file_from_the_same_form_is_taken_in_once(world, claire):
    people = [person(2, "Lotus 47"), person(3)]

    first = take_in(people=people, source=SOURCE, team=world.team, by=claire)
    second = take_in(people=people, source=SOURCE, team=world.team, by=claire)

    assert second == first
    assert Applicant.objects.count() == 2
    assert Safe.objects.count() == 4
    assert imports() == ["2 people"]


def test_more_rows_of_the_same_file_can_follow(world, claire):
    take_in(people=[person(2)], source=SOURCE, team=world.team, by=claire)
    take_in(people=[person(2), person(3), person(4)], source=SOURCE, team=world.team, by=claire)

    assert Applicant.objects.count() == 3
    assert imports() == ["1 people", "2 people"]


def test_another_file_or_another_form_makes_other_people(world, claire):
    ids = {
        source.person_id(row)
        for source in (SOURCE, Source(SOURCE.import_id, "b" * 32), Source(random_id(), SOURCE.digest))
        for row in (2, 3)
    }

    assert len(ids) == 6


def test_if_one_cannot_be_registered_none_is(world, claire):
    UsedPseudonym.objects.create(pseudonym="Panda 12")

    with pytest.raises(PseudonymTaken):
        take_in(
            people=[person(2, "Lotus 47"), person(3, "Panda 12")], source=SOURCE, team=world.team, by=claire
        )

    assert Applicant.objects.count() == 0
    assert Safe.objects.count() == 0
    assert not UsedPseudonym.objects.filter(pseudonym="Lotus 47").exists()
    assert imports() == []


def test_a_failure_in_the_middle_leaves_nothing(world, claire):
    def line_breaks(done):
        raise ConnectionError

    with pytest.raises(ConnectionError):
        take_in(
            people=[person(2), person(3)], source=SOURCE, team=world.team, by=claire, progress=line_breaks
        )

    assert Applicant.objects.count() == 0
    assert Safe.objects.count() == 0


def test_progress_is_told_to_the_end(world, claire):
    told = []

    take_in(people=[person(2), person(3)], source=SOURCE, team=world.team, by=claire, progress=told.append)

    assert told[-1] == 2
