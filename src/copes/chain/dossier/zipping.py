"""A dossier as one .zip, made while it is sent: same dossier, same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

CHUNK = 1 << 20
MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can state; what happened when stands in the records
PACKED = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".pdf", ".zip", ".mp4"}


class _Pipe(io.RawIOBase):
    """A file that can only be written to, and hands out what was written."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        part = bytes(data)  # type: ignore[call-overload]  # RawIOBase hands over any bytes-like object
        self._parts.append(part)
        return len(part)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = b"".join(self._parts)
        self._parts.clear()
        return taken


def zip_chunks(folder: Path, top: str) -> Iterator[bytes]:
    """The bytes of a zip of ``folder``, everything under the folder ``top``, in the order of names."""
    pipe = _Pipe()
    files = sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())
    with zipfile.ZipFile(pipe, "w", allowZip64=True) as archive:
        for path in files:
            entry = zipfile.ZipInfo(f"{top}/{path.relative_to(folder).as_posix()}", MOMENT)
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if path.suffix.lower() in PACKED else zipfile.ZIP_DEFLATED
            with (
                path.open("rb") as reading,
                archive.open(entry, "w", force_zip64=path.stat().st_size > 1 << 31) as to,
            ):
                while chunk := reading.read(CHUNK):
                    to.write(chunk)
                    yield pipe.take()
    yield pipe.take()
