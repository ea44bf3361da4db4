"""Whom we heard: referees, and the person in interviews."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.applicants.languages import LANGUAGES
from cases.applicants.models import Task
from cases.documents.models import Reference, said
from cases.documents.models.reference import in_order
from cases.staff.models import User
from cases.vetting.models.entries import Credibility, Entry, Reliability


class Referee(Entry):
    """Somebody who speaks for the person, or against. Who it is and what was said is sealed."""

    PREFIX = "referee"
    CLEAR = ("state", "from_group", "knows_others", "reliability", "credibility")
    SEALED = ("name", "contact", "relation", "how_heard", "said", "knows_note")

    class State(models.TextChoices):
        NAMED = "named", _("named, not heard yet")
        HEARD = "heard", _("heard")
        REFUSED = "refused", _("does not want to speak")
        UNREACHABLE = "unreachable", _("cannot be reached")

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.NAMED)
    # None: nobody knows yet.
    from_group = models.BooleanField(_("belongs to the person's group"), null=True, blank=True)
    knows_others = models.BooleanField(_("knows another referee"), null=True, blank=True)
    reliability = models.CharField(
        _("reliability of the source"), max_length=1, choices=Reliability.choices, blank=True
    )
    credibility = models.CharField(
        _("credibility of what was said"), max_length=1, choices=Credibility.choices, blank=True
    )

    class Meta(Entry.Meta):
        verbose_name = _("referee")
        verbose_name_plural = _("referees")
        ordering = ["added_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["named", "heard", "refused", "unreachable"]),
                name="referee_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="heard") | ~Q(reliability="") & ~Q(credibility=""),
                name="referee_heard_is_judged",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Referee"))


class InterviewFrame(Reference):
    """The questions that every interview of a kind asks, so that two interviews can be compared. A new version is a new row."""

    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name_en = models.CharField(_("name (English)"), max_length=120)
    name_fr = models.CharField(_("name (French)"), max_length=120)
    name_ru = models.CharField(_("name (Russian)"), max_length=120)

    class Meta:
        verbose_name = _("question frame")
        verbose_name_plural = _("question frames")
        default_permissions = ()
        ordering = ["name_en", "-version"]
        constraints = [in_order("interview_frame_dates_in_order")]

    def __str__(self) -> str:
        name = said(self, "name")
        return str(_("%(name)s (version %(version)s)") % {"name": name, "version": self.version})


class InterviewQuestion(Reference):
    """One question of a frame, and the check it serves. `frame` and `check_code` are keys of rows of reference data."""

    frame = models.SlugField(_("question frame"), max_length=80)
    check_code = models.CharField(_("check"), max_length=10)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    text_en = models.TextField(_("question (English)"), max_length=1000)
    text_fr = models.TextField(_("question (French)"), max_length=1000)
    text_ru = models.TextField(_("question (Russian)"), max_length=1000)

    class Meta:
        verbose_name = _("interview question")
        verbose_name_plural = _("interview questions")
        default_permissions = ()
        ordering = ["frame", "order", "key"]
        constraints = [in_order("interview_question_dates_in_order")]

    @property
    def text(self) -> str:
        return said(self, "text")

    def in_language(self, code: str) -> str:
        """The question in a language, or in English."""
        return said(self, "text", code)


class Interview(Entry):
    """One interview with the person. Answers, interpreter, place and impressions are sealed, in one document or several
    of which the later ones were written by somebody who could not, or did not, open the earlier."""

    PREFIX = "interview"
    CLEAR = ("state", "held_on", "interviewer", "frame", "language", "minutes")
    SEALED = ("interpreter", "place", "present", "impressions")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("took place")
        CANCELLED = "cancelled", _("cancelled")

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    held_on = models.DateField(_("day"))
    interviewer = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("who asks the questions")
    )
    frame = models.ForeignKey(
        InterviewFrame, models.PROTECT, related_name="+", verbose_name=_("question frame")
    )
    language = models.CharField(
        _("language spoken"), max_length=3, choices=list[tuple[str, Any]](LANGUAGES.items())
    )
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), null=True, blank=True)
    # What reminds the interviewer, as long as it is planned.
    task = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="+", editable=False)

    class Meta(Entry.Meta):
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        ordering = ["held_on", "added_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "held", "cancelled"]), name="interview_state_known"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Interview"))
