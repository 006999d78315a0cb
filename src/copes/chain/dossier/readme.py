"""README.txt and README.html: what an expert of the court does with a dossier, in the dossier's language.

The commands name other people's programs first of all; their little glue is in data/prints/expert and is run
by the test suite as it stands here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from copes.chain.dossier.prints.formats import is_rtl

EXPERT = Path(__file__).resolve().parents[2] / "data" / "prints" / "expert"


@dataclass(frozen=True)
class About:
    """What the README says about the dossier."""

    language: str
    case_number: str
    origin: str
    agency: str
    fingerprint: str
    practice: bool


@dataclass(frozen=True)
class Step:
    """A heading, paragraphs, commands to type and, if any, a program to save first."""

    title: str
    texts: Sequence[str]
    commands: Sequence[str] = ()
    program: str = ""


@cache
def program(name: str) -> str:
    """A small program that joins other people's libraries to the dossier's files."""
    return (EXPERT / f"{name}.txt").read_text(encoding="utf-8")


def steps(about: About) -> list[Step]:
    """The steps, in the order in which they are worth taking. Called while the language is active."""
    return [*_first_steps(about), *_other_programs(), _limits()]


def _first_steps(about: About) -> list[Step]:
    return [
        Step(
            _("What this is"),
            [
                _("A dossier of case %(case)s, issued by %(agency)s from its ledger %(origin)s.")
                % {"case": about.case_number, "agency": about.agency, "origin": about.origin},
                _("Everything it says comes from signed records. You need not trust the agency's computers."),
                _("All commands below are typed in the folder that holds the file bagit.txt."),
            ],
        ),
        Step(
            _("First: whose ledger is it?"),
            [
                _(
                    "This is the fingerprint of the ledger's key. Compare it with one from another source:"
                    " the agency's public notice, an earlier dossier, or the agencies that cosign the ledger."
                    " Without this comparison nothing below says who made the ledger."
                ),
                about.fingerprint,
                _("It is the SHA-256 of the one line in data/ledger.vkey:"),
            ],
            ["tr -d '\\n' < data/ledger.vkey | openssl dgst -sha256"],
        ),
        Step(
            _("Everything at once"),
            [
                _(
                    "The verifier is one readable Python file. It needs Python 3.11 or newer and the package"
                    " cryptography. KEY is the ledger's key, or a file with it, that you got from elsewhere."
                ),
                _("It ends with code 0 only when everything holds, and names what it could not check."),
            ],
            ["pip install cryptography", "python3 data/copes_verify.py --key KEY ."],
        ),
    ]


def _other_programs() -> list[Step]:
    return [
        Step(
            _("Files, with other people's programs"),
            [
                _(
                    "Every file has the SHA-256 that the manifests state. The last record of the dossier"
                    " signs the list in data/dossier.json, so compare any file with that list too."
                ),
            ],
            [
                "bagit.py --validate .",
                "sha256sum --check manifest-sha256.txt",
                "openssl dgst -sha256 data/report.pdf",
            ],
        ),
        Step(
            _("Signatures, with sd-jwt (Python)"),
            [_("Save this as records.py. The records are SD-JWTs (RFC 9901).")],
            ["pip install sd-jwt", "python3 records.py"],
            program("records.py"),
        ),
        Step(
            _("Signatures, with @sd-jwt/core (Node)"),
            [_("Save this as records.mjs.")],
            ["npm install @sd-jwt/core@0.17.0", "node records.mjs"],
            program("records.mjs"),
        ),
        Step(
            _("Place in the ledger, with Go's transparency-log code"),
            [_("Save this as ledger.go. It checks the ledger's signed head and that it covers each record.")],
            ["GO111MODULE=off GOPATH=/usr/share/gocode go run ledger.go"],
            program("ledger.go"),
        ),
        Step(
            pgettext("dossier", "The report"),
            [
                _(
                    "The report carries no signature of its own: its SHA-256 is signed in the last record. pdfsig"
                    " says so, and qpdf checks that the file is whole."
                ),
            ],
            ["qpdf --check data/report.pdf", "pdfsig data/report.pdf", "pdfinfo data/report.pdf"],
        ),
        Step(
            _("Exchange with other tools"),
            [_("data/case.jsonld follows CASE 1.5 and UCO.")],
            ["pip install case-utils", "case_validate data/case.jsonld"],
        ),
    ]


def _limits() -> Step:
    return Step(
        _("What no program can tell"),
        [
            _(
                "Whether what an officer recorded is true; whether something was never recorded; and, without"
                " a checkpoint from elsewhere, whether the ledger has grown since."
            ),
            _(
                "Fields that are left out are listed in data/dossier.json and in the report. The records"
                " verify without them."
            ),
        ],
    )


def as_text(about: About) -> bytes:
    """README.txt."""
    title = _("Dossier of case %(case)s: how to check it") % {"case": about.case_number}
    lines = [title, "=" * len(title), ""]
    if about.practice:
        lines += [_("PRACTICE · made for training · nothing here is evidence"), ""]
    for number, step in enumerate(steps(about), start=1):
        lines += [f"{number}. {step.title}", ""]
        for text in step.texts:
            lines += [text, ""]
        lines += [f"    {line}".rstrip() for line in step.program.splitlines()]
        lines += ["", *(f"    $ {command}" for command in step.commands), ""]
    return "\n".join(lines).replace("\n\n\n", "\n\n").encode("utf-8")


LANGUAGE_TAGS = {"sr-latn": "sr-Latn"}
STYLE = (
    "body{font:1rem/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1d2433}"
    "h1,h2{color:#143a66;line-height:1.25}pre{background:#eef1f6;padding:.75rem 1rem;overflow-x:auto;"
    "font:.85rem/1.5 ui-monospace,monospace;text-align:left}"
    ".band{background:#a3150f;color:#fff;padding:.5rem 1rem;font-weight:bold}"
)


def as_html(about: About) -> bytes:
    """README.html: one file, no scripts, nothing loaded from elsewhere."""
    title = escape(_("Dossier of case %(case)s: how to check it") % {"case": about.case_number})
    direction = "rtl" if is_rtl(about.language) else "ltr"
    parts = [
        f'<!doctype html><html lang="{LANGUAGE_TAGS.get(about.language, about.language)}" dir="{direction}">',
        f'<head><meta charset="utf-8"><title>{title}</title>',
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>',
    ]
    if about.practice:
        parts.append(f'<p class="band">{escape(_("PRACTICE · made for training · nothing here is evidence"))}</p>')
    parts.append(f"<h1>{title}</h1>")
    for number, step in enumerate(steps(about), start=1):
        parts.append(f"<h2>{number}. {escape(step.title)}</h2>")
        parts += [
            f'<pre dir="ltr">{escape(text)}</pre>' if text == about.fingerprint else f"<p>{escape(text)}</p>"
            for text in step.texts
        ]
        if step.program:
            parts.append(f'<pre dir="ltr">{escape(step.program)}</pre>')
        if step.commands:
            commands = "\n".join(step.commands)
            parts.append(f'<pre dir="ltr">{escape(commands)}</pre>')
    parts.append("</body></html>\n")
    return "\n".join(parts).encode("utf-8")
