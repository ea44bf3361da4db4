"""Governments that take people in, and what was talked about with them."""

from cases.relocation.models.governments import Contact, Government, Talk

__all__ = ["Contact", "Government", "Talk"]
