"""What goes into a dossier: every record of the case and what their signatures depend on, with the chosen
salted fields left out (docs/trust/format.md §4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from copes.foundation.journal.acting import Acting
from copes.foundation.journal.models import Entry
from copes.foundation.journal.queries import (
    ErasureView,
    StoredRecord,
    erasures_of,
    records_by_jti,
    records_of_case,
    supporting_records,
)
from copes.foundation.journal.stored import stored
from copes.foundation.people.queries import OfficerView, all_officers
from copes.trust.records.sdjwt import header, payload, resolve

REDACTED, ERASED = "redacted", "erased"
Choice = tuple[str, str]


@dataclass(frozen=True)
class Hidden:
    """A salted field that this dossier does not show, and why."""

    jti: str
    digest: str
    path: str
    why: str
    erasure: ErasureView | None = None


@dataclass(frozen=True)
class Kept:
    """A record as it goes into the dossier: the claims are those a reader of the dossier will see."""

    record: StoredRecord
    claims: dict[str, Any]
    hidden: tuple[Hidden, ...]
    left_out: frozenset[str]

    @property
    def jti(self) -> str:
        """The record's id."""
        return self.record.jti

    @property
    def body(self) -> dict[str, Any]:
        """The fact itself."""
        found: dict[str, Any] = self.claims["body"]
        return found

    def line(self) -> str:
        """The record's line in ``records.sdjwt``."""
        return self.record.compact(self.left_out)


@dataclass
class Contents:
    """The records of a dossier, in ledger order."""

    case: str
    kept: list[Kept]
    people: dict[str, OfficerView] = field(default_factory=dict)
    more: frozenset[str] = frozenset()  # other cases, where a print lists things of several

    @cached_property
    def by_jti(self) -> dict[str, Kept]:
        """The records by id."""
        return {kept.jti: kept for kept in self.kept}

    @cached_property
    def hidden(self) -> list[Hidden]:
        """Everything withheld, in ledger order."""
        return [hidden for kept in self.kept for hidden in kept.hidden]

    def of_kind(self, *kinds: str) -> list[Kept]:
        """The case's records of some kinds."""
        return [kept for kept in self.of_case() if kept.record.kind in kinds]

    def of_case(self) -> list[Kept]:
        """The case's own records."""
        return [kept for kept in self.kept if kept.record.case == self.case or kept.record.case in self.more]


def keep(record: StoredRecord, chosen: Collection[str], erasures: dict[str, ErasureView]) -> Kept:
    """A record without the salted fields at the ``chosen`` paths and beneath them. Raises RecordError."""
    left_out = frozenset(
        digest
        for digest, _, path in record.disclosures
        if any(path == wanted or path.startswith(f"{wanted}.") for wanted in chosen)
    )
    encoded = [encoded for digest, encoded, _ in record.disclosures if digest not in left_out]
    resolved = resolve(payload(record.jwt), encoded, keep_places=True)
    paths = {digest: path for digest, _, path in record.disclosures}
    hidden = []
    for digest in resolved.withheld:
        erasure = erasures.get(digest)
        if erasure:
            hidden.append(Hidden(record.jti, digest, erasure.path, ERASED, erasure))
        else:
            hidden.append(Hidden(record.jti, digest, paths.get(digest, resolved.paths[digest]), REDACTED))
    return Kept(record, resolved.claims, tuple(hidden), left_out)


def _officers_named(records: Iterable[StoredRecord], known: Collection[str]) -> set[str]:
    """The officers that act in records, or that records speak of."""
    named: set[str] = set()
    for record in records:
        claims = payload(record.jwt)
        named.update(text for text in _texts(claims) if text in known)
    return named


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def gather(case: str, withhold: Sequence[Choice] = (), *, issuer: Acting | None = None) -> Contents:
    """The contents of a dossier of ``case`` as the ledger stands now, leaving out ``withhold`` (jti, path).

    With an ``issuer``, the records of that officer and the key that will sign the dossier are there too.
    """
    own = list(records_of_case(case))
    officers = {officer.id: officer for officer in all_officers()}
    named = _officers_named(own, officers)
    kids = {header(record.jwt)["kid"] for record in own}
    if issuer is not None:
        named.add(issuer.officer)
        kids |= {issuer.signer.kid} if issuer.signer else set()
    support = supporting_records(sorted(kids), sorted(named))
    erasures = {erasure.digest: erasure for erasure in (*erasures_of(case), *erasures_of(None))}
    chosen: dict[str, set[str]] = {}
    for jti, path in (*withhold, *_in_corrections(own, withhold)):
        chosen.setdefault(jti, set()).add(path)
    together = sorted({record.index: record for record in (*support, *own)}.items())
    kept = [keep(record, chosen.get(record.jti, ()), erasures) for _, record in together]
    return Contents(case, kept, {officer: officers[officer] for officer in named if officer in officers})


def gather_things(jtis: Sequence[str], officers: Sequence[str]) -> Contents:
    """Single records of several cases with what corrects them, the openings of their cases, and the enrolments of
    ``officers``: for lists. Raises LookupError when there is no such record.
    """
    things = records_by_jti(jtis)
    if not things:
        raise LookupError("no record to list")
    cases = sorted({record.case for record in things if record.case})
    about = Entry.objects.filter(case_id__in=cases, kind__in=["correction.recorded/1", "case.opened/1"])
    support = supporting_records([], officers)
    together = sorted({record.index: record for record in (*support, *things, *stored(about))}.items())
    erasures = {one.digest: one for case in (None, *cases) for one in erasures_of(case)}
    kept = [keep(record, (), erasures) for _, record in together]
    return Contents(cases[0] if cases else "", kept, more=frozenset(cases))


def _in_corrections(records: Iterable[StoredRecord], withhold: Sequence[Choice]) -> list[Choice]:
    """Where later records correct a withheld field: the right value may stand no more than the wrong one."""
    found = []
    for record in records:
        if record.kind != "correction.recorded/1":
            continue
        claims = payload(record.jwt)
        for number, corrected in enumerate(claims["body"].get("fields", ())):
            path = corrected.get("path", "")
            if any(
                jti == claims.get("corrects") and (path == wanted or path.startswith(f"{wanted}."))
                for jti, wanted in withhold
            ):
                found.append((record.jti, f"body.fields.{number}.salted_value"))
    return found


def salted_fields(contents: Contents) -> list[tuple[Kept, str, Any]]:
    """Every salted field that could be left out: the record, its path, its value; in ledger order."""
    rows: list[tuple[Kept, str, Any]] = []
    for kept in contents.kept:
        paths = sorted((path for _, _, path in kept.record.disclosures), key=_in_order)
        rows.extend((kept, path, _value_at(kept.claims, path)) for path in paths)
    return rows


def _in_order(path: str) -> list[tuple[int, str]]:
    return [(int(step), "") if step.isdigit() else (-1, step) for step in path.split(".")]


def _value_at(claims: Any, path: str) -> Any:
    for step in path.split("."):
        claims = claims[int(step)] if isinstance(claims, list) else claims[step]
    return claims
