"""The words of a claim: its laws and tracks, what happens, how it is decided and why, and what is due."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Procedure(models.TextChoices):
    CESEDA = "ceseda", _("CESEDA (Directive 2013/32)")
    APR = "apr", _("Regulation (EU) 2024/1348")


class Responsibility(models.TextChoices):
    DUBLIN = "dublin", _("Dublin III (Regulation 604/2013)")
    AMMR = "ammr", _("AMMR (Regulation (EU) 2024/1351)")


REGIMES = [*Procedure.choices, *Responsibility.choices]


class Track(models.TextChoices):
    STANDARD = "standard", _("standard procedure")
    ACCELERATED = "accelerated", _("accelerated procedure")
    INADMISSIBLE = "inadmissible", _("inadmissibility procedure")


# Of a rule: it holds for a claim that follows a former one, whatever its track, and there no other rule does.
AGAIN = "again"


class StepKind(models.TextChoices):
    SPADA = "spada", _("pre-registration (SPADA)")
    REGISTERED = "registered", _("registration (GUDA)")
    ATTESTED = "attested", _("asylum application certificate handed over")
    RENEWED = "renewed", _("certificate renewed")
    NARRATIVE = "narrative", _("narrative written down")
    FILED = "filed", _("application filed with OFPRA")
    SENT_BACK = "sent_back", _("file sent back as incomplete")
    COMPLETED = "completed", _("file completed")
    INTERVIEW = "interview", _("interview at OFPRA")
    DECIDED = "decided", _("decision of OFPRA received")
    LEGAL_AID = "legal_aid", _("legal aid asked for")
    APPEAL = "appeal", _("appeal to the CNDA")
    HEARING = "hearing", _("hearing at the CNDA")
    COURT_DECIDED = "court_decided", _("decision of the CNDA received")
    HIT = "hit", _("hit in Eurodac or VIS")
    TAKE_CHARGE = "take_charge", _("another state asked to take charge")
    FRANCE = "france", _("France is responsible")
    TRANSFER = "transfer", _("transfer to another state decided")
    TRAVEL_ASKED = "travel_asked", _("travel document asked for")
    TRAVEL_HELD = "travel_held", _("travel document received")
    WITHDRAWN = "withdrawn", _("claim withdrawn by the person")
    CLOSED = "closed", _("claim closed by OFPRA without a decision on it")
    REOPENED = "reopened", _("closed claim reopened by OFPRA")


class Result(models.TextChoices):
    REFUGEE = "refugee", _("refugee")
    SUBSIDIARY = "subsidiary", _("subsidiary protection")
    REJECTED = "rejected", _("rejected")


class Ground(models.TextChoices):
    """Why protection was refused, as the decision says."""

    FACTS = "facts", _("what was told is not believed")
    RISK = "risk", _("no risk is seen on return")
    ELSEWHERE = "elsewhere", _("protection in another part of the country or another state")
    EXCLUSION = "exclusion", _("exclusion clause")
    OTHER = "other", _("another reason")
    UNSAID = "unsaid", _("no reason given")


class DeadlineKind(models.TextChoices):
    DESK = "desk", _("Appointment at the prefecture one-stop desk (GUDA)")
    FILING = "filing", _("Send the asylum application to OFPRA")
    COMPLETING = "completing", _("Complete the file at OFPRA")
    CERTIFICATE = "certificate", _("The asylum application certificate expires")
    INTERVIEW = "interview", _("Interview at OFPRA")
    DECISION = "decision", _("OFPRA decides")
    LEGAL_AID = "legal_aid", _("Ask for legal aid for the appeal")
    APPEAL = "appeal", _("Appeal to the CNDA")
    HEARING = "hearing", _("Hearing at the CNDA")
    COURT = "court", _("The CNDA decides")
    TAKE_CHARGE = "take_charge", _("France may still ask another state to take charge")
    TRANSFER_APPEAL = "transfer_appeal", _("Challenge the transfer to another state")
    REOPEN = "reopen", _("Ask OFPRA to reopen the closed claim")
