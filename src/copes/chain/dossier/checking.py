"""Trying every print with an invented case: what `copes prints check` and the administrator's page do.

Nothing is recorded. The case is data beside the templates; the words are those of the node's catalogues.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.utils import translation

from copes.chain.dossier.assembling import collect
from copes.chain.dossier.contents import Contents, Hidden, Kept
from copes.chain.dossier.drafting import sheet_for
from copes.chain.dossier.prints.case import case_document, last_record
from copes.chain.dossier.prints.custody import custody_document
from copes.chain.dossier.prints.formats import LANGUAGES
from copes.chain.dossier.prints.frame import Standing
from copes.chain.dossier.prints.house import SHIPPED, house
from copes.chain.dossier.prints.labels import labels_document
from copes.chain.dossier.prints.lists import held_document, tasks_document
from copes.chain.dossier.prints.notice import notice_document
from copes.chain.dossier.prints.papers import papers
from copes.chain.dossier.prints.receipt import receipt_document
from copes.chain.dossier.prints.seizure import seizure_document, seizure_pair
from copes.chain.dossier.prints.typesetter import typeset
from copes.foundation.journal.stored import StoredRecord
from copes.foundation.refusals import Refusal

MOMENT = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
NOTE = (
    "customs.example/practice\n1000\nuH3pG1mCW9yoqkzs0qXJzS8sVtPZ2m9yAVyRyT0wZkQ=\n\n"
    "\N{EM DASH} customs.example/practice "
)
Made = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Problem:
    """A print that cannot be made, and why."""

    print: str
    language: str
    reason: str


@cache
def sample() -> Contents:
    """The invented case, as records."""
    stated = json.loads((SHIPPED / "sample.json").read_text(encoding="utf-8"))
    return Contents(stated["case"], [_kept(place, one) for place, one in enumerate(stated["records"], start=1)])


def _kept(place: int, stated: dict[str, Any]) -> Kept:
    claims = stated["claims"]
    record = StoredRecord(place, claims["jti"], claims["kind"], claims.get("sub"), bytes(32), "", ())
    hidden = tuple(Hidden(claims["jti"], "", path, "redacted") for path in stated.get("hidden", ()))
    return Kept(record, claims, hidden, frozenset())


def _standing(contents: Contents, jti: str) -> Standing:
    index = contents.by_jti[jti].record.index
    signature = base64.b64encode(bytes(68)).decode("ascii")
    return Standing(jti, index, bytes(32), "sealed", 1000, f"{NOTE}{signature}\n", MOMENT)


def makers() -> dict[str, Callable[[str], Made]]:
    """Each print by name: from a language to template and data, made from the invented case."""
    contents = sample()
    created = contents.of_kind("exhibit.created/1")[0]
    (act,) = contents.of_kind("seizure.recorded/1")
    seizure, officer = act.body["seizure"], created.body["holder"]
    at, last = _standing(contents, act.jti), _standing(contents, last_record(contents).jti)
    holders = {one.id: one.holder for one in collect(contents).exhibits}

    def sheet(language: str) -> Any:
        return sheet_for(contents, language)

    def pair(language: str) -> list[Any]:
        return [sheet(language), sheet("fr" if language == "en" else "en")]

    made: dict[str, Callable[[str], Made]] = {
        "seizure": lambda one: ("report", seizure_document(contents, seizure, sheet(one), at)),
        "seizure in two languages": lambda one: ("pair", seizure_pair(contents, seizure, pair(one), at)),
        "receipt": lambda one: ("pair", receipt_document(contents, seizure, pair(one), at)),
        "notice": lambda one: ("pair", notice_document(contents, seizure, pair(one), at)),
        "custody": lambda one: ("custody", custody_document(contents, created.body["exhibit"], sheet(one), at)),
        "case": lambda one: ("report", case_document(contents, sheet(one), last, holders)),
        "tasks": lambda one: ("report", tasks_document(contents, sheet(one), at, officer)),
        "held": lambda one: ("report", held_document(contents, sheet(one), at, officer)),
    }
    for name in papers():
        made[f"labels on {name}"] = _labels_on(contents, name)
    return made


def _labels_on(contents: Contents, paper: str) -> Callable[[str], Made]:
    return lambda language: ("labels", labels_document(contents, sheet_for(contents, language), paper=paper))


def check_prints(languages: Iterable[str] = LANGUAGES) -> Iterator[tuple[str, str, Problem | None]]:
    """Makes every print in each language with what is in force: print, language, and what is wrong, if anything.

    Raises Refusal when the branding itself cannot be read.
    """
    force = house()
    for language in languages:
        for name, make in makers().items():
            problem = None
            try:
                with translation.override(language):
                    template, document = make(language)
                    typeset(template, document, moment=MOMENT, force=force)
            except Refusal as refusal:
                problem = Problem(name, language, str(refusal.reason))
            yield name, language, problem
