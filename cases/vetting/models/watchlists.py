"""Lists of wanted and sanctioned people. They are public; who was compared with them is not, and stands nowhere here."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.documents.models import Reference
from cases.staff.models import User, random_id


class Kind(models.TextChoices):
    OBSTACLE = "obstacle", _("obstacle")
    RISK = "risk", _("risk to the person")
    LEAD = "lead", _("lead only")


class ListKind(Reference):
    """What a hit on one published list means. What is in no row is a lead, and the page says so."""

    dataset = models.CharField(_("code of the list"), max_length=80, unique=True)
    title = models.CharField(_("title of the list"), max_length=200)
    kind = models.CharField(_("what a hit means"), max_length=10, choices=Kind.choices)

    class Meta:
        verbose_name = _("list and its meaning")
        verbose_name_plural = _("lists and their meaning")
        default_permissions = ()
        ordering = ["kind", "dataset"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=Kind.values), name="list_kind_known")]

    def __str__(self) -> str:
        return self.title


class Watchlist(models.Model):
    """One file that is taken in again and again; it may gather many published lists."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    # Raised by each import that changed an entry: a screening says which version it saw.
    version = models.PositiveIntegerField(default=0, editable=False)
    entries = models.PositiveIntegerField(default=0, editable=False)
    # Key, bits and rules of names by which it is filed; asked by others it would answer nothing.
    mark = models.CharField(max_length=32, blank=True, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        default_permissions = ()
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class ListImport(models.Model):
    """One file taken in, and how far it is."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    watchlist = models.ForeignKey(Watchlist, models.CASCADE, related_name="imports")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # Written with every batch: a run that was interrupted is told by its silence.
    seen_at = models.DateTimeField(default=timezone.now)
    # The uploaded file until it is taken in, and the name under which the index knows it.
    content = models.BinaryField(null=True)
    index = models.BinaryField(null=True)
    file_name = models.CharField(max_length=100, default="targets.simple.csv")
    may_shrink = models.BooleanField(default=False)
    size = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    sha1 = models.CharField(max_length=40, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField(default=0)
    others = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    # The first lines that were left out, as [line, code]; codes of what is to be said of the file; why it was refused.
    wrong_lines = models.JSONField(default=list)
    notes = ArrayField(models.CharField(max_length=40), default=list)
    refusal = models.CharField(max_length=40, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["watchlist"],
                condition=Q(state__in=["waiting", "running"]),
                name="list_import_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "refused"]),
                name="list_import_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.watchlist_id} {self.state}"


class ListEntry(models.Model):
    """One person on a list. `content` is one text, because a question fetches thousands and reads a few."""

    watchlist = models.ForeignKey(Watchlist, models.CASCADE, related_name="+", db_index=False)
    entity = models.CharField(max_length=255)
    digest = models.BinaryField(max_length=16)
    buckets = ArrayField(models.IntegerField())
    # The sound that led to each of the buckets: so it can be counted how many surnames share one.
    sounds = ArrayField(models.TextField())
    keys = models.TextField(blank=True)
    born = models.TextField(blank=True)
    content = models.TextField()
    added_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["watchlist", "entity"], name="list_entry_stands_once"),
        ]
        indexes = [GinIndex(fields=["buckets"], name="list_entry_buckets")]

    def __str__(self) -> str:
        return str(self.pk)


class BucketSizes(models.Model):
    """How many different surnames lie in each bucket, counted after every import: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    sizes = ArrayField(models.IntegerField(), default=list)
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(id=1), name="bucket_sizes_are_one_row")]

    def __str__(self) -> str:
        return str(self.counted_at)
