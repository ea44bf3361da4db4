from collections.abc import Collection
from uuid import UUID

from cases.disclosures.models import Export


def forget_exports(case_ids: Collection[UUID]) -> None:
    """Delete what was asked for about these cases: its reason speaks of them. That something was handed over stays.

    Who waits for others in the same export asks again, without the one who is gone.
    """
    Export.objects.filter(people__applicant__in=list(case_ids)).delete()
