from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from cases.applicants.forms.meanwhile import OpenedForm
from cases.applicants.models import Applicant, Note, SealedNote, Task
from cases.applicants.operations.work import EDITABLE_TASK
from cases.applicants.queries import people_who_see
from cases.applicants.refusals import SAY_WHY, StageBlocked
from cases.applicants.ways import Way
from cases.staff.forms.people import ColleagueField
from cases.staff.models import User, random_id
from cases.staff.queries import colleagues
from cases.staff.roles import Permission

NOT_SEALED = _("By pseudonym, without names: what you write here is not sealed.")
STAYS = _("Stays in the timeline. Without names: this line is not sealed.")
KNOWN = _("What is known")
NEEDED_FOR = _("Needed for: %(stages)s.")


def known(label: Any = KNOWN, *, most: int = 2000, rows: int = 3) -> forms.CharField:
    """Words beside another form, which become a note of the case."""
    return forms.CharField(
        label=label,
        help_text=_("By pseudonym, without names: this becomes a note of the case, which is not sealed."),
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]
    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)

    class Meta:
        model = Note
        fields = ["text"]
        labels = {"text": _("New note")}
        help_texts = {"text": NOT_SEALED}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, data: Any = None) -> None:
        # Stands in the case page beside other forms.
        super().__init__(data, auto_id="note_%s")


class SealedNoteForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is typed goes sealed into the account, and never back into a page that is not opened."""

    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)
    text = forms.CharField(
        label=_("What was told"),
        help_text=_(
            "Sealed when you save: only readers of the account can open it, you too only if you are one."
        ),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )

    class Meta:
        model = SealedNote
        fields = ["topic"]

    field_order = ["new_id", "topic", "text"]


class TaskForm(forms.ModelForm):  # type: ignore[type-arg]
    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=random_id)

    class Meta:
        model = Task
        fields = ["title", "due_on", "owner"]
        help_texts = {"title": NOT_SEALED}
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, data: Any = None, *, applicant: Applicant, by: User) -> None:
        super().__init__(data, initial={"owner": by.pk})
        owner: Any = self.fields["owner"]
        owner.queryset = colleagues(who_may=Permission.WORK).filter(pk__in=people_who_see(applicant))
        owner.empty_label = None


class EditTaskForm(OpenedForm):
    title: Any = Task._meta.get_field("title").formfield(help_text=NOT_SEALED)
    due_on: Any = Task._meta.get_field("due_on").formfield(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    owner = ColleagueField(label=capfirst(_("who does it")))

    def __init__(self, data: Any = None, *, task: Task, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        owner: Any = self.fields["owner"]
        owner.queryset = colleagues(who_may=Permission.WORK).filter(pk__in=people_who_see(task.applicant))

    @staticmethod
    def typed(facts: Mapping[str, Any]) -> dict[str, str]:
        known = {"title": facts["title"], "owner": str(facts["owner"].pk)}
        return known | {"due_on": f"{facts['due_on']:%Y-%m-%d}" if facts["due_on"] else ""}

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in EDITABLE_TASK}


class StageForm(forms.Form):
    target = forms.ChoiceField(label=_("To which stage?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=300,
        help_text=STAYS,
        error_messages={"required": SAY_WHY},
    )
    along: "forms.ModelMultipleChoiceField[Applicant]" = forms.ModelMultipleChoiceField(
        label=_("Move along, from the same household"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, ways: Sequence[Way], companions: Any) -> None:
        super().__init__(data)
        self._say_when_a_reason_is_needed([way for way in ways if way.is_open])
        target: Any = self.fields["target"]
        onward = [(way.target, way.label) for way in ways if way.is_open and not way.is_ending]
        endings = [(way.target, way.label) for way in ways if way.is_open and way.is_ending]
        if len(onward) == 1:
            target.initial = onward[0][0]
        target.choices = [*onward, *([(_("The case ends"), endings)] if endings else [])]
        others: Any = self.fields["along"]
        others.queryset = companions
        if not companions:
            del self.fields["along"]

    def _say_when_a_reason_is_needed(self, ways: Sequence[Way]) -> None:
        reason: Any = self.fields["reason"]
        needing = [way.label for way in ways if way.needs_reason]
        reason.required = bool(needing) and len(needing) == len(ways)
        if needing and not reason.required:
            # Read by the label, which would say "optional" otherwise.
            reason.needed_at_times = True
            reason.help_text = format_lazy("{} {}", NEEDED_FOR % {"stages": ", ".join(needing)}, STAYS)

    def refuse(self, blocked: StageBlocked) -> None:
        """Say what is missing: a reason beside its field, the rest above the form."""
        if blocked.needs_reason:
            self.add_error("reason", str(SAY_WHY))
        if blocked.besides:
            self.add_error(None, blocked.besides)
