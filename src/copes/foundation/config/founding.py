"""Making a node's folder: configuration, secrets, keys. Nothing in it has a default that anybody could guess."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

import pycountry

from copes.foundation.config.secrets import write_secret
from copes.trust.records.ids import uuid7

LANGUAGES = ("en", "fr", "es", "ru", "ar", "sr", "sr-latn")


class FoundingError(Exception):
    """The node cannot be made as asked; the message says which option is wrong."""


@dataclass(frozen=True)
class Plan:
    """What `copes init` asks for."""

    agency: str
    country: str
    origin: str
    language: str = "en"
    practice: bool = False
    database: str = ""
    time_zone: str = "UTC"
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    anchor: str = ""
    second_factor: str = "offered"
    four_eyes: tuple[str, ...] = ()


def _check(plan: Plan, home: Path) -> None:
    if (home / "node.toml").exists():
        raise FoundingError(f"{home} holds a node already: choose another folder")
    if pycountry.countries.get(alpha_2=plan.country) is None:
        raise FoundingError(f"--country {plan.country!r} is not a country code: write two letters, such as FR")
    if plan.language not in LANGUAGES:
        raise FoundingError(f"--language {plan.language!r}: choose one of {', '.join(LANGUAGES)}")
    if not plan.agency.strip():
        raise FoundingError("--agency is empty: write the agency's name")
    if not plan.origin or any(bad in plan.origin for bad in " +\n") or len(plan.origin) > 200:
        raise FoundingError("--origin: write a name such as customs.example/ledger, without spaces or +")
    if ("PRACTICE" in plan.origin.split("/")) != plan.practice:
        raise FoundingError("--origin: a practice ledger has PRACTICE as a part of its name, and no other has")


def found_node(home: Path, plan: Plan) -> None:
    """Writes ``node.toml`` and every secret of a new node into ``home``. Raises FoundingError."""
    from copes.foundation.journal.keys import generate_node_keys

    _check(plan, home)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_secret(home / "secrets" / "django.key", secrets.token_urlsafe(48))
    generate_node_keys(home / "secrets", plan.origin)
    lines = {
        "origin": plan.origin,
        "practice": plan.practice,
        "agency_id": uuid7(),
        "agency_name": plan.agency,
        "country": plan.country,
        "language": plan.language,
        "time_zone": plan.time_zone,
        "hosts": list(plan.hosts),
    }
    if plan.database:
        lines["database"] = plan.database
    if plan.anchor:
        lines["anchor"] = plan.anchor
    if plan.second_factor == "required":
        lines["second_factor"] = plan.second_factor
    # JSON's strings, booleans and lists of strings are TOML's too
    text = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in lines.items())
    if plan.four_eyes:
        text += "\n[four_eyes]\n" + "".join(f"{act} = true\n" for act in plan.four_eyes)
    (home / "node.toml").write_text(text, encoding="utf-8")
