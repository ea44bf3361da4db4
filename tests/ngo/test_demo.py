import shutil
import tempfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.applicants.models import Applicant, Membership
from cases.applicants.queries import applicants_for
from cases.applicants.stages import Stage
from cases.staff.models import Organisation, User
from cases.staff.roles import INCOMPATIBLE, Permission, Role
from cases.vault.operations import unlock
from cases.vault.queries import thin_safes_for
from ngo.demo import load
from ngo.demo.accounts import ACCOUNTS, DemoPassphrases
from tests.staff.factories import make_organisation
from tests.vault.colleagues import CHEAP

pytestmark = pytest.mark.django_db


@pytest.fixture
def folders(settings, tmp_path):
    settings.PEPPER_FILE, settings.ORGANISATION_KEY_FILE = tmp_path / "pepper", tmp_path / "organisation.pub"
    settings.RUNTIME_DIR = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="safe-conduct-test-"))
    settings.DEMO_PASSPHRASES = DemoPassphrases(tmp_path / "passphrases.json")
    settings.VAULT = settings.VAULT | CHEAP
    yield
    shutil.rmtree(settings.RUNTIME_DIR)


@pytest.fixture
def demo(folders):
    load.load()


def test_forty_people_in_many_stages_and_countries(demo):
    stages = set(Applicant.objects.values_list("stage", flat=True))

    assert Applicant.objects.count() == 40
    assert len(stages) >= 20
    assert stages <= set(Stage.values)
    assert Applicant.objects.values("country").distinct().count() >= 6


def test_a_group_of_six_men_and_four_companions(demo):
    ten = Applicant.objects.order_by("created_at")
    companions = Membership.objects.exclude(kinship="principal").filter(applicant__country="KZ")

    assert companions.count() == 4
    assert {one.kinship for one in companions} == {"spouse", "same_sex_partner", "partner", "child"}
    assert ten.filter(category="child").count() == 1


def test_five_accounts_together_may_do_everything(demo):
    people = [User.objects.get(username=account.username) for account in ACCOUNTS]

    assert len(people) == 5
    assert all(any(person.may(permission) for person in people) for permission in Permission)
    assert {role for person in people for role in person.roles} == set(Role)
    assert not any(pair <= person.roles for person in people for pair in INCOMPATIBLE)


def test_one_click_unlocks(demo, settings):
    claire = User.objects.get(username="claire")

    assert unlock(user=claire, passphrase=settings.DEMO_PASSPHRASES.get("claire")).user_id == claire.pk
    assert settings.DEMO_PASSPHRASES.path.stat().st_mode & 0o077 == 0


def test_every_name_can_be_opened_by_two(demo):
    assert not thin_safes_for(User.objects.get(username="claire")).exists()
    assert applicants_for(User.objects.get(username="viktor")).count() == 40
    assert applicants_for(User.objects.get(username="mira")).count() == 0


def test_a_second_time_changes_nothing(demo):
    assert load.load() is False
    assert Applicant.objects.count() == 40


def test_it_never_goes_into_a_real_database(folders):
    make_organisation("real")

    with pytest.raises(CommandError, match="only into a demo database"):
        call_command("load_demo")

    assert not Applicant.objects.exists()


def test_it_never_loads_in_production(folders, settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError):
        call_command("load_demo")

    assert not Organisation.objects.exists()
