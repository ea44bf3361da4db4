import hashlib
import secrets
import uuid
from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.staff.roles import Permission, Role, permissions_of


def random_id() -> uuid.UUID:
    """Return 128 random bits; `uuid4` would fix six of them."""
    return uuid.UUID(bytes=secrets.token_bytes(16))


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Organisation(models.Model):
    """The one row that says whose database this is. Its kind is written once and never changes."""

    class Kind(models.TextChoices):
        DEMO = "demo", _("demo")
        REAL = "real", _("real")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices, editable=False)
    name = models.CharField(_("name"), max_length=120)
    headcount = models.PositiveSmallIntegerField(_("how many work here"), default=5)
    created_at = models.DateTimeField(_("set up"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisation")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="organisation_is_one_row"),
            models.CheckConstraint(condition=Q(kind__in=["demo", "real"]), name="organisation_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(username, password, is_superuser=True, **fields)


class Notices(models.TextChoices):
    """How often a mail says that something waits; it never says what."""

    OFF = "off", _("never")
    DAILY = "daily", _("once a day, in the morning")
    AT_ONCE = "at_once", _("at once, and in the morning")


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    username = models.CharField(_("user name"), max_length=60, unique=True)
    full_name = models.CharField(_("name shown to colleagues"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Paris")
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("account made"), default=timezone.now, editable=False)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    deputy = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="deputy_of", verbose_name=_("deputy")
    )
    notices = models.CharField(_("notices by mail"), max_length=8, choices=Notices.choices, blank=True)
    mailed_at = models.DateTimeField(null=True, editable=False)
    # Raised when the password or a second factor changes: what was unlocked before then no longer counts.
    epoch = models.PositiveIntegerField(default=0, editable=False)
    # Either closes the door (`backends.py`) to an account that stays open: what it may do and hold goes on.
    frozen_at = models.DateTimeField(null=True, editable=False)
    travelling_since = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["full_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(away_until__isnull=True) | Q(deputy__isnull=False),
                name="user_away_names_a_deputy",
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("id")), name="user_is_not_own_deputy"
            ),
            models.CheckConstraint(
                condition=Q(travelling_since__isnull=True) | Q(deputy__isnull=False),
                name="user_travelling_names_a_deputy",
            ),
            models.CheckConstraint(condition=Q(notices__in=["", *Notices.values]), name="user_notices_known"),
            # The login page does not tell capitals from small letters.
            models.UniqueConstraint(Lower("username"), name="username_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's mark of a valid session, with the epoch in it: raising the epoch ends every session."""
        return salted_hmac(
            "staff.session", f"{self.epoch} {self.password}", secret=secret, algorithm="sha256"
        ).hexdigest()

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held now; read once per request."""
        held = self.role_grants.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))
        return frozenset(Role(value) for value in held.values_list("role", flat=True))

    def may(self, permission: Permission) -> bool:
        return self.is_active and permission in permissions_of(self.roles)

    @property
    def is_staff(self) -> bool:
        """Whether the admin panel opens; Django's admin asks by this name."""
        return (
            self.may(Permission.MANAGE_ACCOUNTS) or self.may(Permission.MANAGE_REFERENCE) or self.is_superuser
        )

    @property
    def told_apart(self) -> str:
        """The name that the colleague chose, and the user name, which nobody chooses for themselves."""
        return f"{self} ({self.username})"

    @property
    def is_away(self) -> bool:
        return self.away_until is not None and self.away_until >= timezone.localdate()

    @property
    def notice_pace(self) -> str:
        """What was chosen; before that once a day. Never without an address."""
        return (self.notices or Notices.DAILY) if self.email else Notices.OFF

    @property
    def stand_in(self) -> "User | None":
        """The deputy of who is away or travels, as `barring.stands_in_for` finds them; None where that one cannot get in."""
        gone = self.is_away or self.travelling_since is not None
        fit = self.deputy is not None and self.deputy.is_active and not self.deputy.is_barred
        return self.deputy if gone and fit else None

    @property
    def is_barred(self) -> bool:
        """Whether nobody gets in with this account for now, although it is not closed."""
        return self.frozen_at is not None or self.travelling_since is not None

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0] or self.username


class RoleGrant(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants", verbose_name=_("colleague"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("given by")
    )
    given_at = models.DateTimeField(_("given"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="role_given_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_known"),
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())

    @property
    def last_day(self) -> date | None:
        return timezone.localdate(self.expires_at - timedelta(microseconds=1)) if self.expires_at else None


class Team(models.Model):
    """Colleagues who work together. The members are those of `group`, which has no permission of its own."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    group = models.OneToOneField(Group, models.PROTECT, related_name="team", editable=False)
    holders = models.ManyToManyField(
        User,
        related_name="holds_names_for",
        blank=True,
        verbose_name=_("name holders"),
        help_text=_("Colleagues who can open the names of people registered for this team; at least two."),
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def members(self) -> models.QuerySet[User]:
        return User.objects.filter(groups=self.group, is_active=True)


class Announcement(models.Model):
    """Something that one colleague is to learn at the desk, until it is said to have been read.

    What happened is a code, said in the reader's language; beside it stand colleagues' names, never a name that is sealed.
    """

    to = models.ForeignKey(User, models.CASCADE, related_name="announcements")
    code = models.CharField(max_length=20)
    who = models.CharField(max_length=250, blank=True)
    whom = models.TextField(blank=True)
    # Colleagues who are away, where it came to the reader as their deputy.
    instead_of = models.TextField(blank=True)
    reason = models.CharField(max_length=200, blank=True)
    about = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"announcement {self.pk}"


class Invitation(models.Model):
    """A link, used once, by which somebody takes up an account or sets a new password.

    Only the digest of the token is kept: who reads the database cannot use an open invitation.
    """

    class Purpose(models.TextChoices):
        JOIN = "join", _("take up the account")
        PASSWORD = "password", _("set a new password")
        FACTOR = "factor", _("set a new second factor")

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"],
                condition=Q(used_at__isnull=True),
                name="one_open_invitation_a_purpose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.user.username}"
