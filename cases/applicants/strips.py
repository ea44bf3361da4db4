"""What one colleague may do about the sealed part of a case: the state behind the strips on its page."""

from dataclasses import dataclass
from uuid import UUID

from cases.applicants.models import Applicant
from cases.staff.models import User
from cases.vault.models import AccessRequest, SealedItem
from cases.vault.queries import holders_of


@dataclass(frozen=True)
class Strip:
    """`known`: something is sealed; `held`: this colleague can open it once unlocked."""

    known: bool
    held: bool
    holders: list[User]
    asked: bool

    @property
    def is_thin(self) -> bool:
        return len(self.holders) < 2


def strips_of(applicant: Applicant, viewer: User) -> tuple[Strip, Strip]:
    """Return the strips of the name and of the contact card, which lie in one safe."""
    holders = list(holders_of(applicant.identity_safe))
    held = viewer in holders
    asked = not held and _has_asked(applicant.identity_safe_id, viewer)
    name = Strip(applicant.name_known, held, holders, asked)
    return name, Strip(_has_contact(applicant), held, holders, asked)


def account_strip(applicant: Applicant, viewer: User) -> Strip:
    """The strip of the account, which lies in a safe of its own."""
    holders = list(holders_of(applicant.account_safe))
    held = viewer in holders
    asked = not held and _has_asked(applicant.account_safe_id, viewer)
    return Strip(applicant.sealed_notes.exists(), held, holders, asked)


def _has_contact(applicant: Applicant) -> bool:
    return SealedItem.objects.filter(safe=applicant.identity_safe_id, kind="contact").exists()


def _has_asked(safe_id: UUID, viewer: User) -> bool:
    return AccessRequest.objects.filter(safe=safe_id, asker=viewer, answered_at__isnull=True).exists()
