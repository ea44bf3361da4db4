from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.vault import pepper
from cases.vault.refusals import NoPepper
from cases.vault.soundness import erasures, files, holding, keys, rows

SENTENCES: dict[str, Any] = {
    "organisation_key": _(
        "The organisation key in the database is not the one in its file, or not vouched for."
    ),
    "pepper": _("The pepper file is missing, damaged or readable by others: nothing could be checked."),
    "thin_safes": ngettext_lazy(
        "%(count)d safe can be opened by fewer than two colleagues for good.",
        "%(count)d safes can be opened by fewer than two colleagues for good.",
        "count",
    ),
    "closed_accounts": ngettext_lazy(
        "%(count)d key to a safe belongs to a closed account.",
        "%(count)d keys to safes belong to closed accounts.",
        "count",
    ),
    "officers": ngettext_lazy(
        "%(count)d duty officer has a closed account or no role to unlock: name them again.",
        "%(count)d duty officers have closed accounts or no role to unlock: name them again.",
        "count",
    ),
    "pairs": ngettext_lazy(
        "What is sealed to duty officers fits earlier keys in %(count)d place: name them again.",
        "What is sealed to duty officers fits earlier keys in %(count)d places: name them again.",
        "count",
    ),
    "old_keys": ngettext_lazy(
        "%(count)d key to a safe fits an earlier lock only.",
        "%(count)d keys to safes fit earlier locks only.",
        "count",
    ),
    "old_items": ngettext_lazy(
        "%(count)d sealed item is still sealed with an earlier key of its safe.",
        "%(count)d sealed items are still sealed with an earlier key of their safe.",
        "count",
    ),
    "unvouched_safes": ngettext_lazy(
        "%(count)d safe has a key that this system did not make.",
        "%(count)d safes have keys that this system did not make.",
        "count",
    ),
    "unvouched_keyrings": ngettext_lazy(
        "%(count)d colleague has a key that this system did not make.",
        "%(count)d colleagues have keys that this system did not make.",
        "count",
    ),
    "unvouched_confirmations": ngettext_lazy(
        "The key of %(count)d colleague is called known, and nobody has compared it.",
        "The keys of %(count)d colleagues are called known, and nobody has compared them.",
        "count",
    ),
    "wraps": ngettext_lazy(
        "%(count)d safe is not sealed to the present organisation key.",
        "%(count)d safes are not sealed to the present organisation key.",
        "count",
    ),
    "changed_safes": ngettext_lazy(
        "%(count)d safe is not as it was recorded last.",
        "%(count)d safes are not as they were recorded last.",
        "count",
    ),
    "changed_items": ngettext_lazy(
        "%(count)d sealed item is not as it was recorded last.",
        "%(count)d sealed items are not as they were recorded last.",
        "count",
    ),
    "unrecorded": ngettext_lazy(
        "%(count)d safe or sealed item was never recorded: somebody put it there.",
        "%(count)d safes or sealed items were never recorded: somebody put them there.",
        "count",
    ),
    "missing": ngettext_lazy(
        "%(count)d safe or sealed item that was recorded is gone.",
        "%(count)d safes or sealed items that were recorded are gone.",
        "count",
    ),
    "marks": ngettext_lazy(
        "The marks of %(count)d recorded act do not fit the audit log.",
        "The marks of %(count)d recorded acts do not fit the audit log.",
        "count",
    ),
    "files": ngettext_lazy(
        "Parts of %(count)d sealed file are missing or have another size.",
        "Parts of %(count)d sealed files are missing or have another size.",
        "count",
    ),
    "ledger": _("The ledger of erasures beside the backups cannot be read, or was changed."),
    "unledgered": ngettext_lazy(
        "%(count)d erasure is missing from the ledger beside the backups: a restore would not repeat it.",
        "%(count)d erasures are missing from the ledger beside the backups: a restore would not repeat them.",
        "count",
    ),
}

_CHECKS: tuple[Callable[[], dict[str, int]], ...] = (
    keys.faults,
    holding.faults,
    rows.faults,
    files.faults,
    erasures.faults,
)


@dataclass(frozen=True)
class Finding:
    """One kind of fault; `code` is what the log keeps."""

    code: str
    count: int

    def __str__(self) -> str:
        # The log may have been written by a later version.
        sentence = SENTENCES.get(self.code, f"{self.code}: %(count)d")
        return str(sentence % {"count": self.count})


def check() -> Iterator[Finding]:
    """Yield what is not as it should be, as far as it can be seen without any key."""
    try:
        pepper.load()
    except NoPepper:
        yield Finding("pepper", 1)
        return
    for look in _CHECKS:
        for code, count in look().items():
            if count:
                yield Finding(code, count)
