"""The export as CASE/UCO, judged by the community's own validator."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from copes.chain.dossier import case_uco
from tests.chain.dossier.making import handed_over_case, issued, salted
from tests.interop.tools import run

pytestmark = pytest.mark.interop
TOOL = Path(sys.executable).with_name("case_validate")


def judge(path: Path):
    return run(TOOL, path)


def test_it_conforms(officers):
    dossier = issued(officers, handed_over_case(officers))
    done = judge(dossier.path / "data/case.jsonld")
    assert "Conforms: True" in done.stdout, done.stdout + done.stderr
    graph = json.loads((dossier.path / "data/case.jsonld").read_text())["@graph"]
    names = [node.get("uco-core:name") for node in graph]
    assert {"control", "seized", "released from custody", "received into custody"} <= set(names)
    assert "Anna Frontier" in names
    exhibits = [node for node in graph if node["@type"] == "case-investigation:ProvenanceRecord"]
    assert {node["case-investigation:exhibitNumber"] for node in exhibits} == {"FR-2026-000001/1", "FR-2026-000001/2"}
    hashes = [node for node in graph if node["@type"] == "uco-types:Hash"]
    assert len(hashes) == 2


def test_names_left_out_are_not_in_it(officers):
    from copes.foundation.journal.queries import records_of_kinds

    made = handed_over_case(officers)
    (enrolled,) = [
        record
        for record in records_of_kinds(["officer.enrolled/1"])
        if record.fact().body["officer"] == officers.front_line.officer
    ]
    dossier = issued(
        officers, made, withhold=[(enrolled.jti, "body.name"), salted(made.case, "case.opened/1", "body.title")]
    )
    assert dossier.outcome.code() == 0
    text = (dossier.path / "data/case.jsonld").read_text()
    assert "Anna Frontier" not in text
    assert "Cash at the toll" not in text
    assert "Conforms: True" in judge(dossier.path / "data/case.jsonld").stdout


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("a time that is none", lambda text: text.replace("2018-02-09T", "2018-02-39T", 1)),
        (
            "a performer who is a text",
            lambda text: text.replace(
                '"uco-action:performer": {', '"uco-action:performer": {"@value": "x", "y": {', 1
            ).replace("}", "}}", 0),
        ),
        ("two names", lambda text: text.replace('"uco-core:name": "seized"', '"uco-core:name": ["seized", "taken"]')),
        ("a hash that is no hex", lambda text: text.replace('"@type": "xsd:hexBinary"', '"@type": "xsd:string"')),
    ],
)
def test_a_spoilt_one_is_refused(officers, tmp_path, what, change):
    dossier = issued(officers, handed_over_case(officers))
    text = (dossier.path / "data/case.jsonld").read_text()
    spoilt = change(text)
    assert spoilt != text, what
    path = tmp_path / "case.jsonld"
    path.write_text(spoilt)
    done = judge(path)
    assert done.returncode != 0


def test_it_cannot_see_a_changed_fact(officers, tmp_path):
    """The validator knows the form only: another exhibit number conforms too. The records tell."""
    dossier = issued(officers, handed_over_case(officers))
    path = tmp_path / "case.jsonld"
    path.write_text((dossier.path / "data/case.jsonld").read_text().replace("FR-2026-000001/1", "FR-2026-000001/9"))
    assert judge(path).returncode == 0
    assert case_uco.CONTEXT["uco-core"].startswith("https://ontology.unifiedcyberontology.org/")
