"""Continuity of custody, from plain claims (docs/trust/format.md, section 5). Pure.

A book is given every record in ledger order. It answers with the problems that each brings, keeps who
holds what, and never stops: an expert wants to see all breaks, not the first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from copes.trust.verifier.claims import read_time, take_sha256, take_text, take_uuid, take_uuids
from copes.trust.verifier.findings import Unproven

Claims = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """One break: a message code, the exhibit's number ("" where none is known), the sentence's values."""

    code: str
    number: str
    params: Mapping[str, object]


class Exhibit:
    """One exhibit as the records so far show it; `holder` answers for it now."""

    __slots__ = (
        "broken",
        "case",
        "created_at",
        "created_record",
        "early",
        "early_record",
        "holder",
        "id",
        "number",
        "photographs",
        "release",
        "seizure",
    )

    def __init__(self, key: str, number: str, case: str | None, holder: str, seizure: str | None) -> None:
        self.id = key
        self.number = number
        self.case = case
        self.holder = holder
        self.seizure = seizure
        self.photographs: dict[str, str | None] | None = None
        self.release: str | None = None
        self.created_at: datetime | None = None
        self.created_record = 0
        self.early: datetime | None = None
        self.early_record = 0
        self.broken = False


class Release:
    """A release that is not yet wholly received, declined or cancelled."""

    __slots__ = ("at", "by", "open", "to")

    def __init__(self, by: str, to: str, at: datetime, exhibits: list[str]) -> None:
        self.by = by
        self.to = to
        self.at = at
        self.open = exhibits


class Seizure:
    """A seizure as its records so far show it: when, in which case, by whom; `records` are their ids."""

    __slots__ = ("at", "case", "officers", "records")

    def __init__(self, at: datetime, case: str | None) -> None:
        self.at = at
        self.case = case
        self.officers: tuple[str, ...] = ()
        self.records: tuple[str, ...] = ()


class CustodyBook:
    """Who holds which exhibit, and every place where the chain does not connect.

    Without `photographs` their hashes are not kept, which a whole ledger has no use for.
    """

    def __init__(self, *, photographs: bool = True) -> None:
        self.keeps_photographs = photographs
        self.exhibits: dict[str, Exhibit] = {}
        self.releases: dict[str, Release] = {}
        self.seizures: dict[str, Seizure] = {}
        self.photographed: dict[str, Exhibit] = {}
        self.numbers: dict[str | None, set[str]] = {}
        self._same: dict[str, str] = {}
        self._problems: list[Problem] = []
        self._enter: dict[str, Callable[[Claims, Claims, int, bool], None]] = {
            "exhibit.created/1": self._created,
            "exhibit.photographed/1": self._photographed,
            "seizure.recorded/1": self._seized,
            "detention.recorded/1": self._seized,
            "custody.released/1": self._released,
            "custody.received/1": self._received,
            "custody.declined/1": self._declined,
            "custody.cancelled/1": self._cancelled,
        }

    def enter(self, claims: Claims, index: int, *, proven: bool = True) -> list[Problem]:
        """Take the record at this place in; return the problems it brings.

        A record whose signature did not hold (`proven=False`) is followed, so that one forgery is not
        reported ten times, but the exhibits it touches no longer count as connected.
        Raises Unproven when a field that custody needs is absent or misshapen.
        """
        enter = self._enter.get(claims["kind"])
        if enter is None:
            return []
        self._problems = []
        enter(claims, claims["body"], index, proven)
        return self._problems

    def finish(self) -> tuple[list[Problem], list[Problem]]:
        """What can be said only at the end: acts before the seizure, and seizures that are not there."""
        failed: list[Problem] = []
        absent: list[Problem] = []
        for exhibit in self.exhibits.values():
            seized = None if exhibit.seizure is None else self.seizures.get(exhibit.seizure)
            if seized is None:
                if exhibit.early is not None:
                    absent.append(Problem("seizure_absent", exhibit.number, {}))
                continue
            for code, at, record in (
                ("custody_created_early", exhibit.created_at, exhibit.created_record),
                ("custody_before_seizure", exhibit.early, exhibit.early_record),
            ):
                if at is not None and at < seized.at:
                    exhibit.broken = True
                    failed.append(Problem(code, exhibit.number, {"record": record}))
        return failed, absent

    def connected(self) -> int:
        """How many exhibits have a chain of custody without a break."""
        return sum(not exhibit.broken for exhibit in self.exhibits.values())

    def _break(self, code: str, exhibit: Exhibit, index: int, **params: object) -> None:
        exhibit.broken = True
        self._problems.append(Problem(code, exhibit.number, {"record": index, **params}))

    def _note(self, code: str, number: str, index: int, **params: object) -> None:
        self._problems.append(Problem(code, number, {"record": index, **params}))

    def _known(self, key: str, claims: Claims, index: int, *, proven: bool) -> Exhibit | None:
        exhibit = self.exhibits.get(key)
        if exhibit is None:
            self._note("custody_never_created", key, index)
            return None
        if not proven:
            exhibit.broken = True
        if exhibit.case != claims.get("sub"):
            self._break("custody_other_case", exhibit, index)
        return exhibit

    def _created(self, claims: Claims, body: Claims, index: int, proven: bool) -> None:
        key, number = take_uuid(body, "exhibit"), take_text(body, "number")
        holder = self._same.setdefault(take_uuid(body, "holder"), body["holder"])
        seizure = take_uuid(body, "seizure") if "seizure" in body else None
        if key in self.exhibits:
            self._break("custody_created_twice", self.exhibits[key], index)
            return
        case = self._shared(claims.get("sub"))
        exhibit = Exhibit(key, number, case, holder, self._shared(seizure))
        exhibit.broken = not proven
        exhibit.created_at, exhibit.created_record = read_time(claims.get("occurred_at"), "occurred_at"), index
        self.exhibits[key] = exhibit
        seized = None if seizure is None else self.seizures.get(seizure)
        if not _acts(claims, holder) and (seized is None or seized.case != case or holder not in seized.officers):
            self._break("custody_foreign_holder", exhibit, index)
        numbers = self.numbers.setdefault(case, set())
        if number in numbers:
            self._break("custody_number_twice", exhibit, index)
        numbers.add(number)
        photographs = body.get("photographs", [])
        if not isinstance(photographs, list):
            raise Unproven("record_field", field="photographs")
        for photograph in photographs:
            self._photograph(exhibit, photograph, index)

    def _photographed(self, claims: Claims, body: Claims, index: int, proven: bool) -> None:
        exhibit = self._known(take_uuid(body, "exhibit"), claims, index, proven=proven)
        if exhibit is not None:
            if not _acts(claims, exhibit.holder):
                self._break("photograph_not_holder", exhibit, index)
            self._photograph(exhibit, body, index)

    def _shared(self, text: str | None) -> str | None:
        """One object for equal texts: a million records repeat few cases, seizures and officers."""
        return None if text is None else self._same.setdefault(text, text)

    def _photograph(self, exhibit: Exhibit, stated: object, index: int) -> None:
        if not isinstance(stated, dict):
            raise Unproven("record_field", field="photographs")
        digest, name = take_sha256(stated, "sha256"), stated.get("name")
        if self.keeps_photographs:
            first = self.photographed.setdefault(digest, exhibit)
            if first is not exhibit:
                self._break("photograph_twice", exhibit, index, other=first.number)
            if exhibit.photographs is None:
                exhibit.photographs = {}
            exhibit.photographs[digest] = name if isinstance(name, str) else None

    def _seized(self, claims: Claims, body: Claims, index: int, proven: bool) -> None:
        key, at = take_uuid(body, "seizure"), read_time(claims.get("occurred_at"), "occurred_at")
        officers = take_uuids(body, "officers") if "officers" in body else []
        case, seizure = self._shared(claims.get("sub")), self.seizures.get(key)
        if seizure is None:
            if "corrects" in claims:
                self._note("seizure_corrects", "", index)
        elif seizure.case != case or claims.get("corrects") not in seizure.records:
            self._note("seizure_corrects" if "corrects" in claims else "seizure_twice", "", index)
            return
        if not proven:
            return
        if seizure is None:
            seizure = self.seizures[key] = Seizure(at, case)
        seizure.at = at
        seizure.officers = tuple(self._same.setdefault(officer, officer) for officer in officers)
        seizure.records = (*seizure.records, claims["jti"])

    def _released(self, claims: Claims, body: Claims, index: int, proven: bool) -> None:
        by, to = take_uuid(body, "released_by"), take_uuid(body, "released_to")
        at = read_time(claims.get("occurred_at"), "occurred_at")
        acts = _acts(claims, by)
        opened: list[str] = []
        for key in take_uuids(body, "exhibits"):
            exhibit = self._known(key, claims, index, proven=proven)
            if exhibit is None:
                continue
            if exhibit.early is None or at < exhibit.early:
                exhibit.early, exhibit.early_record = at, index
            if not acts:
                self._break("custody_not_actor", exhibit, index)
            if by == to:
                self._break("custody_to_oneself", exhibit, index)
            if exhibit.release is not None:
                self._break("custody_already_released", exhibit, index)
            elif exhibit.holder != by:
                self._break("custody_not_holder", exhibit, index)
            else:
                exhibit.release = claims["jti"]
                opened.append(exhibit.id)
        self.releases[claims["jti"]] = Release(self._same.setdefault(by, by), self._same.setdefault(to, to), at, opened)

    def _received(self, claims: Claims, body: Claims, index: int, proven: bool) -> None:
        for exhibit, release in self._answered(claims, body, index, "received_by", proven=proven):
            by = body["received_by"]
            if release.to != by:
                self._break("custody_not_receiver", exhibit, index)
                continue
            exhibit.holder = release.to
            self._close(body, exhibit, release)

    def _declined(self, claims: Claims, body: Claims, index: int, proven: bool) -> None:
        for exhibit, release in self._answered(claims, body, index, "received_by", proven=proven):
            if release.to != body["received_by"]:
                self._break("custody_not_receiver", exhibit, index)
                continue
            self._close(body, exhibit, release)

    def _cancelled(self, claims: Claims, body: Claims, index: int, proven: bool) -> None:
        for exhibit, release in self._answered(claims, body, index, None, proven=proven):
            if not _acts(claims, release.by):
                self._break("custody_not_releaser", exhibit, index)
                continue
            self._close(body, exhibit, release)

    def _answered(
        self,
        claims: Claims,
        body: Claims,
        index: int,
        person: str | None,
        *,
        proven: bool,
    ) -> list[tuple[Exhibit, Release]]:
        """The exhibits which this answer to a release may move, with the release; breaks are noted."""
        acts = person is None or _acts(claims, take_uuid(body, person))
        release = self.releases.get(take_uuid(body, "release"))
        at = read_time(claims.get("occurred_at"), "occurred_at")
        movable = []
        for key in take_uuids(body, "exhibits"):
            exhibit = self._known(key, claims, index, proven=proven)
            if exhibit is None:
                continue
            if not acts:
                self._break("custody_not_actor", exhibit, index)
            if release is None:
                self._break("custody_release_unknown", exhibit, index)
            elif key not in release.open:
                self._break("custody_not_in_release", exhibit, index)
            else:
                if at < release.at:
                    self._break("custody_before_release", exhibit, index)
                movable.append((exhibit, release))
        return movable

    def _close(self, body: Claims, exhibit: Exhibit, release: Release) -> None:
        exhibit.release = None
        release.open.remove(exhibit.id)
        if not release.open:
            self.releases.pop(body["release"], None)


def _acts(claims: Claims, officer: str) -> bool:
    """Whether this officer is the one who acts in the record."""
    actor = claims.get("actor")
    return isinstance(actor, dict) and actor.get("officer") == officer
