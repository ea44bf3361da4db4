"""The dated rows as the rules of travel are asked with them."""

from cases.documents.models import TABLES
from cases.documents.reference.rows import KINDS, columns, to_rules
from cases.documents.travel.rules import Rules


def rules() -> Rules:
    """Everything that is known, by one query a table."""
    tables = dict(zip(KINDS, TABLES, strict=True))
    return to_rules({name: model._default_manager.values(*columns(name)) for name, model in tables.items()})
