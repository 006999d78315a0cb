"""What a ledger shall hold: a `Plan` of acts, which tests change before anything is signed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from copes.trust.ledger.notes import NoteSigner
from copes.trust.records.ids import uuid7
from copes.trust.records.jose import b64u
from copes.trust.records.private import PrivateKey
from copes.trust.records.sdjwt import Salted

T0 = 1_760_000_000
STEP = 60
DAY = 86_400
ORIGIN = "customs.example/ledger"
PRACTICE_ORIGIN = "customs.example/PRACTICE/ledger"
OFFICERS = ("admin", "amara", "boris", "chen", "dina")
ROLES = {"admin": "administrator", "amara": "front_line", "boris": "custodian", "chen": "examiner", "dina": "custodian"}
PHOTO = b"\xff\xd8\xff\xe0 a photograph of "


@cache
def key(name: str) -> PrivateKey:
    """One signing key per name, the same in all tests."""
    return PrivateKey.generate("ES256" if name == "chen" else "EdDSA")


@cache
def cosigner_key(name: str) -> NoteSigner:
    """One cosigner's key per name."""
    return NoteSigner.generate(name, cosigner=True)


@cache
def ident(name: str) -> str:
    """One UUID per name."""
    return uuid7()


def moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass
class Act:
    """One record to be: `signer` names the key, `officer` who acts (the node when None)."""

    name: str
    kind: str
    body: dict[str, Any]
    signer: str = "amara"
    officer: str | None = "amara"
    role: str | None = None
    case: str | None = "case"
    iat: int | None = None
    occurred_at: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    jti: str = field(default_factory=uuid7)

    def claims(self, place: int, origin: str) -> dict[str, Any]:
        iat = T0 + STEP * place if self.iat is None else self.iat
        actor: dict[str, Any] = {"node": True}
        if self.officer is not None:
            role = self.role or ROLES.get(self.officer, "front_line")
            actor = {"officer": ident(self.officer), "agency": ident("agency"), "role": role}
        found = {"jti": self.jti, "kind": self.kind, "iss": origin}
        if self.case is not None:
            found["sub"] = ident(self.case)
        found |= {"occurred_at": self.occurred_at or moment(iat), "iat": iat, "actor": actor, "assurance": "node"}
        return {**found, "body": self.body, **self.extra}


@dataclass
class Plan:
    """What the ledger will hold, and how the dossier is made from it."""

    origin: str = ORIGIN
    practice: bool = False
    acts: list[Act] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    withhold: set[tuple[str, str]] = field(default_factory=set)  # (act name, path)
    ledger_key: str = "ledger"
    cosigners: tuple[str, ...] = ("prosecutor.example/cosigner", "police.example/cosigner")
    cosigned_at: int | None = None
    after: int = 3  # records in the ledger after the dossier's last
    facts: Callable[[list[list[Any]]], list[list[Any]]] = lambda facts: facts
    withheld: Callable[[list[dict[str, Any]]], None] = lambda rows: None  # what the issuer signs of them
    signs_withheld: bool = True
    manifest: Callable[[dict[str, Any]], None] = lambda manifest: None
    compress_xmp: bool = False

    def __getitem__(self, name: str) -> Act:
        return next(act for act in self.acts if act.name == name)

    def place(self, name: str) -> int:
        return self.acts.index(self[name])

    def add(self, name: str, kind: str, body: dict[str, Any], after: str | None = None, **options: Any) -> Act:
        act = Act(name, kind, body, **options)
        self.acts.insert(len(self.acts) if after is None else self.place(after) + 1, act)
        return act

    def drop(self, name: str) -> None:
        self.acts.remove(self[name])

    def signer(self) -> NoteSigner:
        return _ledger_signer(self.origin, self.ledger_key)


@cache
def _ledger_signer(origin: str, name: str) -> NoteSigner:
    return NoteSigner.generate(origin)


def enrolment(plan: Plan, officer: str, key_name: str | None = None, **changes: Any) -> dict[str, Any]:
    """The body of `key.enrolled/1` for an officer's key."""
    signing = key(key_name or officer)
    said = f"copes-key-possession/1\n{plan.origin}\n{ident(officer)}\n{signing.kid}\n"
    return {
        "key": dict(signing.jwk),
        "kid": signing.kid,
        "officer": ident(officer),
        "agency": ident("agency"),
        "assurance": "node",
        "not_before": T0 - DAY,
        "not_after": T0 + 365 * DAY,
        "proof": b64u(signing.sign(said.encode())),
        **changes,
    }


def released(exhibits: list[str], by: str, to: str) -> dict[str, Any]:
    return {
        "exhibits": [ident(e) for e in exhibits],
        "released_by": ident(by),
        "released_to": ident(to),
        "reason": "for weighing",
        "condition": Salted("seal intact, one corner dented"),
    }


def received(plan: Plan, release: str, exhibits: list[str], by: str) -> dict[str, Any]:
    return {
        "release": plan[release].jti,
        "exhibits": [ident(e) for e in exhibits],
        "received_by": ident(by),
        "condition": "seal intact",
    }


def standard(*, practice: bool = False) -> Plan:
    """A case: control, seizure, three exhibits with photographs, two hand-overs, another case between."""
    plan = Plan(PRACTICE_ORIGIN if practice else ORIGIN, practice)
    _begin(plan)
    plan.add("opened", "case.opened/1", {"case": ident("case"), "number": "EX-2025-000017", "title": Salted("The van")})
    plan.add("seizure", "seizure.recorded/1", _seizure(), occurred_at=moment(T0 - 3600))
    plan.add("noise1", "case.opened/1", {"case": ident("other"), "number": "EX-2025-000018"}, case="other")
    for number, name in enumerate(("one", "two", "three"), start=1):
        _exhibit(plan, name, f"EX-2025-000017/{number}")
    plan.add("noise2", "exhibit.created/1", _created("foreign", "EX-2025-000018/1"), case="other")
    plan.add("late", "exhibit.photographed/1", _late_photograph(plan))
    plan.add("release1", "custody.released/1", released(["one", "two"], "amara", "boris"))
    plan.add(
        "receipt1", "custody.received/1", received(plan, "release1", ["one"], "boris"), signer="boris", officer="boris"
    )
    plan.add(
        "receipt2", "custody.received/1", received(plan, "release1", ["two"], "boris"), signer="boris", officer="boris"
    )
    plan.add("release2", "custody.released/1", released(["one"], "boris", "chen"), signer="boris", officer="boris")
    plan.add(
        "receipt3", "custody.received/1", received(plan, "release2", ["one"], "chen"), signer="chen", officer="chen"
    )
    plan.withhold = {("seizure", "body.persons.0.name"), ("seizure", "body.notes.1")}
    return plan


def _begin(plan: Plan) -> None:
    node = {
        "origin": plan.origin,
        "agency": ident("agency"),
        "agency_name": "Example Customs",
        "country": "FR",
        "practice": plan.practice,
        "node_key": dict(key("node").jwk),
        "ledger_key": None,
    }
    plan.add("node", "node.created/1", node, signer="node", officer=None, case=None)
    for officer in OFFICERS[:4]:
        options: dict[str, Any] = (
            {"signer": "node", "officer": None} if officer == "admin" else {"signer": "admin", "officer": "admin"}
        )
        enrolled = {
            "officer": ident(officer),
            "agency": ident("agency"),
            "name": Salted(officer.title()),
            "roles": [ROLES[officer]],
        }
        plan.add("officer-" + officer, "officer.enrolled/1", enrolled, case=None, **options)
        plan.add("key-" + officer, "key.enrolled/1", enrolment(plan, officer), case=None, **options)


def _seizure() -> dict[str, Any]:
    return {
        "seizure": ident("seizure"),
        "place": {"name": "Bridge Road checkpoint", "country": "FR"},
        "quantity": {"net_g": "45000.50", "unit": "g"},
        "persons": [{"role": "driver", "name": Salted("Ivan Horvat"), "born": Salted("1980-01-02")}],
        "notes": ["first note", Salted("second note, about a neighbour"), Salted("third note")],
    }


def _created(name: str, number: str) -> dict[str, Any]:
    photograph = PHOTO + name.encode()
    return {
        "exhibit": ident(name),
        "number": number,
        "holder": ident("amara"),
        "seizure": ident("seizure"),
        "photographs": [{"sha256": digest(photograph), "name": f"{name}.jpg"}],
    }


def _exhibit(plan: Plan, name: str, number: str) -> None:
    plan.add("exhibit-" + name, "exhibit.created/1", _created(name, number))
    plan.files[f"exhibits/{number.replace('/', '-')}/{name}.jpg"] = PHOTO + name.encode()


def _late_photograph(plan: Plan) -> dict[str, Any]:
    data = PHOTO + b"the broken seal"
    plan.files["exhibits/EX-2025-000017-1/seal.jpg"] = data
    return {"exhibit": ident("one"), "sha256": digest(data), "name": "seal.jpg"}


def many_exhibits(plan: Plan, exhibits: int) -> None:
    """Add exhibits with five records each: created, released, received, released on, noted."""
    for number in range(exhibits):
        name, label = f"many{number}", f"EX-2025-000017/m{number}"
        created = {**_created(name, label), "holder": ident("amara")}
        plan.add("exhibit-" + name, "exhibit.created/1", created)
        plan.files[f"exhibits/{label.replace('/', '-')}/{name}.jpg"] = PHOTO + name.encode()
        first = Act(name + "-out", "custody.released/1", released([name], "amara", "boris"))
        plan.acts.append(first)
        answer = {
            "release": first.jti,
            "exhibits": [ident(name)],
            "received_by": ident("boris"),
            "condition": Salted("good"),
        }
        plan.acts.append(Act(name + "-in", "custody.received/1", answer, signer="boris", officer="boris"))
        plan.acts.append(
            Act(name + "-on", "custody.released/1", released([name], "boris", "chen"), signer="boris", officer="boris")
        )
        plan.acts.append(
            Act(name + "-note", "note.added/1", {"note": ident(name), "text": Salted("a note on " + name)})
        )
    for place, act in enumerate(plan.acts):
        act.iat = T0 + place
