"""A case worth a dossier: cash counted by two, a telephone with a hidden place, photographs, custody handed over."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from copes.chain.custody.handling import photograph
from copes.chain.custody.services import receive, release
from copes.chain.dossier.prints.facts import unpack
from copes.chain.dossier.services import IssuedDossier, issue_dossier
from copes.foundation.journal.queries import records_of_case
from tests.chain.making import cash, seized_case

PHONE = {
    "description": "Mobile telephone, black",
    "category": "digital_device",
    "quantity": "1",
    "unit": "pieces",
    "found_where": "Under the driver's seat, wrapped in cloth",
}
NAME = "Jean Invented"


@dataclass(frozen=True)
class Made:
    case: str
    seizure: str
    exhibits: list[str]


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


def handed_over_case(officers) -> Made:
    front, custodian = officers.front_line, officers.custodian
    case, seizure, exhibits = seized_case(front, cash(front, officers.second), PHONE)
    photograph(front, exhibit=exhibits[0], data=picture("red"))
    photograph(front, exhibit=exhibits[1], data=picture("blue"))
    moved = release(front, exhibits=exhibits, to=custodian.officer, reason="storage", condition="Sealed, intact")
    receive(custodian, release=moved[0], exhibits=exhibits, condition="Sealed, intact; counted")
    return Made(case, seizure, exhibits)


def issued(officers, made: Made, *, language="en", withhold=()) -> IssuedDossier:
    return issue_dossier(
        officers.supervisor,
        case=made.case,
        language=language,
        recipient="Court of Lyon",
        purpose="Trial of 4 May",
        withhold=withhold,
    )


def salted(case: str, kind: str, path: str) -> tuple[str, str]:
    """Record id and path of a salted field that is really there."""
    for record in records_of_case(case):
        if record.kind == kind and any(found == path for _, _, found in record.disclosures):
            return record.jti, path
    raise LookupError(f"no {path} in {kind}")


def everything_in(folder: Path) -> bytes:
    """Every byte of a dossier a reader could get at: names and contents of files, records and their disclosures
    decoded, PDF streams inflated, the PDF's text, its facts unpacked."""
    parts = []
    for path in sorted(folder.rglob("*")):
        parts.append(str(path.relative_to(folder)).encode())
        if path.is_file():
            parts.append(path.read_bytes())
            parts += {".pdf": _in_pdf, ".sdjwt": _in_records}.get(path.suffix, lambda _path: [])(path)
    return b"\n".join(parts)


def _in_records(path: Path) -> list[bytes]:
    parts = re.split(rb"[.~\n]", path.read_bytes())
    return [base64.urlsafe_b64decode(part + b"===") for part in parts if part]


def _in_pdf(path: Path) -> list[bytes]:
    data = path.read_bytes()
    parts = [json.dumps(unpack(description), ensure_ascii=False).encode() for description in _descriptions(data)]
    for found in re.finditer(rb"stream\r?\n", data):
        with suppress(zlib.error):
            parts.append(zlib.decompressobj().decompress(data[found.end() :]))
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout
    return [*parts, text]


def _descriptions(data: bytes) -> list[str]:
    found = re.findall(rb"copes-facts/1 [A-Za-z0-9+/=]+", data)
    assert found, "the PDF holds no facts"
    return [one.decode() for one in found]
