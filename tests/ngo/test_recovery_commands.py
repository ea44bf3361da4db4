"""At the terminal, with shares that are typed; every refusal is a sentence, and nothing is changed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.applicants.models import Applicant
from cases.vault import operations as vault
from cases.vault import pepper, queries
from cases.vault.models import DutyOfficer
from cases.vault.officers import officers
from tests.vault.colleagues import make_known
from tests.world import register, small_world

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def world(db, settings, tmp_path):
    with small_world(settings, tmp_path) as world:
        [world.case] = register(world, [({"name": "Иван Зимин"}, {})])
        yield world


@pytest.fixture
def typed(monkeypatch):
    """Whoever sits at the terminal types these, and then nothing."""
    answers, asked = [], []

    def answer(question):
        asked.append(question)
        return answers.pop(0) if answers else ""

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
    return answers, asked


def run(*command):
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def lose_everything(world, name="claire"):
    words = vault.start_over(user=world.people[name], language="en")
    make_known(world.people[name])
    return words.passphrase


def reads(world, name, passphrase):
    user = world.people[name]
    unlocked = vault.unlock(user=user, passphrase=passphrase)
    item = queries.item_of(Applicant.objects.get().identity_safe, "identity")
    return vault.open_item(item=item, reason="x", unlocked=unlocked, by=user)["name"]


class TestRecover:
    def test_a_colleague(self, world, typed):
        passphrase = lose_everything(world)
        typed[0].extend(world.papers[:2])

        assert "claire (claire) can open 2 sealed parts again" in run("vault_recover", "claire")
        assert reads(world, "claire", passphrase) == "Иван Зимин"

    def test_a_case(self, world, typed):
        typed[0].extend(world.papers[1:])

        said = run("vault_recover", "olga", "--case", world.case.pseudonym.upper())
        assert "olga (olga) can open 2 sealed parts again" in said
        assert reads(world, "olga", world.words["olga"]) == "Иван Зимин"

    def test_a_mistyped_share_is_asked_for_again(self, world, typed):
        lose_everything(world)
        first, second, _third = world.papers
        typed[0].extend([first.replace(first.split()[5], "shoes"), first, first, second])

        run("vault_recover", "claire")
        assert "not in the list of shares" in typed[1][1] or "checksum" in typed[1][1]
        assert "typed already" in typed[1][3]
        assert queries.may_open(world.people["claire"], world.case.identity_safe)

    @pytest.mark.parametrize(
        ("shares", "said"), [(0, "Too few shares: 0"), (1, "Too few shares: 1 of 2")], ids=["none", "one"]
    )
    def test_too_few_shares(self, world, typed, shares, said):
        lose_everything(world)
        typed[0].extend(world.papers[:shares])

        with pytest.raises(CommandError, match=said):
            run("vault_recover", "claire")
        assert not queries.may_open(world.people["claire"], world.case.identity_safe)

    def test_shares_of_another_key(self, world, typed):
        from shamir_mnemonic import generate_mnemonics

        lose_everything(world)
        typed[0].extend(generate_mnemonics(1, [(2, 3)], bytes(range(32)))[0][:2])

        with pytest.raises(CommandError, match="another organisation key"):
            run("vault_recover", "claire")
        assert not queries.may_open(world.people["claire"], world.case.identity_safe)

    def test_a_lost_pepper_is_said_before_anybody_types(self, world, typed, settings):
        settings.PEPPER_FILE.unlink()

        with pytest.raises(CommandError, match="pepper file is missing"):
            run("vault_recover", "claire")
        assert (typed[1], settings.PEPPER_FILE.exists()) == ([], False)

    def test_a_wrong_pepper_too(self, world, typed, settings):
        settings.PEPPER_FILE.unlink()
        pepper.create()

        with pytest.raises(CommandError, match="does not belong to these data"):
            run("vault_recover", "claire")
        assert typed[1] == []

    @pytest.mark.parametrize(
        ("command", "said"),
        [
            (["nobody"], "no open account nobody"),
            (["olga", "--case", "Nobody 1"], "no case"),
            (["claire"], "Start over and reads you the words"),
            (["mira"], "has no vault"),
        ],
    )
    def test_what_cannot_work_is_said_before_anybody_types(self, world, typed, command, said):
        with pytest.raises(CommandError, match=said):
            run("vault_recover", *command)
        assert typed[1] == []

    def test_nobody_at_the_terminal(self, world, monkeypatch):
        lose_everything(world)
        monkeypatch.setattr("sys.stdin.isatty", lambda: False)

        with pytest.raises(CommandError, match="Too few shares"):
            run("vault_recover", "claire")


class TestOfficers:
    def test_named_and_listed(self, world, typed):
        assert run("duty_officers") == "Duty officers: nobody\n"
        typed[0].extend(world.papers[:2])
        run("duty_officers", "ana", "claire")

        assert run("duty_officers") == "Duty officers: ana (ana), claire (claire)\n"

    def test_none(self, world, typed):
        typed[0].extend([*world.papers[:2], *world.papers[1:]])
        run("duty_officers", "ana", "claire")
        run("duty_officers", "--none")

        assert not DutyOfficer.objects.exists()

    @pytest.mark.parametrize(
        ("command", "said"),
        [
            (["ana", "nobody"], "no colleague with the user name nobody"),
            (["ana", "mira"], "has no vault"),
            (["ana", "--none"], "Either"),
        ],
    )
    def test_what_cannot_work(self, world, typed, command, said):
        with pytest.raises(CommandError, match=said):
            run("duty_officers", *command)
        assert typed[1] == []

    @pytest.mark.parametrize("shares", [0, 1])
    def test_too_few_shares_name_nobody(self, world, typed, shares):
        typed[0].extend(world.papers[:shares])

        with pytest.raises(CommandError, match="Too few shares"):
            run("duty_officers", "ana", "claire")
        assert not officers().exists()

    def test_one_alone(self, world, typed):
        typed[0].extend(world.papers[:2])

        with pytest.raises(CommandError, match="two duty officers at least"):
            run("duty_officers", "ana")
