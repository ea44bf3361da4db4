import re
import shutil
import tempfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from shamir_mnemonic import combine_mnemonics

from cases.staff.models import Organisation, User
from cases.staff.queries import find_invitation
from cases.staff.roles import Role
from cases.vault.envelope import KeyPair
from cases.vault.models import OrganisationKey
from ngo.controls import missing_controls, share_rule
from tests.staff.factories import make_organisation
from tests.vault.colleagues import CHEAP

pytestmark = pytest.mark.django_db

ANSWERS = {
    "name": "Safe Road",
    "people": 4,
    "administrator": "mira",
    "full_name": "Mira",
    "address": "https://c.invalid/",
}


@pytest.fixture(autouse=True)
def production(settings, tmp_path):
    settings.DEMO, settings.PRODUCTION = False, True
    settings.PEPPER_FILE, settings.ORGANISATION_KEY_FILE = tmp_path / "pepper", tmp_path / "organisation.pub"
    settings.RUNTIME_DIR = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="safe-conduct-test-"))
    settings.VAULT = settings.VAULT | CHEAP
    yield
    shutil.rmtree(settings.RUNTIME_DIR)


def set_up(**changes):
    said = StringIO()
    call_command("setup_organisation", stdout=said, **(ANSWERS | changes))
    return said.getvalue()


def test_it_makes_organisation_administrator_pepper_and_key(settings):
    said = set_up()

    assert Organisation.objects.get().kind == "real"
    assert User.objects.get().roles == {Role.ADMINISTRATOR}
    assert settings.PEPPER_FILE.stat().st_mode & 0o777 == 0o600
    [token] = re.findall(r"https://c\.invalid/join/([^/\s]+)/", said)
    assert find_invitation(token).user.username == "mira"


def test_the_printed_shares_open_the_organisation_key():
    shares = re.findall(r"Share \d of \d \(any 2 of them are enough\)\n  (.+)", set_up())

    assert len(shares) == 3
    root = combine_mnemonics(shares[1:])
    assert KeyPair.from_root(root).public.raw == bytes(OrganisationKey.objects.get().public_key)


def test_it_says_what_cannot_work_with_so_few():
    said = set_up()

    assert "With 4 people these controls cannot work:" in said
    assert "Two vetting officers who vote without seeing each other" in said


def test_a_second_time_changes_nothing():
    set_up()
    key = bytes(OrganisationKey.objects.get().public_key)

    with pytest.raises(CommandError, match="already belongs"):
        set_up(name="Another")

    assert Organisation.objects.get().name == "Safe Road"
    assert bytes(OrganisationKey.objects.get().public_key) == key


def test_a_demo_stays_a_demo():
    make_organisation("demo")

    with pytest.raises(CommandError, match="already belongs"):
        set_up()


def test_the_demo_mode_sets_up_nothing_real(settings):
    settings.DEMO = True

    with pytest.raises(CommandError, match="SAFE_CONDUCT_MODE=production"):
        set_up()

    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("answer", "said"),
    [({"people": 0}, "from 1 to 10000"), ({"name": " "}, "called"), ({"administrator": ""}, "User name")],
)
def test_a_bad_answer_is_named_and_nothing_is_made(settings, answer, said):
    with pytest.raises(CommandError, match=said):
        set_up(**answer)

    assert not Organisation.objects.exists()
    assert not settings.PEPPER_FILE.exists()


@pytest.mark.parametrize(("people", "rule"), [(1, (2, 3)), (4, (2, 3)), (5, (3, 5)), (50, (3, 5))])
def test_how_many_shares(people, rule):
    assert share_rule(people) == rule


def test_the_more_people_the_fewer_controls_are_missing():
    missing = [len(missing_controls(people)) for people in range(1, 8)]

    assert missing == sorted(missing, reverse=True)
    assert missing[-1] == 0
