from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.staff.models import User, random_id
from cases.vault.files.kinds import Kind
from cases.vault.models.safes import Safe, SealedItem

_MIB = 1024 * 1024
_SIZES: tuple[tuple[int, Promise], ...] = (
    (_MIB, _("up to 1 MB")),
    (10 * _MIB, _("up to 10 MB")),
    (50 * _MIB, _("up to 50 MB")),
)


class SealedFile(models.Model):
    """One file, sealed in chunks of 1 MiB that lie in a storage. Its name, its kind as claimed and its key are one item.

    A copy made for looking at is a file of its own, `of` the original, under a key derived from the original's.
    """

    class Purpose(models.TextChoices):
        ORIGINAL = "original", _("original")
        VIEW = "view", _("page to look at")
        THUMBNAIL = "thumbnail", _("small picture")

    class State(models.TextChoices):
        UPLOADING = "uploading", _("not yet complete")
        WHOLE = "whole", _("complete")
        REFUSED = "refused", _("refused")

    CHUNK_BYTES: ClassVar = _MIB

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    safe = models.ForeignKey(Safe, models.PROTECT, related_name="files")
    key_item = models.ForeignKey(SealedItem, models.PROTECT, related_name="files")
    of = models.ForeignKey("self", models.CASCADE, null=True, related_name="copies")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.ORIGINAL)
    page = models.PositiveSmallIntegerField(default=0)
    size = models.PositiveBigIntegerField()
    received = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADING)
    kind = models.CharField(max_length=5, choices=Kind.choices, blank=True)
    refusal = models.CharField(max_length=20, blank=True)
    # Codes of what should be known about the original; they tell nothing about who it is.
    notices = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    key_check = models.BinaryField()
    resume_tag = models.BinaryField(null=True)
    # The hash of the content, sealed under the key of the file.
    proof = models.BinaryField(null=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="file_holds_something"),
            models.CheckConstraint(
                condition=Q(purpose="original", of__isnull=True)
                | Q(purpose__in=["view", "thumbnail"], of__isnull=False),
                name="file_copies_have_an_original",
            ),
            models.CheckConstraint(
                condition=Q(state="uploading", finished_at__isnull=True, refusal="")
                | Q(state="whole", finished_at__isnull=False, refusal="") & ~Q(kind="")
                | Q(state="refused", finished_at__isnull=False) & ~Q(refusal=""),
                name="file_state_known",
            ),
            models.UniqueConstraint(fields=["of", "purpose", "page"], name="file_one_copy_a_page"),
            models.UniqueConstraint(
                fields=["safe", "uploaded_by", "resume_tag"],
                condition=Q(state="uploading"),
                name="file_one_upload_to_resume",
            ),
        ]

    def __str__(self) -> str:
        return f"sealed file {self.pk}"

    @property
    def chunks(self) -> int:
        return -(-self.size // self.CHUNK_BYTES)

    @property
    def size_class(self) -> str:
        """About how large it is: the exact size would say which of two known files it is."""
        return str(next((words for most, words in _SIZES if self.size <= most), _("over 50 MB")))

    @property
    def percent(self) -> int:
        return 100 * self.received // self.chunks


class LeftFile(models.Model):
    """A file whose rows were erased, until its chunks are gone from the storage too."""

    file = models.UUIDField(primary_key=True, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"left file {self.pk}"
