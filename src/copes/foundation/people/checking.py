"""The notes of who read what, against what the ledger says of them: `copes check`."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from copes.foundation.journal.checking import Finding
from copes.foundation.people.models import Reading, ReadsDigest
from copes.foundation.people.reading import MARK, Row, leaf, root, rows_between
from copes.trust.records.jose import unb64u


def check_reads() -> list[Finding]:
    """Recomputes every digest and names the readings that were changed, removed or added since."""
    found: list[Finding] = []
    following = 1
    for digest in ReadsDigest.objects.order_by("index").iterator():
        if digest.first != following:
            found.append(_finding(f"digest {digest.id}", f"begins at reading {digest.first}, not at {following}"))
        found += _check(digest)
        following = digest.last + 1
    if following > 1 and Reading.objects.filter(id__lt=1).exists():
        found.append(_finding("readings", "there are rows with ids below 1, which no digest covers: they were added"))
    return found


def _finding(subject: str, text: str) -> Finding:
    return Finding("reads", subject, text)


def _check(digest: ReadsDigest) -> Iterator[Finding]:
    rows = list(rows_between(digest.first, digest.last))
    leaves = [leaf(row) for row in rows]
    if root(leaves) == digest.root and len(rows) == digest.number:
        return
    named = list(_differing(digest, rows, [one[:MARK] for one in leaves]))
    yield from named
    if not named:
        yield _finding(
            f"readings {digest.first} to {digest.last}",
            f"do not give the hash that record {digest.index} states",
        )


def _differing(digest: ReadsDigest, rows: list[Row], now: list[bytes]) -> Iterator[Finding]:
    data = unb64u(digest.marks)
    then = [data[place : place + MARK] for place in range(0, len(data), MARK)]
    stated = f"(record {digest.index})"
    for what, a, b, c, d in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        paired = min(b - a, d - c)
        for place in range(c, c + paired):
            yield _finding(f"reading {rows[place][0]}", f"was changed after the ledger stated it {stated}")
        for place in range(c + paired, d):
            yield _finding(f"reading {rows[place][0]}", f"was added after the ledger stated what was there {stated}")
        if b - a > paired:
            near = rows[c + paired - 1][0] if c + paired else digest.first - 1
            yield _finding(f"{b - a - paired} readings after reading {near}", f"were removed {stated}")
