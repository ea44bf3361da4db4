"""Governments that take people in, what was talked about with them, and the groups put before them."""

from cases.relocation.models.governments import Contact, Government, Talk
from cases.relocation.models.groups import STEPS, Group, Member

__all__ = ["STEPS", "Contact", "Government", "Group", "Member", "Talk"]
