"""What an entry of a service record can say: the answers to choose from, and an opened entry in words."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cases.vetting.models import EntryKind
from cases.vetting.spans import first_day


class Branch(models.TextChoices):
    GROUND = "ground", _("ground forces")
    AIRBORNE = "airborne", _("airborne forces")
    NAVY = "navy", _("navy, marines")
    AEROSPACE = "aerospace", _("aerospace forces")
    ROCKET = "rocket", _("strategic rocket forces")
    GUARD = "guard", _("National Guard (Rosgvardia)")
    BORDER = "border", _("border service, FSB")
    INTELLIGENCE = "intelligence", _("military intelligence (GRU), special forces")
    PRIVATE = "private", _("private military company")
    ASSAULT = "assault", _("units of prisoners (Storm)")
    VOLUNTEER = "volunteer", _("volunteer formations (BARS)")
    DONBAS = "donbas", _("formations of the “DNR” or “LNR”")
    OTHER = "other", _("something else")


class CalledUp(models.TextChoices):
    CONTRACT = "contract", _("by contract")
    MOBILISED = "mobilised", _("mobilised")
    CONSCRIPT = "conscript", _("as a conscript")
    PRISON = "prison", _("recruited in prison")
    FORCED = "forced", _("signed under pressure")
    ACADEMY = "academy", _("by a military school")
    OTHER = "other", _("in another way")


class Left(models.TextChoices):
    UNIT = "unit", _("left the unit without leave")
    LEAVE = "leave", _("did not come back from leave")
    HOSPITAL = "hospital", _("left from a hospital")
    FRONT = "front", _("left from the front")
    DISCHARGED = "discharged", _("was discharged")
    BEFORE = "before", _("never served: left before the call-up")
    OTHER = "other", _("in another way")


class Proof(models.TextChoices):
    REPORT = "report", _("report to the commander")
    CHARGES = "charges", _("charge sheet")
    SEARCH = "search", _("search notice")
    COURT = "court", _("court papers")
    WANTED = "wanted", _("entry in a wanted list")
    SUMMONS = "summons", _("summons of the military office")
    MEDIA = "media", _("messages, pictures or videos")
    OTHER = "other", _("something else")


class Article(models.TextChoices):
    A337 = "337", _("337, unauthorised absence")
    A338 = "338", _("338, desertion")
    A332 = "332", _("332, refusal of an order")
    A328 = "328", _("328, evasion of the draft")
    A322 = "322", _("322, illegal crossing of the border")
    A2073 = "207.3", _("207.3, “fakes” about the army")
    A2803 = "280.3", _("280.3, “discrediting” the army")
    A275 = "275", _("275, treason")
    OTHER = "other", _("another article")


class ChargeStage(models.TextChoices):
    INQUIRY = "inquiry", _("inquiry")
    OPENED = "opened", _("case opened")
    CHARGED = "charged", _("charged")
    COURT = "court", _("in court")
    SENTENCED = "sentenced", _("sentenced")
    APPEALED = "appealed", _("appealed")
    CLOSED = "closed", _("case closed")


class Known(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")


LABELS: dict[EntryKind, dict[str, Any]] = {
    EntryKind.PERIOD: {
        "from": _("From"),
        "to": _("Until"),
        "unit_number": _("Unit number"),
        "unit_name": _("Name of the unit"),
        "unit_spellings": _("Other spellings of the unit"),
        "place": _("Place"),
        "role": _("Role"),
        "rank": _("Rank"),
        "weapon": _("Weapon or equipment"),
        "branch": _("Branch"),
        "note": _("Note"),
    },
    EntryKind.CALL_UP: {
        "on": _("When"),
        "how": _("How"),
        "place": _("Where"),
        "by_whom": _("By whom"),
        "note": _("Note"),
    },
    EntryKind.LEAVING: {
        "on": _("When"),
        "how": _("How"),
        "route": _("Route in short"),
        "papers": _("With which papers"),
        "note": _("Note"),
    },
    EntryKind.REFUSAL: {
        "proof": _("What it is"),
        "on": _("Date"),
        "says": _("What it says"),
    },
    EntryKind.CHARGE: {
        "on": _("Date"),
        "article": _("Article of the Criminal Code"),
        "article_other": _("Which other article"),
        "part": _("Part"),
        "stage": _("Stage"),
        "court": _("Court"),
        "in_absentia": _("In absentia"),
        "sentence": _("Sentence"),
        "note": _("Note"),
    },
}
CHOICES: dict[tuple[EntryKind, str], type[models.TextChoices]] = {
    (EntryKind.PERIOD, "branch"): Branch,
    (EntryKind.CALL_UP, "how"): CalledUp,
    (EntryKind.LEAVING, "how"): Left,
    (EntryKind.REFUSAL, "proof"): Proof,
    (EntryKind.CHARGE, "article"): Article,
    (EntryKind.CHARGE, "stage"): ChargeStage,
    (EntryKind.CHARGE, "in_absentia"): Known,
}
DAYS = ("from", "to", "on")


def lines(kind: EntryKind, content: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """An opened entry, without what is empty: the name of each fact, its label and what it says."""
    said = [(name, str(label), say(kind, name, content.get(name))) for name, label in LABELS[kind].items()]
    return [line for line in said if line[2]]


def say(kind: EntryKind, name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if name in DAYS:
        return said_day(str(value or ""))
    if value and (kind, name) in CHOICES:
        return str(dict(CHOICES[kind, name].choices).get(str(value), value))
    return str(value or "")


def said_day(written: str) -> str:
    """ "4 November 1999", "November 1999" or "1999"; what is no such text stays as it is."""
    first = first_day(written)
    if first is None or len(written) == len("1999"):
        return written
    return date_format(first, "F Y" if len(written) == len("1999-11") else "DATE_FORMAT")
