"""Files of exhibits: each is one that a record about that very exhibit states, by SHA-256. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from copes.trust.verifier.custody import CustodyBook, Exhibit
from copes.trust.verifier.findings import Findings, about_exhibit, about_file

EXHIBITS = "exhibits/"
SHORTENED = 70  # characters from which on a name may have been cut


def folder_name(number: str) -> str:
    """The folder of an exhibit's files: its number with `-` for `/`."""
    return number.replace("/", "-")


def check_exhibit_files(
    files: Mapping[str, str],
    book: CustodyBook,
    findings: Findings,
) -> dict[str, list[str]]:
    """Check every file below `exhibits/` (path below `data/` to SHA-256); return the paths by exhibit id."""
    by_folder: dict[str, Exhibit] = {}
    owners: dict[str, str] = {}
    for exhibit in book.exhibits.values():
        folder = folder_name(exhibit.number)
        if folder in by_folder:
            findings.failed("exhibit_folder_twice", about_exhibit(exhibit.number), other=by_folder[folder].number)
        by_folder[folder] = exhibit
        for digest in exhibit.photographs or ():
            owners.setdefault(digest, exhibit.number)
    found: dict[str, list[str]] = {}
    good = 0
    for path in sorted(files):
        if not path.startswith(EXHIBITS):
            continue
        owner = by_folder.get(path[len(EXHIBITS) :].partition("/")[0])
        if owner is None:
            findings.failed("exhibit_file_foreign", about_file("data/" + path))
            continue
        found.setdefault(owner.id, []).append(path)
        good += _belongs(path, files[path], owner, owners, findings)
    if good:
        findings.held("held_exhibit_files", count=good)
    _say_absent(book, files, found, findings)
    return found


def _belongs(
    path: str,
    digest: str,
    exhibit: Exhibit,
    owners: Mapping[str, str],
    findings: Findings,
) -> bool:
    stated = exhibit.photographs or {}
    if digest not in stated:
        if digest in owners:
            findings.failed("exhibit_file_swapped", about_file("data/" + path), other=owners[digest])
        else:
            findings.failed("exhibit_file_unstated", about_file("data/" + path), number=exhibit.number)
        return False
    recorded = stated[digest]
    if recorded is not None and not _same_name(path.rpartition("/")[2], recorded):
        findings.failed("exhibit_file_name", about_file("data/" + path), stated=recorded)
        return False
    return True


def _same_name(name: str, recorded: str) -> bool:
    """Whether a file's name is the recorded one, made safe for every system (a mark may stand before it)."""
    if len(name) >= SHORTENED:
        return True
    plain, expected = (
        "".join(c for c in unicodedata.normalize("NFC", text) if c.isalnum()) for text in (name, recorded)
    )
    return plain.endswith(expected)


def _say_absent(
    book: CustodyBook,
    files: Mapping[str, str],
    found: Mapping[str, list[str]],
    findings: Findings,
) -> None:
    """Photographs that records state and that are not in the dossier."""
    for exhibit in book.exhibits.values():
        here = {files[path] for path in found.get(exhibit.id, ())}
        absent = len((exhibit.photographs or {}).keys() - here)
        if absent:
            findings.unchecked("photographs_absent", about_exhibit(exhibit.number), count=absent)
