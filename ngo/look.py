"""The signs of the program as template tags: icon, chip, due date, sealed strip; each is drawn in one way only.

Registered as a builtin library, so templates use them without loading anything.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context, Library
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

register = Library()

SOON_DAYS = 3
DAYS_IN_WORDS = 60
HOLDERS_NAMED = 3

Day = date | datetime | None


# A page draws dozens, each again and again.
@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str, css: str = "") -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f"icon {css}".strip(),
        static("icons.svg"),
        name,
    )


def written_day(value: date) -> str:
    return date_format(value)


def local_day(value: date) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.simple_tag
def day(value: Day) -> str:
    if value is None:
        return "–"
    known = local_day(value)
    return format_html('<time datetime="{}">{}</time>', known.isoformat(), written_day(known))


@register.simple_tag
def moment(value: datetime | None) -> str:
    if value is None:
        return "–"
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}, {}</time>', local.isoformat(), written_day(local), local.strftime("%H:%M")
    )


def days_in_words(days: int) -> str:
    if days < 0:
        return ngettext("overdue by %(days)s day", "overdue by %(days)s days", -days) % {"days": -days}
    if days < 2:
        return gettext("tomorrow") if days else gettext("today")
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


@register.simple_tag
def due(value: Day) -> str:
    """The day as a distance ("in 3 days"), the exact date on hover; far away days are written out."""
    if value is None:
        return "–"
    known = local_day(value)
    days = (known - timezone.localdate()).days
    urgency = "due-late" if days < 0 else "due-soon" if days <= SOON_DAYS else "due-far"
    exact = written_day(known)
    said = exact if days > DAYS_IN_WORDS else days_in_words(days)
    sign = icon("exclamation-circle") if days < 0 else ""
    return format_html(
        '<time class="due {}" datetime="{}" title="{}">{}{}</time>',
        urgency,
        known.isoformat(),
        exact,
        sign,
        said,
    )


@register.inclusion_tag("_chip.html")
def chip(label: str, *, tone: str = "", icon: str = "", url: str = "", remove: str = "") -> dict[str, Any]:
    return {"label": label, "tone": tone, "icon": icon, "url": url, "remove": remove}


@register.inclusion_tag("_empty.html")
def empty(*, title: str, text: str = "", url: str = "", action: str = "", icon: str = "") -> dict[str, Any]:
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


@register.inclusion_tag("_stage_line.html")
def stage_line(stages: Iterable[tuple[str, str]], current: str, *, ended: str = "") -> dict[str, Any]:
    """A line of steps with the present one named; `ended` names an ending that lies beside the line."""
    steps = [{"label": label, "code": code} for code, label in stages]
    place = next((n for n, step in enumerate(steps) if step["code"] == current), -1)
    for number, step in enumerate(steps):
        step["when"] = "done" if number < place else "now" if number == place and not ended else "later"
    return {
        "steps": steps,
        "label": ended or (steps[place]["label"] if place >= 0 else ""),
        "number": place + 1,
        "total": len(steps),
        "ended": bool(ended),
    }


def held_by(holders: Sequence[str]) -> str:
    """Says who can open what this reader cannot."""
    if not holders:
        return gettext("not open to you")
    named = ", ".join(holders[:HOLDERS_NAMED])
    count = len(holders)
    if (rest := count - HOLDERS_NAMED) > 0:
        named += ngettext(" and %(rest)s more", " and %(rest)s more", rest) % {"rest": rest}
    said = ngettext(
        "held by %(count)s colleague: %(names)s", "held by %(count)s colleagues: %(names)s", count
    )
    return said % {"count": count, "names": named}


@register.inclusion_tag("_sealed.html", takes_context=True)
def sealed(
    context: Context,
    *,
    state: str,
    label: str = "",
    url: str = "",
    action: str = "",
    holders: Sequence[str] = (),
    value: str | Sequence[tuple[str, str]] = "",
    seconds: int | None = None,
    compact: bool = False,
    post: bool = False,
    id: str = "",
) -> dict[str, Any]:
    """The sealed strip: `state` is sealed, locked, elsewhere (not given to the reader), opened or empty."""
    if state == "locked" and not url:
        here = context["request"].get_full_path() if "request" in context else ""
        url = reverse("vault:unlock") + "?" + urlencode({"next": here})
    return {
        "state": state,
        "label": label,
        "url": url,
        "action": action,
        "who": held_by([str(holder) for holder in holders]) if state == "elsewhere" else "",
        "value": value,
        "lines": [] if isinstance(value, str) else value,
        "seconds": settings.VAULT["name_visible_seconds"] if seconds is None else seconds,
        "compact": compact,
        "post": post,
        "id": id,
    }


@register.inclusion_tag("_progress.html")
def progress(*, label: str, done: int = 0, total: int = 0, url: str = "") -> dict[str, Any]:
    return {"label": label, "done": done, "total": total, "url": url}


def edited(context: Context, changes: dict[str, Any]) -> str:
    request = context.get("request")
    known = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        known.pop(name, None)
        if value is not None:
            known[name] = str(value)
    return "?" + known.urlencode()


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The query string of this page with some values replaced, or removed where None."""
    return edited(context, changes)


@register.inclusion_tag("_sort_link.html", takes_context=True)
def sort_link(context: Context, name: str, label: str, *, param: str = "sort") -> dict[str, Any]:
    """A column heading that sorts; a second press turns the order round."""
    request = context.get("request")
    now = request.GET.get(param, "") if request else ""
    turned = f"-{name}" if now == name else name
    order = {name: "up", f"-{name}": "down"}.get(now, "")
    return {"url": edited(context, {param: turned, "page": None}), "label": label, "order": order}


@register.inclusion_tag("_pages.html", takes_context=True)
def pages(context: Context, page: "Page[Any]", *, param: str = "page") -> dict[str, Any]:
    before = page.previous_page_number() if page.has_previous() else None
    after = page.next_page_number() if page.has_next() else None
    return {
        "page": page,
        "before": edited(context, {param: before}) if before else "",
        "after": edited(context, {param: after}) if after else "",
    }
