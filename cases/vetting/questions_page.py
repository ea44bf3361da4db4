"""The questions to a person as a colleague sees them; `content` is what was opened of one, or None."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from cases.vetting.models import Question

_STATES = {
    Question.State.OPEN: ("soon", "question-circle"),
    Question.State.ASKED: ("ink", "hourglass-split"),
    Question.State.ANSWERED: ("ink", "chat-left-text"),
}
_OUTCOMES = {
    Question.Outcome.EXPLAINED: ("safe", "check-lg"),
    Question.Outcome.STANDS: ("danger", "exclamation-triangle"),
    Question.Outcome.WITHDRAWN: ("", "slash-circle"),
}


@dataclass(frozen=True)
class Said:
    text: str
    source: str


@dataclass(frozen=True)
class Row:
    question: Question
    content: Mapping[str, Any] | None

    @property
    def state(self) -> str:
        question = self.question
        return str(question.get_settled_how_display() or question.get_state_display())

    @property
    def tone(self) -> str:
        return self._look[0]

    @property
    def icon(self) -> str:
        return self._look[1]

    @property
    def _look(self) -> tuple[str, str]:
        question = self.question
        if question.settled_how:
            return _OUTCOMES[Question.Outcome(question.settled_how)]
        return _STATES[Question.State(question.state)]

    @property
    def about(self) -> str:
        return str((self.content or {}).get("about", ""))

    @property
    def statements(self) -> list[Said]:
        known = (self.content or {}).get("statements", [])
        return [Said(str(one.get("text", "")), str(one.get("source", ""))) for one in known]

    @property
    def reasons(self) -> list[str]:
        """Why an incident was thought to meet a period of service."""
        reason = (self.content or {}).get("reason", "")
        return [str(one) for one in ([reason] if isinstance(reason, str) else reason) if one]

    @property
    def answers(self) -> list[Said]:
        known = (self.content or {}).get("answers", [])
        return [Said(str(one["text"]), f"{_day(one['on'])}, {one['asked_by']}") for one in known]

    @property
    def assessments(self) -> list[Said]:
        known = (self.content or {}).get("assessments", [])
        return [Said(str(one["text"]), _day(one["on"])) for one in known]


def rows_of(
    questions: Iterable[Question], opened: Mapping[str, Mapping[str, Any]] | None = None
) -> list[Row]:
    """`opened`: what was opened, by the kind under which it is sealed."""
    return [Row(one, (opened or {}).get(one.sealed_kind)) for one in questions]


def _day(written: Any) -> str:
    return date_format(date.fromisoformat(str(written)))
