from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.applicants.countries import country_choices
from cases.applicants.models import Category, Channel
from cases.desk.imports.fields import BY_CODE, FIELDS
from cases.desk.imports.headings import guess, has_headings
from cases.desk.imports.people import Defaults, Layout
from cases.sheets.tables import MAX_LINES, Table, letter
from cases.staff.models import Team, User
from cases.staff.queries import teams_of

_NONE = ("", "—")


class StartForm(forms.Form):
    """The file, and what counts where the file says nothing. It is sent again with each step."""

    only_asks = True
    id = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_(
            "XLSX or CSV, its first sheet, at most 10,000 rows. It is read at each step; the server keeps nothing of it."
        ),
        allow_empty_file=True,
        error_messages={"required": _("Choose the file.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx", "data-limit": settings.UPLOAD_LIMIT}),
    )
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.none(),
        required=False,
        help_text=_("Its members see the cases, and its name holders can open the names."),
    )
    category = forms.ChoiceField(label=_("Category"), choices=[_NONE, *Category.choices], required=False)
    country = forms.ChoiceField(
        label=_("Country where the people are"), choices=lambda: [_NONE, *country_choices()], required=False
    )
    channel = forms.ChoiceField(label=_("How reached"), choices=[_NONE, *Channel.choices], required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = teams_of(user)
        team: Any = self.fields["team"]
        team.queryset = teams
        team.empty_label = None if teams else "—"
        team.required = bool(teams)

    @property
    def defaults(self) -> Defaults:
        return Defaults(*(self.cleaned_data[name] for name in ("category", "country", "channel")))


class ColumnsForm(forms.Form):
    """For each column of the file, what it holds; guessed at first."""

    only_asks = True
    digest = forms.CharField(widget=forms.HiddenInput)
    headed = forms.BooleanField(label=_("The first row holds the headings"), required=False)

    def __init__(self, data: Any = None, *, table: Table, digest: str) -> None:
        super().__init__(data, initial={"digest": digest, "headed": has_headings(table)})
        self.table = table
        guessed = guess(table)
        for column in range(table.width):
            self.fields[self.name(column)] = forms.ChoiceField(
                label=_("Column %(letter)s") % {"letter": letter(column)},
                choices=field_choices,
                required=False,
                initial=guessed.get(column, ""),
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    @staticmethod
    def name(column: int) -> str:
        return f"column-{column}"

    def columns(self) -> Iterator[tuple[int, forms.BoundField]]:
        for column in range(self.table.width):
            yield column, self[self.name(column)]

    def clean(self) -> dict[str, Any]:
        chosen: dict[str, int] = {}
        for column in range(self.table.width):
            code = self.cleaned_data.get(self.name(column))
            if code and not BY_CODE[code].several and code in chosen:
                said = _("Column %(letter)s holds this already.") % {"letter": letter(chosen[code])}
                self.add_error(self.name(column), said)
            elif code:
                chosen[code] = column
        if not chosen and not self.errors:
            self.add_error(None, _("Say of at least one column what it holds."))
        return self.cleaned_data

    @property
    def layout(self) -> Layout:
        columns = {
            column: code
            for column in range(self.table.width)
            if (code := self.cleaned_data[self.name(column)])
        }
        return Layout(columns, self.cleaned_data["headed"])


class RowsForm(forms.Form):
    """Which of the good rows are to be taken in."""

    only_asks = True
    which = forms.ChoiceField(
        label=_("Rows to take in"),
        choices=[("all", _("All rows without errors")), ("some", _("Only these rows"))],
        initial="all",
        widget=forms.RadioSelect,
    )
    rows = forms.CharField(
        label=_("Row numbers"),
        help_text=_("As your spreadsheet program counts them, for example 2-40, 57"),
        required=False,
        max_length=2_000,
    )

    def clean_rows(self) -> set[int]:
        chosen: set[int] = set()
        for part in self.cleaned_data["rows"].replace("–", "-").replace(";", ",").split(","):
            first, _dash, last = part.strip().partition("-")
            if not part.strip():
                continue
            if not first.strip().isdecimal() or not (last.strip() or first).strip().isdecimal():
                raise forms.ValidationError(_("Write numbers and ranges, for example 2-40, 57"))
            chosen.update(range(int(first), min(int(last or first), MAX_LINES) + 1))
        return chosen

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("which") == "some" and self.cleaned_data.get("rows") == set():
            self.add_error("rows", _("Say which rows."))
        return self.cleaned_data

    def takes(self, row: int) -> bool:
        return self.cleaned_data["which"] == "all" or row in self.cleaned_data["rows"]


def field_choices() -> list[tuple[Any, Any]]:
    return [
        ("", _("Leave out")),
        (_("Sealed"), [(field.code, field.label) for field in FIELDS if field.sealed]),
        (_("Seen with the case"), [(field.code, field.label) for field in FIELDS if not field.sealed]),
    ]
