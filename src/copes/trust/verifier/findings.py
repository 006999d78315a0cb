"""What a verification says: findings, each with a code, a subject and values for the sentence.

The checks never print. They add findings; `report` turns them into plain words in the reader's language.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

HELD = "held"
FAILED = "failed"
UNCHECKED = "unchecked"

# A million forged records must not become a million sentences: the first ones are kept, the rest counted.
KEPT_PER_CODE = 50
SHOWN_CHARACTERS = 200


class Unproven(Exception):  # noqa: N818 - it names what the statement is, as in law
    """A statement that does not hold; `code` is a message code, `params` the values of its sentence."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"{code} {params}")
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Subject:
    """What a finding is about: kind is record, exhibit, file, checkpoint, dossier or ledger."""

    kind: str
    name: str = ""
    index: int | None = None


DOSSIER = Subject("dossier")
LEDGER = Subject("ledger")
CHECKPOINT = Subject("checkpoint")


def about_file(name: str) -> Subject:
    """The file of this name inside the dossier or ledger."""
    return Subject("file", name)


def about_record(index: int, jti: str = "") -> Subject:
    """The record at this place in the ledger."""
    return Subject("record", jti, index)


def about_exhibit(number: str) -> Subject:
    """The exhibit of this number."""
    return Subject("exhibit", number)


@dataclass(frozen=True)
class Finding:
    """One sentence of the result."""

    status: str
    code: str
    subject: Subject
    params: Mapping[str, object]


@dataclass
class Findings:
    """The findings of one verification, in the order in which they were made."""

    items: list[Finding] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, status: str, code: str, subject: Subject, params: Mapping[str, object]) -> None:
        """Keep the finding, or only count it when there are very many of its kind."""
        self.counts[status, code] += 1
        if self.counts[status, code] <= KEPT_PER_CODE:
            self.items.append(Finding(status, code, subject, dict(params)))

    def held(self, code: str, subject: Subject = DOSSIER, **params: object) -> None:
        """Something was checked and holds."""
        self.add(HELD, code, subject, params)

    def failed(self, code: str, subject: Subject = DOSSIER, **params: object) -> None:
        """Something was checked and does not hold."""
        self.add(FAILED, code, subject, params)

    def unchecked(self, code: str, subject: Subject = DOSSIER, **params: object) -> None:
        """Something could not be checked with what is at hand."""
        self.add(UNCHECKED, code, subject, params)

    def number(self, status: str) -> int:
        """How many findings have this status, the merely counted ones included."""
        return sum(n for (found, _), n in self.counts.items() if found == status)

    def left_out(self) -> list[tuple[str, str, int]]:
        """Status, code and number of the findings that were only counted."""
        return [(s, c, n - KEPT_PER_CODE) for (s, c), n in self.counts.items() if n > KEPT_PER_CODE]


def clean(value: object) -> str:
    """Text from a dossier made safe to show: no control, bidi or private characters, and not too long.

    A name in a hostile dossier could otherwise turn a line around or rewrite the terminal.
    """
    text = value if isinstance(value, str) else str(value)
    if len(text) > SHOWN_CHARACTERS:
        text = text[:SHOWN_CHARACTERS] + "…"
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(c) for c in text)


def _shown(character: str) -> str:
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return f"\\u{{{ord(character):04x}}}"
    return character
