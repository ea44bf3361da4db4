from collections.abc import Iterable, Mapping
from typing import Any, Self

from django import forms
from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.sealed import QUIET, sealed_line
from cases.applicants.languages import LANGUAGES
from cases.documents.forms.days import DayField
from cases.staff.models import User, random_id
from cases.vetting.forms.entries import EntryForm, sealed_text
from cases.vetting.models import Interview, InterviewFrame, InterviewQuestion
from cases.vetting.operations.interviews import Basis
from cases.vetting.sittings import beside

State = Interview.State
_LONGEST = 30_000
_PREFIX = "answer-"


def answered_in(names: Iterable[str]) -> list[str]:
    """The keys of the questions to which fields of these names hold the answers."""
    return [name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX)]


class InterviewForm(EntryForm):
    """What stands in clear of an interview; what was said has a form of its own."""

    entry = Interview
    state = forms.ChoiceField(label=_("State"), choices=State.choices, initial=State.PLANNED)
    held_on = DayField(label=_("Day"), help_text=_("On which it was held, or is to be."), required=True)
    interviewer: Any = forms.ModelChoiceField(
        label=_("Who asks the questions"),
        queryset=None,
        empty_label=None,
        help_text=_("The two interviews are held by different people."),
    )
    frame: Any = forms.ModelChoiceField(
        label=_("Question frame"),
        queryset=None,
        empty_label=None,
        help_text=_("The same for both interviews, so that the answers can be compared."),
    )
    language = forms.ChoiceField(label=_("Language spoken"), choices=LANGUAGES.items())
    minutes = forms.IntegerField(label=_("Length in minutes"), required=False, min_value=1, max_value=24 * 60)

    def __init__(
        self,
        data: Any = None,
        *,
        people: QuerySet[User],
        frames: QuerySet[InterviewFrame],
        initial: Any = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self._people, self._frames = people, frames
        interviewer: Any = self.fields["interviewer"]
        interviewer.queryset = people
        frame: Any = self.fields["frame"]
        frame.queryset = frames

    def again(self, data: Mapping[str, Any]) -> Self:
        return type(self)(data, people=self._people, frames=self._frames)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("held_on")
        if cleaned.get("state") == State.HELD and day and day > timezone.localdate():
            self.add_error("held_on", _("This day is still to come: then it is planned, not held."))
        return cleaned


class AnswersForm(forms.Form):
    """What was said, one field a question. Stays on the page while it is saved again and again."""

    # This sitting: what is saved again takes the place of what was saved before from the same page.
    part = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    # What was opened into the form; empty where nothing was, or where the vault was locked since.
    basis = forms.CharField(widget=forms.HiddenInput, required=False)
    interpreter = sealed_line(
        _("Interpreter"), _("Name, and how they came to us; empty where there was none.")
    )
    place = sealed_line(_("Place, or how you spoke"), _("Like “video call, person alone in the room”."))
    present = sealed_line(_("Who else was there"))
    impressions = sealed_text(
        _("Impressions"),
        _(
            "What you saw and felt, apart from what was said. Think of trauma and of translation before you call something a contradiction."
        ),
        rows=5,
        most=_LONGEST,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Iterable[InterviewQuestion],
        language: str = "",
        initial: Any = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.asked = {
            one.key: {"check": one.check_code, "question": one.text, "aloud": one.in_language(language)}
            for one in questions
        }
        for key, question in self.asked.items():
            self.fields[f"{_PREFIX}{key}"] = field = forms.CharField(
                label=question["question"],
                required=False,
                max_length=_LONGEST,
                widget=forms.Textarea(attrs={"rows": 4, **QUIET}),
            )
            # Read by the label: a question is not called optional.
            field.needed_at_times = True  # type: ignore[attr-defined]
        self.order_fields(
            ["part", "basis", "interpreter", "place", "present", *self._answer_names, "impressions"]
        )

    @classmethod
    def filled(
        cls,
        content: Mapping[str, Any],
        typed: Mapping[str, str],
        *,
        questions: Iterable[InterviewQuestion],
        language: str,
    ) -> "AnswersForm":
        """The form with what was opened, and what was typed into it before below; a new sitting, should it be closed."""
        answers = {f"{_PREFIX}{key}": one.get("answer", "") for key, one in content["answers"].items()}
        lines = {name: str(content.get(name, "")) for name in Interview.SEALED}
        known = {**lines, **answers}
        added = {name: text for name, text in typed.items() if name in lines or name.startswith(_PREFIX)}
        first = {name: beside(name, known.get(name, ""), added.get(name, "")) for name in {**known, **added}}
        return cls(questions=questions, language=language, initial=first)

    @property
    def _answer_names(self) -> list[str]:
        return [f"{_PREFIX}{key}" for key in self.asked]

    @property
    def answer_fields(self) -> list[tuple[str, str, forms.BoundField]]:
        """Check, question as it is asked aloud where that is another language, and field."""
        return [
            (question["check"], _aloud(question), self[f"{_PREFIX}{key}"])
            for key, question in self.asked.items()
        ]

    @property
    def is_filled(self) -> bool:
        return bool(self["basis"].value())

    @property
    def part_code(self) -> str:
        return str(self.cleaned_data["part"].hex[:16])

    def clean_basis(self) -> Basis | None:
        signed = self.cleaned_data["basis"]
        return basis_in(signed) if signed else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(
            cleaned.get(name) for name in self.fields if name not in ("part", "basis")
        ):
            raise forms.ValidationError(_("Nothing is written yet."))
        return cleaned

    @property
    def content(self) -> dict[str, Any]:
        lines = {name: self.cleaned_data[name].strip() for name in Interview.SEALED}
        answers = {
            key: {
                "check": question["check"],
                "question": question["question"],
                "answer": self.cleaned_data[f"{_PREFIX}{key}"].strip(),
            }
            for key, question in self.asked.items()
            if self.cleaned_data[f"{_PREFIX}{key}"].strip()
        }
        return {**lines, "answers": answers}


def signed_basis(basis: Basis | None) -> str:
    return signing.dumps({"version": basis.version, "holds": basis.holds}) if basis else ""


def basis_in(signed: str) -> Basis | None:
    """What was opened into a form; None where somebody changed what it carries."""
    try:
        said = signing.loads(signed)
    except signing.BadSignature:
        return None
    return Basis(int(said["version"]), dict(said["holds"]))


def _aloud(question: Mapping[str, str]) -> str:
    aloud = question.get("aloud", "")
    return aloud if aloud != question["question"] else ""
