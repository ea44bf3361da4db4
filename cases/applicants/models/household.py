from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models.applicant import Applicant
from cases.staff.models import random_id


class Household(models.Model):
    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return str(_("Household"))


class Membership(models.Model):
    """That a person belongs to a household, and as what; kept with its end when the household parts."""

    class Kinship(models.TextChoices):
        PRINCIPAL = "principal", _("Principal applicant")
        SPOUSE = "spouse", _("Spouse")
        PARTNER = "partner", _("Unmarried partner")
        SAME_SEX_PARTNER = "same_sex_partner", _("Same-sex partner")
        CHILD = "child", _("Child")
        PARENT = "parent", _("Parent")
        OTHER = "other", _("Other dependant")

    household = models.ForeignKey(Household, models.CASCADE, related_name="memberships")
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="memberships")
    kinship = models.CharField(_("belongs as"), max_length=20, choices=Kinship.choices)
    has_certificate = models.BooleanField(
        _("a certificate proves it"),
        null=True,
        help_text=_("A partner without a certificate can be declared with other evidence."),
    )
    travels_with = models.BooleanField(_("travels with the principal applicant"), default=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["applicant"], condition=Q(until__isnull=True), name="one_household_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(until__isnull=True, kinship="principal"),
                name="one_principal_a_household",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kinship_display())
