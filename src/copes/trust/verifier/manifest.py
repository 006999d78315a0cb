"""`data/dossier.json` and the record `dossier.issued/1`: what they claim against what was found. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from copes.trust.verifier.claims import (
    canonical_json,
    strict_json,
    take_object,
    take_sha256,
    take_text,
    take_uuid,
    take_whole,
    wrong,
)
from copes.trust.verifier.custody import CustodyBook
from copes.trust.verifier.findings import Findings, Unproven, about_exhibit, about_file, about_record
from copes.trust.verifier.recordset import Record

DOSSIER_JSON = "data/dossier.json"
ISSUED = "dossier.issued/1"
ERASED = "record.erased/1"
FORMAT = "copes-dossier/1"
# These three depend on the checkpoint, which is later than the record that signs the list of files.
UNSIGNED_FILES = ("dossier.json", "records.sdjwt", "proofs.jsonl", "checkpoint", "consistency.json")
NAMED_FILES = ("ledger.vkey", "report.pdf", "case.jsonld", "copes_verify.py", "README.html", "README.txt")
MEMBERS = frozenset(
    "format dossier case case_number origin practice language records first_index last_index tree_size "  # noqa: SIM905
    "exhibits files withheld claims".split(),
)


def read_dossier_json(data: bytes) -> dict[str, Any]:
    """The manifest, its form checked (docs/trust/format.md section 4.1); raises Unproven."""
    stated = strict_json(data)
    if not isinstance(stated, dict):
        wrong("dossier.json")
    _same_members(stated, MEMBERS)
    if stated["format"] != FORMAT:
        wrong("format")
    for field in ("dossier", "case"):
        take_uuid(stated, field)
    for field in ("case_number", "origin", "language"):
        take_text(stated, field)
    for field in ("records", "first_index", "last_index", "tree_size"):
        take_whole(stated, field)
    if not isinstance(stated["practice"], bool):
        wrong("practice")
    files = take_object(stated, "files")
    for name in files:
        take_sha256(files, name)
    claims = take_object(stated, "claims")
    _same_members(claims, {"signatures", "inclusion", "cosigners", "custody"})
    _check_rows(stated)
    return stated


def _same_members(found: Mapping[str, Any], expected: set[str] | frozenset[str]) -> None:
    if set(found) != expected:
        wrong(min(found.keys() ^ expected))


def _check_rows(stated: Mapping[str, Any]) -> None:
    for list_field, members in (
        ("exhibits", {"id", "number", "files", "holder"}),
        ("withheld", {"jti", "digest", "path", "why"}),
    ):
        rows = stated[list_field]
        if not isinstance(rows, list):
            wrong(list_field)
        for row in rows:
            if not isinstance(row, dict):
                wrong(list_field)
            _same_members(row, members)
    for row in stated["exhibits"]:
        take_uuid(row, "id")
        take_text(row, "number")
        if not isinstance(row["files"], list) or not all(isinstance(name, str) for name in row["files"]):
            wrong("exhibits.files")
    for row in stated["withheld"]:
        for field in ("jti", "digest", "path"):
            take_text(row, field)
        if row["why"] not in {"redacted", "erased"}:
            wrong("withheld.why")


def check_claims(stated: Mapping[str, Any], proven: Mapping[str, object], findings: Findings) -> None:
    """Each value in `proven` (by member name, `claims.x` for the claims) is what the manifest states."""
    for name, value in proven.items():
        claimed = stated["claims"][name[7:]] if name.startswith("claims.") else stated[name]
        if canonical_json(claimed) != canonical_json(value):
            findings.failed(
                "claim_differs",
                about_file(DOSSIER_JSON),
                field=name,
                claimed=canonical_json(claimed),
                proven=canonical_json(value),
            )


def check_exhibits(
    stated: Mapping[str, Any],
    book: CustodyBook,
    folders: Mapping[str, Sequence[str]],
    findings: Findings,
) -> None:
    """The manifest's exhibits are those the records create, with their number, files and present holder.

    `folders` holds the files found, by exhibit id, as paths below `data/`.
    """
    rows = {row["id"]: row for row in stated["exhibits"]}
    if len(rows) != len(stated["exhibits"]):
        findings.failed("manifest_exhibit_twice", about_file(DOSSIER_JSON))
    for key, row in rows.items():
        exhibit = book.exhibits.get(key)
        if exhibit is None:
            findings.failed("manifest_exhibit_unknown", about_exhibit(row["number"]))
            continue
        if row["number"] != exhibit.number:
            findings.failed("manifest_exhibit_number", about_exhibit(exhibit.number), claimed=row["number"])
        if row["holder"] != exhibit.holder:
            findings.failed(
                "manifest_holder",
                about_exhibit(exhibit.number),
                claimed=row["holder"] or "-",
                proven=exhibit.holder,
            )
        if sorted(row["files"]) != sorted(folders.get(key, ())):
            findings.failed("manifest_exhibit_files", about_exhibit(exhibit.number))
    for key in book.exhibits.keys() - rows.keys():
        findings.failed("manifest_exhibit_absent", about_exhibit(book.exhibits[key].number))


def check_withheld(
    stated: Mapping[str, Any],
    records: Sequence[Record],
    findings: Findings,
) -> tuple[int, int]:
    """The fields listed as withheld are those that are; returns how many are redacted and erased."""
    actual = {(record.jti, digest): record for record in records for digest in record.withheld}
    erased = _erased(records)
    listed: set[tuple[str, str]] = set()
    numbers = {"redacted": 0, "erased": 0}
    for row in stated["withheld"]:
        key = (row["jti"], row["digest"])
        record = actual.get(key)
        if record is None or key in listed:
            findings.failed("withheld_unfounded", about_file(DOSSIER_JSON), record=row["jti"], path=row["path"])
            continue
        listed.add(key)
        numbers[row["why"]] += 1
        place = record.paths[row["digest"]]
        if row["path"] != place and not row["path"].startswith(place + "."):
            findings.failed("withheld_path", about_record(record.index, record.jti), path=row["path"])
        if row["why"] == "erased" and key not in erased:
            findings.unchecked("erased_unrecorded", about_record(record.index, record.jti), path=row["path"])
    for key in actual.keys() - listed:
        record = actual[key]
        findings.failed("withheld_unlisted", about_record(record.index, record.jti), path=record.paths[key[1]])
    return numbers["redacted"], numbers["erased"]


def withheld_lines(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The list of withheld fields as lines, whose digest `dossier.issued/1` signs."""
    return sorted(" ".join((row["jti"], row["digest"], row["path"], row["why"])) for row in rows)


def check_withheld_list(record: Record, stated: Mapping[str, Any], findings: Findings) -> None:
    """The manifest's list of withheld fields, with places and reasons, is the one that was signed."""
    subject = about_record(record.index, record.jti)
    try:
        signed = take_sha256(record.claims["body"], "withheld_digest")
    except Unproven as refusal:
        findings.failed(refusal.code, subject, **refusal.params)
        return
    if signed != _digest(withheld_lines(stated["withheld"])):
        findings.failed("issued_withheld_list", subject)


def _digest(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _erased(records: Sequence[Record]) -> set[tuple[str, str]]:
    """Record id and digest of every field that a proven record states to be erased."""
    found: set[tuple[str, str]] = set()
    for record in records:
        body = record.claims["body"]
        fields = body.get("fields")
        if record.kind == ERASED and record.proven and isinstance(fields, list):
            found.update((str(body.get("record")), str(row.get("digest"))) for row in fields if isinstance(row, dict))
    return found


def check_issued(
    record: Record,
    before: Sequence[str],
    files: Mapping[str, str],
    listed: Mapping[str, str],
    withheld: int,
    findings: Findings,
) -> None:
    """What `dossier.issued/1` signs is what is here: the records before it, the files, the withheld fields.

    `before` holds the ids of the records before it, `files` the SHA-256 of each file by path below `data/`,
    `listed` the same as the manifest states it.
    """
    body = record.claims["body"]
    subject = about_record(record.index, record.jti)
    before_failed = findings.number("failed")
    try:
        _check_listed(body.get("records"), before, findings)
        _check_files(body.get("files"), files, listed, findings)
        stated = take_whole(body, "withheld")
    except Unproven as refusal:
        findings.failed(refusal.code, subject, **refusal.params)
        return
    if stated != withheld:
        findings.failed("issued_withheld", subject, claimed=stated, proven=withheld)
    if findings.number("failed") == before_failed:
        findings.held("held_issued", subject, records=len(before), files=len(files))


def _digest_of(stated: Any, lines: Sequence[str]) -> bool:
    """Whether `{"count", "digest"}` is that of these lines."""
    _same_members(stated, {"count", "digest"})
    return take_whole(stated, "count") == len(lines) and take_sha256(stated, "digest") == _digest(lines)


def _check_listed(stated: Any, before: Sequence[str], findings: Findings) -> None:
    if isinstance(stated, dict):
        if not _digest_of(stated, before):
            findings.failed("issued_records")
        return
    if not isinstance(stated, list) or not all(isinstance(jti, str) for jti in stated):
        wrong("body.records")
    if stated == list(before):
        return
    missing, added = set(stated) - set(before), set(before) - set(stated)
    for jti in sorted(missing):
        findings.failed("issued_record_missing", record=jti)
    for jti in sorted(added):
        findings.failed("issued_record_added", record=jti)
    if not missing and not added:
        findings.failed("issued_records")


def _check_files(stated: Any, files: Mapping[str, str], listed: Mapping[str, str], findings: Findings) -> None:
    """The signed digest is that of the files here; else say which differ, if the manifest's list is the signed one."""
    if not isinstance(stated, dict):
        wrong("body.files")
    if _digest_of(stated, _file_lines(files)):
        return
    if not _digest_of(stated, _file_lines(listed)):
        findings.failed("issued_files")
        return
    for name in sorted(listed.keys() | files.keys()):
        if name not in files:
            findings.failed("file_missing", about_file("data/" + name))
        elif name not in listed:
            findings.failed("issued_file_added", about_file("data/" + name))
        elif listed[name] != files[name]:
            findings.failed("issued_file_differs", about_file("data/" + name))


def _file_lines(files: Mapping[str, str]) -> list[str]:
    return [f"{path} {files[path]}" for path in sorted(files)]
