"""Checking records one by one, in ledger order: form, signature, key, disclosures, common fields, custody.

One checker serves a dossier (some records, held in memory) and a whole ledger (a million, streamed).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from copes.trust.errors import SignatureError, TrustError
from copes.trust.ledger.merkle import leaf_hash
from copes.trust.records.disclosures import Resolved, resolve
from copes.trust.records.jose import b64u
from copes.trust.records.sdjwt import check_signature, header, parse, payload
from copes.trust.verifier.claims import UUID7_FORM, UUID_FORM, moment_of, read_time, wrong
from copes.trust.verifier.custody import CustodyBook, Problem
from copes.trust.verifier.findings import Findings, Unproven, about_exhibit, about_record, clean
from copes.trust.verifier.keyring import ASSURANCES, KEY_KINDS, NODE_CREATED, ROLE_KINDS, Keyring

KIND_FORM = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+/[1-9][0-9]{0,3}\Z").match
COMMON = frozenset(
    "jti kind iss sub occurred_at iat actor assurance device about rests_on corrects body".split(),  # noqa: SIM905
)
MANDATORY = 8  # members of the common part that are in every record
MOST_KIDS = 4096  # headers remembered; each key has one
LAST_IAT = 253_402_300_799  # 9999-12-31T23:59:59Z
# How far the time of recording may fall behind an earlier record's, and how far the act may lie ahead of it.
BACKWARD_SECONDS = 120
AHEAD_SECONDS = 300
LONGEST_LINE = 64 << 20


@dataclass(slots=True)
class Record:
    """A record as its checks left it. `proven` is whether the signature held under a key that counts."""

    index: int
    jti: str
    kind: str
    claims: dict[str, Any]
    withheld: tuple[str, ...]
    paths: Mapping[str, str]
    proven: bool


class RecordChecker:
    """Checks records in ledger order and keeps what later ones need: keys, custody, ids, times."""

    def __init__(
        self, keyring: Keyring, findings: Findings, case: str | None = None, *, photographs: bool = True
    ) -> None:
        self.keyring = keyring
        self.findings = findings
        self.case = case
        self.book = CustodyBook(photographs=photographs)
        self.signatures = 0
        self.disclosures = 0
        self.withheld = 0
        self.last_iat = 0
        self.ids: set[int] = set()
        self._jti = ""
        self._kids: dict[str, str] = {}
        self._devices: dict[str, tuple[int, str]] = {}

    def admit(self, line: bytes, index: int) -> tuple[bytes, Record | None]:
        """Check the record on this line, which claims this place in the ledger.

        Returns its leaf hash (of whatever stands before the first `~`, so that a tree can be built over it)
        and the record, or None when it cannot be read at all. Never raises; adds failed findings.
        """
        leaf = leaf_hash(sha256(line.partition(b"~")[0]).digest())
        self._jti = ""
        try:
            return leaf, self._check(line.decode("ascii"), index, leaf)
        except UnicodeDecodeError:
            self._fail("record_invalid", index, "", detail="bytes that are not ASCII")
        except Unproven as refusal:
            self._fail(refusal.code, index, self._jti, **refusal.params)
        except TrustError as error:
            self._fail("record_invalid", index, self._jti, detail=clean(error))
        except RecursionError:
            self._fail("record_invalid", index, self._jti, detail="nested too deeply")
        return leaf, None

    def _check(self, text: str, index: int, leaf: bytes) -> Record:
        jwt, encoded = parse(text)
        segment = jwt[: jwt.index(".")]
        kid = self._kids.get(segment)
        if kid is None:
            kid = header(jwt)["kid"]
            if len(self._kids) < MOST_KIDS:
                self._kids[segment] = kid
        signed, proven = self._signed(jwt, kid, index)
        claims, resolved = disclosed(signed, encoded)
        check_common(claims, self.keyring.origin)
        if claims["kind"] == NODE_CREATED and index != 0:
            raise Unproven("first_record_place")
        if proven:
            proven = self._counts(kid, claims, index)
        withheld, paths = resolved.withheld, resolved.paths
        record = Record(index, claims["jti"], claims["kind"], claims, withheld, paths, proven)
        self.signatures += proven
        self.disclosures += len(encoded)
        self.withheld += len(resolved.withheld)
        self._place(record, leaf)
        self._custody(record)
        return record

    def _signed(self, jwt: str, kid: str, index: int) -> tuple[dict[str, Any], bool]:
        """The payload, and whether its signature held; when it did not, the finding is made here."""
        if index == 0 and not self.keyring.keys:
            return self._begin(jwt, kid)
        claims = None
        try:
            claims = check_signature(jwt, self.keyring.at_this_place(kid).key)
        except Unproven as refusal:
            code, params = refusal.code, refusal.params
        except SignatureError:
            code, params = "signature_invalid", {}
        stated = payload(jwt) if claims is None else claims
        self._jti = _name(stated)
        if claims is None:
            self._fail(code, index, self._jti, **params)
        return stated, claims is not None

    def _begin(self, jwt: str, kid: str) -> tuple[dict[str, Any], bool]:
        claims = payload(jwt)
        if claims.get("kind") != NODE_CREATED or not isinstance(claims.get("body"), dict):
            raise Unproven("first_record_absent")
        self.keyring.begin(claims, kid, 0)
        try:
            return check_signature(jwt, self.keyring.keys[kid].key), True
        except SignatureError:
            self.keyring.keys.clear()
            raise Unproven("signature_invalid") from None

    def _counts(self, kid: str, claims: Mapping[str, Any], index: int) -> bool:
        """Whether the key may sign this record; a record of keys is taken into the ring."""
        held = self.keyring.keys[kid]
        try:
            self.keyring.check_use(held, claims)
            if claims["kind"] in KEY_KINDS or claims["kind"] in ROLE_KINDS:
                self.keyring.change(claims, held, index)
        except Unproven as refusal:
            self._fail(refusal.code, index, claims["jti"], **refusal.params)
            return False
        return True

    def _place(self, record: Record, leaf: bytes) -> None:
        """What ties the record to the others: id, case, times, references, device."""
        claims, index, jti = record.claims, record.index, record.jti
        key = int(jti.replace("-", ""), 16)
        if key in self.ids:
            self._fail("record_twice", index, jti)
        if "rests_on" in claims or "corrects" in claims:
            self._refer(claims, index, jti)
        self.ids.add(key)
        if self.case is not None and claims.get("sub", self.case) != self.case:
            self._fail("record_case", index, jti, stated=claims["sub"])
        iat = claims["iat"]
        if iat < self.last_iat - BACKWARD_SECONDS:
            self._fail("time_backward", index, jti, seconds=self.last_iat - iat)
        self.last_iat = max(iat, self.last_iat)
        if moment_of(claims["occurred_at"])[1] > iat + AHEAD_SECONDS:
            self._fail("time_ahead", index, jti)
        if "device" in claims:
            self._device(claims["device"], index, jti, leaf)

    def _refer(self, claims: Mapping[str, Any], index: int, jti: str) -> None:
        targets = list(claims.get("rests_on", ()))
        if "corrects" in claims:
            targets.append(claims["corrects"])
        for target in targets:
            if target == jti:
                self._fail("reference_self", index, jti)
            elif int(target.replace("-", ""), 16) not in self.ids:
                self.findings.unchecked("reference_absent", about_record(index, jti), target=target)

    def _device(self, device: Mapping[str, Any], index: int, jti: str, leaf: bytes) -> None:
        counter, before = device["counter"], device.get("prev", "")
        last, hashed = self._devices.get(device["id"], (-1, ""))
        if counter <= last or (counter == last + 1 and last >= 0 and before != hashed):
            self._fail("device_chain", index, jti, counter=counter)
        self._devices[device["id"]] = (max(counter, last), b64u(leaf))

    def _custody(self, record: Record) -> None:
        try:
            problems = self.book.enter(record.claims, record.index, proven=record.proven)
        except Unproven as refusal:
            self._fail(refusal.code, record.index, record.jti, **refusal.params)
            return
        for problem in problems:
            self.custody_failed(problem)

    def custody_failed(self, problem: Problem) -> None:
        """Add the finding for a break in the chain of custody."""
        self.findings.failed(problem.code, about_exhibit(problem.number), **problem.params)

    def finish(self) -> None:
        """Say what can be said only after the last record."""
        failed, absent = self.book.finish()
        for problem in failed:
            self.custody_failed(problem)
        for problem in absent:
            self.findings.unchecked(problem.code, about_exhibit(problem.number))
        if self.keyring.roleless:
            self.findings.unchecked("roles_unknown", count=len(self.keyring.roleless))
        if self.book.exhibits and self.book.connected() == len(self.book.exhibits):
            self.findings.held("held_custody", count=self.book.connected())

    def _fail(self, code: str, index: int, jti: str, **params: object) -> None:
        self.findings.failed(code, about_record(index, jti), **params)


def disclosed(signed: dict[str, Any], encoded: Sequence[str]) -> tuple[dict[str, Any], Resolved]:
    """The claims with the body's salted fields put back, and what is withheld of them; raises.

    Only the body may hold salted fields (a withheld `sub` would hide the case); `check_common` refuses them
    anywhere else by taking no members that it does not know.
    """
    if signed.pop("_sd_alg", None) != "sha-256":
        wrong("_sd_alg")
    if not isinstance(signed.get("body"), dict):
        wrong("body")
    resolved = resolve({"body": signed["body"]}, encoded, keep_places=True)
    signed["body"] = resolved.claims["body"]
    return signed, resolved


def _name(claims: Mapping[str, Any]) -> str:
    jti = claims.get("jti")
    return jti if isinstance(jti, str) and UUID_FORM(jti) else ""


def check_common(claims: Mapping[str, Any], origin: str) -> None:
    """The common part has the form of docs/trust/format.md section 1; raises Unproven naming the field."""
    get = claims.get
    if not COMMON.issuperset(claims):
        wrong(min(claims.keys() - COMMON))
    jti, kind = get("jti"), get("kind")
    if not isinstance(jti, str) or not UUID7_FORM(jti):
        wrong("jti")
    if not isinstance(kind, str) or not KIND_FORM(kind):
        wrong("kind")
    if get("iss") != origin:
        raise Unproven("record_iss", stated=get("iss"), origin=origin)
    iat = get("iat")
    if type(iat) is not int or not 0 <= iat <= LAST_IAT:
        wrong("iat")
    if not _is_actor(get("actor")):
        wrong("actor")
    if get("assurance") not in ASSURANCES:
        wrong("assurance")
    read_time(get("occurred_at"), "occurred_at")
    if len(claims) > MANDATORY:
        _check_optional(claims)


def _check_optional(claims: Mapping[str, Any]) -> None:
    if "sub" in claims and not _is_uuid(claims["sub"]):
        wrong("sub")
    for field in ("about", "rests_on"):
        if field in claims:
            value = claims[field]
            if not isinstance(value, list) or not value or not all(map(_is_uuid, value)):
                wrong(field)
    if "corrects" in claims and not _is_uuid(claims["corrects"]):
        wrong("corrects")
    if "device" in claims:
        device = claims["device"]
        if not isinstance(device, dict) or device.keys() - {"id", "counter", "prev"}:
            wrong("device")
        if not isinstance(device.get("id"), str):
            wrong("device.id")
        if type(device.get("counter")) is not int or not 0 <= device["counter"] < 1 << 53:
            wrong("device.counter")


def _is_actor(actor: object) -> bool:
    """`{"node": true}`, or an officer with agency and role, and nothing else."""
    if not isinstance(actor, dict):
        return False
    if len(actor) != 3:
        return actor == {"node": True} and actor["node"] is True
    return type(actor.get("officer")) is str and type(actor.get("agency")) is str and type(actor.get("role")) is str


def _is_uuid(value: object) -> bool:
    return isinstance(value, str) and UUID_FORM(value) is not None
