import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
OWN_STATIC = [path for kind in ("css", "js") for path in sorted((ROOT / "ngo/static" / kind).iterdir())]
SPRITE = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "ngo/static/icons.svg").read_text()))


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def render(source, **context):
    return " ".join(Template(source).render(Context(context)).split())


def asked(query=""):
    return RequestFactory().get("/cases/" + query)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "said", "tone"),
    [
        (-2, "overdue by 2 days", "due-late"),
        (-1, "overdue by 1 day", "due-late"),
        (0, "today", "due-soon"),
        (1, "tomorrow", "due-soon"),
        (3, "in 3 days", "due-soon"),
        (12, "in 12 days", "due-far"),
    ],
)
def test_due_says_the_distance_and_keeps_the_day_on_hover(days, said, tone):
    with translation.override("en"):
        drawn = render("{% due when %}", when=in_days(days))
        exact = render("{% day when %}", when=in_days(days))
    text = re.sub(r"<[^>]+>", "", drawn)
    assert text == said
    assert f'class="due {tone}"' in drawn
    assert f'datetime="{in_days(days).isoformat()}"' in drawn
    assert f'title="{re.sub(r"<[^>]+>", "", exact)}"' in drawn


def test_due_far_away_is_the_day_itself_and_nothing_is_a_dash():
    far = in_days(90)
    with translation.override("en"):
        assert f">{far.day} {far:%b} {far.year}<" in render("{% due far %}", far=far)
    assert render("{% due nothing %}{% day nothing %}{% moment nothing %}", nothing=None) == "–––"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "4 Jun 2026"), ("fr", "4 juin 2026"), ("ru", "4 июня 2026")]
)
def test_days_are_written_in_the_language_of_the_reader(language, said):
    noon = timezone.datetime(2026, 6, 4, 10, 0, tzinfo=timezone.get_fixed_timezone(0))
    with translation.override(language), timezone.override("Europe/Paris"):
        assert f">{said}<" in render("{% day when %}", when=noon.date())
        assert f">{said}, 12:00<" in render("{% moment when %}", when=noon)


def test_a_moment_late_in_the_evening_is_the_next_day_further_east():
    late = timezone.datetime(2026, 6, 4, 22, 30, tzinfo=timezone.get_fixed_timezone(0))
    with translation.override("en"), timezone.override("Asia/Almaty"):
        assert ">5 Jun 2026<" in render("{% day when %}", when=late)


def test_sealed_strip_offers_what_can_be_done_in_each_state():
    source = "{% sealed state=state label='Name' url='/open/' action='Open the name' %}"
    drawn = {state: render(source, state=state) for state in ("sealed", "elsewhere", "empty")}
    assert ["sealed" in re.sub(r"<[^>]+>", "", text) for text in drawn.values()] == [True, True, False]
    assert all('href="/open/"' in text and "Open the name" in text for text in drawn.values())
    assert "not open to you" in drawn["elsewhere"]
    assert "nothing recorded" in drawn["empty"]


@pytest.mark.parametrize(
    ("holders", "said"),
    [
        (["Anna"], "held by 1 colleague: Anna"),
        (["Anna", "Boris"], "held by 2 colleagues: Anna, Boris"),
        (["A", "B", "C", "D", "E"], "held by 5 colleagues: A, B, C and 2 more"),
    ],
)
def test_sealed_strip_names_the_holders(holders, said):
    with translation.override("en"):
        assert said in render("{% sealed state='elsewhere' holders=holders %}", holders=holders)


def test_compact_strip_has_no_button():
    assert "<a" not in render("{% sealed state='sealed' compact=True url='/open/' %}")


def test_opened_value_runs_out_into_a_strip_that_no_longer_holds_it(settings):
    settings.VAULT = {**settings.VAULT, "name_visible_seconds": 45}
    drawn = render("{% sealed state='opened' value=name url='/open/' %}", name="<Ada>")
    value, strip = drawn.split("<template data-sealed>")
    assert 'data-opened data-seconds="45"' in value
    assert "&lt;Ada&gt;" in value
    assert "Ada" not in strip
    assert "sealed-sealed" in strip


def test_opened_value_may_have_several_lines():
    drawn = render("{% sealed state='opened' value=lines %}", lines=[("In Latin", "Ada"), ("Born", "1990")])
    assert re.findall(r'opened-value">([^<]+)<', drawn) == ["Ada", "1990"]


def test_query_replaces_and_removes_values_of_the_address():
    source = "{% query page=2 stage=None %}"
    assert render(source, request=asked("?stage=intake&page=1&q=grey")) == "?q=grey&amp;page=2"
    assert render(source) == "?page=2"


def test_sort_link_turns_the_order_round_and_leaves_the_page():
    source = "{% sort_link 'due' 'Due' %}"
    assert 'href="?sort=due"' in render(source, request=asked("?page=3"))
    assert 'href="?sort=-due"' in render(source, request=asked("?sort=due"))
    assert 'href="?sort=due"' in render(source, request=asked("?sort=-due"))


def test_pages_keep_the_filter():
    page = Paginator(range(120), 50).page(2)
    drawn = render("{% pages page %}", page=page, request=asked("?stage=intake&page=2"))
    assert re.findall(r'<a [^>]*href="([^"]+)"', drawn) == [
        "?stage=intake&amp;page=1",
        "?stage=intake&amp;page=3",
    ]
    assert "51–100" in drawn


def test_stage_line_marks_what_is_behind_and_what_is_ahead():
    stages = [("a", "First"), ("b", "Second"), ("c", "Third")]
    drawn = render("{% stage_line stages 'b' %}", stages=stages)
    assert re.findall(r'<li class="(\w+)"', drawn) == ["done", "now", "later"]
    assert "<b>Second</b>" in drawn
    ended = render("{% stage_line stages 'x' ended='Withdrawn' %}", stages=stages)
    assert "<b>Withdrawn</b>" in ended
    assert 'aria-current="step"' not in ended


def test_chip_escapes_its_label():
    assert "&lt;b&gt;" in render("{% chip label tone='soon' %}", label="<b>")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_no_inline_style_script_or_foreign_address(path):
    text = path.read_text()
    assert not re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", text)
    assert not re.findall(r"(?:src|href)=[\"']?(?:https?:)?//", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_icons_are_in_the_sprite(path):
    wanted = set(re.findall(r"{% icon \"([^\"]+)\"", path.read_text()))
    wanted |= set(re.findall(r"\bicon=\"([^\"]+)\"", path.read_text()))
    assert wanted - SPRITE == set()


@pytest.mark.parametrize("path", OWN_STATIC, ids=lambda path: path.name)
def test_styles_and_scripts_are_short_and_load_nothing_from_elsewhere(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 150
    assert not re.findall(r"https?://|sourceMappingURL|\beval\(|innerHTML", text)


def test_words_spoken_by_scripts_are_in_the_page():
    spoken = {word for path in OWN_STATIC for word in re.findall(r'SC\.word\("([\w-]+)"', path.read_text())}
    known = set(re.findall(r'data-word="([\w-]+)"', (ROOT / "templates/_words.html").read_text()))
    assert spoken - known == set()


def test_static_files_of_the_page_exist():
    named = [name for path in TEMPLATES for name in re.findall(r"{% static '([^']+)'", path.read_text())]
    assert [name for name in named if finders.find(name) is None] == []


def test_bootstrap_names_no_source_map():
    assert "sourceMappingURL" not in (ROOT / "ngo/static/vendor/bootstrap/bootstrap.min.css").read_text()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_neither_request_nor_values(name):
    drawn = render("{% include name %}", name=f"{name}.html")
    assert "<h1>" in drawn
    assert "Safe Conduct" in drawn
