"""What a page says of a hit: part by part, and why it stands in this section."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.vetting.forms.screening import DECISIONS, DecisionForm
from cases.vetting.screening.pairs import LEAD, OBSTACLE, RISK, Decision, Document, Pair
from cases.vetting.screening.weighing import Outcome

PARTS: dict[str, Promise] = {
    "surname": gettext_lazy("Surname"),
    "given": gettext_lazy("Given name"),
    "patronymic": gettext_lazy("Patronymic"),
    "birth": gettext_lazy("Birth date"),
    "place": gettext_lazy("Place of birth"),
}
OUTCOMES: dict[str, Promise] = {
    Outcome.SAME: gettext_lazy("the same"),
    Outcome.OTHER_SPELLING: gettext_lazy("the same in another spelling"),
    Outcome.OTHER_ENDING: gettext_lazy("the same with another ending"),
    Outcome.SHORT_FORM: gettext_lazy("a short form of it"),
    Outcome.TYPING_ERROR: gettext_lazy("the same but for typing errors"),
    Outcome.INITIAL: gettext_lazy("only the initial"),
    Outcome.YEAR: gettext_lazy("as far as it is known the same"),
    Outcome.NEAR: gettext_lazy("another one, but by a slip of the pen only"),
    Outcome.DIFFERS: gettext_lazy("another one"),
    Outcome.NOT_ON_LIST: gettext_lazy("not on the list"),
    Outcome.UNKNOWN: gettext_lazy("not known to us"),
}
AGREES = (Outcome.SAME, Outcome.OTHER_SPELLING, Outcome.OTHER_ENDING, Outcome.SHORT_FORM)
# One wrong letter is near, another date is against: signs go with the words.
SIGNS = {
    **dict.fromkeys(AGREES, "check-lg"),
    Outcome.DIFFERS: "x-lg",
    Outcome.NOT_ON_LIST: "dash-circle",
    Outcome.UNKNOWN: "dash-circle",
}


@dataclass(frozen=True)
class Said:
    """One part: its name, what is said of it, the sign beside it."""

    part: str
    words: str
    sign: str


@dataclass(frozen=True)
class Hit:
    """One pair as a page shows it: without the name."""

    pair: Pair
    number: int
    parts: list[Said]
    decision: str
    decided_at: datetime | None
    before: str
    form: DecisionForm
    lists: list[str]


@dataclass(frozen=True)
class Section:
    kind: str
    title: Promise
    lead: Promise
    hits: list[Hit]


_SECTIONS = (
    (
        OBSTACLE,
        gettext_lazy("Obstacles: EU, UN and other sanction lists"),
        gettext_lazy("If it is the same person, a government will refuse. Speak with a lawyer before anything else."),
    ),
    (
        RISK,
        gettext_lazy("Risks to the person: Russian lists, evidence for the claim"),
        gettext_lazy(
            "If it is the same person, Russia looks for them: that endangers them, and it proves what they say. It speaks for the claim, not against it."
        ),
    ),
    (
        LEAD,
        gettext_lazy("Leads"),
        gettext_lazy("A lead only: two confirmations from elsewhere are needed, and it is never a reason alone."),
    ),
)  # fmt: skip


def sections(document: Document, titles: Mapping[str, str]) -> list[Section]:
    """The hits by what they mean; one that is obstacle and risk stands in both. `titles` are those of lists by code."""
    pairs = document.get("pairs", [])
    hits = [hit(pair, number, titles) for number, pair in enumerate(pairs, start=1)]
    return [
        Section(kind, title, lead, [one for one in hits if kind in one.pair["kinds"]])
        for kind, title, lead in _SECTIONS
    ]


def hit(pair: Pair, number: int, titles: Mapping[str, str]) -> Hit:
    parts = [
        Said(
            str(title), str(OUTCOMES[pair["parts"][part]]), SIGNS.get(pair["parts"][part], "question-circle")
        )
        for part, title in PARTS.items()
    ]
    at = datetime.fromisoformat(pair["at"]) if pair["at"] else None
    before = pair["before"]
    return Hit(
        pair,
        number,
        parts,
        decision_said(pair),
        at,
        decision_said(before) if before else "",
        DecisionForm.about(pair),
        [titles.get(name.casefold(), name) for name in pair["entry"]["datasets"]]
        or [titles.get(pair["list"], pair["list"])],
    )


def decision_said(taken: Mapping[str, Any]) -> str:
    if taken["decision"] == Decision.OPEN:
        return ""
    words = {
        "decision": DECISIONS[Decision(taken["decision"])],
        "reason": taken["reason"],
        "who": taken["by"],
    }
    return _("%(decision)s: %(reason)s (%(who)s)") % words


def entry_lines(pair: Pair) -> list[tuple[str, str]]:
    """What is shown of an opened entry: a label and a text each, without the empty ones."""
    entry = pair["entry"]
    lines = [
        (_("Names on the list"), " · ".join(entry["names"])),
        (_("Born"), ", ".join(entry["born"])),
        (_("Place of birth"), " · ".join(entry["places"])),
        (_("Countries"), ", ".join(entry["countries"]).upper()),
        (_("Lists"), " · ".join(entry["datasets"])),
        (_("Programmes and reasons"), " · ".join(entry["programs"])),
        (_("Topics"), ", ".join(entry["topics"])),
        (_("On the list since"), entry["since"]),
        (_("Number of the entry"), entry["id"]),
    ]
    return [(label, text) for label, text in lines if text]
