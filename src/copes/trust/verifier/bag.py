"""The bag around a dossier: BagIt 1.0 (RFC 8493) with SHA-256, read strictly. Pure.

Strict means: what is there is listed, what is listed is there, no name can be read in two ways, and nothing
reaches outside the bag.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from copes.trust.verifier.findings import Findings, Unproven, about_file

DECLARATION = re.compile(rb"BagIt-Version: 1\.0\r?\nTag-File-Character-Encoding: UTF-8\r?\n?\Z")
MANIFEST_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?([^ \t\r\n*][^\r\n]*)\Z")
OXUM = re.compile(rb"^Payload-Oxum:[ \t]*(\d{1,18})\.(\d{1,18})[ \t]*\r?$", re.MULTILINE)
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
TAG_FILES = ("bagit.txt", "bag-info.txt", MANIFEST)
WINDOWS_NAME = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z")


def safe_name(name: str) -> bool:
    """Whether this is a relative path that every system reads the same way and that stays inside the bag."""
    if not name or len(name) > 1000 or "\\" in name or ":" in name:
        return False
    if unicodedata.normalize("NFC", name) != name:
        return False
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for c in name):
        return False
    return all(
        part not in {"", ".", ".."} and part == part.strip() and not part.endswith(".") and not WINDOWS_NAME.match(part)
        for part in name.split("/")
    )


def parse_manifest(data: bytes, manifest: str, findings: Findings) -> dict[str, str]:
    """Path to SHA-256 as this manifest states it; lines that cannot be right become findings."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        findings.failed("bag_manifest_text", about_file(manifest))
        return {}
    stated: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip("\r"):
            continue
        found = MANIFEST_LINE.match(line.rstrip("\r"))
        if found is None:
            findings.failed("bag_line", about_file(manifest), line=number)
            continue
        name = _decoded(found[2])
        if name in stated:
            findings.failed("bag_line_twice", about_file(manifest), line=number, name=name)
            continue
        stated[name] = found[1].lower()
    return stated


def _decoded(name: str) -> str:
    """RFC 8493, 2.1.3: CR, LF and % are percent-encoded in a manifest, nothing else is."""
    return re.sub("%(0[dDaA]|25)", lambda found: chr(int(found[1], 16)), name)


def check_names(names: Sequence[str], findings: Findings) -> None:
    """No name is unsafe, and no two names are one name to some system (case, Unicode form)."""
    seen: dict[str, str] = {}
    for name in names:
        if not safe_name(name):
            findings.failed("bag_unsafe_name", about_file(name))
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFC", name).casefold())
        if folded in seen:
            findings.failed("bag_alike_names", about_file(name), other=seen[folded])
        seen[folded] = name


def check_bag(
    digests: Mapping[str, str], sizes: Mapping[str, int], tags: Mapping[str, bytes], findings: Findings
) -> None:
    """Compare the files (SHA-256 and size per path) with what the bag's tag files (their bytes) state.

    Adds a failed finding per deviation and one held finding when there is none.
    """
    before = findings.number("failed")
    check_names(sorted(digests), findings)
    for required in ("bagit.txt", MANIFEST, TAG_MANIFEST):
        if required not in tags:
            findings.failed("file_missing", about_file(required))
    if "bagit.txt" in tags and not DECLARATION.match(tags["bagit.txt"]):
        findings.failed("bag_declaration", about_file("bagit.txt"))
    payload = {name for name in digests if name.startswith("data/")}
    _compare(tags, MANIFEST, digests, payload, findings)
    _compare(tags, TAG_MANIFEST, digests, {name for name in TAG_FILES if name in digests}, findings)
    for name in sorted(set(digests) - payload - set(TAG_FILES) - {TAG_MANIFEST}):
        findings.failed("bag_extra_file", about_file(name))
    _check_oxum(tags.get("bag-info.txt", b""), [sizes[name] for name in payload], findings)
    if findings.number("failed") == before:
        findings.held("held_bag", count=len(digests))


def _compare(
    tags: Mapping[str, bytes],
    manifest: str,
    digests: Mapping[str, str],
    expected: set[str],
    findings: Findings,
) -> None:
    if manifest not in tags:
        return
    stated = parse_manifest(tags[manifest], manifest, findings)
    for name in sorted(expected - stated.keys()):
        findings.failed("bag_extra_file", about_file(name))
    for name, digest in stated.items():
        if name not in expected:
            findings.failed("bag_missing_file" if safe_name(name) else "bag_unsafe_name", about_file(name))
        elif digests[name] != digest:
            findings.failed("bag_digest", about_file(name))


def _check_oxum(info: bytes, sizes: Sequence[int], findings: Findings) -> None:
    stated = OXUM.findall(info)
    if any((int(octets), int(count)) != (sum(sizes), len(sizes)) for octets, count in stated):
        findings.failed("bag_oxum", about_file("bag-info.txt"))


def required(files: Mapping[str, bytes], name: str) -> bytes:
    """The bytes of a file without which a dossier cannot be checked; raises Unproven when it is not there."""
    data = files.get(name)
    if data is None:
        raise Unproven("file_missing")
    return data
