"""Searching: what an officer asks, within what the officer may see. Fixed numbers of queries.

Need-to-know is part of the question put to the index: only rows within the officer's scopes are ever read, so a
question for what one may not see does exactly the work of a question for what is not there. What comes back is
checked once more against who may see it now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from copes.chain.cases.knowing import known_of, scopes_of
from copes.chain.custody.knowing import in_hands_of
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.following import catch_up
from copes.foundation.journal.statements import select
from copes.foundation.people import roles
from copes.insight.search import index
from copes.insight.search.codes import KINDS, ONE
from copes.insight.search.folding import asked, code, pieces
from copes.insight.search.follower import EVERYONE, IN_HAND, NAME
from copes.insight.search.models import RecentSearch, SavedSearch, Thing

PAGE = 30
FEW = 12
AT_MOST = 500
JUMPS = ("case", "exhibit", "seal", "container", "transport")
SEES_PEOPLE = (roles.ADMINISTRATOR, roles.SUPERVISOR, roles.AUDITOR)


@dataclass(frozen=True)
class Result:
    """A thing that was found. Title and detail come in pieces, each with whether it is a word that was sought."""

    kind: str
    title: tuple[tuple[str, bool], ...]
    detail: tuple[tuple[str, bool], ...]
    url: str
    case: str
    number: str
    at: datetime
    corrected: bool

    @property
    def label(self) -> str:
        """What things of the kind are called, in the reader's language."""
        return str(KINDS[self.kind])

    @property
    def one(self) -> str:
        """What a thing of the kind is called."""
        return str(ONE[self.kind])

    @property
    def name(self) -> str:
        """The title as plain text."""
        return "".join(text for text, _marked in self.title)

    @property
    def told(self) -> str:
        """The detail as plain text."""
        return "".join(text for text, _marked in self.detail)


@dataclass(frozen=True)
class Results:
    """A page of results, newest first; ``after`` is the key of the next page, None when nothing follows."""

    rows: tuple[Result, ...]
    after: int | None
    exact: tuple[Result, ...] = ()


NOTHING = Results((), None)


def search(
    acting: Acting, text: str, *, kind: str = "", after: int | None = None, page: int = PAGE, exact: bool = True
) -> Results:
    """What the officer may see and that bears every word of ``text``, newest first, a page at a time.

    Things that bear the text as their number come first, once, on the first page (``exact``).
    """
    words, whole = tuple(asked(text)), code(text[:80])
    kinds = (index.kind_token(kind),) if kind else ()
    scopes = _scopes(acting)
    if not words or (kind and kind not in KINDS) or not scopes:
        return NOTHING
    _keep_up()
    tokens = tuple(index.numbers(scopes).values())
    if not tokens:
        return NOTHING
    joined = whole if len(words) > 1 and any(one.isdigit() for one in whole) and len(whole) <= 40 else ""
    found = index.backend().hits(index.Sought(words, tokens, joined, kinds, before=after, limit=page + 1))
    first: list[Thing] = []
    if exact and after is None and any(one.isdigit() for one in whole):
        first = index.backend().hits(index.Sought((whole[:40],), tokens, kinds=kinds, code=whole, limit=FEW))
    ahead = {row.id for row in first}
    rows = _results(acting, [*first, *(row for row in found[:page] if row.id not in ahead)], [*words, whole])
    following = found[page - 1].id if len(found) > page else None
    named = tuple(result for row, result in rows if row.id in ahead)
    return Results(tuple(result for _row, result in rows), following, named)


def suggest(acting: Acting, text: str) -> dict[str, object]:
    """A few results by kind, as the command palette shows them."""
    found = search(acting, text, page=FEW)
    groups: dict[str, list[dict[str, str]]] = {}
    for row in found.rows[:FEW]:
        shown = {"title": row.name, "detail": _told(row), "url": row.url, "kind": row.kind}
        groups.setdefault(row.label, []).append(shown)
    more = f"{reverse('search:results')}?{urlencode({'q': text, 'all': 'yes'})}"
    return {"groups": [{"label": label, "results": rows} for label, rows in groups.items()], "more": more}


def _told(row: Result) -> str:
    return " · ".join(part for part in (row.told, row.number if row.kind not in {"case", "exhibit"} else "") if part)


def jump(found: Results) -> str:
    """Where an exact number leads when it means one thing only, else nothing."""
    places = {row.url for row in found.exact if row.kind in JUMPS}
    return places.pop() if len(places) == 1 and len(found.exact) else ""


def _scopes(acting: Acting) -> list[str]:
    """The scopes in which the officer finds things."""
    names = {"member": f"m:{acting.officer}", "agency": f"a:{acting.agency}"}
    found = [names[one] for one in scopes_of(acting)]
    if acting.officer:
        found.append(f"h:{acting.officer}")
    if acting.has(*SEES_PEOPLE):
        found.append(EVERYONE)
    return found


def _keep_up() -> None:
    """Reads what was recorded since; of more than ``AT_MOST`` records the rest is left to the worker."""
    sql = "SELECT size, (SELECT position FROM journal_following WHERE name = %s) FROM journal_edge"
    if any(size > (position or 0) for size, position in select(sql, [NAME])):
        catch_up(NAME, at_most=AT_MOST)


def _results(acting: Acting, rows: Sequence[Thing], words: list[str]) -> list[tuple[Thing, Result]]:
    """What of the rows the officer may see now, as results."""
    numbers = known_of(acting, {row.case_id for row in rows if row.case_id}) if rows else {}
    others = {row.parent or row.thing for row in rows if row.kind in IN_HAND and row.case_id not in numbers}
    held = in_hands_of(acting, others)
    people = acting.has(*SEES_PEOPLE)
    shown: list[tuple[Thing, Result]] = []
    for row in rows:
        in_hand = row.kind in IN_HAND and (row.parent or row.thing) in held
        if row.case_id in numbers or in_hand or (row.kind == "officer" and people):
            shown.append((row, _result(row, numbers.get(row.case_id or "", ""), words)))
    return shown


def _result(row: Thing, number: str, words: list[str]) -> Result:
    sought = [one for one in words if one]
    title = row.title or str(ONE[row.kind])
    return Result(
        row.kind, tuple(pieces(title, sought)), tuple(pieces(row.detail, sought)), url_of(row), row.case_id or "",
        number, row.at, row.corrected,
    )  # fmt: skip


def url_of(row: Thing) -> str:
    """The page on which a thing stands."""
    page = row.parent or row.thing
    match row.page:
        case "control":
            return reverse("cases:control", args=[row.case_id, page])
        case "seizure":
            return reverse("seizures:seizure", args=[page])
        case "exhibit":
            return reverse("custody:exhibit", args=[page])
        case "officer":
            return reverse("people:officer", args=[page])
        case _:
            return reverse("cases:case", args=[row.case_id])


def saved_of(officer: str) -> list[SavedSearch]:
    """The officer's saved searches, by name."""
    return list(SavedSearch.objects.filter(officer=officer).order_by("name", "id")[:100])


def recent_of(officer: str) -> list[str]:
    """What the officer looked for lately, newest first."""
    return list(RecentSearch.objects.filter(officer=officer).order_by("-at").values_list("text", flat=True)[:10])


def kinds_shown(acting: Acting) -> Iterable[tuple[str, object]]:
    """The kinds by which results can be narrowed."""
    seen = scopes_of(acting)
    people = acting.has(*SEES_PEOPLE)
    return [
        (kind, label) for kind, label in KINDS.items() if (people if kind == "officer" else seen or kind in IN_HAND)
    ]
