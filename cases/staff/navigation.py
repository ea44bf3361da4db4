"""The sections of the navigation. A slice appends its own in `AppConfig.ready()`; each is shown to those who may."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.staff.models import User
from cases.staff.roles import Permission

WORK = "work"
EMERGENCY = "emergency"
ADMINISTRATION = "administration"
# In this order; work stands without a heading, and last in it what one hopes not to need.
HEADINGS = {WORK: "", EMERGENCY: "", ADMINISTRATION: _("Administration")}


@dataclass(frozen=True)
class Section:
    label: str | Promise
    url_name: str
    icon: str
    permission: Permission | None = None
    group: str = WORK


@dataclass(frozen=True)
class ShownSection:
    label: str
    url: str
    icon: str
    group: str
    active: bool


SECTIONS = [
    Section(_("Emergency"), "staff:emergency", "exclamation-octagon", group=EMERGENCY),
    Section(_("Colleagues"), "staff:colleagues", "people", Permission.MANAGE_ACCOUNTS, ADMINISTRATION),
    Section(_("Teams"), "staff:teams", "diagram-3", Permission.MANAGE_ACCOUNTS, ADMINISTRATION),
    Section(_("Roles"), "staff:roles", "person-badge", Permission.MANAGE_ACCOUNTS, ADMINISTRATION),
    Section(_("Admin panel"), "admin:index", "database", Permission.MANAGE_REFERENCE, ADMINISTRATION),
]


def sections_for(user: User, request: HttpRequest) -> list[ShownSection]:
    """Return the sections `user` may enter, work first; the one the present page belongs to is active."""
    open_to = [it for it in SECTIONS if it.permission is None or user.may(it.permission)]
    urls = {it.url_name: reverse(it.url_name) for it in open_to}
    here = _nearest(request.path, urls.values())
    return [
        ShownSection(
            label=str(it.label),
            url=urls[it.url_name],
            icon=it.icon,
            group=str(HEADINGS[it.group]),
            active=urls[it.url_name] == here,
        )
        for it in sorted(open_to, key=lambda it: list(HEADINGS).index(it.group))
    ]


def _nearest(path: str, urls: Iterable[str]) -> str | None:
    """The longest address that `path` lies under; the desk at `/` is only itself."""
    above = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(above, key=len, default=None)
