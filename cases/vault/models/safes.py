"""Keys, safes and what lies in them. They tell nothing to whoever has no key: secrets lie in the sealed columns only."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from cases.staff.models import User, random_id

# The shortest thing that can be sealed: a suite byte, an encapsulated key or nonce, a tag.
SHORTEST_ENVELOPE = 28
REASON_LENGTH = 200


def not_empty(column: str, name: str, longer_than: int = SHORTEST_ENVELOPE) -> models.CheckConstraint:
    return models.CheckConstraint(condition=GreaterThan(Length(column), longer_than), name=name)


class OrganisationKey(models.Model):
    """The public half to which every safe is sealed too; believed only while it equals the pinned file."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    public_key = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    mac = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="organisation_key_is_one_row")]

    def __str__(self) -> str:
        return f"organisation key, version {self.version}"


class Keyring(models.Model):
    """The key pair of one colleague, which a second person compares by voice before anything is sealed to it.

    `confirmation` vouches for that with the pepper: who can only write to the database confirms nothing.
    """

    user = models.OneToOneField(User, models.PROTECT, related_name="keyring")
    public_key = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    mac = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)
    first_unlocked_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tries_since = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmation = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                # At the terminal nobody is logged in.
                condition=Q(confirmed_at__isnull=False) | Q(confirmed_by__isnull=True),
                name="keyring_confirmation_is_paired",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("user")),
                name="keyring_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"keyring {self.pk}, version {self.version}"


class Wrap(models.Model):
    """One way in: the colleague's root, sealed under what one of these secrets is stretched to."""

    class Kind(models.TextChoices):
        PASSPHRASE = "passphrase", _("passphrase")
        SHEET = "sheet", _("recovery sheet")

    keyring = models.ForeignKey(Keyring, models.CASCADE, related_name="wraps")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    memory_kib = models.PositiveIntegerField()
    iterations = models.PositiveIntegerField()
    lanes = models.PositiveIntegerField()
    salt = models.BinaryField()
    sealed_root = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # The version of the key it opens. After starting over the earlier ones stay, for words that are found again.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["keyring", "kind", "version"], name="one_wrap_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=["passphrase", "sheet"]), name="wrap_kind_known"),
            not_empty("sealed_root", "wrap_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"wrap {self.pk}"


class Safe(models.Model):  # type: ignore[django-manager-missing]  # guardian has no types
    """A key pair of its own. Anybody seals to its public half; only who holds its root reads."""

    class Kind(models.TextChoices):
        IDENTITY = "identity", _("name")
        ACCOUNT = "account", _("account")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    public_key = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    mac = models.BinaryField()
    organisation_wrap = models.BinaryField()
    # Vouches with the pepper for whom it was made: a case that is pointed at another safe is refused there.
    bond = models.BinaryField(default=b"")
    # Somebody could open it whose row is gone: a remaining holder gives it a new key.
    rekey_due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        permissions: ClassVar = [("open_safe", "Can open the safe")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["identity", "account"]), name="safe_kind_known"),
            not_empty("organisation_wrap", "safe_is_sealed_to_the_organisation"),
        ]

    def __str__(self) -> str:
        return f"safe {self.pk}"


class SealedItem(models.Model):
    """One sealed JSON document. The highest version of a kind counts; older ones stay until erasure."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    safe = models.ForeignKey(Safe, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    key_version = models.PositiveIntegerField(default=1)
    envelope = models.BinaryField()
    sealed_by = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["safe", "kind", "version"], name="one_item_a_version"),
            not_empty("envelope", "item_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"sealed item {self.pk}"


class Grant(UserObjectPermissionBase):  # type: ignore[misc]
    """The permission to open a safe, which is its root sealed to one colleague: one row, no second truth."""

    content_object = models.ForeignKey(Safe, models.PROTECT, related_name="grants")
    sealed_root = models.BinaryField()
    key_version = models.PositiveIntegerField()
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    expires_at = models.DateTimeField()
    # A guest's access ends on its day. Any other expiry never takes a safe below two people who can open it.
    firm = models.BooleanField(default=False)
    # Sealed to a key that its owner gave up: it opens nothing, unless the words of that key are found again.
    lost_at = models.DateTimeField(null=True)
    # Ended on purpose and not by its day alone: if it opens nothing now, it gets no part of a new key.
    suspended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(UserObjectPermissionBase.Meta):  # type: ignore[misc]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "content_object"], name="one_grant_a_person"),
            not_empty("sealed_root", "grant_carries_a_key"),
        ]

    def __str__(self) -> str:
        return f"grant {self.pk}"


class GroupGrant(GroupObjectPermissionBase):  # type: ignore[misc]
    """Only refuses: without it guardian would write grants of groups, without a key, to its own table."""

    content_object = models.ForeignKey(Safe, models.PROTECT, related_name="group_grants")

    class Meta(GroupObjectPermissionBase.Meta):  # type: ignore[misc]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(Value(False)), name="safes_are_never_opened_to_groups")
        ]

    def __str__(self) -> str:
        return f"group grant {self.pk}"


class AccessRequest(models.Model):
    """Somebody asks to be able to open a safe; it waits for everybody who can."""

    class Answer(models.TextChoices):
        GIVEN = "given", _("given")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    safe = models.ForeignKey(Safe, models.PROTECT, related_name="requests")
    asker = models.ForeignKey(User, models.PROTECT, related_name="access_requests")
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    # The asker could open it before, and lost the keys: the holders read this in their own language.
    after_loss = models.BooleanField(default=False)
    # The asker could open it until it was sealed anew, and had no key then to which it could be sealed.
    after_rekey = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # A guest's last moment: what is given in answer ends then. None asks for lasting access.
    expires_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["safe", "asker"], condition=Q(answered_at__isnull=True), name="one_open_request"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, answer__in=["given", "refused"]),
                name="request_answer_is_paired",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asker")),
                name="request_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"access request {self.pk}"
