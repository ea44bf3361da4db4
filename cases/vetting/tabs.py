"""The parts of a vetting, as the pages of one case lead from one to the next."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant


@dataclass(frozen=True)
class Tab:
    slug: str
    title: Promise
    url_name: str


TABS = (
    Tab("service", _("Service record"), "vetting:service"),
    Tab("checks", _("Checks"), "vetting:checks"),
    Tab("evidence", _("Evidence"), "vetting:evidence"),
    Tab("heard", _("Interviews and referees"), "vetting:heard"),
    Tab("screening", _("Lists"), "vetting:screening"),
    Tab("decision", _("Decision"), "vetting:decision"),
)


def frame(applicant: Applicant, slug: str) -> dict[str, object]:
    """What every page of a vetting needs around its content: whose it is, the way back, the parts beside it."""
    return {
        "applicant": applicant,
        "tab": slug,
        "tab_url": reverse("applicants:part", args=[applicant.pk, "vetting"]),
        "tabs": [(tab.slug, str(tab.title), reverse(tab.url_name, args=[applicant.pk])) for tab in TABS],
    }
