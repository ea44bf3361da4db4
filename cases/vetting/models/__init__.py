"""What a vetting stands on. What happened lies in the account safe; here are results, states and who answers for them."""

from cases.vetting.models.checks import Check, CheckKind
from cases.vetting.models.screening import Screening
from cases.vetting.models.vetting import Vetting
from cases.vetting.models.watchlists import BucketSizes, Kind, ListEntry, ListImport, ListKind, Watchlist

__all__ = [
    "BucketSizes",
    "Check",
    "CheckKind",
    "Kind",
    "ListEntry",
    "ListImport",
    "ListKind",
    "Screening",
    "Vetting",
    "Watchlist",
]
