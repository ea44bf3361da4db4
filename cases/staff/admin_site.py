"""The admin panel: a site of our own, so that only what a slice registers here is ever shown.

Tokens, keys, sessions and groups register themselves with Django's own site, which is mounted nowhere. Django's model
permissions play no part: each page asks for one permission of `roles.py`.
"""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

from cases.audit.standing import standing
from cases.staff.door import signed_in
from cases.staff.models import User
from cases.staff.roles import Permission


class PanelSite(AdminSite):
    site_header = site_title = "Safe Conduct"
    index_title = _("Accounts and reference data")
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Without the way from any id to its page: it told existing cases from others to who sees none."""
        urls = super().get_urls()
        return [url for url in urls if not (isinstance(url, URLPattern) and url.name == "view_on_site")]

    @signed_in
    def index(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """With the times of the last backup and of the last one that was proven."""
        user = cast(User, request.user)
        shown = {"standing": standing()} if user.may(Permission.SEE_STANDING) or user.is_superuser else {}
        return super().index(request, (extra_context or {}) | shown)

    @signed_in
    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponseRedirect:
        """There is one page for it: it is recorded, ends the other logins and locks the vault."""
        return redirect("account_change_password")

    @signed_in
    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseRedirect:  # type: ignore[override]
        return redirect("staff:account")


site = PanelSite(name="admin")
# Anonymous visitors go to the one login page, with its second factor; there is no other way in.
site.login = secure_admin_login(site.login)  # type: ignore[method-assign]


class Page(ModelAdmin):  # type: ignore[type-arg]
    """Shows rows to who holds `permission`, and to a superuser; what may be changed, a subclass says."""

    permission: Permission
    actions = None
    view_on_site: bool | Callable[[Any], str] = False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Only what the page filters by: other lookups would answer questions about columns nobody is shown."""
        return lookup.split("__")[0] in {str(name) for name in self.list_filter}

    def may(self, request: HttpRequest) -> bool:
        user = cast(User, request.user)
        return user.may(self.permission) or user.is_superuser

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
