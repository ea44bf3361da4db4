"""Several people at once, and the same people on another day."""

from collections.abc import Iterable, Sequence

from cases.documents.travel.answers import Change, Option, Together
from cases.documents.travel.facts import Traveller

Member = tuple[Traveller, Sequence[Option]]


def together(members: Sequence[Member]) -> tuple[Together, ...]:
    """Return for each destination that all were asked about the worst of the answers, and whose it is."""
    by_member = [
        (traveller.key, {option.destination: option for option in found}) for traveller, found in members
    ]
    if not by_member:
        return ()
    shared = set.intersection(*(set(found) for _key, found in by_member))
    return tuple(
        _together(name, tuple((key, found[name]) for key, found in by_member)) for name in sorted(shared)
    )


def _together(destination: str, members: tuple[tuple[str, Option], ...]) -> Together:
    worst = min(option.answer for _key, option in members)
    best = max(option.answer for _key, option in members)
    # Where all have the same answer it hangs on nobody more than on the others.
    hangs_on = tuple(key for key, option in members if option.answer is worst) if worst < best else ()
    return Together(destination, worst, hangs_on, members)


def changes(before: Iterable[Option], after: Iterable[Option]) -> tuple[Change, ...]:
    """Return what is different on the later day, with the rows cited that end or begin between the two."""
    later = {option.destination: option for option in after}
    return tuple(
        _change(option, later[option.destination])
        for option in before
        if option.destination in later and _said(option) != _said(later[option.destination])
    )


def _said(option: Option) -> tuple[object, ...]:
    """What a reader would see; the same reason by another row is no change."""
    codes = tuple(reason.code for reason in option.reasons)
    return option.answer, option.paper, codes, option.missing, option.visa


def _change(before: Option, after: Option) -> Change:
    gone = (row for row in before.rows() if not row.in_force(after.on))
    new = (row for row in after.rows() if not row.in_force(before.on))
    return Change(before.destination, before, after, tuple(gone), tuple(new))
