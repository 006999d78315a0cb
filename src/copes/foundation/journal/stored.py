"""Records as they lie in the ledger, read in order and in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from copes.foundation.journal.facts import Fact, fact_from_claims
from copes.foundation.journal.models import Disclosure, Entry
from copes.trust.records.sdjwt import payload, resolve

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A signed record at its place, with the salted fields that are still there: (digest, encoded, path)."""

    index: int
    jti: str
    kind: str
    case: str | None
    leaf: bytes
    jwt: str
    disclosures: tuple[tuple[str, str, str], ...]

    def compact(self, without: frozenset[str] = frozenset()) -> str:
        """The SD-JWT in compact form, leaving out salted fields whose digests are in ``without``."""
        kept = [encoded for digest, encoded, _ in self.disclosures if digest not in without]
        return "~".join([self.jwt, *kept, ""])

    def fact(self) -> Fact:
        """The record with its salted fields revealed; erased ones are absent. Raises RecordError."""
        claims = resolve(payload(self.jwt), [encoded for _, encoded, _ in self.disclosures]).claims
        return fact_from_claims(self.index, claims)


def _with_disclosures(entries: list[Entry], db: str) -> Iterator[StoredRecord]:
    salted: dict[int, list[tuple[str, str, str]]] = {}
    found = Disclosure.objects.using(db).filter(entry__in=[entry.index for entry in entries])
    for index, digest, encoded, path in found.order_by("id").values_list("entry", "digest", "encoded", "path"):
        salted.setdefault(index, []).append((digest, encoded, path))
    for entry in entries:
        yield StoredRecord(
            entry.index,
            entry.jti,
            entry.kind,
            entry.case_id,
            bytes(entry.leaf),
            entry.jwt,
            tuple(salted.get(entry.index, ())),
        )


def stored(entries: QuerySet[Entry], *, db: str = DEFAULT_DB_ALIAS) -> Iterator[StoredRecord]:
    """The records of a selection, in ledger order."""
    last = -1
    while True:
        batch = list(entries.using(db).filter(index__gt=last).order_by("index")[: BATCH // 2])
        if not batch:
            return
        yield from _with_disclosures(batch, db)
        last = batch[-1].index


def whole_ledger() -> Iterator[StoredRecord]:
    """Every record, in ledger order."""
    return stored(Entry.objects.all())


def records_of_case(case: str) -> Iterator[StoredRecord]:
    """Every record of a case, in ledger order."""
    return stored(Entry.objects.filter(case_id=case))


def records_of_kinds(kinds: Iterable[str]) -> Iterator[StoredRecord]:
    """Every record of some kinds, in ledger order."""
    return stored(Entry.objects.filter(kind__in=list(kinds)))


def records_by_jti(jtis: Iterable[str]) -> list[StoredRecord]:
    """Records by their ids, in ledger order; ids that are not there are left out."""
    wanted = list(jtis)
    found: list[StoredRecord] = []
    for at in range(0, len(wanted), BATCH // 2):
        found.extend(stored(Entry.objects.filter(jti__in=wanted[at : at + BATCH // 2])))
    return sorted(found, key=lambda record: record.index)
