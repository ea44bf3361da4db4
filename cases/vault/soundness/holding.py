"""Who can open what, and with which key."""

from django.db.models import F

from cases.vault import queries
from cases.vault.models import Grant, SealedItem


def faults() -> dict[str, int]:
    return {
        "thin_safes": queries.thin_safes().count(),
        "closed_accounts": Grant.objects.filter(user__is_active=False).count(),
        "old_keys": Grant.objects.exclude(key_version=F("content_object__version")).count(),
        "old_items": SealedItem.objects.exclude(key_version=F("safe__version")).count(),
    }
