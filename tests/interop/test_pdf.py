"""Prints judged by qpdf and poppler: whole, tagged, PDF/A-2a and PDF/UA-1, fonts inside, text that can be read."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from copes.chain.dossier import printing
from tests.chain.dossier.making import handed_over_case, issued
from tests.interop.tools import program, run

pytestmark = pytest.mark.interop


@pytest.fixture
def prints(officers, tmp_path) -> list[Path]:
    made, front = handed_over_case(officers), officers.front_line
    pdfs = {
        "seizure-en": printing.print_seizure(front, seizure=made.seizure, language="en").pdf,
        "seizure-ar": printing.print_seizure(front, seizure=made.seizure, language="ar").pdf,
        "receipt": printing.print_receipt(front, seizure=made.seizure, languages=["ar", "fr"]).pdf,
        "custody": printing.print_custody(front, exhibit=made.exhibits[0], language="sr").pdf,
        "labels": printing.print_labels(front, case=made.case, language="en").pdf,
        "roll": printing.print_labels(front, case=made.case, language="en", paper="roll").pdf,
        "report": (issued(officers, made).path / "data/report.pdf").read_bytes(),
    }
    paths = []
    for name, pdf in pdfs.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf)
        paths.append(path)
    return paths


def test_they_are_whole_tagged_archival_and_accessible(prints):
    for path in prints:
        checked = run(program("qpdf", "qpdf"), "--check", path)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        info = run(program("pdfinfo", "poppler-utils"), path).stdout
        assert re.search(r"^Tagged:\s+yes", info, re.MULTILINE)
        assert re.search(r"^JavaScript:\s+no", info, re.MULTILINE)
        packet = re.search(rb"<x:xmpmeta.*</x:xmpmeta>", path.read_bytes(), re.DOTALL)[0]
        assert b"<pdfaid:part>2</pdfaid:part>" in packet
        assert b"<pdfaid:conformance>A</pdfaid:conformance>" in packet
        assert b"<pdfuaid:part>1</pdfuaid:part>" in packet
        fonts = run(program("pdffonts", "poppler-utils"), path).stdout.splitlines()[2:]
        assert fonts
        assert all(re.search(r"\s+yes yes yes\s", line) for line in fonts), fonts


def test_pdfsig_says_that_the_signature_is_in_the_records(prints):
    """A report has no signature of its own; pdfsig must not claim one. The README says where it is."""
    done = run(program("pdfsig", "poppler-utils"), prints[-1])
    assert "does not contain any signatures" in done.stdout + done.stderr


def test_a_cut_or_broken_copy_is_refused(prints, tmp_path):
    for path in prints:
        data = path.read_bytes()
        cut = tmp_path / "cut.pdf"
        cut.write_bytes(data[: len(data) // 2])
        assert run("qpdf", "--check", cut).returncode != 0
        broken = tmp_path / "broken.pdf"
        # The first bytes of every compressed stream: the pages can no longer be read.
        spoilt = re.sub(rb"(/FlateDecode.{0,200}?stream\r?\n..)....", rb"\1\0\0\0\0", data, flags=re.DOTALL)
        assert len(spoilt) == len(data)
        broken.write_bytes(spoilt)
        assert run("qpdf", "--check", broken).returncode != 0


def test_what_qpdf_and_pdfsig_cannot_see_the_verifier_does(officers):
    """Another title in the metadata leaves a sound PDF; only its hash in the signed record tells."""
    from copes.foundation.journal.queries import ledger_vkey

    dossier = issued(officers, handed_over_case(officers))
    path = dossier.path / "data/report.pdf"
    data = path.read_bytes()
    changed = data.replace(b"Test Customs", b"Best Customs")
    assert changed != data
    path.write_bytes(changed)
    assert run("qpdf", "--check", path).returncode == 0
    verifier = dossier.path / "data/copes_verify.py"
    assert run(sys.executable, verifier, "--key", ledger_vkey(), dossier.path).returncode == 1
