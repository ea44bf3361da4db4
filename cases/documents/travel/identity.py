"""Which paper proves who somebody is, though it opens no border: what a remedy starts from."""

from collections.abc import Iterable

from cases.documents.travel.rulebook import Rulebook
from cases.documents.travel.facts import Paper, Status
from cases.documents.travel.verdicts import has_expired

PROVES = frozenset({"travel", "single", "identity"})
# A scan is enough, and so is a passport that lies with the army. One that is lost, refused or only applied for
# is no proof: there is nothing to show. A military card helps somebody with no paper at all, see the remedies.
SHOWN = frozenset({Status.HELD, Status.COPY, Status.ARMY, Status.SEIZED, Status.EXPIRED})


def proof_of_identity(papers: Iterable[Paper], book: Rulebook) -> Paper | None:
    """Return the best proof there is on the day: one in hand and valid before all others."""
    return min(
        (paper for paper in papers if _proves(paper, book)),
        key=lambda paper: (paper.status is not Status.HELD, has_expired(paper, book), paper.id),
        default=None,
    )


def _proves(paper: Paper, book: Rulebook) -> bool:
    facts = book.types.get(paper.type)
    return (
        facts is not None
        and facts.role in PROVES
        and paper.status in SHOWN
        and (paper.issued is None or paper.issued <= book.on)
    )
