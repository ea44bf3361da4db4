"""The reference data as it is in the database."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.documents.models import AreaMember, DocumentType, EntryRule, Reference
from cases.documents.reference.rows import columns, to_rules
from cases.documents.tables import MODELS, all_models
from cases.documents.travel.rules import VERIFY_AGAIN_AFTER, Rules


def rules() -> Rules:
    """Return all dated rows, of every day, by one query a table."""
    return to_rules(
        {table: model._default_manager.values(*columns(table)) for table, model in MODELS.items()}
    )


def types() -> QuerySet[DocumentType]:
    """The catalogue in the order in which it is offered."""
    return DocumentType.objects.all()


def areas() -> list[str]:
    return list(AreaMember.objects.order_by("area").values_list("area", flat=True).distinct())


def entry_rules_for(destination: str, document: str) -> QuerySet[EntryRule]:
    """What one place says of one type of document, on whatever day."""
    return EntryRule.objects.filter(destination=destination, document=document)


def in_force(day: date) -> Q:
    """The rows of a dated table that hold on a day; an open end is for ever."""
    begun = Q(begins__isnull=True) | Q(begins__lte=day)
    return begun & (Q(ends__isnull=True) | Q(ends__gte=day))


def stale(today: date | None = None) -> Q:
    """Rows to be verified again: never verified or too long ago. What is no longer in force needs no second look."""
    day = today or timezone.localdate()
    old = Q(verified_on__isnull=True) | Q(verified_on__lt=day - VERIFY_AGAIN_AFTER)
    return old & (Q(ends__isnull=True) | Q(ends__gte=day))


def to_verify() -> dict[type[Reference], list[Reference]]:
    """Return what is to be verified again, a table at a time."""
    return {model: list(model._default_manager.filter(stale())) for model in all_models().values()}
