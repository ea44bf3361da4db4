from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_noop, ngettext

from cases.vault import pepper
from cases.vault.refusals import NoPepper
from cases.vault.soundness import files, holding, keys, rows

SENTENCES = {
    "organisation_key": (
        gettext_noop("The organisation key in the database is not the one in its file, or not vouched for."),
        "",
    ),
    "pepper": (
        gettext_noop("The pepper file is missing, damaged or readable by others: nothing could be checked."),
        "",
    ),
    "thin_safes": (
        gettext_noop("%(count)d safe can be opened by fewer than two colleagues for good."),
        gettext_noop("%(count)d safes can be opened by fewer than two colleagues for good."),
    ),
    "closed_accounts": (
        gettext_noop("%(count)d key to a safe belongs to a closed account."),
        gettext_noop("%(count)d keys to safes belong to closed accounts."),
    ),
    "old_keys": (
        gettext_noop("%(count)d key to a safe fits an earlier lock only."),
        gettext_noop("%(count)d keys to safes fit earlier locks only."),
    ),
    "old_items": (
        gettext_noop("%(count)d sealed item is still sealed with an earlier key of its safe."),
        gettext_noop("%(count)d sealed items are still sealed with an earlier key of their safe."),
    ),
    "unvouched_safes": (
        gettext_noop("%(count)d safe has a key that this system did not make."),
        gettext_noop("%(count)d safes have keys that this system did not make."),
    ),
    "unvouched_keyrings": (
        gettext_noop("%(count)d colleague has a key that this system did not make."),
        gettext_noop("%(count)d colleagues have keys that this system did not make."),
    ),
    "unvouched_confirmations": (
        gettext_noop("The key of %(count)d colleague is called known, and nobody has compared it."),
        gettext_noop("The keys of %(count)d colleagues are called known, and nobody has compared them."),
    ),
    "wraps": (
        gettext_noop("%(count)d safe is not sealed to the present organisation key."),
        gettext_noop("%(count)d safes are not sealed to the present organisation key."),
    ),
    "changed_safes": (
        gettext_noop("%(count)d safe is not as it was recorded last."),
        gettext_noop("%(count)d safes are not as they were recorded last."),
    ),
    "changed_items": (
        gettext_noop("%(count)d sealed item is not as it was recorded last."),
        gettext_noop("%(count)d sealed items are not as they were recorded last."),
    ),
    "unrecorded": (
        gettext_noop("%(count)d safe or sealed item was never recorded: somebody put it there."),
        gettext_noop("%(count)d safes or sealed items were never recorded: somebody put them there."),
    ),
    "missing": (
        gettext_noop("%(count)d safe or sealed item that was recorded is gone."),
        gettext_noop("%(count)d safes or sealed items that were recorded are gone."),
    ),
    "marks": (
        gettext_noop("The marks of %(count)d recorded act do not fit the audit log."),
        gettext_noop("The marks of %(count)d recorded acts do not fit the audit log."),
    ),
    "files": (
        gettext_noop("Parts of %(count)d sealed file are missing or have another size."),
        gettext_noop("Parts of %(count)d sealed files are missing or have another size."),
    ),
}

_CHECKS: tuple[Callable[[], dict[str, int]], ...] = (keys.faults, holding.faults, rows.faults, files.faults)


@dataclass(frozen=True)
class Finding:
    """One kind of fault; `code` is what the log keeps."""

    code: str
    count: int

    def __str__(self) -> str:
        # The log may have been written by a later version.
        one, many = SENTENCES.get(self.code, (f"{self.code}: %(count)d", ""))
        return ngettext(one, many or one, self.count) % {"count": self.count}


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
