"""Pages of exhibits as lists show them: filtered, in both directions, by key. Each takes a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet

from copes.chain.cases.policies import is_supervisor, now_lent, sees_cases, visible_cases
from copes.chain.cases.queries import case_id_of
from copes.chain.custody.models import Exhibit
from copes.chain.custody.policies import in_hand
from copes.chain.custody.queries import CASE_NUMBER_LENGTH, LIST_COLUMNS, UUID, exhibit_rows, rows_of
from copes.foundation.journal.acting import Acting
from copes.foundation.refusals import unseen
from copes.foundation.web.lists import Asked, Slice, merged

Place = tuple[str, int]


def exhibit_slice(acting: Acting, wanted: Asked) -> Slice:
    """A page of the exhibits the officer sees, in order of case and number. Raises Unseen for a key that is none."""
    place = _place(wanted.key)
    parts = [list(_narrowed(acting, rows, wanted)[: wanted.size + 1]) for rows in _branches(acting, wanted, place)]
    found = merged(parts, _key, wanted, lambda row: f"{row.case_id}.{row.ordinal}")
    return Slice(tuple(rows_of(found.rows)), found.before, found.after)


def exhibits_among(acting: Acting, ids: Sequence[str]) -> Slice:
    """Those of the exhibits that the officer sees, in the order given."""
    return Slice(tuple(exhibit_rows(acting, ids)))


def _key(row: Exhibit) -> Place:
    return row.case_id, row.ordinal


def _place(key: str) -> Place | None:
    if not key:
        return None
    case, _point, ordinal = key.partition(".")
    if not UUID.fullmatch(case) or not (ordinal.isascii() and ordinal.isdigit() and len(ordinal) < 9):
        raise unseen()
    return case, int(ordinal)


def _branches(acting: Acting, wanted: Asked, place: Place | None) -> Iterator[QuerySet[Exhibit]]:
    """What the officer sees as selections that an index answers in the order asked, each on its own."""
    number = wanted.get("number").upper()
    if len(number) >= CASE_NUMBER_LENGTH:
        case = case_id_of(number.partition("/")[0]) or ""
        known = visible_cases(acting).filter(id=case).exists()
        yield _led("case_id", wanted, place, Q(case_id=case) if known else Q(case_id=case) & in_hand(acting))
        return
    yield _led("case_id", wanted, place, Q(holder=acting.officer))
    yield _led("case_id", wanted, place, Q(released_to=acting.officer, state="released"))
    if not sees_cases(acting):
        return
    member = Q(case__members__officer=acting.officer, case__members__active=True)
    yield _led("case__members__case_id", wanted, place, member)
    yield _led("case__lent__case_id", wanted, place, now_lent(acting, "case__lent__"))
    if is_supervisor(acting):
        # the exhibits of one category have an index in this order; most are of the supervisor's agency
        lead = "case_id" if wanted.get("category") else "case__case_id"
        yield _led(lead, wanted, place, Q(case__agency=acting.agency))


def _led(lead: str, wanted: Asked, place: Place | None, whose: Q) -> QuerySet[Exhibit]:
    """The place in the list stands in the same ``filter`` as the join: Django would join a second time otherwise."""
    down = wanted.down
    if place:
        case, ordinal = place
        side = "lt" if down else "gt"
        whose &= Q(**{f"{lead}__{side}e": case})
        whose &= Q(**{f"{lead}__{side}": case}) | Q(**{f"ordinal__{side}": ordinal})
    sign = "-" if down else ""
    return Exhibit.objects.only(*LIST_COLUMNS).filter(whose).order_by(f"{sign}{lead}", f"{sign}ordinal")


def _narrowed(acting: Acting, rows: QuerySet[Exhibit], wanted: Asked) -> QuerySet[Exhibit]:
    holder = acting.officer if wanted.get("mine") else wanted.get("holder")
    values = {"holder": holder, "state": wanted.get("state"), "category": wanted.get("category")}
    rows = rows.filter(**{name: value for name, value in values.items() if value})
    if number := wanted.get("number").upper():
        rows = rows.filter(number__gte=number, number__lt=number + "\uffff")
    return rows
