"""Types and papers for the tests of what people hold."""

from datetime import date, timedelta

from django.utils import timezone

from cases.documents.models import DocumentType, StayRule
from cases.documents.operations import held as operations
from cases.staff.models import random_id

NUMBER = "4514 667788"
SEALED = {"number": NUMBER, "authority": "ОВД Урюпинска", "surname": "КУЛЕБЯКИН", "note": "печать о браке"}
TYPES = {
    "RU_INT": {
        "role": "identity",
        "zone": "PN",
        "zone_since": date(2011, 7, 1),
        "number_pattern": r"^\d{10}$",
        "number_example": "99 99 999999",
        "proves_en": "who the person is",
        "allows_en": "entry to Kazakhstan",
    },
    "RU_ZAG5": {"role": "travel", "zone": "TD3", "years": 5, "number_pattern": r"^\d{9}$"},
    "RU_ZAG10": {"role": "travel", "zone": "TD3", "years": 10, "number_pattern": r"^\d{9}$"},
    "RU_RET": {"role": "single", "zone": "none", "warning_en": "Needs a visit to a consulate."},
    "RU_SNILS": {"role": "number", "zone": "none", "number_pattern": r"^\d{3}-?\d{3}-?\d{3}\s?\d{2}$"},
    "KZ_ASY": {"role": "stay", "zone": "none", "months": 3, "issuer": "KZ"},
    "FR_LP": {"role": "single", "zone": "none", "issuer": "FR"},
}


def make_types(*codes):
    made = {}
    for order, code in enumerate(codes or TYPES):
        facts = {"issuer": "RU", **TYPES[code]}
        made[code], _new = DocumentType.objects.get_or_create(
            key=code.lower().replace("_", "-"),
            defaults={
                "code": code,
                "order": order,
                "name_en": f"Paper {code}",
                "source": "a test",
                "confidence": "found",
                **facts,
            },
        )
    return made


def make_paper(applicant, *, by, type="RU_ZAG10", sealed=None, id=None, **facts):
    known = make_types(type)[type]
    return operations.add_document(
        id=id or random_id(),
        applicant=applicant,
        facts={"type": known, "country": known.issuer, **facts},
        sealed=sealed or {},
        by=by,
    )


def make_stay_rule(kind="stay", days=90, country="KZ", **fields):
    return StayRule.objects.create(
        key=f"{country}-{kind}-{days}".lower(),
        country=country,
        kind=kind,
        days=days,
        source="a test",
        confidence="found",
        **fields,
    )


def in_days(days):
    return timezone.localdate() + timedelta(days=days)
