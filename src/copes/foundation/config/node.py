"""The node's own configuration: one folder, one file, made by `copes init`.

The folder is named by the environment variable ``COPES_HOME`` (default ``var/node``). It holds ``node.toml``
and ``secrets/``; everything secret is generated there and never defaulted.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path


class NodeMissingError(Exception):
    """There is no node in the folder; `copes init` makes one."""


@dataclass(frozen=True)
class CosignerConfig:
    """A partner who cosigns our checkpoints: address and verifier key (C2SP tlog-witness, tlog-cosignature).

    ``ca`` names a PEM file with the certificate to trust, for partners whose certificate no public authority signed.
    """

    name: str
    url: str
    vkey: str
    ca: str = ""


@dataclass(frozen=True)
class MailConfig:
    """The mail server (`[mail]`). ``security``: starttls, tls or none; the password lies in ``secrets/mail.password``.

    ``site`` is the address of this site as officers reach it, for links in mails. ``ca`` names a PEM file with the
    certificate to trust, for a server whose certificate no public authority signed.
    """

    host: str
    sender: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    site: str = ""
    ca: str = ""


@dataclass(frozen=True)
class OidcConfig:
    """An identity provider with which officers may sign in (OpenID Connect Core 1.0).

    The client's secret lies in ``secrets/oidc-<id>.key``. ``ca`` names a PEM file with the certificate to trust,
    for a provider whose certificate no public authority signed.
    """

    id: str
    name: str
    issuer: str
    client_id: str
    ca: str = ""


@dataclass(frozen=True)
class Node:
    """What `node.toml` says. Paths are absolute."""

    home: Path
    origin: str
    practice: bool
    agency_id: str
    agency_name: str
    country: str
    language: str
    database: str
    time_zone: str = "UTC"
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    cosigners: tuple[CosignerConfig, ...] = ()
    quorum: int = 0
    anchor: Path = field(default_factory=Path)
    second_factor: str = "offered"
    break_glass_hours: int = 8
    four_eyes: frozenset[str] = frozenset()
    oidc: tuple[OidcConfig, ...] = ()
    mail: MailConfig | None = None

    @property
    def secrets(self) -> Path:
        """Folder of keys and secrets, mode 0700."""
        return self.home / "secrets"

    @property
    def blobs(self) -> Path:
        """Folder of the write-once blob store."""
        return self.home / "blobs"

    @property
    def dossiers(self) -> Path:
        """Folder where issued dossiers lie."""
        return self.home / "dossiers"


def home_from_environment() -> Path:
    """The node's folder: ``COPES_HOME`` or ``var/node`` under the working directory, absolute."""
    return Path(os.environ.get("COPES_HOME", "var/node")).resolve()


def load_node(home: Path) -> Node:
    """The node in ``home``.

    Raises NodeMissingError when ``home`` has no readable ``node.toml``.
    """
    path = home / "node.toml"
    if not path.exists():
        raise NodeMissingError(f"{path} is missing: run `copes init` first, or set COPES_HOME to the node's folder")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    anchor = Path(data.get("anchor") or home / "anchor")
    return Node(
        home=home,
        origin=data["origin"],
        practice=bool(data["practice"]),
        agency_id=data["agency_id"],
        agency_name=data["agency_name"],
        country=data["country"],
        language=data["language"],
        database=data.get("database") or f"sqlite:///{home / 'db' / 'copes.sqlite3'}",
        time_zone=data.get("time_zone", "UTC"),
        hosts=tuple(data.get("hosts", ("localhost", "127.0.0.1"))),
        cosigners=tuple(CosignerConfig(**item) for item in data.get("cosigners", ())),
        quorum=int(data.get("quorum", 0)),
        anchor=anchor if anchor.is_absolute() else home / anchor,
        second_factor="required" if data.get("second_factor") == "required" else "offered",
        break_glass_hours=min(8, max(1, int(data.get("break_glass_hours", 8)))),
        four_eyes=frozenset(act for act, asked in data.get("four_eyes", {}).items() if asked),
        oidc=tuple(OidcConfig(**item) for item in data.get("oidc", ())),
        mail=MailConfig(**data["mail"]) if "mail" in data else None,
    )
