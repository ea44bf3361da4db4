"""The pseudonymous dossier of a group: what is said of each person, as codes, and its hash. Nothing sealed is in it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from cases.applicants import ages
from cases.applicants.models import Applicant
from cases.documents.queries.held import counting
from cases.relocation.queries.households import travelling
from cases.vetting.queries.decisions import living_decisions

# In the order in which they are said. The number of the household is of this version alone, and the stage moves on with
# the submission itself: neither is a difference.
FIELDS = ("pseudonym", "household", "kinship", "category", "age", "country", "stage", "vetting", "papers")
COMPARED = tuple(field for field in FIELDS if field not in ("household", "stage"))
# Whom somebody loves is nobody's business here: a partner is a partner.
_TOLD_AS = {"same_sex_partner": "partner"}


def contents(people: Sequence[Applicant]) -> dict[UUID, dict[str, Any]]:
    """What is said of each person today; three questions, however many people."""
    ids, today = [one.pk for one in people], timezone.localdate()
    kin = dict(travelling().filter(applicant__in=ids).values_list("applicant", "kinship"))
    decisions = {one.applicant_id: one for one in living_decisions(people)}
    papers = _papers(ids)
    found = {}
    for one in people:
        decision = decisions.get(one.pk)
        found[one.pk] = {
            "pseudonym": one.pseudonym,
            "kinship": _TOLD_AS.get(kin.get(one.pk, ""), kin.get(one.pk, "")),
            "category": one.category,
            "age": ages.grown(one.age_band, one.next_age_threshold, today)[0],
            "country": str(one.country),
            "stage": one.stage,
            "vetting": {
                "outcome": decision.outcome,
                "decided": _day(timezone.localdate(decision.decided_at)),
                "until": _day(decision.valid_until),
            }
            if decision
            else {},
            "papers": papers[one.pk],
        }
    return found


def household_numbers(people: Sequence[Applicant]) -> dict[UUID, int]:
    """By which number a household is known inside one dossier; who travels alone has one, too."""
    kin = dict(travelling().filter(applicant__in=people).values_list("applicant", "household"))
    households = list(dict.fromkeys(kin.get(one.pk, one.pk) for one in people))
    return {one.pk: households.index(kin.get(one.pk, one.pk)) + 1 for one in people}


def in_order(content: Mapping[str, Any]) -> tuple[int, bool, str]:
    """Households together, the principal of each first."""
    return (content.get("household", 0), content["kinship"] != "principal", content["pseudonym"])


def _papers(ids: Sequence[UUID]) -> Mapping[UUID, list[dict[str, str]]]:
    """Kind, state and days of each paper that counts; its number is sealed and goes with the names."""
    found: dict[UUID, list[dict[str, str]]] = defaultdict(list)
    held = counting().filter(applicant__in=ids).order_by("type__order", "issued_on", "pk")
    for owner, type_code, status, country, issued, expires in held.values_list(
        "applicant", "type", "status", "country", "issued_on", "expires_on"
    ):
        paper = {"type": type_code, "status": status, "country": str(country or "")}
        found[owner].append(paper | {"issued": _day(issued), "expires": _day(expires)})
    return found


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def hash_of(content: Any) -> str:
    """SHA-256 of the JSON with its keys in order and no blanks, in UTF-8."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def part_hash(id: UUID, content: Mapping[str, Any]) -> str:
    """Of one person: the random id beside it keeps anybody from finding the words by trying."""
    return hash_of({"id": str(id), "content": content})


def whole_hash(head: Mapping[str, Any], parts: Sequence[str]) -> str:
    return hash_of({"head": head, "people": list(parts)})


def changed(frozen: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The fields that say something else today than when it was frozen."""
    return [field for field in COMPARED if frozen.get(field) != now.get(field)]
