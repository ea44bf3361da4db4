"""Who has which user name, where nobody can log in to look."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from cases.staff.models import User
from cases.staff.roles import Role
from cases.vault import operations
from tests.staff.factories import make_person
from tests.vault.colleagues import make_known

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(capsys):
    def rows():
        call_command("colleagues")
        lines = [line.split("  ") for line in capsys.readouterr().out.splitlines()]
        return {line[0]: [cell.strip() for cell in line[1:] if cell.strip()] for line in lines}

    return rows


def test_each_account_with_its_roles_its_state_and_its_key(vault, listed):
    anna, boris, clara, dora = (
        make_person(name, [Role.CASEWORKER]) for name in ("anna", "boris", "clara", "dora")
    )
    for user in (anna, boris):
        operations.set_up(user=user, language="en")
    make_known(anna)
    User.objects.filter(pk=clara.pk).update(frozen_at=timezone.now())
    User.objects.filter(pk=dora.pk).update(is_active=False)

    expected = {
        "user name": ["roles", "account", "key"],
        "anna": ["caseworker", "open", "known"],
        "boris": ["caseworker", "open", "words not compared"],
        "clara": ["caseworker", "open, frozen", "none yet"],
        "dora": ["-", "closed", "none yet"],
    }
    rows = listed()

    assert {**rows, **expected} == rows
