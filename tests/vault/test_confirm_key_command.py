import io

import pytest
from django.core.management import CommandError, call_command

from cases.vault import operations, queries
from tests.vault.colleagues import make_colleague

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def first(vault):
    first = make_colleague("first")
    operations.set_up(user=first, language="en")
    return first


def said(monkeypatch, username, answer):
    monkeypatch.setattr("sys.stdin", Terminal(f"{answer}\n"))
    out = io.StringIO()
    call_command("confirm_key", username, stdout=out)
    return out.getvalue()


def test_a_yes_makes_the_first_one_known(first, monkeypatch, recorded):
    text = said(monkeypatch, "first", "yes")

    assert all(words in text for _, words in queries.fingerprints_of(queries.keyring_of(first)))
    assert queries.may_confirm(first)
    assert recorded()[-1] == "vault.key_confirmed"


@pytest.mark.parametrize("answer", ["", "no", "y"])
def test_anything_else_changes_nothing(first, monkeypatch, answer):
    with pytest.raises(CommandError, match="Nothing was changed"):
        said(monkeypatch, "first", answer)

    assert not queries.may_confirm(first)


def test_without_a_terminal_nothing_is_changed(first, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))

    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("confirm_key", "first", stdout=io.StringIO())


def test_a_known_key_needs_nothing(first, monkeypatch):
    said(monkeypatch, "first", "yes")

    assert "known already" in said(monkeypatch, "first", "")


def test_nobody_of_that_name(vault, monkeypatch):
    with pytest.raises(CommandError, match="no colleague nobody who has a vault"):
        said(monkeypatch, "nobody", "yes")
