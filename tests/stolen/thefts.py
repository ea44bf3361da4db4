"""Attacks with stolen goods. Each says what it opened; with the missing piece added, the same code opens it."""

from itertools import combinations
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from shamir_mnemonic import cipher
from shamir_mnemonic.shamir import RawShare, Share, _interpolate

from cases.vault import operations as vault
from cases.vault import unlock
from cases.vault.models import DutyRequest
from tests.canary.database import plain_dump
from tests.stolen.attacker import Loot, root_of_shares
from tests.stolen.table import Number
from tests.stolen.world import OFFICERS, PEOPLE, THRESHOLD, UNLOCKED, truth, unlock_in_browser

DUMP, CONFIGURATION = "dump", "dump, configuration and pepper"


def steal(folder, *, pepper=False, memory=False):
    """Take the dump as pg_dump writes it, and what else is asked for, as it lies there."""
    path = Path(folder) / "stolen.sql"
    path.write_bytes(plain_dump())
    loot = Loot.of_dump(path)
    if pepper:
        loot.pepper = bytes.fromhex(Path(settings.PEPPER_FILE).read_text())
        files = [Path(settings.ORGANISATION_KEY_FILE).read_text().strip()]
        words = [settings.SECRET_KEY, settings.DATABASES["default"]["PASSWORD"] or "-", *files]
        loot.secrets = [word.encode() for word in words]
    if memory:
        folder = Path(settings.RUNTIME_DIR)
        loot.memory = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    return loot


def right(world, loot, safes, expected=None):
    """How many documents open; one that says something else than the truth is a fault of the attack itself."""
    known = truth(world) if expected is None else expected
    found = loot.contents(safes)
    assert all(known[pk] == content for pk, content in found.items())
    return len(found)


def dump_alone(world, folder):
    return _by_trying("the dump alone", world, steal(folder))


def configuration_too(world, folder):
    return _by_trying("dump, configuration and pepper", world, steal(folder, pepper=True))


def _by_trying(name, world, loot):
    """Everything in the loot tried as a key; planted: the root of the organisation among it."""
    known, candidates = truth(world), loot.candidates()
    safes = loot.safes_by_trying(candidates)
    root = root_of_shares(world.papers[:THRESHOLD])
    planted = loot.safes_by_trying([*candidates[:50], root])
    opened = right(world, loot, safes, known)
    return Number(
        name, len(candidates), opened, len(known), 0, right(world, loot, planted, known), len(known)
    )


def guessed_words(world, folder, guesses):
    """Words of the right list and number, drawn as the program draws them; planted: the true ones among them."""
    from cases.vault.passphrase import generate

    loot, user = steal(folder, pepper=True), world.people["boris"]
    words = [generate("en") for _ in range(guesses)]
    found = {}
    for guess in words:
        if root := loot.root_behind_words(user.pk, guess):
            found |= loot.safes_of_person(user.pk, root)
    root = loot.root_behind_words(user.pk, world.words["boris"])
    planted = right(world, loot, loot.safes_of_person(user.pk, root))
    own, known = truth(world, "boris"), truth(world)
    name = "the same, and guessed passphrases"
    return Number(name, guesses, right(world, loot, found), len(known), 0, planted, len(own))


def passphrases(world, folder, *, pepper):
    """Every colleague's passphrase in turn: exactly what that colleague opens, or without the pepper nothing."""
    loot, known = steal(folder, pepper=True), truth(world)
    kept = loot.pepper
    opened = allowed = 0
    for name in PEOPLE:
        user, own = world.people[name], truth(world, name)
        loot.pepper = kept if pepper else None
        loot.secrets = loot.secrets if pepper else []
        root = loot.root_behind_words(user.pk, world.words[name])
        safes = loot.safes_of_person(user.pk, root) if root else {}
        found = loot.contents(safes)
        assert not pepper or found == own
        opened, allowed = opened + right(world, loot, safes, known), allowed + len(own)
        # Whatever one's words open, it is no other colleague's key.
        others = [other for other in PEOPLE if other != name]
        assert all(not loot.safes_of_person(world.people[it].pk, root) for it in others if root)
    if pepper:
        name = "dump, pepper and one colleague's passphrase (each of them in turn)"
        return Number(name, len(PEOPLE), opened, len(PEOPLE) * len(known), allowed, opened, allowed)
    roots = {
        name: loot.root_behind_words(world.people[name].pk, world.words[name], pepper=kept) for name in PEOPLE
    }
    planted = sum(
        right(world, loot, loot.safes_of_person(world.people[it].pk, roots[it]), known) for it in PEOPLE
    )
    name = "dump and one colleague's passphrase, without the pepper"
    return Number(name, len(PEOPLE), opened, len(PEOPLE) * len(known), 0, planted, allowed)


def sessions_of(loot):
    """What the thief reads with the stolen secret key in the tables of sessions: every text as a possible cookie."""
    texts = {
        column for name in ("django_session", "cache") for row in loot.rows[name] for column in row.values()
    }
    for session in Session.objects.all():
        texts |= {str(value) for value in session.get_decoded().values()}
    return [text.encode() for text in texts]


def while_unlocked(world, folder):
    """Three colleagues are logged in and unlocked; the disk, and the folder in memory on top of it, are taken."""
    cookies = _unlock_three(world)
    loot, known = steal(folder, pepper=True, memory=True), truth(world)
    tried = [*sessions_of(loot), *loot.candidates()]
    opened = _opened_in_memory(world, loot, tried, known)
    planted = _opened_in_memory(world, loot, cookies["boris"], known)
    name = "dump, configuration, pepper, disk and memory folder while three are unlocked"
    return Number(name, len(tried), opened, len(known), 0, planted, len(truth(world, "boris")))


def without_memory(world, folder):
    """The disk alone, with a cookie that is good still: what is unlocked lies in memory only."""
    cookies = _unlock_three(world)
    loot, known = steal(folder, pepper=True), truth(world)
    tried = [cookie for one in cookies.values() for cookie in one]
    opened = _opened_in_memory(world, loot, tried, known)
    planted = _opened_in_memory(world, steal(folder, pepper=True, memory=True), tried, known)
    name = "dump, configuration, pepper, disk (the machine is off) and three living cookies"
    return Number(name, len(tried), opened, len(known), 0, planted, len(_of_three(world)))


def expired_cookies(world, folder):
    """Cookies of unlocks that ended: by another unlock, by the lock, by their time."""
    replaced, locked, over = (_unlock_three(world) for _ in range(3))
    over |= {"eva": [unlock_in_browser(world, "eva")]}
    vault.lock(user=world.people["ana"])
    # Later than the longest unlock; the worker's timetable and every unlock of anybody clear away.
    with mock.patch.object(unlock, "boottime", _later):
        unlock.clear_away()
        living = unlock_in_browser(world, "boris")
        loot = steal(folder, pepper=True, memory=True)
    known = truth(world)
    tried = [cookie for some in (replaced, locked, over) for one in some.values() for cookie in one]
    opened = _opened_in_memory(world, loot, tried, known)
    planted = _opened_in_memory(world, loot, [living], known)
    name = "that, and expired cookies"
    return Number(name, len(tried), opened, len(known), 0, planted, len(truth(world, "boris")))


_boottime = unlock.boottime


def _later():
    return _boottime() + settings.VAULT["unlock_absolute"] + 1


def _unlock_three(world):
    cookies = {}
    for name in UNLOCKED:
        Client().force_login(world.people[name])
        cookies[name] = [unlock_in_browser(world, name)]
    return cookies


def _of_three(world):
    return {pk for name in UNLOCKED for pk in truth(world, name)}


def _opened_in_memory(world, loot, cookies, known):
    safes = {}
    for user, root in loot.roots_in_memory(cookies).items():
        safes |= loot.safes_of_person(user, root)
    return right(world, loot, safes, known)


def too_few_shares(world, folder):
    """Every choice of one share less than needed, as the library refuses it and as it is forced together by hand."""
    loot, known, found = steal(folder, pepper=True), truth(world), {}
    choices = list(combinations(world.papers, THRESHOLD - 1))
    for choice in choices:
        for root in filter(None, (root_of_shares(choice), *forced(choice))):
            found |= loot.safes_by_trying([root])
    enough = loot.safes_of_organisation(root_of_shares(world.papers[:THRESHOLD]))
    opened, planted = right(world, loot, found, known), right(world, loot, enough, known)
    name = f"dump, pepper and {THRESHOLD - 1} of the {THRESHOLD} shares that are needed"
    return Number(name, len(choices), opened, len(known), 0, planted, len(known))


def enough_shares(world, folder):
    """Every choice of as many as needed, with the dump alone: this is what the paper is for."""
    loot, known = steal(folder), truth(world)
    choices = list(combinations(world.papers, THRESHOLD))
    opened = [
        right(world, loot, loot.safes_of_organisation(root_of_shares(choice)), known) for choice in choices
    ]
    name = f"dump alone and {THRESHOLD} shares"
    return Number(name, len(choices), min(opened), len(known), len(known), max(opened), len(known))


def forced(papers):
    """What comes out when the check of the number is left out, and the points are taken for all there are."""
    shares = [Share.from_mnemonic(paper) for paper in papers]
    points = [RawShare(share.index, share.value) for share in shares]
    one = shares[0]
    sealed = [_interpolate(points, place) for place in (255, 254)] + [share.value for share in shares]
    for secret in sealed:
        yield cipher.decrypt(secret, b"", one.iteration_exponent, one.identifier, one.extendable)


def officers(world, folder, *, together):
    """The passphrases of one duty officer, or of two, with dump and pepper; no request waits."""
    DutyRequest.objects.all().delete()
    loot, known = steal(folder, pepper=True), truth(world)
    roots = {
        world.people[name].pk: loot.root_behind_words(world.people[name].pk, world.words[name])
        for name in OFFICERS
    }
    open_with = lambda some: right(world, loot, _safes_of_pair(loot, {pk: roots[pk] for pk in some}), known)  # noqa: E731
    ones, pairs = [[pk] for pk in roots], list(combinations(roots, 2))
    alone, both = [open_with(one) for one in ones], [open_with(pair) for pair in pairs]
    if together:
        name = "dump, pepper and two duty officers"
        return Number(name, len(pairs), min(both), len(known), len(known), max(both), len(known))
    name = "dump, pepper and one duty officer, beyond the own names"
    return Number(name, len(ones), max(alone), len(known), 0, min(both), len(known))


def officer_while_a_request_waits(world, folder):
    """One officer has asked, and another's passphrase is stolen before it is answered: that one could approve."""
    asker, other = world.people["ana"], world.people["fay"]
    fields = {"kind": "open", "colleague": world.people["gus"], "safe": world.cases[1].identity_safe}
    asked = vault.ask_duty(**fields, reason="a trial", unlocked=world.unlocked["ana"], by=asker)
    waiting, known = steal(folder, pepper=True), truth(world)
    root = waiting.root_behind_words(other.pk, world.words["fay"])
    with_request = right(world, waiting, _safes_of_pair(waiting, {other.pk: root}), known)
    vault.refuse_duty(request=asked, by=asker)
    answered = steal(folder, pepper=True)
    opened = right(world, answered, _safes_of_pair(answered, {other.pk: root}), known)
    name = "the same after a request to that officer was answered (planted: while it waits)"
    return Number(name, 1, opened, len(known), 0, with_request, len(known))


def _safes_of_pair(loot, roots):
    root = loot.root_of_pair(roots)
    return loot.safes_of_organisation(root) if root else {}
