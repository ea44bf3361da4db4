"""The filter of the register. One set feeds the list, its count and the CSV, so that all three agree.

Nothing is typed here but a day: a filter stands in the address, and what is typed may be a name. The search goes by fetch.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cases.applicants.countries import country_choices
from cases.applicants.languages import LANGUAGES
from cases.applicants.models import AgeBand, Applicant, Category, Urgency
from cases.applicants.stages import ENDINGS, PHASES, Stage
from cases.desk.ages import in_band
from cases.desk.papers import able_to_travel, expiring_before, holding, lacking
from cases.desk.queries.register import overdue, thin
from cases.documents.queries.held import paper_types
from cases.documents.queries.travel import destinations
from cases.staff.models import User
from cases.staff.queries import colleagues, teams
from cases.staff.roles import Permission

PHASE = "phase-"
STATES = [("open", _("Open cases")), ("closed", _("Closed cases")), ("all", _("Open and closed"))]
ATTENTION = [("overdue", _("Something is overdue")), ("thin", _("Fewer than two can open the name"))]


class QuickSelect(forms.Select):
    """A select of hundreds of options written by one loop; Django's own renders a template for each of them."""

    template_name = "desk/_select.html"


def _stages() -> list[tuple[Any, Any]]:
    groups = []
    for phase in PHASES:
        inside: list[tuple[str, Any]] = [(stage.value, stage.label) for stage in phase.stages]
        if len(inside) > 1:
            inside.insert(0, (PHASE + inside[0][0], _("All of: %(phase)s") % {"phase": phase.label}))
        groups.append((phase.label, inside))
    in_phases = {stage for phase in PHASES for stage in phase.stages}
    endings = [(stage.value, stage.label) for stage in Stage if stage not in in_phases]
    return [*groups, (_("The case ended"), endings)]


def _choice(label: Any, choices: Any, **kwargs: Any) -> Any:
    return django_filters.ChoiceFilter(
        label=label, choices=choices, empty_label="–", widget=QuickSelect, **kwargs
    )


def _everyone(request: Any) -> QuerySet[User]:
    return colleagues(who_may=Permission.WORK)


class RegisterFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(
        label=_("Open or closed"), choices=STATES, empty_label=None, method="by_state"
    )
    stage = _choice(_("Stage"), _stages, method="by_stage")
    urgency = _choice(_("Urgency"), Urgency.choices)
    attention = _choice(_("Needs attention"), ATTENTION, method="by_attention")
    category = _choice(_("Category"), Category.choices)
    country = _choice(_("Country"), country_choices)
    age = _choice(_("Age"), AgeBand.choices, method="by_age")
    language = _choice(_("Language"), list(LANGUAGES.items()), method="by_language")
    owner = django_filters.ModelChoiceFilter(
        label=_("Owner"), queryset=_everyone, empty_label="–", null_label=_("nobody"), widget=QuickSelect
    )
    team = django_filters.ModelChoiceFilter(
        label=_("Team"),
        queryset=lambda request: teams(),
        empty_label="–",
        null_label=_("no team"),
        widget=QuickSelect,
    )

    travel = _choice(_("Can travel to, with a visa if need be"), (), method="by_travel")
    holds = _choice(_("Has in hand"), (), method="by_holds")
    lacks = _choice(_("Lacks"), (), method="by_lacks")
    expires_before = django_filters.DateFilter(
        label=_("A paper expires before"),
        method="by_expiry",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = Applicant
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: QuerySet[Applicant]) -> None:
        self.typed = data
        data = data.copy()
        if not data.get("state"):
            # Who looks for the cases of one stage also wants those that are closed.
            data["state"] = "all" if data.get("stage") else "open"
        super().__init__(data, queryset)
        types = paper_types()
        for name in ("holds", "lacks"):
            self.filters[name].extra["choices"] = types
        self.filters["travel"].extra["choices"] = destinations()

    def by_state(self, queryset: QuerySet[Applicant], name: str, value: str) -> QuerySet[Applicant]:
        if value == "all":
            return queryset
        ended = Q(stage__in=ENDINGS)
        return queryset.filter(ended if value == "closed" else ~ended)

    def by_stage(self, queryset: QuerySet[Applicant], name: str, value: str) -> QuerySet[Applicant]:
        if not value.startswith(PHASE):
            return queryset.filter(stage=value)
        phase = next(phase for phase in PHASES if phase.stages[0] == value.removeprefix(PHASE))
        return queryset.filter(stage__in=phase.stages)

    def by_attention(self, queryset: QuerySet[Applicant], name: str, value: str) -> QuerySet[Applicant]:
        return overdue(queryset) if value == "overdue" else thin(queryset)

    def by_age(self, queryset: QuerySet[Applicant], name: str, value: str) -> QuerySet[Applicant]:
        return queryset.filter(in_band(value, timezone.localdate()))

    def by_language(self, queryset: QuerySet[Applicant], name: str, value: str) -> QuerySet[Applicant]:
        return queryset.filter(languages__contains=[value])

    def by_travel(self, queryset: QuerySet[Applicant], name: str, value: str) -> QuerySet[Applicant]:
        return able_to_travel(queryset, value)

    def by_holds(self, queryset: QuerySet[Applicant], name: str, value: str) -> QuerySet[Applicant]:
        return holding(queryset, value)

    def by_lacks(self, queryset: QuerySet[Applicant], name: str, value: str) -> QuerySet[Applicant]:
        return lacking(queryset, value)

    def by_expiry(self, queryset: QuerySet[Applicant], name: str, value: date) -> QuerySet[Applicant]:
        return expiring_before(queryset, value)

    @property
    def chosen(self) -> "list[Chosen]":
        """What the reader filtered by, in words, each with the address of the list without it."""
        values = self.form.cleaned_data if self.is_valid() else {}
        names = [name for name in self.form.fields if self.typed.get(name) and values.get(name)]
        return [self._in_words(name, values[name]) for name in names]

    def _in_words(self, name: str, value: Any) -> "Chosen":
        field = self.form.fields[name]
        labels = (
            {str(code): label for code, label in _flat(getattr(field, "choices", ()))}
            if not hasattr(field, "queryset")
            else {"null": field.null_label}
        )
        rest = self.typed.copy()
        for gone in (name, "page"):
            rest.pop(gone, None)
        said = date_format(value) if isinstance(value, date) else str(labels.get(str(value), value))
        return Chosen(name, str(field.label), said, f"?{rest.urlencode()}")

    @property
    def summary(self) -> str:
        """The filter for the audit log, in codes."""
        values = self.form.cleaned_data
        said = {name: getattr(value, "pk", value) for name, value in values.items() if value}
        return " ".join(f"{name}={value}" for name, value in said.items())


@dataclass(frozen=True)
class Chosen:
    name: str
    label: str
    value: str
    without: str


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label
