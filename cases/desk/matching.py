"""How well a person answers a name that somebody typed, and why, in words. No name leaves this module."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.desk.refusals import NameTooShort
from cases.names.compare import THRESHOLD, Prepared, QueryTooShort, compare, prepare_query
from cases.names.reasons import Reason

WORDS: dict[str, Promise] = {
    Reason.SAME: _("same name"),
    Reason.OTHER_SPELLING: _("other spelling"),
    Reason.OTHER_ENDING: _("other ending"),
    Reason.SHORT_FORM: _("short form"),
    Reason.BEGINNING: _("beginning of the name"),
    Reason.TYPING_ERROR: _("typing error"),
    Reason.INITIAL: _("initial only"),
    Reason.WORD_MISSING: _("a word is not in the name"),
    Reason.PATRONYMIC_MISSING: _("no patronymic on file"),
    Reason.PATRONYMIC_DIFFERS: _("another patronymic"),
}
SURE = 0.95
LIKELY = 0.82


class Fit(float):
    """A score that knows why; a plain number for the vault, which only sorts it."""

    reasons: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        if self >= SURE:
            return str(_("Fits"))
        return str(_("Fits well") if self >= LIKELY else _("Perhaps"))

    @property
    def in_words(self) -> str:
        order = list(WORDS)
        return ", ".join(str(WORDS[reason]) for reason in sorted(self.reasons, key=order.index))


@dataclass(frozen=True)
class Found:
    applicant: Applicant
    fit: Fit


def query_of(typed: str) -> Prepared:
    try:
        return prepare_query(typed)
    except QueryTooShort:
        raise NameTooShort from None


def fit(asked: Prepared, document: Mapping[str, Any]) -> Fit:
    """The best score among the spellings of one person's name; 0 where none comes close."""
    parts = " ".join(str(document.get(part) or "") for part in ("family_name", "given_name", "patronymic"))
    names = [document.get("name"), document.get("latin_name"), parts, *(document.get("other_names") or [])]
    spellings = dict.fromkeys(" ".join(str(name or "").split()) for name in names)
    results = [compare(asked, name) for name in spellings if name]
    best = max(results, key=lambda result: result.score, default=None)
    if best is None or best.score < THRESHOLD:
        return Fit(0)
    found = Fit(best.score)
    found.reasons = best.reasons
    return found
