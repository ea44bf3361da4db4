from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.desk.queries import duty as queries
from cases.staff.models import User
from cases.vault.models import REASON_LENGTH, Safe


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Colleagues by the name they chose, told apart by the one that nobody chooses for themselves."""

    def label_from_instance(self, obj: User) -> str:
        return obj.told_apart


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH - 20,
        help_text=_(
            "The other officer and everybody concerned read this. Without the name: it is not sealed."
        ),
    )


class RestoreForm(forms.Form):
    only_asks = True
    colleague = ColleagueField(label=_("Who lost the keys"), queryset=User.objects.none())
    reason = _reason()

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        self.fields["colleague"].queryset = queries.with_losses(by)  # type: ignore[attr-defined]


class OpenInNeedForm(forms.Form):
    only_asks = True
    pseudonym = forms.CharField(label=_("Pseudonym of the case"), max_length=40)
    kind = forms.ChoiceField(
        label=_("What is to be opened"),
        choices=[(Safe.Kind.IDENTITY, _("The name")), (Safe.Kind.ACCOUNT, _("The account"))],
        initial=Safe.Kind.IDENTITY,
        widget=forms.RadioSelect,
    )
    colleague = ColleagueField(
        label=_("Who is to open it"),
        queryset=User.objects.none(),
        help_text=_("Somebody who sees the case already."),
    )
    reason = _reason()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["colleague"].queryset = queries.who_may_be_let_in()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        colleague, pseudonym = cleaned.get("colleague"), cleaned.get("pseudonym")
        if colleague and pseudonym and cleaned.get("kind"):
            cleaned["safe"] = queries.safe_seen_by(colleague, pseudonym, cleaned["kind"])
            if cleaned["safe"] is None:
                self.add_error("pseudonym", _("This colleague sees no case of this pseudonym."))
        return cleaned
