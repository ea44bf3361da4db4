import re
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from cases.applicants.forms.opening import Reason
from cases.applicants.stages import Stage
from cases.desk.audit_details import in_words
from cases.desk.audit_words import GROUPS, actions_of, sentence
from cases.staff.roles import Role

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
        (
            "vault.opened",
            "Lotus 47",
            f"service-{32 * 'a'}: x",
            "opened an entry in the service record of Lotus 47 — x",
        ),
        ("vault.opened", "Lotus 47", "check-V01: x", "opened what a check of Lotus 47 found — x"),
        (
            "vault.opened",
            "Lotus 47",
            f"question-{32 * 'a'}: To check",
            "opened a question about Lotus 47 — To check",
        ),
        (
            "vault.sealed",
            "Lotus 47",
            f"question-{32 * 'a'} 2",
            "sealed something of Lotus 47 — question 2",
        ),
        ("vault.opened", "", "identity: x", "opened the name of somebody — x"),
        (
            "applicants.stage_moved",
            "Lotus 47",
            "Lotus 47: intake to vetting",
            "moved Lotus 47 to another stage — Intake → Vetting",
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


@pytest.mark.parametrize(
    ("action", "detail", "said"),
    [
        ("vault.opened", "To call or write to the person", lambda: Reason.CONTACT.label),
        ("applicants.registered", "contact", lambda: Stage.CONTACT.label),
        (
            "applicants.stage_moved",
            "intake to vetting",
            lambda: f"{Stage.INTAKE.label} → {Stage.VETTING.label}",
        ),
        ("staff.role_ended", "vetting", lambda: Role.VETTING.label),
        (
            "staff.account_edited",
            "language, full_name",
            lambda: f"{gettext('language')}, {gettext('name shown to colleagues')}",
        ),
        ("staff.link_made", "password", lambda: gettext("set a new password")),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_details_are_said_in_the_language_of_the_reader(language, action, detail, said):
    with override(language):
        assert in_words(action, detail) == said()
        assert language == "en" or in_words(action, detail) != detail


def test_what_was_typed_follows_the_reason():
    with override("ru"):
        said = in_words("vault.opened", "Another reason: He asked: twice")
        assert said == f"{Reason.OTHER.label}: He asked: twice"


def test_the_day_follows_the_role():
    assert in_words("staff.role_given", "vetting until 2026-12-01") == "Vetting officer until 2026-12-01"


def test_who_was_called_what_is_said():
    said = in_words("staff.account_edited", "language, full_name: Nina: N → Tim Team")
    assert said == "language, name shown to colleagues: Nina: N → Tim Team"


@pytest.mark.parametrize(
    ("action", "detail"),
    [
        ("staff.account_edited", "shoe size"),
        ("vault.opened", "made up: He asked"),
        ("vault.opened", "made up"),
        ("applicants.stage_moved", "a long way to go"),
        ("applicants.stage_moved", "here to there"),
        ("staff.role_given", "king until 2026-12-01"),
        ("vault.access_given", "boris: intake"),
    ],
)
def test_what_is_not_recognised_is_shown_as_it_is_stored(action, detail):
    assert in_words(action, detail) == detail


@pytest.mark.parametrize(
    ("action", "detail", "said"),
    [
        (
            "vault.opened",
            "identity: interview 12: To check who the person was: again",
            "opened the name of Grey Heron — in the interview: To check who the person was: again",
        ),
        (
            "vault.interview_begun",
            "Another reason: x",
            "began an interview with Grey Heron — Another reason: x",
        ),
        (
            "vault.interview_ended",
            "ran out",
            "ended the interview with Grey Heron — because its time was over",
        ),
    ],
)
def test_an_interview_is_said_in_words(action, detail, said):
    assert sentence(action, "Grey Heron", detail) == said
