"""What one invented man tells, what was verified and what is public; who was heard, and what does not fit together."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cases.applicants.models import Applicant
from cases.staff.models import User, random_id
from cases.vetting.models import Interview, InterviewFrame
from cases.vetting.operations.evidence import add_link
from cases.vetting.operations.interviews import add_interview, write_interview
from cases.vetting.operations.questions import raise_question
from cases.vetting.operations.referees import add_referee
from cases.vetting.operations.service import add_entry

_UNIT = {"unit_name": "64-я омсбр", "branch": "ground"}
# Account, kind, what it says.
ENTRIES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("own", "call_up", {"on": "2021-10", "how": "contract", "place": "Хабаровск", "by_whom": "пункт отбора"}),
    ("own", "period", {"from": "2021-10", "to": "2022-02", **_UNIT, "place": "Князе-Волконское", "role": "связист"}),
    (
        "own",
        "period",
        {
            "from": "2022-02-24",
            "to": "2022-04",
            **_UNIT,
            "unit_spellings": ["64th Separate Motorised Rifle Brigade"],
            "place": "Гостомель",
            "rank": "рядовой",
            "role": "связист",
            "note": "Был у рации в штабной машине.",
        },
    ),
    ("own", "period", {"from": "2022-07", "to": "2022-09", "unit_name": "госпиталь", "place": "Хабаровск"}),
    ("own", "leaving", {"on": "2022-09-14", "how": "leave", "route": "Омск, Петропавловск", "papers": "отпускной билет"}),
    ("own", "refusal", {"proof": "report", "on": "2022-09", "says": "Рапорт об отказе, командир не принял."}),
    (
        "verified",
        "period",
        {"from": "2022-03", "to": "2022-04-10", **_UNIT, "place": "Буча", "note": "По фотографии с датой."},
    ),
    ("verified", "leaving", {"on": "2022-09", "how": "hospital"}),
    (
        "public",
        "charge",
        {"on": "2023-03-02", "article": "337", "part": "5", "stage": "sentenced", "court": "Хабаровский гарнизонный военный суд", "in_absentia": "yes", "sentence": "6 лет"},
    ),
)  # fmt: skip
_WORDS = {
    "period": ("from", "to", "branch", "unit_number", "unit_name", "rank", "role", "weapon", "place", "note"),
    "call_up": ("on", "how", "place", "by_whom", "note"),
    "leaving": ("on", "how", "route", "papers", "note"),
    "refusal": ("proof", "on", "says"),
    "charge": ("on", "article", "article_other", "part", "stage", "court", "in_absentia", "sentence", "note"),
}


def tell(case: Applicant, people: Mapping[str, User]) -> None:
    for account, kind, said in ENTRIES:
        content = (
            dict.fromkeys(_WORDS[kind], "") | ({"unit_spellings": []} if kind == "period" else {}) | said
        )
        add_entry(
            id=random_id(), applicant=case, account=account, kind=kind, content=content, by=people["viktor"]
        )
    _hear(case, people)
    raise_question(
        id=random_id(),
        applicant=case,
        kind="contradiction",
        content={
            "about": "Where he was in March 2022",
            "statements": [
                {"text": "He says: in Gostomel, at the radio.", "source": "first interview"},
                {"text": "A photograph shows him in Bucha.", "source": "photograph with a date"},
            ],
        },
        by=people["viktor"],
    )


def _hear(case: Applicant, people: Mapping[str, User]) -> None:
    viktor = people["viktor"]
    add_link(
        id=random_id(),
        applicant=case,
        facts={"checks": ["V04", "V05"]},
        sealed={"title": "Photograph of the staff vehicle", "url": "https://example.org/photograph", "captured_on": _days_ago(12).isoformat()},
        by=viktor,
    )  # fmt: skip
    add_referee(
        id=random_id(),
        applicant=case,
        facts={
            "state": "heard",
            "from_group": False,
            "knows_others": False,
            "reliability": "B",
            "credibility": "2",
        },
        sealed={"name": "A former teacher", "said": "Knows him since school, and that he wanted out."},
        by=viktor,
    )
    frame = InterviewFrame.objects.order_by("pk").first()
    facts = {"frame": frame, "language": "ru", "interviewer": viktor}
    held = facts | {"state": Interview.State.HELD, "held_on": _days_ago(9), "minutes": 120}
    first = add_interview(id=random_id(), applicant=case, facts=held, by=viktor)
    content = {
        "interpreter": "",
        "place": "Signal",
        "present": "",
        "impressions": "Tired, exact about days.",
        "answers": {},
    }
    write_interview(interview=first, content=content, part="0" * 16, basis=None, by=viktor)
    planned = facts | {
        "state": Interview.State.PLANNED,
        "held_on": _days_ago(-4),
        "interviewer": people["ana"],
    }
    add_interview(id=random_id(), applicant=case, facts=planned, by=people["ana"])


def _days_ago(number: int) -> date:
    return timezone.localdate() - timedelta(days=number)
