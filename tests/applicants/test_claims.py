"""A case that somebody with an SQL prompt points at another safe is refused: each safe knows for whom it was made."""

import pytest
from django.db.models import F

from cases.applicants import operations
from cases.applicants.claims import owner_of_safe, owners_of_safes
from cases.applicants.models import Applicant
from cases.audit.models import Entry
from cases.vault import operations as vault
from cases.vault import owners, queries
from cases.vault.models import Safe
from cases.vault.refusals import SafeMoved
from tests.world import register, small_world

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def world(db, settings, tmp_path):
    with small_world(settings, tmp_path) as world:
        world.cases = register(world, [({"name": "Иван Зимин"}, {}), ({"name": "Анна Летова"}, {})])
        world.claire = world.people["claire"]
        world.unlocked = vault.unlock(user=world.claire, passphrase=world.words["claire"])
        yield world


def exchange(one, other, column="identity_safe"):
    """As an attacker would, who reads the safe of `other` and waits for the name of `one`."""
    first, second = getattr(one, f"{column}_id"), getattr(other, f"{column}_id")
    spare = Safe.objects.create(kind="identity", public_key=b"x", mac=b"x", organisation_wrap=bytes(100))
    Applicant.objects.filter(pk=one.pk).update(**{column: spare})
    Applicant.objects.filter(pk=other.pk).update(**{column: first})
    Applicant.objects.filter(pk=one.pk).update(**{column: second})


def read(world, safe):
    item = queries.item_of(safe, "identity")
    return vault.open_item(item=item, reason="x", unlocked=world.unlocked, by=world.claire)


def test_in_its_place_everything_opens(world):
    assert [read(world, case.identity_safe)["name"] for case in world.cases] == ["Иван Зимин", "Анна Летова"]


def test_nothing_is_sealed_into_the_safe_of_another(world):
    exchange(*world.cases)

    with pytest.raises(SafeMoved):
        operations.seal_identity(
            applicant=Applicant.objects.get(pk=world.cases[0].pk), identity={"name": "Пётр"}, by=world.claire
        )
    assert Safe.objects.get(pk=world.cases[1].identity_safe_id).items.count() == 1


def test_nor_opened(world):
    exchange(*world.cases)

    for case in world.cases:
        with pytest.raises(SafeMoved):
            read(world, case.identity_safe)


def test_nor_given_on(world):
    exchange(*world.cases)

    with pytest.raises(SafeMoved):
        vault.give_access(
            safe=world.cases[1].identity_safe,
            to=world.people["viktor"],
            unlocked=world.unlocked,
            by=world.claire,
            reason="x",
        )


def test_a_list_leaves_it_out_and_records_it(world):
    items = [queries.item_of(case.identity_safe, "identity") for case in world.cases]
    third = register_one(world)
    exchange(*world.cases)
    found = vault.open_quietly(items=[*items, third], purpose="x", unlocked=world.unlocked, by=world.claire)

    assert found.keys() == {third.pk}
    assert Entry.objects.latest("id").detail == "SafeMoved"


def register_one(world):
    new = operations.NewApplicant(
        pseudonym="Lotus 300", category="contract", country="KZ", channel="signal", identity={"name": "Пётр"},
        contact={}, owner=world.claire, team=world.team,
    )  # fmt: skip
    [case] = operations.register_applicants(new=[new], by=world.claire)
    return queries.item_of(case.identity_safe, "identity")


def test_nor_are_name_and_account_of_one_case_exchanged(world):
    case = world.cases[0]
    Applicant.objects.filter(pk=case.pk).update(
        identity_safe=F("account_safe"), account_safe=F("identity_safe")
    )

    assert owners.misplaced([case.identity_safe, case.account_safe]) == {
        case.identity_safe_id,
        case.account_safe_id,
    }


def test_the_bond_of_another_safe_does_not_do(world):
    one, other = (case.identity_safe for case in world.cases)
    Safe.objects.filter(pk=other.pk).update(bond=one.bond)
    exchange(*world.cases)

    with pytest.raises(SafeMoved):
        read(world, other)


def test_who_owns_what(world):
    case = world.cases[0]

    assert owners_of_safes([case.identity_safe_id])[case.identity_safe_id] == owner_of_safe(
        case.pk, "identity"
    )
    assert owners_of_safes([case.pk]) == {}


def test_a_case_made_again_with_new_safes_owns_them(world):
    case = world.cases[0]
    Safe.objects.get(pk=case.identity_safe_id).items.all().delete()
    Safe.objects.get(pk=case.identity_safe_id).grants.all().delete()
    operations.seal_identity(applicant=case, identity={"name": "Пётр"}, by=world.claire)

    assert read(world, case.identity_safe)["name"] == "Пётр"
