"""Who can open what, and with which key."""

from django.db.models import F

from cases.vault import officers, queries
from cases.vault.models import DutyOfficer, Grant, OfficerPair, SealedItem


def faults() -> dict[str, int]:
    return {
        "thin_safes": queries.thin_safes().count(),
        "closed_accounts": Grant.objects.filter(user__is_active=False).count(),
        "old_keys": Grant.objects.exclude(key_version=F("content_object__version")).count(),
        "officers": DutyOfficer.objects.exclude(user__in=officers.officers().values("pk")).count(),
        "pairs": _old_pairs(),
        "old_items": SealedItem.objects.exclude(key_version=F("safe__version")).count(),
    }


def _old_pairs() -> int:
    fits = {f"{one}_version": F(f"{one}__user__keyring__version") for one in ("first", "second")}
    return OfficerPair.objects.exclude(**fits).count()
