"""Writing a BagIt 1.0 bag (RFC 8493): SHA-256 manifests in the order of names, nothing else in it.

The bag is written to a folder beside its place and renamed when it is whole and on the disk, so a bag that is
there is complete.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
CHUNK = 1 << 20


def _encoded(path: str) -> str:
    """RFC 8493 §2.1.3: CR, LF and the percent sign are percent-encoded in a manifest."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def manifest_text(digests: Mapping[str, str]) -> bytes:
    """A manifest: digest, two spaces, path; sorted by path."""
    return "".join(f"{digest}  {_encoded(path)}\n" for path, digest in sorted(digests.items())).encode("utf-8")


@dataclass
class BagWriter:
    """A bag being written. Used as a context: leaving it without ``finish`` removes what was written."""

    place: Path
    digests: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.temporary = self.place.with_name(f".{self.place.name}.new")

    def __enter__(self) -> Self:
        if self.place.exists():
            raise FileExistsError(self.place)
        shutil.rmtree(self.temporary, ignore_errors=True)
        (self.temporary / "data").mkdir(parents=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.temporary.exists():
            shutil.rmtree(self.temporary)

    def add(self, name: str, data: bytes) -> str:
        """Adds a payload file (``name`` relative to ``data/``) and returns its SHA-256 in hex."""
        target = self._target(name)
        target.write_bytes(data)
        return self._note(name, hashlib.sha256(data).hexdigest(), len(data))

    def add_file(self, name: str, source: Path, expected: str) -> str:
        """Copies a payload file. Raises ValueError when its SHA-256 is not ``expected``."""
        digest, size = hashlib.sha256(), 0
        with source.open("rb") as reading, self._target(name).open("wb") as writing:
            while chunk := reading.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                writing.write(chunk)
        if digest.hexdigest() != expected:
            raise ValueError(f"{source} does not have the SHA-256 {expected}")
        return self._note(name, expected, size)

    def finish(self, info: Mapping[str, str]) -> Path:
        """Writes the tag files, brings everything to the disk, and renames the bag to its place."""
        tags = {
            "bagit.txt": DECLARATION,
            "bag-info.txt": self._info(info),
            "manifest-sha256.txt": manifest_text(self.digests),
        }
        sums = {name: hashlib.sha256(data).hexdigest() for name, data in tags.items()}
        tags["tagmanifest-sha256.txt"] = manifest_text(sums)
        for name, data in tags.items():
            (self.temporary / name).write_bytes(data)
        os.sync()
        self.temporary.rename(self.place)
        return self.place

    def _info(self, info: Mapping[str, str]) -> bytes:
        lines = {**info, "Payload-Oxum": f"{sum(self.sizes.values())}.{len(self.sizes)}"}
        clean = ((label, " ".join(value.split())) for label, value in sorted(lines.items()))
        return "".join(f"{label}: {value}\n" for label, value in clean).encode("utf-8")

    def _target(self, name: str) -> Path:
        target = (self.temporary / "data" / name).resolve()
        if not target.is_relative_to((self.temporary / "data").resolve()):
            raise ValueError(f"{name} leads out of the bag")
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            raise FileExistsError(target)
        return target

    def _note(self, name: str, digest: str, size: int) -> str:
        self.digests[f"data/{name}"] = digest
        self.sizes[f"data/{name}"] = size
        return digest
