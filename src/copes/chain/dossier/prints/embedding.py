"""Puts the facts into a finished PDF's metadata.

The typesetter writes a document's description twice: in the XMP packet, and as a string in the information
dictionary, where PDF/A allows 32,767 bytes only (ISO 32000-1 Annex C). The facts of a big case are longer. So the
typesetter gets a short stand-in; here it is taken out of the dictionary and, in the packet, replaced by the
facts. The cross-reference table is set right; nothing else in the file changes.
"""

from __future__ import annotations

import hashlib
import re

from copes.chain.dossier.prints.facts import PREFIX

_METADATA = re.compile(rb"/Length (\d+)\s*/Type\s*/Metadata\s*/Subtype\s*/XML\s*>>\s*stream\r?\n")
_TABLE = re.compile(rb"\nxref\n0 (\d+)\n")
_START = re.compile(rb"startxref\n(\d+)\n%%EOF\s*\Z")
_ENTRY = 20  # bytes of an entry of the cross-reference table (ISO 32000-1 §7.5.4)


def stand_in(facts: str) -> str:
    """What stands for the facts until the document is finished: it differs when they do."""
    return PREFIX + hashlib.sha256(facts.encode("ascii")).hexdigest()


def embed(pdf: bytes, facts: str) -> bytes:
    """The PDF with ``facts`` as its description. Raises ValueError when it is not built as expected."""
    marker = stand_in(facts).encode("ascii")
    subject = b"/Subject(" + marker + b")"
    if pdf.count(subject) != 1 or pdf.count(marker) != 2:
        raise ValueError("the stand-in for the facts is not where it should be")
    pdf = pdf.replace(subject, b" " * len(subject))
    found = _only(_METADATA, pdf)
    start, length = found.end(), int(found[1])
    packet = pdf[start : start + length].replace(marker, facts.encode("ascii"))
    stated = str(len(packet)).encode("ascii")
    grown = pdf[: found.start(1)] + stated + pdf[found.end(1) : start] + packet + pdf[start + length :]
    return _moved(grown, found.start(1), len(grown) - len(pdf))


def _moved(pdf: bytes, after: int, by: int) -> bytes:
    """The PDF with every offset beyond ``after`` moved, since that much was put in there."""
    table, end = _only(_TABLE, pdf), _only(_START, pdf)
    count, first = int(table[1]), table.end()
    if int(end[1]) + by != table.start() + 1:
        raise ValueError("the cross-reference table is not where it should be")
    entries = []
    for number in range(count):
        entry = pdf[first + _ENTRY * number : first + _ENTRY * (number + 1)]
        offset = int(entry[:10])
        if entry[17:18] == b"n" and offset > after:
            entry = b"%010d" % (offset + by) + entry[10:]
        entries.append(entry)
    whole = pdf[:first] + b"".join(entries) + pdf[first + _ENTRY * count : end.start(1)]
    return whole + b"%d" % (int(end[1]) + by) + pdf[end.end(1) :]


def _only(pattern: re.Pattern[bytes], pdf: bytes) -> re.Match[bytes]:
    found = list(pattern.finditer(pdf))
    if len(found) != 1:
        raise ValueError(f"{len(found)} places in the PDF match {pattern.pattern!r}")
    return found[0]
