"""The only place that reads files: a folder or a zip, by name, with limits. Nothing here judges content."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

CHUNK = 1 << 20
MOST_FILES = 200_000
MOST_BYTES = 1 << 40
MOST_IN_MEMORY = 512 << 20
ZIP_TROUBLES = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


class Unreadable(Exception):  # noqa: N818 - what the path is, not what the program did
    """The path cannot be read at all: nothing could be checked. `code` is the sentence that says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class Source(Protocol):
    """Files by name. `odd` lists names that are no plain files (links, devices, paths outside)."""

    odd: list[str]

    def names(self) -> list[str]:
        """The names of all plain files, with `/` between parts."""

    def size(self, name: str) -> int:
        """The size of the file in bytes."""

    def open(self, name: str) -> BinaryIO:
        """The file, opened for reading."""


class Folder:
    """The files below a folder; links are never followed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.odd: list[str] = []
        self._sizes: dict[str, int] = {}
        for folder, folders, files in os.walk(path):
            self._look(Path(folder), folders, files)
            if len(self._sizes) > MOST_FILES:
                raise Unreadable("unreadable_too_much")

    def _look(self, folder: Path, folders: list[str], files: list[str]) -> None:
        for name in (*folders, *files):
            entry = folder / name
            known = entry.relative_to(self.path).as_posix()
            try:
                found = entry.lstat()
            except OSError:
                self.odd.append(known)
                continue
            if stat.S_ISREG(found.st_mode):
                self._sizes[known] = found.st_size
            elif not stat.S_ISDIR(found.st_mode):
                self.odd.append(known)

    def names(self) -> list[str]:
        """The names of all plain files."""
        return sorted(self._sizes)

    def size(self, name: str) -> int:
        """The size of the file in bytes."""
        return self._sizes[name]

    def open(self, name: str) -> BinaryIO:
        """The file, opened for reading; raises OSError."""
        return (self.path / name).open("rb")


class Zip:
    """The files in a zip archive; when all stand in one folder, that folder is the root."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except ZIP_TROUBLES as error:
            raise Unreadable("unreadable_damaged", str(error)) from error
        self.odd: list[str] = []
        self._found: dict[str, zipfile.ZipInfo] = {}
        entries = self._zip.infolist()
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise Unreadable("unreadable_too_much")
        for entry in entries:
            self._take(entry)
        self._strip()

    def _take(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename
        mode = entry.external_attr >> 16
        altered = name != entry.orig_filename or "\\" in name
        outside = name.startswith("/") or ".." in name.split("/") or altered
        special = stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}
        if outside or special or name in self._found or entry.flag_bits & 1:
            self.odd.append(name)
        elif not entry.is_dir():
            self._found[name] = entry

    def _strip(self) -> None:
        tops = {name.split("/", 1)[0] for name in self._found}
        if len(tops) == 1 and "bagit.txt" not in self._found and "checkpoint" not in self._found:
            cut = len(tops.pop()) + 1
            self._found = {name[cut:]: entry for name, entry in self._found.items() if name[cut:]}

    def names(self) -> list[str]:
        """The names of all plain files."""
        return sorted(self._found)

    def size(self, name: str) -> int:
        """The size of the file in bytes, unpacked, as the archive states it."""
        return self._found[name].file_size

    def open(self, name: str) -> BinaryIO:
        """The file, opened for reading; raises OSError for a damaged archive."""
        try:
            return self._zip.open(self._found[name])  # type: ignore[return-value]  # an IO[bytes] that reads
        except ZIP_TROUBLES as error:
            raise OSError(str(error)) from error


def open_source(path: Path) -> Folder | Zip:
    """The folder or zip at this path; raises Unreadable."""
    if path.is_dir():
        try:
            return Folder(path)
        except OSError as error:
            raise Unreadable("unreadable_damaged", str(error)) from error
    if not path.is_file():
        raise Unreadable("unreadable_absent")
    return Zip(path)


def read_all(source: Source, name: str, most: int = MOST_IN_MEMORY) -> bytes:
    """The bytes of this file; raises OSError when it is damaged or holds more than `most` bytes."""
    with source.open(name) as file:
        try:
            data = file.read(most + 1)
        except ZIP_TROUBLES as error:
            raise OSError(str(error)) from error
    if len(data) > most:
        raise OSError(f"more than {most} bytes")
    return data


def sha256_of(source: Source, name: str) -> str:
    """The SHA-256 of this file, hexadecimal; raises OSError."""
    digest = hashlib.sha256()
    with source.open(name) as file:
        try:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
        except ZIP_TROUBLES as error:
            raise OSError(str(error)) from error
    return digest.hexdigest()


def lines_of(source: Source, name: str, longest: int) -> Iterator[bytes]:
    """The lines of this file without their line feed; raises OSError for a line beyond `longest` bytes."""
    with source.open(name) as file:
        try:
            while line := file.readline(longest + 1):
                if len(line) > longest:
                    raise OSError(f"a line of more than {longest} bytes")
                yield line[:-1] if line.endswith(b"\n") else line
        except ZIP_TROUBLES as error:
            raise OSError(str(error)) from error
