"""Reads about dossiers, for screens and the API. Each has a fixed number of queries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from copes.chain.cases.policies import see_case, unseen, visible_cases
from copes.chain.cases.queries import CaseRow, cases_by_id
from copes.chain.dossier.contents import Choice, Contents, Kept, gather, salted_fields
from copes.chain.dossier.models import Dossier
from copes.chain.dossier.policies import require_issue
from copes.chain.dossier.prints.describe import IDS
from copes.chain.dossier.prints.words import code_words, field_words, kind_words
from copes.foundation.config.current import current_node
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.queries import Place, erasures_of, place_of
from copes.foundation.people.queries import OfficerView, officers_by_id
from copes.trust.verifier.findings import FAILED, HELD, UNCHECKED, Finding, Subject
from copes.trust.verifier.messages import known_language
from copes.trust.verifier.report import sentence

PAGE = 50
SHORTEST_TRACE = 4  # characters from which on a value is looked for elsewhere


@dataclass(frozen=True)
class DossierRow:
    """A dossier in a list. ``available`` says whether its files lie on this node."""

    id: str
    case: str
    case_row: CaseRow | None
    record_id: str
    language: str
    recipient: str | None
    purpose: str
    withheld: int
    records: int
    files: int
    issued_by: OfficerView | None
    issued_at: datetime
    available: bool


@dataclass(frozen=True)
class Page:
    """A page of dossiers, newest first; ``after`` is the key of the next page."""

    rows: tuple[DossierRow, ...]
    after: str | None


@dataclass(frozen=True)
class Verified:
    """What the verifier said of a dossier, in the reader's language."""

    at: datetime
    holds: bool
    numbers: dict[str, int]
    held: tuple[str, ...]
    failed: tuple[str, ...]
    unchecked: tuple[str, ...]


@dataclass(frozen=True)
class DossierView:
    """A dossier with its last verification."""

    row: DossierRow
    place: Place
    erasure: Any
    verified: Verified | None


@dataclass(frozen=True)
class SaltedField:
    """A salted field that could be left out of a dossier."""

    jti: str
    path: str
    kind: str
    label: str
    value: str
    occurred_at: datetime

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.jti}|{self.path}"


@dataclass(frozen=True)
class Trace:
    """A place where a value that is to be left out would still stand."""

    field: SaltedField
    kind: str
    path: str


def dossier_folder(dossier: str) -> Path:
    """Where a dossier's files lie, whether they are there or not."""
    return current_node().dossiers / dossier


def _rows(found: Iterable[Dossier]) -> tuple[DossierRow, ...]:
    listed = list(found)
    officers = officers_by_id(row.issued_by for row in listed)
    cases = cases_by_id({row.case_id for row in listed})
    return tuple(
        DossierRow(
            id=row.id,
            case=row.case_id,
            case_row=cases.get(row.case_id),
            record_id=row.record_id,
            language=row.language,
            recipient=row.recipient,
            purpose=row.purpose,
            withheld=row.withheld,
            records=row.records,
            files=row.files,
            issued_by=officers.get(row.issued_by),
            issued_at=row.issued_at,
            available=dossier_folder(row.id).is_dir(),
        )
        for row in listed
    )


def dossiers(acting: Acting, *, case: str | None = None, after: str | None = None, page: int = PAGE) -> Page:
    """The dossiers of the cases the officer sees, or of one of them, newest first. Raises Unseen."""
    rows = Dossier.objects.order_by("-id")
    if case:
        see_case(acting, case)
        rows = rows.filter(case_id=case)
    else:
        rows = rows.filter(case_id__in=visible_cases(acting).values("id"))
    if after:
        rows = rows.filter(id__lt=after)
    found = list(rows[: page + 1])
    return Page(_rows(found[:page]), found[page - 1].id if len(found) > page else None)


# What the pages of a case count of this room, each a statement with the case's id.
COUNTS = {"dossiers": "SELECT COUNT(*) FROM dossier_dossier WHERE case_id = %s"}


def issued_of_case(case: str, *, most: int = 100) -> list[Dossier]:
    """The dossiers issued of a case whose visibility the caller decided, newest first; in one query."""
    return list(Dossier.objects.filter(case_id=case).order_by("-id")[:most])


def dossier(acting: Acting, dossier_id: str) -> DossierRow:
    """A dossier of a case the officer sees. Raises Unseen."""
    return _rows([_seen(acting, dossier_id)])[0]


def _seen(acting: Acting, dossier_id: str) -> Dossier:
    row = Dossier.objects.filter(id=dossier_id).first()
    if row is None or not visible_cases(acting).filter(id=row.case_id).exists():
        raise unseen()
    return row


def dossier_view(acting: Acting, dossier_id: str, language: str) -> DossierView:
    """A dossier of a case the officer sees, with what the verifier said of it. Raises Unseen."""
    row = _seen(acting, dossier_id)
    erased = [one for one in erasures_of(row.case_id) if one.jti == row.record_id]
    return DossierView(
        _rows([row])[0], place_of(row.record_id), erased[0] if erased else None, read_verified(dossier_id, language)
    )


def verified_path(dossier: str) -> Path:
    """Where the last verification of a dossier is kept: beside the bag, never in it."""
    return current_node().dossiers / f"{dossier}.verified.json"


def read_verified(dossier: str, language: str) -> Verified | None:
    """The last verification of a dossier in ``language``; None when there was none."""
    try:
        stated = json.loads(verified_path(dossier).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    spoken = known_language(language) or "en"
    sentences: dict[str, list[str]] = {HELD: [], FAILED: [], UNCHECKED: []}
    for one in stated["findings"]:
        subject = Subject(one["subject"]["kind"], one["subject"]["name"], one["subject"]["index"])
        finding = Finding(one["status"], one["code"], subject, one["params"])
        sentences[one["status"]].append(sentence(finding, spoken))
    return Verified(
        at=datetime.fromisoformat(stated["at"]),
        holds=stated["exit"] == 0,
        numbers=stated["numbers"],
        held=tuple(sentences[HELD]),
        failed=tuple(sentences[FAILED]),
        unchecked=tuple(sentences[UNCHECKED]),
    )


def choosable(acting: Acting, case: str) -> tuple[Contents, list[SaltedField]]:
    """What a dossier of the case would hold, and every salted field that could be left out of it.

    Raises Unseen, Forbidden.
    """
    contents = gather(case, issuer=require_issue(acting, case))
    return contents, [_field(kept, path, value) for kept, path, value in salted_fields(contents)]


def _field(kept: Kept, path: str, value: Any) -> SaltedField:
    last = [step for step in path.split(".") if not step.isdigit()][-1]
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return SaltedField(
        jti=kept.jti,
        path=path,
        kind=kind_words(kept.record.kind),
        label=field_words(last),
        value=code_words(last, shown),
        occurred_at=datetime.fromisoformat(kept.claims["occurred_at"]),
    )


def traces(contents: Contents, fields: Sequence[SaltedField], chosen: Sequence[Choice]) -> list[Trace]:
    """Where the values of the chosen fields would still stand in the dossier after leaving these out."""
    wanted = {field.key: field for field in fields}
    left = {f"{jti}|{path}" for jti, path in chosen}
    values = {}
    for key in left:
        field = wanted.get(key)
        if field is not None and len(field.value) >= SHORTEST_TRACE:
            values[field.value.casefold()] = field
    found = []
    for kept in contents.kept:
        for path, text in _texts(kept.body, "body"):
            if any(_beneath(f"{kept.jti}|{path}", key) for key in left):
                continue
            folded = text.casefold()
            found += [
                Trace(field, kind_words(kept.record.kind), path) for value, field in values.items() if value in folded
            ]
    return found


def _beneath(place: str, chosen: str) -> bool:
    return place == chosen or place.startswith(f"{chosen}.")


def _texts(value: Any, path: str) -> Iterable[tuple[str, str]]:
    if isinstance(value, str):
        if path.rpartition(".")[2] not in IDS:
            yield path, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, f"{path}.{name}")
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _texts(item, f"{path}.{place}")
