from collections.abc import Sequence

from django.db import IntegrityError, transaction

from cases.audit.operations import record
from cases.desk.models import RegisterSetting, SavedFilter
from cases.desk.refusals import FilterNameTaken
from cases.staff.models import Team, User


@transaction.atomic
def save_filter(*, name: str, query: str, team: Team | None, first: bool, by: User) -> SavedFilter:
    """Keep what the list is filtered by, for oneself or for a team; with `first`, the list opens with it."""
    try:
        with transaction.atomic():
            saved = SavedFilter.objects.create(name=name, query=query, team=team, made_by=by)
    except IntegrityError:
        raise FilterNameTaken from None
    if first:
        RegisterSetting.objects.update_or_create(user=by, defaults={"first": saved})
    record("desk.filter_saved", by=by, detail=f"for {f'team {team.name}' if team else 'oneself'}: {query}")
    return saved


@transaction.atomic
def remove_filter(*, saved: SavedFilter, by: User) -> None:
    whose = f"of team {saved.team.name}" if saved.team else "own"
    saved.delete()
    record("desk.filter_removed", by=by, detail=f"{whose}: {saved.query}")


@transaction.atomic
def open_with(*, saved: SavedFilter | None, by: User) -> None:
    """Let the register open with a saved filter, or with everything again."""
    RegisterSetting.objects.update_or_create(user=by, defaults={"first": saved})
    record("desk.register_set", by=by, detail=f"opens with: {saved.query if saved else 'all open cases'}")


@transaction.atomic
def choose_columns(*, columns: Sequence[str], by: User) -> None:
    """No columns are the usual ones."""
    RegisterSetting.objects.update_or_create(user=by, defaults={"columns": list(columns)})
    record("desk.register_set", by=by, detail=f"columns: {', '.join(columns) or 'the usual ones'}")
