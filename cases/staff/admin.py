from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.staff import operations
from cases.staff.admin_site import Page, site
from cases.staff.forms import AccountForm
from cases.staff.models import Organisation, RoleGrant, Team, User
from cases.staff.roles import Permission


class RoleInline(admin.TabularInline):  # type: ignore[type-arg]
    """Read only: roles are given on the colleague's page, where forbidden pairs are refused."""

    model = RoleGrant
    fk_name = "user"
    fields = readonly_fields = ("role", "expires_at", "given_by", "given_at")
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User, site=site)
class AccountAdmin(Page):
    permission = Permission.MANAGE_ACCOUNTS
    form = AccountForm
    list_display = ("full_name", "username", "is_active", "last_login")
    list_filter = ("is_active", "language")
    search_fields = ("full_name", "username")
    fields = (
        "username",
        "full_name",
        "email",
        "language",
        "time_zone",
        "is_active",
        "last_login",
        "date_joined",
        "is_superuser",
    )
    readonly_fields = ("username", "is_active", "last_login", "date_joined", "is_superuser")
    inlines = (RoleInline,)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        known = User.objects.get(pk=obj.pk)
        operations.edit_account(user=known, **form.cleaned_data, by=request.user)  # type: ignore[arg-type]


@admin.register(RoleGrant, site=site)
class RoleAdmin(Page):
    permission = Permission.MANAGE_ACCOUNTS
    list_display = ("user", "role", "expires_at", "given_by", "given_at")
    list_filter = ("role",)


@admin.register(Team, site=site)
class TeamAdmin(Page):
    permission = Permission.MANAGE_ACCOUNTS
    list_display = ("name", "named_members", "named_holders")
    fields = ("name", "named_members", "named_holders")
    readonly_fields = ("named_members", "named_holders")

    @admin.display(description=_("members"))
    def named_members(self, team: Team) -> str:
        return ", ".join(map(str, team.members))

    @admin.display(description=_("name holders"))
    def named_holders(self, team: Team) -> str:
        return ", ".join(map(str, team.holders.all()))


@admin.register(Organisation, site=site)
class OrganisationAdmin(Page):
    permission = Permission.MANAGE_ACCOUNTS
    fields = ("name", "headcount", "kind", "created_at")
    readonly_fields = ("kind", "created_at")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request)

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        operations.edit_organisation(organisation=obj, **form.cleaned_data, by=request.user)  # type: ignore[arg-type]
