import io
import re

import pytest
from django.core.management import CommandError, call_command

from cases.audit.models import Entry
from cases.staff.models import Invitation
from cases.staff.queries import find_invitation
from tests.staff.factories import make_person

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def answer(monkeypatch):
    def typed(text):
        monkeypatch.setattr("sys.stdin", Terminal(f"{text}\n"))

    return typed


def test_it_leads_to_a_new_factor(answer, capsys):
    mira = make_person("mira")
    epoch = mira.epoch
    answer("yes")

    call_command("rescue_link", "mira")

    [token] = re.findall(r"/join/(\S+)/", capsys.readouterr().out)
    mira.refresh_from_db()
    assert find_invitation(token).purpose == Invitation.Purpose.FACTOR
    assert mira.epoch == epoch + 1
    entry = Entry.objects.latest("id")
    assert (entry.actor, entry.action, entry.about) == ("system", "staff.link_made", "mira")


def test_it_leads_to_a_new_password(answer, capsys):
    make_person("mira")
    answer("yes")

    call_command("rescue_link", "mira", "--password")

    [token] = re.findall(r"/join/(\S+)/", capsys.readouterr().out)
    assert find_invitation(token).purpose == Invitation.Purpose.PASSWORD


@pytest.mark.parametrize("said", ["", "no", "yes please"])
def test_it_needs_a_yes(answer, said):
    make_person("mira")
    answer(said)

    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("rescue_link", "mira")

    assert not Invitation.objects.exists()


def test_nobody_at_the_terminal(monkeypatch):
    make_person("mira")
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))

    with pytest.raises(CommandError, match="typed at the terminal"):
        call_command("rescue_link", "mira")


@pytest.mark.parametrize("username", ["nobody", "gone"])
def test_no_such_account(answer, username):
    make_person("gone", is_active=False)
    answer("yes")

    with pytest.raises(CommandError, match="no open account"):
        call_command("rescue_link", username)
