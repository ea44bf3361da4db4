from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.staff.models import random_id
from cases.vault.models.safes import Keyring, not_empty


class VaultPasskey(models.Model):
    """One more way in: the colleague's root, sealed under what an authenticator computes from `salt` (WebAuthn PRF).

    A credential of its own, which logs nobody in: who takes one away from the login leaves the vault as it is, and
    what a login asks of an authenticator never yields what opens the vault.
    """

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    keyring = models.ForeignKey(Keyring, models.CASCADE, related_name="passkeys")
    # The version of the key it opens; with a new key it is deleted.
    version = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=40)
    # As WebAuthn calls it: AAGUID, credential id and public key together.
    credential = models.BinaryField(unique=True)
    sign_count = models.PositiveBigIntegerField(default=0)
    salt = models.BinaryField()
    sealed_root = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["created_at"]
        constraints = [
            not_empty("salt", "passkey_is_salted"),
            not_empty("sealed_root", "passkey_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"passkey {self.pk}"
