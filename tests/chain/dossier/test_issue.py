"""A dossier issued from a real case, as a supervisor would, and what a stranger finds in it."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import zipfile

import pytest

from copes.chain.cases.services import grant_access
from copes.chain.custody.services import release
from copes.chain.dossier import services
from copes.chain.dossier.queries import dossiers, read_verified
from copes.chain.dossier.zipping import zip_chunks
from copes.foundation.journal.queries import ledger_vkey, place_of, records_by_jti, records_of_case
from copes.foundation.journal.services import approve_erasure, request_erasure
from copes.foundation.people.models import Reading
from copes.foundation.refusals import BadInput, Forbidden, Refusal, Unseen
from copes.foundation.storage.services import blob_path
from tests.chain.dossier.making import NAME, everything_in, handed_over_case, issued, salted


def verifier(path, *options, key=None):
    """The verifier that lies in the dossier, as a stranger runs it."""
    program = path / "data" / "copes_verify.py"
    command = [sys.executable, "-I", str(program), "--json", "--key", key or ledger_vkey(), *options, str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_a_stranger_verifies_it(officers):
    made = handed_over_case(officers)
    dossier = issued(officers, made)
    assert dossier.outcome.code() == 0
    done = verifier(dossier.path)
    assert done.returncode == 0, done.stdout + done.stderr
    numbers = json.loads(done.stdout)["numbers"]
    assert numbers["exhibits"] == 2
    assert numbers["records"] == numbers["signatures"] == numbers["inclusion"]


def test_it_holds_every_record_of_the_case_and_ends_with_its_own(officers):
    made = handed_over_case(officers)
    before = [record.jti for record in records_of_case(made.case)]
    dossier = issued(officers, made)
    lines = (dossier.path / "data/records.sdjwt").read_text().splitlines()
    jtis = [json.loads(_part(line, 1))["jti"] for line in lines]
    assert [jti for jti in jtis if jti in before] == before
    assert jtis[-1] == dossier.record
    assert json.loads(_part(lines[0], 1))["kind"] == "node.created/1"
    assert place_of(dossier.record).state == "sealed"


def _part(line: str, number: int) -> bytes:
    return base64.urlsafe_b64decode(line.split(".")[number] + "===")


def test_photographs_lie_under_their_exhibit(officers):
    made = handed_over_case(officers)
    dossier = issued(officers, made)
    manifest = json.loads((dossier.path / "data/dossier.json").read_text())
    for exhibit in manifest["exhibits"]:
        (path,) = exhibit["files"]
        assert path.startswith(f"exhibits/{exhibit['number'].replace('/', '-')}/")
        assert (dossier.path / "data" / path).read_bytes().startswith(b"\xff\xd8")
        assert exhibit["holder"] == officers.custodian.officer


def test_a_lost_photograph_stops_the_issue_and_leaves_nothing_behind(officers, node):
    made = handed_over_case(officers)
    for record in records_of_case(made.case):
        if record.kind == "exhibit.photographed/1":
            path = blob_path(record.fact().body["sha256"])
            path.chmod(0o600)
            path.unlink()
            break
    before = len(list(records_of_case(made.case)))
    with pytest.raises(Refusal) as refused:
        issued(officers, made)
    assert refused.value.code == "dossier.file_lost"
    assert len(list(records_of_case(made.case))) == before
    assert not [path for path in node.dossiers.glob("*") if path.is_dir()]


def test_redaction_leaves_no_trace(officers):
    made = handed_over_case(officers)
    choices = [
        salted(made.case, "control.recorded/1", "body.persons.0.name"),
        salted(made.case, "seizure.recorded/1", "body.persons.0.name"),
    ]
    open_one = issued(officers, made)
    assert NAME.encode() in everything_in(open_one.path)
    closed = issued(officers, made, withhold=choices)
    assert closed.outcome.code() == 0
    assert closed.outcome.redacted == 2
    content = everything_in(closed.path)
    assert NAME.encode() not in content
    assert base64.b64encode(NAME.encode()).rstrip(b"=")[:-2] not in content
    assert "redacted" in pdf_text(closed.path)
    withheld = json.loads((closed.path / "data/dossier.json").read_text())["withheld"]
    assert {(one["jti"], one["path"]) for one in withheld} == set(choices)
    for line in (closed.path / "data/records.sdjwt").read_text().splitlines():
        for disclosure in line.split("~")[1:-1]:
            assert NAME not in base64.urlsafe_b64decode(disclosure + "===").decode()


def pdf_text(path) -> str:
    done = subprocess.run(["pdftotext", path / "data/report.pdf", "-"], capture_output=True, text=True, check=True)
    return done.stdout


def test_an_erased_field_says_so_and_the_dossier_still_holds(officers):
    made = handed_over_case(officers)
    jti, path = salted(made.case, "control.recorded/1", "body.persons.0.name")
    asked = request_erasure(officers.supervisor, record=jti, paths=[path], ground="Directive (EU) 2016/680 art. 16")
    grant_access(officers.supervisor, case=made.case, officer=officers.legal.officer, reason="Decides on erasure")
    approve_erasure(officers.legal, request=asked)
    dossier = issued(officers, made)
    assert dossier.outcome.code() == 0
    assert dossier.outcome.erased == 1
    assert "erased on" in pdf_text(dossier.path)
    assert "Gloria Ley" in pdf_text(dossier.path)


def test_correcting_a_redacted_name_does_not_let_it_out(officers):
    from copes.chain.cases.services import correct_control
    from tests.chain.making import control_facts

    made = handed_over_case(officers)
    control = next(r for r in records_of_case(made.case) if r.kind == "control.recorded/1").fact().body
    facts = control_facts(officers.front_line)
    facts["persons"] = [{**control["persons"][0], "name": "Jeanne Unsaid"}]
    correct_control(
        officers.front_line, case=made.case, control=control["control"], facts=facts, reason="Name misheard"
    )
    choice = salted(made.case, "control.recorded/1", "body.persons.0.name")
    shown = issued(officers, made)
    assert "Jeanne Unsaid" in pdf_text(shown.path)
    dossier = issued(officers, made, withhold=[choice])
    assert dossier.outcome.code() == 0
    assert b"Jeanne Unsaid" not in everything_in(dossier.path)


def test_the_recipient_is_salted_and_the_issue_is_logged(officers):
    made = handed_over_case(officers)
    dossier = issued(officers, made)
    (record,) = records_by_jti([dossier.record])
    assert "Court of Lyon" not in _part(record.jwt, 1).decode()
    assert record.fact().body["recipient"] == "Court of Lyon"
    read = Reading.objects.get(kind="dossier", thing=dossier.id)
    assert (read.officer, read.case_id, read.purpose) == (officers.supervisor.officer, made.case, "Trial of 4 May")


def test_who_may_issue(officers):
    made = handed_over_case(officers)
    with pytest.raises(Unseen):
        services.issue_dossier(officers.legal, case=made.case, language="en", recipient="Court", purpose="Trial")
    with pytest.raises(Forbidden):
        services.issue_dossier(officers.front_line, case=made.case, language="en", recipient="Court", purpose="Trial")
    for changes in ({"language": "xx"}, {"recipient": " "}, {"purpose": ""}, {"withhold": [("a", "b")]}):
        asked = {"language": "en", "recipient": "Court", "purpose": "Trial", **changes}
        with pytest.raises(BadInput) as refused:
            services.issue_dossier(officers.supervisor, case=made.case, **asked)
        assert refused.value.field == next(iter(changes))


def test_a_record_that_comes_in_between_is_not_left_out(officers, monkeypatch):
    made = handed_over_case(officers)
    add = services.add_documents
    late = []

    def slow(bag, draft):
        if not late:
            late.extend(
                release(
                    officers.custodian,
                    exhibits=made.exhibits[:1],
                    to=officers.front_line.officer,
                    reason="court",
                    condition="Sealed",
                )
            )
        add(bag, draft)

    monkeypatch.setattr(services, "add_documents", slow)
    dossier = issued(officers, made)
    assert dossier.outcome.code() == 0
    assert late[0] in (dossier.path / "data/proofs.jsonl").read_text()


def test_the_zip_is_the_same_each_time_and_verifies(officers, tmp_path):
    made = handed_over_case(officers)
    dossier = issued(officers, made)
    first, second = (b"".join(zip_chunks(dossier.path, "dossier")) for _ in range(2))
    assert first == second
    target = tmp_path / "dossier.zip"
    target.write_bytes(first)
    assert zipfile.ZipFile(target).testzip() is None
    program = dossier.path / "data/copes_verify.py"
    done = subprocess.run(
        [sys.executable, str(program), "--key", ledger_vkey(), str(target)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("language", ["ar", "ru", "sr-latn"])
def test_other_languages(officers, language):
    made = handed_over_case(officers)
    dossier = issued(officers, made, language=language)
    assert dossier.outcome.code() == 0
    assert f'lang="{"sr-Latn" if language == "sr-latn" else language}"' in (
        dossier.path / "data/README.html"
    ).read_text(encoding="utf-8")


def test_the_result_is_kept_and_told_in_the_readers_language(officers):
    made = handed_over_case(officers)
    dossier = issued(officers, made)
    verified = read_verified(dossier.id, "fr")
    assert verified is not None
    assert verified.holds
    assert verified.held != read_verified(dossier.id, "en").held
    (row,) = dossiers(officers.supervisor, case=made.case).rows
    assert row.available
    assert row.recipient == "Court of Lyon"


def edit(path, change):
    path.write_bytes(change(path.read_bytes()))


TAMPERINGS = {
    "a record": ("data/records.sdjwt", lambda data: data.replace(b".e", b".f", 1)),
    "a record left out": ("data/records.sdjwt", lambda data: b"\n".join(data.split(b"\n")[1:])),
    "a proof": ("data/proofs.jsonl", lambda data: data.replace(b"A", b"B", 1)),
    "the checkpoint": ("data/checkpoint", lambda data: data.replace(b"\n\n", b"\n\n", 1)[:-9] + b"AAAAAAA=\n"),
    "the manifest": ("data/dossier.json", lambda data: data.replace(b'"custody": 2', b'"custody": 3')),
    "the report": ("data/report.pdf", lambda data: data.replace(b"copes-facts/1", b"copes-facts/2")),
    "the export": ("data/case.jsonld", lambda data: data.replace(b"seized", b"looked", 1)),
    "the key": ("data/ledger.vkey", lambda data: data[:-6] + b"AAAA=\n"),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampered_copies_are_refused_even_with_a_new_bag(officers, what):
    """The forger also writes new manifests, so that the bag itself is in order."""
    from copes.chain.dossier.bag import manifest_text

    made = handed_over_case(officers)
    dossier = issued(officers, made)
    name, change = TAMPERINGS[what]
    before = (dossier.path / name).read_bytes()
    edit(dossier.path / name, change)
    assert (dossier.path / name).read_bytes() != before
    import hashlib

    def digest(file):
        return hashlib.sha256((dossier.path / file).read_bytes()).hexdigest()

    files = [p.relative_to(dossier.path).as_posix() for p in (dossier.path / "data").rglob("*") if p.is_file()]
    (dossier.path / "manifest-sha256.txt").write_bytes(manifest_text({file: digest(file) for file in files}))
    size = sum((dossier.path / file).stat().st_size for file in files)
    edit(dossier.path / "bag-info.txt", lambda data: _oxum(data, size, len(files)))
    tags = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
    (dossier.path / "tagmanifest-sha256.txt").write_bytes(manifest_text({tag: digest(tag) for tag in tags}))
    done = verifier(dossier.path)
    assert done.returncode == 1, done.stdout
    assert any(one["status"] == "failed" for one in json.loads(done.stdout)["findings"])


def _oxum(data: bytes, size: int, count: int) -> bytes:
    import re

    return re.sub(rb"Payload-Oxum: .*", f"Payload-Oxum: {size}.{count}".encode(), data)


def test_a_rebuild_from_the_ledger_gives_the_same_dossiers(officers):
    from copes.foundation.journal.rebuilding import differences

    made = handed_over_case(officers)
    issued(officers, made)
    assert differences() == []


def test_practice_is_written_all_over_it(tmp_path, templates, django_db_blocker):
    from copes.chain.dossier import printing
    from tests import support

    with django_db_blocker.unblock():
        address = templates.copy(tmp_path / "db")
        home = support.new_home(tmp_path / "home", database=address, practice=True, origin="test.example/PRACTICE/x")
        with support.serving(home):
            support.begin()
            officers = support.enrol_staff()
            made = handed_over_case(officers)
            dossier = issued(officers, made)
            assert dossier.outcome.code() == 0
            assert dossier.outcome.practice
            assert pdf_text(dossier.path).count("PRACTICE") >= 2
            assert "PRACTICE" in (dossier.path / "data/README.txt").read_text()
            assert "PRACTICE" in (dossier.path / "data/README.html").read_text()
            for printed in (
                printing.print_labels(officers.front_line, case=made.case, language="en"),
                printing.print_receipt(officers.front_line, seizure=made.seizure, languages=["fr", "en"]),
                printing.print_custody(officers.front_line, exhibit=made.exhibits[0], language="en"),
            ):
                path = tmp_path / printed.name
                path.write_bytes(printed.pdf)
                text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
                assert "PRACTICE" in text
        templates.drop(address)


LONG = (
    "The driver said “first off” that the office – his – had 12 345,50 EUR; naïve façade, efficient: fi fl ffi. "
    "Он сказал: «ничего». Đorđe je ćutao. A-B/C_D e.g. 3 × 4 = 12; 50 % of it.\n"
)


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_long_and_mixed_texts_are_found_again_on_paper(officers, language):
    """Texts over several pages, beside others in tables: the verifier compares what a reader sees."""
    from copes.chain.cases.services import add_note, open_case, record_control
    from copes.chain.custody.queries import exhibits_of_seizure
    from copes.chain.seizures.services import record_seizure
    from tests.chain.dossier.making import Made
    from tests.chain.making import SEIZED_AT, control_facts, item, seizure_facts

    front = officers.front_line
    case = open_case(front, title="Long words").id
    people = [{"role": "driver", "name": f"Given Family-Name {n}", "address": LONG.strip()[:190]} for n in range(4)]
    control = record_control(
        front, case=case, facts=control_facts(front, grounds=LONG * 30, found=LONG * 20, persons=people)
    ).id
    facts = seizure_facts(front, control, cause=LONG * 30, statements=LONG * 12, reservations="Да, " + LONG)
    goods = [item(description=LONG * 8, found_where=LONG * 3), item(description="x" * 300)]
    seizure = record_seizure(front, case=case, occurred_at=SEIZED_AT, facts=facts, items=goods).id
    add_note(front, case=case, text=LONG * 30)
    exhibits = [one.id for one in exhibits_of_seizure(seizure)]
    dossier = issued(officers, Made(case, seizure, exhibits), language=language)
    failed = [one for one in dossier.outcome.findings.items if one.status == "failed"]
    assert not failed
