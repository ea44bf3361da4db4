"""The organisation that is robbed: colleagues of whom each opens some names only, and duty officers."""

from types import SimpleNamespace

from django.conf import settings
from django.http import HttpResponse
from shamir_mnemonic import combine_mnemonics

from cases.applicants import operations as applicants
from cases.applicants.operations import NewApplicant
from cases.staff.models import Organisation, random_id
from cases.staff.roles import Role
from cases.vault import operations as vault
from cases.vault import organisation, pepper, unlock
from cases.vault.models import Safe, SealedItem
from tests.staff.factories import make_organisation, make_person, make_team
from tests.vault.colleagues import make_known

THRESHOLD, SHARES = 3, 5
# Who opens the names of which team; Fay and Gus open none, and Fay is a duty officer with Ana and Eva.
TEAMS = (("ana", "boris"), ("boris", "clara", "dan"), ("dan", "eva"), ("eva", "ana"))
PEOPLE = ("ana", "boris", "clara", "dan", "eva", "fay", "gus")
OFFICERS = ("ana", "eva", "fay")
UNLOCKED = ("ana", "boris", "eva")


def make_world(number):
    """`number` people in four teams, each with three sealed documents; two of them were corrected once."""
    if not Organisation.objects.exists():
        make_organisation()
    pepper.create()
    # The judge of the exchanges opens more people than anybody may in a day.
    settings.VAULT = settings.VAULT | {"daily_budget": 10_000}
    world = SimpleNamespace(people={}, words={}, sheets={}, unlocked={}, documents={}, cases=[])
    world.papers = organisation.create(threshold=THRESHOLD, shares=SHARES, by=None)
    for name in PEOPLE:
        world.people[name] = make_person(name.title(), [Role.CASEWORKER, Role.INTAKE])
        made = vault.set_up(user=world.people[name], language="en")
        world.words[name], world.sheets[name] = made.passphrase, made.sheet_code
        make_known(world.people[name])
        world.unlocked[name] = vault.unlock(user=world.people[name], passphrase=world.words[name])
    teams = [_team(world, place, names) for place, names in enumerate(TEAMS)]
    for place in range(number):
        world.cases.append(_register(world, place, teams[place % len(teams)], TEAMS[place % len(teams)]))
    root = combine_mnemonics(world.papers[:THRESHOLD])
    vault.name_officers(users=[world.people[name] for name in OFFICERS], root=root)
    return world


def _team(world, place, names):
    holders = [world.people[name] for name in names]
    return make_team(*holders, name=f"Team {place}", holders=holders)


def _register(world, place, team, names):
    owner = world.people[names[0]]
    new = NewApplicant(
        id=random_id(),
        pseudonym=f"Osprey {1000 + place}",
        category="contract",
        country="KZ",
        channel="signal",
        identity={"name": f"Иван Зимородков {place}"},
        contact={"phone": f"+7701{place:07}"},
        owner=owner,
        team=team,
    )
    [case] = applicants.register_applicants(new=[new], by=owner)
    vault.seal(safe=case.account_safe, kind="health", content={"note": f"рана {place}"}, by=owner)
    if place % 2:
        vault.seal(safe=case.identity_safe, kind="contact", content={"phone": f"+7702{place:07}"}, by=owner)
    return case


def truth(world, holder=None):
    """What each item says, read as the program reads it with the organisation's key; of one colleague if wished."""
    from cases.vault import envelope
    from cases.vault.marks import item_info
    from cases.vault.operations.opening import keys_of

    keys = organisation.keys_behind(combine_mnemonics(world.papers[:THRESHOLD]))
    safes = Safe.objects.all() if holder is None else Safe.objects.filter(grants__user=world.people[holder])
    roots = {safe.pk: keys_of(safe, organisation.open_wrap(keys, safe)) for safe in safes}
    items = SealedItem.objects.filter(safe__in=roots)
    opened = lambda it: envelope.open_sealed(roots[it.safe_id], item_info(it), it.envelope)  # noqa: E731
    return {str(item.pk): envelope.unpad(opened(item)) for item in items}


def unlock_in_browser(world, name):
    """As the page does it: a record in the folder in memory, and the secret of the cookie."""
    response, user = HttpResponse(), world.people[name]
    user.refresh_from_db()
    unlock.put(response, SimpleNamespace(user=user), world.unlocked[name])
    [cookie] = response.cookies.values()
    return cookie.value.encode()
