from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cases.documents import models
from cases.documents.forms.reference import FactForm
from cases.documents.models import Reference
from cases.documents.operations.reference import add_fact, edit_fact, verify_facts
from cases.documents.queries.reference import stale
from cases.documents.reference.columns import REFERENCE
from cases.documents.tables import file_says_else, is_edited
from cases.staff.admin_site import Page, site
from cases.staff.models import User
from cases.staff.roles import Permission

LANGUAGES = ("_en", "_fr", "_ru")


class Verification(admin.SimpleListFilter):
    title = _("verification")
    parameter_name = "verification"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("again", _("to be verified again")), ("never", _("never verified"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "again":
            return queryset.filter(stale())
        return queryset.filter(verified_on__isnull=True) if self.value() == "never" else queryset


class InForce(admin.SimpleListFilter):
    title = _("in force")
    parameter_name = "in_force"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("today", _("today")), ("past", _("no longer")), ("coming", _("not yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        past, coming = Q(ends__isnull=False, ends__lt=today), Q(begins__isnull=False, begins__gt=today)
        chosen = {"today": ~past & ~coming, "past": past, "coming": coming}
        return queryset.filter(chosen[self.value() or ""]) if self.value() in chosen else queryset


class FactPage(Page):
    """A table of reference data. Nothing is deleted, since answers given cite it: the last day in force closes a row."""

    permission = Permission.MANAGE_REFERENCE
    form = FactForm
    about: tuple[str, ...] = ()
    list_filter: ClassVar[tuple[Any, ...]] = (Verification, InForce, "confidence")
    list_per_page = 200
    search_fields: ClassVar[tuple[str, ...]] = ("key", "source")
    actions = ("verified_today",)  # type: ignore[assignment]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        ours = (Verification.parameter_name, InForce.parameter_name)
        return lookup in ours or super().lookup_allowed(lookup, value, request)

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        return ("key", *self.about, "in_force", "verified", "confidence", "edited_here", "source")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("key", "code", "file_says") if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        names = [field.name for field in self.model._meta.fields if field.editable]
        own = [name for name in names if name not in REFERENCE and not name.endswith(LANGUAGES)]
        texts = [name for name in names if name.endswith(LANGUAGES)]
        return [
            (None, {"fields": ["key", *(["file_says"] if obj else []), *own]}),
            *([(_("Texts"), {"fields": texts})] if texts else []),
            (_("In force"), {"fields": ["begins", "ends"]}),
            (_("Where it comes from"), {"fields": ["source", "source_date", "verified_on", "confidence"]}),
        ]

    def save_model(self, request: HttpRequest, obj: Reference, form: Any, change: bool) -> None:
        by = cast(User, request.user)
        if change:
            edit_fact(fact=obj, columns=form.changed_data, by=by)
        else:
            add_fact(fact=obj, by=by)

    @admin.action(permissions=["change"], description=_("Sources read today and found right"))
    def verified_today(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        facts = list(queryset)
        verify_facts(facts=facts, by=cast(User, request.user))
        said = ngettext("%(count)s row verified today.", "%(count)s rows verified today.", len(facts))
        self.message_user(request, said % {"count": len(facts)}, messages.SUCCESS)

    @admin.display(description=_("in force"), ordering="begins")
    def in_force(self, row: Reference) -> str:
        first, last = (date_format(day, "Y-m-d") if day else "…" for day in (row.begins, row.ends))
        return f"{first} – {last}" if row.begins or row.ends else gettext("always")

    @admin.display(description=_("verified"), ordering="verified_on")
    def verified(self, row: Reference) -> str:
        if row.verified_on is None:
            return gettext("never verified")
        day = date_format(row.verified_on)
        return f"{day} · {gettext('to be verified again')}" if row.is_stale else day

    @admin.display(description=_("edited here"))
    def edited_here(self, row: Reference) -> str:
        if not row.loaded:
            return gettext("added here")
        return gettext("edited here") if is_edited(row) else ""

    @admin.display(description=_("the file says"))
    def file_says(self, row: Reference) -> str:
        else_ = file_says_else(row)
        if not else_:
            return gettext("the same, or nothing")
        names = {field.name: field.verbose_name for field in row._meta.fields}
        return format_html_join(
            "; ", "{}: {}", ((capfirst(names[column]), _said(value)) for column, value in else_.items())
        )


def _said(value: Any) -> Any:
    return (", ".join(value) if isinstance(value, list) else value) or "—"


@admin.register(models.DocumentType, site=site)
class DocumentTypePage(FactPage):
    about = ("name", "role")
    list_filter = (*FactPage.list_filter, "role")
    search_fields = ("key", "source", "code", "name_en", "name_fr", "name_ru")


@admin.register(models.AreaMember, site=site)
class AreaMemberPage(FactPage):
    about = ("area", "country")


@admin.register(models.EntryRule, site=site)
class EntryRulePage(FactPage):
    about = ("destination", "document", "effect")
    list_filter = (*FactPage.list_filter, "effect", "document")


@admin.register(models.VisaRule, site=site)
class VisaRulePage(FactPage):
    about = ("visa", "destination")


@admin.register(models.RemedyRule, site=site)
class RemedyRulePage(FactPage):
    about = ("order", "destination", "document")


@admin.register(models.StayRule, site=site)
class StayRulePage(FactPage):
    about = ("country", "kind", "days", "within")


@admin.register(models.ExitRule, site=site)
class ExitRulePage(FactPage):
    about = ("country", "obstacle", "effect")


@admin.register(models.SafetyRule, site=site)
class SafetyRulePage(FactPage):
    about = ("country", "danger")
