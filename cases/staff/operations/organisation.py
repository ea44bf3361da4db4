from django.db import transaction

from cases.audit.operations import record
from cases.staff.models import Organisation, User


@transaction.atomic
def edit_organisation(*, organisation: Organisation, name: str, headcount: int, by: User) -> None:
    """Change what may change; whether this is a demo never does."""
    organisation.name, organisation.headcount = name, headcount
    organisation.save(update_fields=["name", "headcount"])
    record("staff.organisation_edited", by=by, detail=f"{headcount} people")
