from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.staff.models import User
from cases.vault.models.safes import REASON_LENGTH, not_empty


class OpenInterview(models.Model):
    """The safes of one person, open to one colleague for some hours without a reason for each opening.

    The row alone opens nothing. `mark` is made with the colleague's own root, over one unlock: who writes to the
    database can neither make an interview nor prolong one, and it is over with that unlock.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    safes = ArrayField(models.UUIDField())
    reason = models.CharField(max_length=REASON_LENGTH)
    # By the clock that nobody sets (`unlock.boottime`): until then, and with no other unlock.
    ends = models.FloatField()
    mark = models.BinaryField()
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="one_interview_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("begun_at")),
                name="interview_ends_after_it_began",
            ),
            not_empty("mark", "interview_is_marked"),
        ]

    def __str__(self) -> str:
        return f"interview {self.pk}"
