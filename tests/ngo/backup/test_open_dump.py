"""The way to a name without this program: tried on real dumps, in a process that knows nothing of Django."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from shamir_mnemonic import generate_mnemonics

from cases.applicants.models import Applicant
from cases.vault import operations
from ngo.backup import clients
from tests.vault.colleagues import make_safe

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
SCRIPT = Path(__file__).resolve().parents[3] / "ngo" / "open_dump.py"


@pytest.fixture
def case(world):
    people = world.people
    identity = make_safe(people.ana, people.boris, items={"identity": {"name": "Нестор Незабудкин\t\\."}})
    account = make_safe(people.ana, people.boris, kind="account", items={})
    operations.seal(safe=identity, kind="identity", content={"name": "Нестор Незабудка"}, by=people.ana)
    operations.seal(safe=account, kind="account", content={"unit": "в/ч 12345"}, by=people.ana)
    return Applicant.objects.create(
        pseudonym="Grey Heron",
        identity_safe=identity,
        account_safe=account,
        owner=people.ana,
        category="contract",
    )


@pytest.fixture(params=["custom", "plain"])
def dump(request, case, tmp_path):
    program, _major = clients.program_for("pg_dump", clients.server_major())
    path = tmp_path / "some.dump"
    with path.open("wb") as file:
        command = [program, f"--format={request.param}"]
        subprocess.run(command, env=clients.environment("default"), stdout=file, check=True)
    return path


def open_dump(dump, *more, typed=()):
    restoring, _major = clients.program_for(
        "pg_restore", clients.program_for("pg_dump", clients.server_major())[1]
    )
    return subprocess.run(
        [sys.executable, "-I", SCRIPT, dump, *more],
        input="".join(f"{line}\n" for line in typed),
        capture_output=True,
        text=True,
        cwd="/",
        env={"PATH": f"{restoring.parent}:/usr/bin:/bin", "PYTHONUTF8": "1"},
        check=False,
    )


def test_two_shares_open_a_name_and_what_happened(world, dump):
    done = open_dump(dump, "Grey Heron", typed=[world.papers[1], world.papers[0]])

    assert done.stderr == ""
    assert 'identity identity 2 {"name": "Нестор Незабудка"}' in done.stdout
    assert 'identity identity 1 {"name": "Нестор Незабудкин\\t\\\\."}' in done.stdout
    assert 'account account 1 {"unit": "в/ч 12345"}' in done.stdout
    assert done.stdout.index("identity identity 2") < done.stdout.index("identity identity 1")


def test_the_cases_are_listed_without_any_share(dump):
    assert open_dump(dump).stderr == "Cases:\nGrey Heron\n"


def test_one_share_opens_nothing(world, dump):
    done = open_dump(dump, "Grey Heron", typed=[world.papers[0]])

    assert done.returncode
    assert "Незабудк" not in done.stdout


def test_shares_of_another_organisation_open_nothing(dump):
    [others] = generate_mnemonics(1, [(2, 3)], bytes(range(32)))

    done = open_dump(dump, "Grey Heron", typed=others[:2])

    assert done.returncode
    assert "Незабудк" not in done.stdout


def test_it_is_short_and_needs_two_libraries():
    text = SCRIPT.read_text()
    imported = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            imported |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module.partition(".")[0])

    assert len(text.splitlines()) < 80
    assert imported - set(sys.stdlib_module_names) == {"cryptography", "shamir_mnemonic"}
