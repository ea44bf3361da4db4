"""Fields in which colleagues are chosen, each by name and user name: two may look alike, and get what is not theirs."""

from typing import Any

from django import forms

from cases.staff.models import User


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), required=False, **kwargs)

    def label_from_instance(self, colleague: User) -> str:
        return colleague.told_apart


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, **kwargs
        )

    def label_from_instance(self, colleague: User) -> str:
        return colleague.told_apart
