from typing import cast

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.vault.models import SealedFile
from cases.vetting.models.entries import Entry


class Evidence(Entry):
    """A sealed file or a link. Address, hash of the page, time and tool of the capture are sealed: they tell which page it is."""

    PREFIX = "evidence"
    CLEAR = ("checks",)
    SEALED = (
        "title",
        "url",
        "archived_url",
        "sha256",
        "captured_on",
        "captured_time",
        "captured_zone",
        "tool",
        "captured_by",
        "shows",
        "reliability",
        "credibility",
    )

    class Kind(models.TextChoices):
        FILE = "file", _("file")
        LINK = "link", _("link")

    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    checks = ArrayField(
        models.CharField(max_length=10), verbose_name=_("speaks to these checks"), default=list, blank=True
    )
    # An upload that was never finished goes by itself, and the row with it.
    file = models.OneToOneField(SealedFile, models.CASCADE, null=True, related_name="+", editable=False)

    class Meta(Entry.Meta):
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        ordering = ["added_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="file", file__isnull=False) | Q(kind="link", file__isnull=True),
                name="evidence_is_a_file_or_a_link",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def sent(self) -> SealedFile:
        """The file of a piece that is one."""
        return cast(SealedFile, self.file)
