"""The facts a report states as data, found in the PDF's bytes and compared with the records. Pure.

Only the document's XMP metadata is looked for (ISO 16684-1), plain or in a Flate stream; this is no PDF
reader. Whether the visible text says the same is a second question: see `missing_in_text`.
"""

from __future__ import annotations

import binascii
import itertools
import re
import unicodedata
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from copes.trust.verifier.claims import UUID_FORM, canonical_json, read_time, strict_json
from copes.trust.verifier.findings import Unproven

FACTS_MARK = "copes-facts/1 "
DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"
LIST_ITEM = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
MOST_FACT_BYTES = 64 << 20
MOST_PACKET_BYTES = 96 << 20  # of all metadata streams together
MOST_PACKETS = 64
MOST_STREAMS = 16
PACKET_BEGIN, PACKET_END = b"<x:xmpmeta", b"</x:xmpmeta>"
METADATA_STREAM = re.compile(rb"/(?:Type\s*/Metadata|Subtype\s*/XML)\b.{0,400}?stream\r?\n", re.DOTALL)
ARABIC_SHAPED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
CODE_LIKE = re.compile(r"[a-z_./-]*\Z|[A-Z]{1,3}\Z")
HASH_LIKE = re.compile(r"[0-9a-f]{40,}\Z|[A-Za-z0-9_-]{43}\Z")
PAGE_CHARACTERS = 2500  # at least; so a longer value may be broken by several page ends
NUMBER_LIKE = re.compile(r"-?\d+(\.\d+)?\Z")

Fact = tuple[str, str, Any]


def read_facts(pdf: bytes) -> list[Fact]:
    """The facts `(jti, path, value)` of this PDF; raises Unproven when there are none or differing lists."""
    found = {description for packet in _packets(pdf) for description in _descriptions(packet)}
    stated = {text for text in found if text.startswith(FACTS_MARK)}
    if not stated:
        raise Unproven("pdf_no_facts")
    if len(stated) > 1:
        raise Unproven("pdf_facts_many")
    return _decode(stated.pop()[len(FACTS_MARK) :])


def _packets(pdf: bytes) -> Iterator[bytes]:
    """Every metadata packet, plain or packed; raises Unproven when there are more than a document can need."""
    yield from _enclosed(pdf)
    left, rest = MOST_PACKET_BYTES, memoryview(pdf)
    for number, found in enumerate(METADATA_STREAM.finditer(pdf)):
        if number == MOST_STREAMS or left <= 0:
            raise Unproven("pdf_facts_invalid", detail="too many metadata streams")
        try:
            content = zlib.decompressobj().decompress(rest[found.end() :], left)
        except zlib.error:
            continue
        left -= len(content)
        yield from _enclosed(content)


def _enclosed(data: bytes) -> Iterator[bytes]:
    """The packets in these bytes, in one pass."""
    at = 0
    for _ in range(MOST_PACKETS):
        begin = data.find(PACKET_BEGIN, at)
        end = -1 if begin < 0 else data.find(PACKET_END, begin)
        if end < 0:
            return
        at = end + len(PACKET_END)
        yield data[begin:at]
    raise Unproven("pdf_facts_invalid", detail="too many metadata packets")


def _descriptions(packet: bytes) -> Iterator[str]:
    if b"<!" in packet:
        raise Unproven("pdf_facts_invalid", detail="the metadata packet holds declarations")
    try:
        tree = ET.fromstring(packet)  # noqa: S314 - declarations, and so entities, were refused above
    except (ET.ParseError, ValueError, LookupError, RecursionError):
        return
    for description in tree.iter(DESCRIPTION):
        for item in description.iter(LIST_ITEM):
            yield (item.text or "").strip()
    for element in tree.iter():
        if DESCRIPTION in element.attrib:
            yield element.attrib[DESCRIPTION].strip()


def _decode(text: str) -> list[Fact]:
    try:
        packed = b64decode("".join(text.split()), validate=True)
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(packed, MOST_FACT_BYTES)
    except (ValueError, binascii.Error, zlib.error) as error:
        raise Unproven("pdf_facts_invalid", detail=str(error)) from error
    if not unpacker.eof or unpacker.unused_data:
        raise Unproven("pdf_facts_invalid", detail="cut short, too long, or followed by something")
    facts = strict_json(data)
    if not isinstance(facts, list) or not facts:
        raise Unproven("pdf_no_facts")
    for fact in facts:
        if not isinstance(fact, list) or len(fact) != 3 or not all(isinstance(part, str) for part in fact[:2]):
            raise Unproven("pdf_facts_invalid", detail="a fact is no list of record, path and value")
    return [(jti, path, value) for jti, path, value in facts]


def check_fact(fact: Fact, claims: Mapping[str, Any] | None, *, withholds: bool) -> None:
    """The fact says what the record says; raises Unproven.

    `claims` are the record's, None when no such record is there; `withholds` tells whether fields of it are
    withheld, for only then may the report show nothing (null) where the path leads nowhere.
    """
    jti, path, value = fact
    if claims is None:
        raise Unproven("pdf_record_absent", record=jti, path=path)
    there, stated = look_up(claims, path)
    if not there:
        if value is None and withholds:
            return
        raise Unproven("pdf_fact_nowhere", path=path)
    if canonical_json(value) != canonical_json(stated):
        raise Unproven("pdf_fact_differs", path=path, pdf=canonical_json(value), stated=canonical_json(stated))


def look_up(claims: Mapping[str, Any], path: str) -> tuple[bool, Any]:
    """Whether there is something at this path, and what."""
    value: Any = claims
    for part in path.split("."):
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isascii() and part.isdigit() and len(part) < 7 and int(part) < len(value):
            value = value[int(part)]
        else:
            return False, None
    return True, value


def missing_in_text(facts: Sequence[Fact], text: str) -> tuple[list[Fact], int, int]:
    """The facts whose words are not in the visible text; also how many were looked for, and how many skipped.

    Spaces and line ends are ignored, and in numbers the marks that group digits. Skipped are values that a
    report shows in the reader's own way (times, codes, ids, truth values) and right-to-left writing, which
    stands in the text in the order of shapes.
    """
    page = Page(text)
    missing, looked, skipped = [], 0, 0
    for fact in facts:
        for word in _words(fact[2]):
            if not _shown_as_is(word):
                skipped += 1
                continue
            looked += 1
            if not page.shows(word):
                missing.append(fact)
    return missing, looked, skipped


class Page:
    """The visible text of a document, asked for values."""

    def __init__(self, text: str) -> None:
        self.letters = _squeezed(text)
        self.digits = re.sub(r"[.,'’]", "", self.letters)
        self.breaks = text.count("\f")
        self.right_to_left = ARABIC_SHAPED.search(text) is not None

    def shows(self, value: str) -> bool:
        """Whether this value stands in the text, as it is or as a document must break or group it."""
        squeezed = _squeezed(value)
        if squeezed in self.letters:
            return True
        if NUMBER_LIKE.match(value):
            plain = value.rstrip("0").rstrip(".") if "." in value else value
            return any(form.replace(".", "") in self.digits for form in (value, plain))
        if "\ufffd" in self.letters and not set(squeezed) <= set(self.letters):
            return True  # the fonts lack a character of this value, and the document shows that they do
        return self._shows_in_parts(value)

    def _shows_in_parts(self, value: str) -> bool:
        """Every word stands there, and next to its neighbour but where a page ends.

        On a right-to-left page the lines of a left-to-right value need not follow one another in the text.
        """
        words = [_squeezed(word) for word in value.split()]
        if len(words) < 2 or not all(word in self.letters for word in words):
            return False
        apart = sum(first + second not in self.letters for first, second in itertools.pairwise(words))
        return self.right_to_left or apart <= min(self.breaks, 1 + len(value) // PAGE_CHARACTERS)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield canonical_json(value)
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _words(part)


def _shown_as_is(word: str) -> bool:
    if ARABIC_SHAPED.search(word) or CODE_LIKE.match(word) or UUID_FORM(word) or HASH_LIKE.match(word):
        return False
    try:
        read_time(word, "")
    except Unproven:
        return True
    return False


def _squeezed(text: str) -> str:
    kept: Callable[[str], bool] = lambda c: not c.isspace() and unicodedata.category(c) != "Cf"  # noqa: E731
    return "".join(filter(kept, unicodedata.normalize("NFKC", text))).replace("-", "").replace("\u2010", "")
