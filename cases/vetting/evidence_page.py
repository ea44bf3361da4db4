"""The tab “Evidence” of a vetting: each piece as a colleague should see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.applicants.forms import OpenForm
from cases.applicants.models import Applicant
from cases.staff.models import User
from cases.staff.roles import Permission
from cases.vault.files.sending import notices_of
from cases.vetting.account import account_strip
from cases.vetting.entry_lines import Lines, evidence_lines
from cases.vetting.entry_words import Changed, history
from cases.vetting.models import CheckKind, Evidence
from cases.vetting.queries.entries import changes_of, sealed_kinds
from cases.vetting.queries.evidence import all_evidence_of, check_kinds, half_sent

Opened = Mapping[UUID, Mapping[str, Any]]


@dataclass(frozen=True)
class Row:
    """`lines`: what is sealed, once it is open; None while it is not."""

    evidence: Evidence
    checks: list[tuple[str, str]]
    described: bool
    lines: Lines | None
    changes: list[Changed]
    open_form: OpenForm

    @property
    def title(self) -> str:
        """The first line, which says what it is."""
        return self.lines[0][1] if self.lines else ""

    @property
    def notices(self) -> list[str]:
        return notices_of(self.evidence.file) if self.evidence.file else []


def evidence_page(
    applicant: Applicant, viewer: User, *, check: str = "", opened: Opened | None = None
) -> dict[str, Any]:
    """Everything the tab shows, or its part about one check; a fixed number of questions, however much there is."""
    kinds = check_kinds()
    rows = _rows(applicant, kinds, opened)
    about = next((kind for kind in kinds if kind.code == check), None)
    seen = [row for row in rows if about is None or about.code in row.evidence.checks]
    return {
        "applicant": applicant,
        "rows": [row for row in seen if row.evidence.struck_at is None],
        "struck": [row for row in seen if row.evidence.struck_at is not None],
        "check": about,
        "half_sent": half_sent(applicant, viewer),
        "account": account_strip(applicant, viewer),
        "open_form": OpenForm(),
        "may_add": viewer.may(Permission.WORK) and applicant.workable,  # type: ignore[attr-defined]
        "opened": opened is not None,
    }


def row_of(evidence: Evidence, opened: Mapping[str, Any] | None, form: OpenForm | None = None) -> Row:
    """One piece alone, as it is drawn anew when its file is opened or closed."""
    applicant = evidence.applicant
    described = evidence.sealed_kind in sealed_kinds(applicant, Evidence.PREFIX)
    changes = changes_of(applicant, [evidence])[evidence.pk]
    return Row(
        evidence,
        _named(evidence, {kind.code: kind.name for kind in check_kinds()}),
        described,
        None if opened is None else evidence_lines(opened),
        history(Evidence, changes),
        form or open_form(evidence),
    )


def open_form(evidence: Evidence, data: Any = None) -> OpenForm:
    return OpenForm(data, auto_id=f"evidence-{evidence.pk.hex}-%s")


def _rows(applicant: Applicant, kinds: Iterable[CheckKind], opened: Opened | None) -> list[Row]:
    found = list(all_evidence_of(applicant))
    sealed, changes = sealed_kinds(applicant, Evidence.PREFIX), changes_of(applicant, found)
    names = {kind.code: kind.name for kind in kinds}
    return [
        Row(
            one,
            _named(one, names),
            one.sealed_kind in sealed,
            None if opened is None else evidence_lines(opened.get(one.pk, {})),
            history(Evidence, changes[one.pk]),
            open_form(one),
        )
        for one in found
    ]


def _named(evidence: Evidence, names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, names.get(code, "")) for code in evidence.checks]
