"""Prints and dossiers by program; the dossier is then verified as a stranger would, with the file inside it."""

from __future__ import annotations

import io
import subprocess
import sys
import uuid
import zipfile

import pytest

from copes.chain.dossier.models import Dossier
from copes.foundation.api.models import KeptAnswer
from copes.foundation.journal.queries import ledger_size
from copes.foundation.people.models import Reading
from tests.foundation.api.conftest import calls_as
from tests.foundation.api.test_case import UNKNOWN, made
from tests.foundation.api.test_case import anna as anna  # noqa: PLC0414 - a fixture
from tests.foundation.api.test_case import seized as seized  # noqa: PLC0414 - a fixture

ISSUE = {"language": "en", "recipient": "Court of Vienne", "purpose": "Prosecution"}


@pytest.fixture
def farid(officers):
    return calls_as(officers.supervisor)


def test_a_dossier_issued_by_program_is_verified_by_a_stranger(officers, farid, seized, tmp_path):
    case = seized[0]
    fields = made(farid.get(f"/cases/{case}/salted-fields"), 200)
    name = next(one for one in fields if one["path"] == "body.persons.0.name")
    body = ISSUE | {"withhold": [{"record": name["record"], "path": name["path"]}]}
    key = str(uuid.uuid4())
    first = made(farid.post(f"/cases/{case}/dossiers", body, key=key))
    again = farid.post(f"/cases/{case}/dossiers", body, key=key)
    assert made(again) == first
    assert again["Idempotency-Replayed"] == "true"
    assert Dossier.objects.count() == 1
    assert first["holds"] is True
    assert first["place"]["state"] == "sealed"
    listed = made(farid.get(f"/dossiers?case={case}"), 200)["items"]
    assert [one["id"] for one in listed] == [first["id"]]
    details = made(farid.get(f"/dossiers/{first['id']}"), 200)
    assert details["recipient"] == "Court of Vienne"
    assert details["verified"]["holds"] is True
    download = farid.get(f"/dossiers/{first['id']}/download")
    data = b"".join(download.streaming_content)
    assert Reading.objects.latest("id").kind == "dossier.download"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path / "got")
    bag = tmp_path / "got" / f"dossier-{first['id']}"
    checked = subprocess.run(
        [sys.executable, bag / "data" / "copes_verify.py", bag], capture_output=True, text=True, check=False
    )
    # 3: all holds in itself, but the stranger gave no key of the ledger to anchor it.
    assert checked.returncode == 3, checked.stdout + checked.stderr


def test_verifying_again_finds_a_file_that_was_changed(farid, seized):
    from copes.chain.dossier.queries import dossier_folder

    dossier = made(farid.post(f"/cases/{seized[0]}/dossiers", ISSUE))["id"]
    assert made(farid.post(f"/dossiers/{dossier}/verify"), 200)["verified"]["holds"] is True
    path = dossier_folder(dossier) / "data" / "records.sdjwt"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-100])
    said = made(farid.post(f"/dossiers/{dossier}/verify"), 200)["verified"]
    assert said["holds"] is False
    assert said["failed"]


def test_who_may_not_issue_or_see_dossiers(officers, anna, farid, seized):
    case = seized[0]
    dossier = made(farid.post(f"/cases/{case}/dossiers", ISSUE))["id"]
    assert anna.post(f"/cases/{case}/dossiers", ISSUE).json()["code"] == "dossier.role"
    stranger = calls_as(officers.investigator)
    for known, unknown in (
        (f"/dossiers/{dossier}", f"/dossiers/{UNKNOWN}"),
        (f"/dossiers/{dossier}/download", f"/dossiers/{UNKNOWN}/download"),
        (f"/cases/{case}/salted-fields", f"/cases/{UNKNOWN}/salted-fields"),
        (f"/dossiers?case={case}", f"/dossiers?case={UNKNOWN}"),
    ):
        hidden, missing = stranger.get(known), stranger.get(unknown)
        assert hidden.status_code == missing.status_code == 404, known
        assert hidden.content == missing.content
    assert made(stranger.get("/dossiers"), 200)["items"] == []
    size = ledger_size()
    assert stranger.post(f"/cases/{case}/dossiers", ISSUE).status_code == 404
    assert ledger_size() == size


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"language": "tlh"}, "body.language"),
        ({"recipient": "x"}, "body.recipient"),
        ({"purpose": ""}, "body.purpose"),
        ({"withhold": [{"record": "x", "path": "body"}]}, "body.withhold.0.record"),
        ({"records": []}, "body.records"),
    ],
)
def test_bad_orders_of_dossiers(farid, seized, change, field):
    size = ledger_size()
    answer = farid.post(f"/cases/{seized[0]}/dossiers", ISSUE | change)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]
    assert ledger_size() == size


def test_a_field_to_withhold_that_is_not_there(farid, seized):
    withhold = [{"record": UNKNOWN, "path": "body.persons.0.name"}]
    answer = farid.post(f"/cases/{seized[0]}/dossiers", ISSUE | {"withhold": withhold})
    assert (answer.status_code, answer.json()["code"]) == (400, "dossier.no_field")
    assert answer.json()["field"] == "body.withhold"


def test_prints_are_pdf_and_are_records_themselves(anna, seized):
    case, _control, seizure, exhibits = seized
    orders = [
        (f"/seizures/{seizure}/report", {"language": "en"}),
        (f"/seizures/{seizure}/receipt", {"languages": ["ar", "fr"]}),
        (f"/exhibits/{exhibits[0]}/custody-report", {"language": "sr-latn"}),
        (f"/cases/{case}/labels", {"language": "ru", "exhibits": exhibits[:1]}),
    ]
    for address, body in orders:
        key = str(uuid.uuid4())
        first = anna.post(address, body, key=key)
        assert first.status_code == 200, first.content
        assert first["Content-Type"] == "application/pdf"
        assert first.content.startswith(b"%PDF-")
        size = ledger_size()
        again = anna.post(address, body, key=key)
        assert again.content == first.content
        for header in ("Content-Type", "Content-Disposition", "Content-Security-Policy"):
            assert again[header] == first[header]
        assert ledger_size() == size
    prints = made(anna.get(f"/cases/{case}/prints"), 200)
    assert len(prints) == 4
    assert b"%PDF" not in b"".join(bytes(row.sealed) for row in KeptAnswer.objects.all())


def test_prints_of_what_one_may_not_see(officers, seized):
    case, _control, seizure, exhibits = seized
    stranger, size = calls_as(officers.second), ledger_size()
    for address, body in (
        (f"/seizures/{seizure}/report", {"language": "en"}),
        (f"/seizures/{seizure}/receipt", {"languages": ["en"]}),
        (f"/exhibits/{exhibits[0]}/custody-report", {"language": "en"}),
        (f"/cases/{case}/labels", {"language": "en"}),
    ):
        assert stranger.post(address, body).status_code == 404
    assert ledger_size() == size
