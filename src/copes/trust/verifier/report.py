"""The outcome in plain words, or as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from copes.trust.verifier.anchors import fingerprint
from copes.trust.verifier.findings import FAILED, HELD, UNCHECKED, Finding, Subject, clean
from copes.trust.verifier.messages import say
from copes.trust.verifier.outcome import ALL_HOLDS, NOT_ANCHORED, Outcome

REPORT_FORMAT = "copes-verify/1"
SECTIONS = ((HELD, "title_held", "+"), (FAILED, "title_failed", "X"), (UNCHECKED, "title_unchecked", "?"))
SHOWN_PER_CODE = 20
NUMBERS = (
    "size",
    "records",
    "signatures",
    "inclusion",
    "disclosures",
    "exhibits",
    "cosignatures",
    "withheld",
    "redacted",
    "erased",
)


def sentence(finding: Finding, language: str) -> str:
    """The finding as one line: what it is about, and what was found."""
    text = say(language, finding.code, finding.params)
    subject = subject_words(finding.subject, language)
    return f"{subject}: {text}" if subject else text


def subject_words(subject: Subject, language: str) -> str:
    """What a finding is about, in words; nothing for the dossier or ledger as a whole."""
    if subject.kind in {"dossier", "ledger"} or (subject.kind == "exhibit" and not subject.name):
        return ""
    return say(language, "subject_" + subject.kind, {"name": subject.name or "-", "index": subject.index})


def verdict(outcome: Outcome) -> str:
    """The message code of the result."""
    if outcome.code() == NOT_ANCHORED and outcome.growth_unproven:
        return "verdict_growth_unproven"
    return {ALL_HOLDS: "verdict_holds", NOT_ANCHORED: "verdict_not_anchored"}.get(outcome.code(), "verdict_failed")


def in_words(outcome: Outcome, path: str, language: str) -> str:
    """The whole report as text that ends in a line feed."""
    lines = [say(language, "title_" + outcome.kind, {"path": path}), ""]
    if outcome.practice:
        lines += ["*" * 72, say(language, "practice", {}), "*" * 72, ""]
    if outcome.case_number:
        lines.append(say(language, "case", {"number": outcome.case_number}))
    if outcome.vkey:
        lines.append(say(language, "origin", {"origin": outcome.origin}))
        lines += [say(language, "fingerprint", {}), "  " + fingerprint(outcome.vkey)]
        lines.append(say(language, "fingerprint_advice", {}))
    lines += [say(language, "numbers", {name: getattr(outcome, name) for name in NUMBERS}), ""]
    for status, title, mark in SECTIONS:
        if outcome.findings.number(status):
            lines += [say(language, title, {}), *_section(outcome, status, mark, language), ""]
    failed = outcome.findings.number(FAILED)
    lines.append(say(language, verdict(outcome), {"count": failed}))
    if outcome.practice:
        lines.append(say(language, "practice", {}))
    return "\n".join(lines) + "\n"


def _section(outcome: Outcome, status: str, mark: str, language: str) -> Iterator[str]:
    shown: dict[str, int] = {}
    for finding in outcome.findings.items:
        if finding.status != status:
            continue
        shown[finding.code] = shown.get(finding.code, 0) + 1
        if shown[finding.code] <= SHOWN_PER_CODE:
            yield f"  {mark} {sentence(finding, language)}"
        elif shown[finding.code] == SHOWN_PER_CODE + 1:
            more = outcome.findings.counts[status, finding.code] - SHOWN_PER_CODE
            yield f"  {mark} {say(language, 'more', {'count': more})}"


def as_json(outcome: Outcome, path: str, language: str) -> str:
    """The whole report as one JSON object; codes and values are stable, `text` is for people."""
    listed = [
        {
            "status": finding.status,
            "code": finding.code,
            "subject": {
                "kind": finding.subject.kind,
                "name": clean(finding.subject.name),
                "index": finding.subject.index,
            },
            "params": {name: _plain(value) for name, value in finding.params.items()},
            "text": sentence(finding, language),
        }
        for finding in outcome.findings.items
    ]
    left_out = [{"status": s, "code": c, "count": n} for s, c, n in outcome.findings.left_out()]
    whole = {
        "format": REPORT_FORMAT,
        "path": path,
        "kind": outcome.kind,
        "exit": outcome.code(),
        "result": verdict(outcome).removeprefix("verdict_"),
        "practice": outcome.practice,
        "origin": clean(outcome.origin),
        "case_number": clean(outcome.case_number),
        "vkey": outcome.vkey,
        "fingerprint": fingerprint(outcome.vkey) if outcome.vkey else None,
        "numbers": {name: getattr(outcome, name) for name in NUMBERS},
        "findings": listed,
        "left_out": left_out,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _plain(value: object) -> object:
    return value if isinstance(value, int) else clean(value)
