"""What of a record can be found, and by which words. Pure: facts in, things out.

Every thing has a fixed place in its record, so that after a correction it is the same thing with other words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from copes.foundation.journal.facts import Fact
from copes.insight.search.folding import code as folded_code
from copes.insight.search.folding import words

Body = Mapping[str, Any]
PLACES = 256  # things of one record, at most
TRANSPORT, CONTAINER, PERSON, GUARDIAN, SEAL = 1, 21, 71, 140, 200
MOST_WORDS = 1_500
SHOWN = 300


@dataclass(frozen=True)
class Found:
    """A thing that can be found. ``parent`` is the record's own thing on whose page it stands."""

    place: int
    kind: str
    thing: str
    parent: str
    title: str
    detail: str
    code: str
    text: tuple[str, ...]

    def words(self) -> list[str]:
        """The folded words, at most ``MOST_WORDS``."""
        found = words(" ".join(self.text))[:MOST_WORDS]
        return [*found, self.code] if self.code and self.code not in found else found


def things_of(kind: str, body: Body) -> list[Found]:
    """The things of a record of ``kind``; none for a kind without any."""
    read = READERS.get(kind)
    return list(read(body)) if read else []


def _made(place: int, kind: str, thing: str, parent: str, title: str, detail: Sequence[Any], *more: Any,
          code: str = "") -> Found:  # fmt: skip
    """``title`` and ``detail`` are shown and found, ``more`` is only found."""
    told = [str(one) for one in detail if one]
    text = tuple(str(one) for one in (title, *told, *more) if one)
    shown = " · ".join(told)
    return Found(place, kind, thing, parent, title[:SHOWN], shown[:SHOWN], folded_code(code)[:80], text)


def _case(body: Body) -> Iterator[Found]:
    number = body["number"]
    yield _made(0, "case", body["case"], "", number, [body.get("title")], body.get("suspected_offence"), code=number)


def _control(body: Body) -> Iterator[Found]:
    control, place = body["control"], body.get("place") or {}
    yield _made(0, "control", control, "", place.get("name") or "", [body.get("found")], body.get("grounds"))
    for at, one in enumerate(body.get("means_of_transport") or ()):
        yield from _transport(TRANSPORT + at, control, one or {})
    for at, one in enumerate(body.get("containers") or ()):
        yield from _container(CONTAINER + at, control, one)
    yield from _persons(control, body)


def _transport(place: int, parent: str, one: Body) -> Iterator[Found]:
    plate, what = one.get("registration"), one.get("description") or one.get("make")
    vin = one.get("vin")
    title = plate or vin or what
    if title:
        detail = [what if title != what else None, vin if title != vin else None, one.get("country")]
        yield _made(place, "transport", parent, parent, title, detail, code=plate or vin or "")


def _container(place: int, parent: str, one: Body | None) -> Iterator[Found]:
    number = (one or {}).get("number")
    if number:
        yield _made(place, "container", parent, parent, number, [], (one or {}).get("typed"), code=number)


def _persons(parent: str, body: Body) -> Iterator[Found]:
    for at, one in enumerate(body.get("persons") or ()):
        person = one or {}
        name, document = person.get("name"), person.get("document")
        if name or document:
            detail = [document if name else None, person.get("born")]
            yield _made(PERSON + at, "person", person.get("person") or parent, parent, name or document or "", detail,
                        person.get("address"), code=document or "")  # fmt: skip


def _seizure(body: Body) -> Iterator[Found]:
    seizure = body["seizure"]
    cause, place = body.get("cause") or "", (body.get("place") or {}).get("name")
    more = [body.get(name) for name in ("declaration", "statements", "reservations", "concealment")]
    yield _made(0, "seizure", seizure, "", cause or place or "", [place if cause else None], *more)
    yield from _persons(seizure, body)
    guardian = body.get("guardian") or {}
    if guardian.get("name"):
        yield _made(GUARDIAN, "person", seizure, seizure, guardian["name"], [guardian.get("capacity")],
                    guardian.get("address"))  # fmt: skip


def _exhibit(body: Body) -> Iterator[Found]:
    exhibit, number = body["exhibit"], body["number"]
    vehicle, container = body.get("vehicle") or {}, body.get("container") or {}
    yield _made(0, "exhibit", exhibit, "", number, [body.get("description")], body.get("found_where"),
                vehicle.get("make"), code=number)  # fmt: skip
    yield from _transport(TRANSPORT, exhibit, vehicle)
    yield from _container(CONTAINER, exhibit, container)
    yield from _seal(exhibit, body.get("seal"))


def _seal(exhibit: str, seal: str | None) -> Iterator[Found]:
    if seal:
        yield _made(SEAL, "seal", exhibit, exhibit, seal, [], code=seal)


def _note(body: Body) -> Iterator[Found]:
    if body.get("text"):
        yield _made(0, "note", body["note"], "", body["text"], [])


def _task(body: Body) -> Iterator[Found]:
    if body.get("title"):
        yield _made(0, "task", body["task"], "", body["title"], [], body.get("text"))


def _officer(body: Body) -> Iterator[Found]:
    name, number = body.get("name"), body.get("service_number")
    if name or number:
        yield _made(0, "officer", body["officer"], "", name or number or "", [number if name else None],
                    code=number or "")  # fmt: skip


READERS: dict[str, Callable[[Body], Iterator[Found]]] = {
    "case.opened/1": _case,
    "control.recorded/1": _control,
    "seizure.recorded/1": _seizure,
    "detention.recorded/1": _seizure,
    "exhibit.created/1": _exhibit,
    "seal.applied/1": lambda body: _seal(body["exhibit"], body.get("seal")),
    "seal.broken/1": lambda body: _seal(body["exhibit"], body.get("replaced_by")),
    "note.added/1": _note,
    "task.assigned/1": _task,
    "officer.enrolled/1": _officer,
}


def corrected(original: Fact, corrections: Sequence[Fact], change: Callable[[Any, str, Any], None]) -> list[Body]:
    """The body as first recorded and as it read after each correction; ``change`` sets what stands at a path."""
    import copy

    states: list[Body] = [original.body]
    for fact in corrections:
        body = copy.deepcopy(dict(states[-1]))
        for field in fact.body["fields"]:
            change(body, field["path"], field.get("value" if "value" in field else "salted_value"))
        states.append(body)
    return states
