"""Rules of the house that a reader of one file would not notice: scans of every stylesheet and template."""

from __future__ import annotations

import gzip
import hashlib
import re
import tomllib
from pathlib import Path

import pytest

import copes
from copes.foundation.web.context import SHEETS as SHARED

PACKAGE = Path(copes.__file__).parent
STATIC = PACKAGE / "foundation" / "web" / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))
TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*") if path.suffix in {".html", ".svg"})

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)(?:-\w+)?|left|right|top|bottom"
    r"|(?:min-|max-)?(?:width|height))\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def without_media(css: str) -> str:
    return re.sub(r"@media[^{]*\{", "{", css)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_styles_use_logical_properties_so_that_arabic_mirrors(sheet: Path):
    found = PHYSICAL.findall(without_media(without_comments(sheet.read_text())))
    assert found == []


def test_the_scan_sees_physical_properties():
    bad = "a{margin-left:1px}b{left:0}c{text-align: right}d{width:1px}e{border-top-color:red}"
    assert len(PHYSICAL.findall(bad)) == 5
    assert PHYSICAL.findall("a{margin-inline-start:1px}b{inset-inline-end:0}c{max-inline-size:1px}") == []


def test_styles_stay_small():
    """Packed, as they travel: what every page loads, and what one area adds (tests/browser/test_weight.py measures)."""
    packed = {path.stem: len(gzip.compress(path.read_bytes())) for path in SHEETS}
    assert sum(packed.pop(name) for name in SHARED) < 14 * 1024
    packed.pop("print")
    assert [name for name, size in packed.items() if size > 4 * 1024] == []


def test_styles_load_nothing_from_elsewhere():
    for sheet in SHEETS:
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text()):
            assert not address.startswith(("http:", "https:", "//", "data:")), (sheet, address)
            assert (sheet.parent / address).resolve().is_file(), (sheet, address)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_templates_hold_no_inline_style_or_script(template: Path):
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", template.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert "javascript:" not in text
    for opening in re.findall(r"<script\b[^>]*>", text):
        assert " src=" in opening or 'type="application/json"' in opening, opening
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text), "nothing is loaded from elsewhere"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_visible_text_of_templates_is_translated(template: Path):
    text = template.read_text()
    for pattern in (
        r"\{#.*?#\}",
        r"\{%\s*comment.*?endcomment\s*%\}",
        r"\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}",
        r"<script\b.*?</script>",
        r"<code\b.*?</code>",
        r"<(?:pre|kbd|samp)\b.*?</(?:pre|kbd|samp)>",
        r"\{%.*?%\}",
        r"\{\{.*?\}\}",
        r"<!--.*?-->",
        r"<[^>]*>",
        r"&\w+;",
        r"OpenCOPES",
    ):
        text = re.sub(pattern, " ", text, flags=re.DOTALL)
    assert re.findall(r"[^\W\d_]{3,}", text) == []


def test_vendored_files_are_the_ones_named_in_the_lock():
    vendor = STATIC / "vendor"
    lock = tomllib.loads((vendor / "VENDOR.toml").read_text())
    named = {}
    for package in lock["package"]:
        assert package["licence"]
        assert package["version"]
        for file in package["file"]:
            named[file["path"]] = file["sha256"]
    present = {str(path.relative_to(vendor)) for path in vendor.rglob("*") if path.is_file()} - {"VENDOR.toml"}
    assert set(named) == present
    for path, digest in named.items():
        assert hashlib.sha256((vendor / path).read_bytes()).hexdigest() == digest, path


def relative_luminance(colour: str) -> float:
    """WCAG 2.2, definition of relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


PAIRS = [
    ("ink", "paper"), ("ink", "ground"), ("ink-soft", "paper"), ("ink-soft", "ground"), ("link", "paper"),
    ("link", "ground"), ("brand-ink", "brand"), ("brand-soft", "brand"), ("good", "good-ground"),
    ("warn", "warn-ground"), ("bad", "bad-ground"), ("note", "note-ground"), ("bad", "paper"), ("bad", "ground"),
    ("practice-ink", "practice"), ("button-ink", "button"), ("button-ink", "button-hover"), ("focus-ink", "focus"),
    ("ink", "raised"), ("ink-soft", "raised"), ("link", "raised"), ("ink", "shade"), ("ink-soft", "shade"),
    ("link", "shade"), ("paper", "link"), ("paper", "good"), ("paper", "bad"), ("button-ink", "danger"),
    ("button-ink", "danger-hover"),
]  # fmt: skip


def tokens(theme: str) -> dict[str, str]:
    """The colours of a theme: light ones first, then what light-dark() or the theme's own block puts in their place."""
    css = (STATIC / "css" / "tokens.css").read_text()
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css.partition("@supports")[0]))
    pairs = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", css)
    if theme == "contrast":
        return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css.rpartition('[data-theme="contrast"] {')[2]))
    return found | {name: dark if theme == "dark" else light for name, light, dark in pairs}


@pytest.mark.parametrize(("theme", "least"), [("light", 4.5), ("dark", 4.5), ("contrast", 7.0)])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_colours_have_the_contrast_they_promise(text: str, ground: str, theme: str, least: float):
    """WCAG 2.2, 1.4.3 (level AA); the high contrast theme keeps 1.4.6 (level AAA)."""
    colours = tokens(theme)
    assert contrast(colours[text], colours[ground]) >= least


def test_a_browser_that_does_not_know_light_dark_shows_the_light_theme():
    css = (STATIC / "css" / "tokens.css").read_text()
    plain = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css.partition("@supports")[0]))
    for name, light, _dark in re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", css):
        assert plain[name] == light
