"""From the records of a case to the files of a dossier (docs/trust/format.md §4)."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from copes.chain.dossier.bag import BagWriter
from copes.chain.dossier.case_uco import ExhibitFile
from copes.chain.dossier.contents import Contents, Hidden
from copes.chain.dossier.names import distinct, folded, safe_part
from copes.foundation.journal.queries import StoredRecord
from copes.foundation.storage.services import blob_path
from copes.trust.verifier.custody import CustodyBook

FORMAT = "copes-dossier/1"


class LostFileError(Exception):
    """A photograph is missing or damaged: exhibit number and name of the file."""


@dataclass(frozen=True)
class ExhibitRow:
    """An exhibit as the manifest lists it."""

    id: str
    number: str
    holder: str
    photographs: tuple[tuple[str, str], ...]


@dataclass
class Collected:
    """What the records say about exhibits, and the files written so far."""

    exhibits: list[ExhibitRow]
    connected: int
    files: dict[str, str] = field(default_factory=dict)
    of_exhibit: dict[str, list[ExhibitFile]] = field(default_factory=dict)


def collect(contents: Contents) -> Collected:
    """Exhibits with present holder and photographs, by the rules the verifier applies (format.md §5).

    Raises Unproven when a record lacks what custody needs.
    """
    book = CustodyBook()
    photographs: dict[str, dict[str, str]] = {}
    for kept in contents.kept:
        book.enter(kept.claims, kept.record.index)
        body = kept.body
        stated = [body] if kept.record.kind == "exhibit.photographed/1" else body.get("photographs", ())
        for one in stated if kept.record.kind.startswith("exhibit.") else ():
            photographs.setdefault(body["exhibit"], {})[one["sha256"]] = one.get("name") or one["sha256"]
    book.finish()
    rows = [
        ExhibitRow(one.id, one.number, one.holder, tuple(photographs.get(one.id, {}).items()))
        for one in book.exhibits.values()
    ]
    return Collected(rows, book.connected())


def add_exhibit_files(bag: BagWriter, collected: Collected) -> None:
    """Copies every photograph into the bag under its exhibit's number.

    Raises LostFileError when one is not in the store or no longer has its SHA-256.
    """
    for exhibit in collected.exhibits:
        folder, taken = exhibit.number.replace("/", "-"), set[str]()
        files = collected.of_exhibit.setdefault(exhibit.id, [])
        for sha256, name in exhibit.photographs:
            part = distinct(safe_part(name, sha256[:16]), taken, sha256[:8])
            taken.add(folded(part))
            path = f"exhibits/{folder}/{part}"
            try:
                bag.add_file(path, blob_path(sha256), sha256)
            except (OSError, ValueError) as error:
                raise LostFileError(f"{exhibit.number}: {name}") from error
            collected.files[path] = sha256
            files.append(ExhibitFile(path, sha256, bag.sizes[f"data/{path}"]))


def records_file(lines: Iterable[str]) -> bytes:
    """``records.sdjwt``: one record a line."""
    return "".join(f"{line}\n" for line in lines).encode("ascii")


def proofs_file(records: Sequence[StoredRecord], proofs: Mapping[int, Sequence[bytes]]) -> bytes:
    """``proofs.jsonl``: the inclusion proof of each record, in the same order."""
    rows = (
        {"index": record.index, "jti": record.jti, "hashes": [_b64(one) for one in proofs[record.index]]}
        for record in records
    )
    return "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows).encode("ascii")


def consistency_file(proofs: Mapping[int, Sequence[bytes]]) -> bytes:
    """``consistency.json``: proofs that earlier heads of the ledger grew into this one, by their size."""
    rows = [{"size": size, "hashes": [_b64(one) for one in hashes]} for size, hashes in sorted(proofs.items())]
    return json.dumps({"proofs": rows}, separators=(",", ":")).encode("ascii") + b"\n"


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def withheld_rows(hidden: Iterable[Hidden]) -> list[dict[str, str]]:
    """Withheld fields as the manifest lists them."""
    return [{"jti": one.jti, "digest": one.digest, "path": one.path, "why": one.why} for one in hidden]


def manifest_file(stated: Mapping[str, Any]) -> bytes:
    """``dossier.json``."""
    whole = {"format": FORMAT, **stated}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
