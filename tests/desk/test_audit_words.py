import re
from pathlib import Path

import pytest

from cases.desk.audit_words import GROUPS, actions_of, sentence

ROOT = Path(__file__).resolve().parents[2]
RECORDED = re.compile(r"""\brecord\(\s*"([a-z_]+\.[a-z_]+)\"""")


def recorded_in_the_code():
    sources = "\n".join(path.read_text() for path in sorted((ROOT / "cases").rglob("*.py")))
    return set(RECORDED.findall(sources))


def test_every_action_that_is_recorded_has_a_sentence():
    known = {action for group in GROUPS for action in actions_of(group)}

    assert len(recorded_in_the_code()) > 40
    assert recorded_in_the_code() - known == set()


def test_every_group_holds_something():
    assert [group for group in GROUPS if not actions_of(group)] == []


@pytest.mark.parametrize(
    ("action", "about", "detail", "said"),
    [
        ("vault.opened", "Lotus 47", "identity: To call", "opened the name of Lotus 47 — To call"),
        ("vault.opened", "Lotus 47", "contact: x", "opened the contact card of Lotus 47 — x"),
        ("vault.opened", "Lotus 47", "strange: x", "opened what is sealed of Lotus 47 — strange: x"),
        ("vault.opened", "Lotus 47", f"file-{32 * 'a'}: To check", "opened a file of Lotus 47 — To check"),
        ("vault.opened", "", "identity: x", "opened the name of somebody — x"),
        (
            "applicants.stage_moved",
            "Lotus 47",
            "Lotus 47: intake to vetting",
            "moved Lotus 47 to another stage — intake to vetting",
        ),
        ("vault.unlocked", "", "", "unlocked"),
        (
            "vault.sealed",
            "Lotus 47",
            "identity 2, digest " + 64 * "a",
            "sealed something of Lotus 47 — identity 2",
        ),
        ("later.action", "x", "y", "later.action — y"),
        ("later.action", "", "100 % sure", "later.action — 100 % sure"),
        ("staff.invited", "50%s", "", "invited 50%s"),
    ],
)
def test_a_row_reads_as_a_sentence(action, about, detail, said):
    assert sentence(action, about, detail) == said
