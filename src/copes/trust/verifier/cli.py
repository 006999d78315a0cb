"""`copes-verify`: reads a dossier or a ledger, has it checked, says what was found."""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from copes.trust.verifier.anchors import Anchors, read_known, read_vkey
from copes.trust.verifier.claims import read_time
from copes.trust.verifier.dossier import NEEDED, DossierFiles, verify_dossier
from copes.trust.verifier.findings import Unproven, clean
from copes.trust.verifier.ledger import LedgerFiles, verify_ledger
from copes.trust.verifier.messages import CATALOGUES, known_language, pick_language, say
from copes.trust.verifier.outcome import UNREADABLE, Outcome
from copes.trust.verifier.reading import Source, Unreadable, lines_of, open_source, read_all, sha256_of
from copes.trust.verifier.recordset import LONGEST_LINE
from copes.trust.verifier.report import as_json, in_words

KNOWN_ENVIRONMENT = "COPES_KNOWN_LEDGERS"
DURATION = re.compile(r"(\d{1,9})([smhdw]?)\Z", re.ASCII)
SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
TEXT_PROGRAM = "pdftotext"
TEXT_SECONDS = 120
MOST_TILE_BYTES = 256 * (2 + 65_535)
MOST_ANCHOR_BYTES = 1 << 20


class Misused(Exception):  # noqa: N818 - what the reader did
    """An option cannot be used as given: which, and why."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code (0 holds, 1 failed, 2 unreadable or misused, 3 not anchored)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    options = arguments().parse_args(argv)
    if options.lang is not None and known_language(options.lang) is None:
        arguments().error(f"--lang: {options.lang}: {', '.join(CATALOGUES)}")
    language = pick_language(options.lang, os.environ, "")
    try:
        anchors = _anchors(options)
        outcome = check(Path(options.path), anchors)
    except Misused as error:
        print(say(language, "misused", {"detail": str(error)}), file=sys.stderr)
        return UNREADABLE
    except Unreadable as error:
        print(say(language, error.code, {"path": options.path, "detail": error.detail}), file=sys.stderr)
        return UNREADABLE
    except (OSError, ValueError) as error:
        print(say(language, "unreadable_damaged", {"path": options.path, "detail": error}), file=sys.stderr)
        return UNREADABLE
    language = pick_language(options.lang, os.environ, outcome.language)
    shown = as_json if options.json else in_words
    print(shown(outcome, clean(options.path), language), end="")
    return outcome.code()


def arguments() -> argparse.ArgumentParser:
    """The options of the command."""
    parser = argparse.ArgumentParser(
        prog="copes-verify",
        description="Checks a dossier (folder or .zip) or a ledger, and says what was proven.",
        epilog="Exit codes: 0 everything holds; 1 something failed; 2 usage or unreadable; "
        "3 consistent in itself, but nothing from outside says whose ledger this is.",
    )
    add = parser.add_argument
    add("path", help="dossier (BagIt folder or .zip of one) or ledger (folder of tlog-tiles)")
    add("--key", action="append", default=[], metavar="VKEY|FILE", help="the ledger's key, from its publisher")
    add("--known", metavar="FILE", help="known ledgers and cosigners, one key per line")
    add("--checkpoint", action="append", default=[], metavar="FILE", help="an earlier checkpoint you hold")
    add("--cosigner", action="append", default=[], metavar="VKEY|FILE", help="the key of a cosigner you trust")
    add("--quorum", type=int, metavar="N", help="so many cosigners must have signed")
    add(
        "--max-age",
        metavar="AGE",
        help="the newest checkpoint you accept as current: seconds, or 12h, 30d, 8w",
    )
    add("--now", metavar="RFC3339", help="check as if it were this moment")
    add("--lang", metavar="xx", help="language of the report: " + ", ".join(CATALOGUES))
    add("--json", action="store_true", help="report as JSON")
    return parser


def check(path: Path, anchors: Anchors, progress: Callable[[int, int], None] | None = None) -> Outcome:
    """Check the dossier or ledger at this path; raises Unreadable when it is neither."""
    source = open_source(path)
    names = set(source.names())
    if "bagit.txt" in names or "data/dossier.json" in names:
        return verify_dossier(_dossier_files(source), anchors)
    if "checkpoint" in names:
        return verify_ledger(_ledger_files(source), anchors, progress or _progress)
    raise Unreadable("unreadable_neither")


def _dossier_files(source: Source) -> DossierFiles:
    digests, sizes, content, damaged = {}, {}, {}, {}
    for name in source.names():
        try:
            digests[name], sizes[name] = sha256_of(source, name), source.size(name)
            if name in NEEDED:
                content[name] = read_all(source, name)
        except OSError as error:
            damaged[name] = clean(error)
    return DossierFiles(digests, sizes, content, source.odd, damaged, visible_text)


def visible_text(pdf: bytes) -> str | None:
    """The text that a reader of this PDF sees, by poppler's pdftotext; None without that program."""
    program = shutil.which(TEXT_PROGRAM)
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, "-q", "-enc", "UTF-8", "-", "-"],
            input=pdf,
            capture_output=True,
            timeout=TEXT_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return done.stdout.decode("utf-8", "replace")


def _ledger_files(source: Source) -> LedgerFiles:
    names = source.names()

    def fetch(name: str) -> bytes:
        return read_all(source, name, MOST_TILE_BYTES)

    return LedgerFiles(
        note=read_all(source, "checkpoint", MOST_ANCHOR_BYTES),
        vkey=read_all(source, "ledger.vkey", MOST_ANCHOR_BYTES) if "ledger.vkey" in names else None,
        tiles=[name for name in names if name.startswith("tile/")],
        fetch=fetch,
        records=lines_of(source, "records.sdjwt", LONGEST_LINE) if "records.sdjwt" in names else None,
        odd=source.odd,
    )


def _progress(done: int, size: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done:,} / {size:,} ", end="" if done + 1000 < size else "\r", file=sys.stderr, flush=True)


def _anchors(options: argparse.Namespace) -> Anchors:
    keys, cosigners = _given(options.key, "--key"), _given(options.cosigner, "--cosigner")
    known, known_cosigners = _known(options.known, os.environ)
    return Anchors(
        keys=[key for key, _ in keys],
        known=known,
        cosigners=[*(key for key, _ in cosigners), *known_cosigners],
        held=[_read(path, "--checkpoint") for path in options.checkpoint],
        quorum=options.quorum,
        max_age=_seconds(options.max_age),
        now=_now_given(options.now),
    )


def _read(path: str, option: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST_ANCHOR_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Misused(f"{option}: {error}") from error
    if len(data) > MOST_ANCHOR_BYTES:
        raise Misused(f"{option}: {path}: too big")
    return data


def _given(values: Sequence[str], option: str) -> list[tuple[str, str]]:
    """Each value as a vkey: itself, or the keys in the file of that name."""
    found = []
    for value in values:
        with contextlib.suppress(Unproven):
            found.append((read_vkey(value.strip()).vkey, option))
            continue
        try:
            keys, cosigners = read_known(_read(value, option).decode("utf-8"))
        except (Unproven, UnicodeDecodeError) as error:
            raise Misused(f"{option}: {value}: {error}") from error
        found += [(read_vkey(key).vkey, option) for key in (*keys, *cosigners)]
    return found


def _known(given: str | None, environ: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The first known-ledgers file there is: --known, COPES_KNOWN_LEDGERS, the user's own.

    Never one that lies in the current folder: it may have come with the dossier.
    """
    named = given or environ.get(KNOWN_ENVIRONMENT)
    places = []
    with contextlib.suppress(RuntimeError):
        places.append(Path.home() / ".config" / "copes" / "known-ledgers.txt")
    for place in [Path(named)] if named else [place for place in places if place.is_file()]:
        try:
            return read_known(_read(str(place), "--known").decode("utf-8"))
        except (Unproven, UnicodeDecodeError) as error:
            raise Misused(f"--known: {place}: {error}") from error
    return [], []


def _seconds(text: str | None) -> int | None:
    if text is None:
        return None
    found = DURATION.match(text)
    if found is None:
        raise Misused(f"--max-age: {text}")
    return int(found[1]) * SECONDS[found[2]]


def _now_given(text: str | None) -> int:
    if text is None:
        return int(time.time())
    try:
        return int(read_time(text, "--now").timestamp())
    except Unproven as error:
        raise Misused(f"--now: {text}") from error


if __name__ == "__main__":
    sys.exit(main())
