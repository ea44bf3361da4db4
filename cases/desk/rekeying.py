"""How far the page is that has names sealed anew, in steps of two seconds."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from cases.vault.operations.rekeying import Step


@dataclass(frozen=True)
class Rekeying:
    """`total` is what was due when the page began, so that the bar has an end."""

    total: int
    done: int = 0
    failed: int = 0
    last: UUID | None = None
    ended: bool = False

    def after(self, step: Step) -> "Rekeying":
        done, failed = self.done + step.done, self.failed + step.failed
        # Somebody else may have done some of it meanwhile, or more came.
        total = max(self.total, done + failed + step.left)
        return replace(self, total=total, done=done, failed=failed, last=step.last, ended=not step.left)

    @classmethod
    def from_form(cls, cleaned: dict[str, Any]) -> "Rekeying":
        return cls(**{name: cleaned[name] for name in ("total", "done", "failed", "last")})
