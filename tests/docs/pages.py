"""The documents as tests read them: pages, headings, links, and the words outside code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(r"^(`{3,}).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
ROW = re.compile(r"^\|(?P<cells>.+)\|\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One Markdown file."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def outside_code(self) -> str:
        """The text without fenced blocks and code spans."""
        return re.sub(r"`[^`]*`", " ", FENCE.sub(" ", self.text))

    @property
    def links(self) -> list[str]:
        return [found["target"] for found in LINK.finditer(self.outside_code)]

    @property
    def code(self) -> list[str]:
        """Code spans and fenced blocks."""
        fences = [found[0] for found in FENCE.finditer(self.text)]
        return [*fences, *re.findall(r"`([^`\n]+)`", FENCE.sub(" ", self.text))]

    @property
    def anchors(self) -> set[str]:
        """The fragments that its headings answer to."""
        heads = re.findall(r"^#{1,6} (.+)$", FENCE.sub("", self.text), re.MULTILINE)
        return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}

    @property
    def rows(self) -> list[list[str]]:
        """The rows of its tables, headers too, without the lines that divide them."""
        text = FENCE.sub("", self.text).replace("\\|", "\x00")
        cells = [[cell.strip().replace("\x00", "|") for cell in row["cells"].split("|")] for row in ROW.finditer(text)]
        return [row for row in cells if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]


def pages() -> list[Page]:
    """Every document of the project."""
    found = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    return [Page(path) for path in sorted(found)]


def page(name: str) -> Page:
    """One document by its path in the project."""
    return Page(ROOT / name)
