"""The repository tests itself: doors, sizes, names, rooms, templates."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from cases.staff.roles import Permission

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN = {"utils", "helpers", "common", "services", "base", "misc", "core"}
# Views that are not ours; their own door is tested where they are mounted.
FOREIGN = (
    "allauth.",
    "django.contrib.admin.",
    "django.views.i18n",
    "django.contrib.contenttypes.",
    "django.views.generic.",
)


def python_files(*folders):
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def views(patterns=None):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.callback


OURS = sorted(
    {view for view in views() if not (view.__module__ or "").startswith(FOREIGN)},
    key=lambda view: f"{view.__module__}.{view.__qualname__}",
)


@pytest.mark.parametrize("view", OURS, ids=lambda view: f"{view.__module__}.{view.__name__}")
def test_every_page_has_a_door(view):
    door = getattr(view, "door", None)

    assert isinstance(door, Permission) or door in ("signed in", "public"), "decorate it with a door"


def test_a_view_without_a_door_would_be_seen():
    def planted(request): ...

    assert getattr(planted, "door", None) is None
    assert len(OURS) > 30


def test_no_room_is_a_drawer():
    drawers = [
        path for path in python_files("ngo", "cases") if path.stem in FORBIDDEN or FORBIDDEN & set(path.parts)
    ]

    assert drawers == []


def test_files_stay_short():
    long = {
        str(path.relative_to(ROOT)): count
        for path in python_files("ngo", "cases")
        if (count := path.read_text().count("\n")) > 300
    }

    assert long == {}


def test_functions_stay_short():
    long = {}
    for path in python_files("ngo", "cases"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 40:
                long[f"{path.relative_to(ROOT)}:{node.name}"] = node.end_lineno - node.lineno + 1

    assert long == {}


def view_modules():
    return [path for path in python_files("cases") if "views" in path.parts or path.stem == "views"]


@pytest.mark.parametrize("path", view_modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_views_ask_queries_not_managers(path):
    assert ".objects" not in path.read_text()


def test_every_template_is_used():
    sources = "\n".join(
        path.read_text() for path in [*python_files("ngo", "cases"), *(ROOT / "templates").rglob("*.html")]
    )
    found_by_name = ("account/", "mfa/", "allauth/", "admin/", "bootstrap5/")
    named = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
    unused = [
        name
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if (name := path.relative_to(ROOT / "templates").as_posix()) not in named
        and not name.startswith(found_by_name)
        and f'"{name}"' not in sources
    ]

    assert unused == []


@pytest.mark.parametrize(
    "pattern", [r"<script(?![^>]*\bsrc=)", r"<style", r"\sstyle=", r"\son[a-z]+=\"", r"https?://"]
)
def test_templates_hold_nothing_inline_and_nothing_from_elsewhere(pattern):
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for match in re.finditer(pattern, path.read_text())
    ]

    assert found == []
