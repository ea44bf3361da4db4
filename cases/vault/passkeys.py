"""The passkeys by which somebody unlocks, besides the words."""

from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from cases.staff.models import User
from cases.vault.models import VaultPasskey


def passkeys_of(user: User) -> QuerySet[VaultPasskey]:
    """Those that unlock now; none where this installation does not allow them."""
    if not settings.VAULT["passkeys"]:
        return VaultPasskey.objects.none()
    found = VaultPasskey.objects.filter(keyring__user=user, version=F("keyring__version"))
    return found.select_related("keyring")


def find_passkey(user: User, passkey_id: UUID) -> VaultPasskey:
    return get_object_or_404(VaultPasskey, pk=passkey_id, keyring__user=user)
