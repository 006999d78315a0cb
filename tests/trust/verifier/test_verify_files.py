"""The bag, the exhibit files, the manifest and the report."""

from __future__ import annotations

import json
import os
import zipfile

import pytest

from tests.trust.verifier.conftest import run
from tests.trust.verifier.factory import PHOTO, bag, digest, ident, pdf, write_dossier, zipped

PHOTO_ONE = "data/exhibits/EX-2025-000017-1/one.jpg"
PHOTO_TWO = "data/exhibits/EX-2025-000017-2/two.jpg"


def swap_files(dossier, first: str, second: str) -> None:
    a, b = dossier.folder / first, dossier.folder / second
    one, two = a.read_bytes(), b.read_bytes()
    a.write_bytes(two)
    b.write_bytes(one)


# --- the bag ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [PHOTO_ONE, "data/report.pdf", "data/README.html", "data/copes_verify.py", "data/case.jsonld", "bag-info.txt"],
)
def test_an_edited_file(plan, issue, check, name) -> None:
    dossier = issue(plan)
    dossier.edit(name, lambda data: data + b" ", rebag=False)
    result = check(dossier)
    assert result.exit == 1
    assert name in result.named("bag_digest")


@pytest.mark.parametrize("name", ["data/README.html", "data/copes_verify.py", "data/case.jsonld", "data/README.txt"])
def test_a_file_replaced_with_manifests_made_to_fit(plan, issue, check, name) -> None:
    """The map of files is signed in dossier.issued/1: neither bag nor manifest can hide a replacement."""
    dossier = issue(plan)
    dossier.edit(name, lambda data: data + b" ")
    dossier.edit_json(lambda m: m["files"].update({name[5:]: digest((dossier.folder / name).read_bytes())}))
    result = check(dossier)
    assert result.exit == 1
    assert "issued_files" in result.codes()


@pytest.mark.parametrize("name", ["data/README.html", "data/copes_verify.py"])
def test_a_file_replaced_is_named_by_the_list_that_was_signed(plan, issue, check, name) -> None:
    dossier = issue(plan)
    dossier.edit(name, lambda data: data + b" ")
    result = check(dossier)
    assert name in result.named("issued_file_differs")


def test_a_file_removed(plan, issue, check) -> None:
    dossier = issue(plan)
    (dossier.folder / PHOTO_ONE).unlink()
    assert PHOTO_ONE in check(dossier).named("bag_missing_file")


@pytest.mark.parametrize(
    "name",
    [
        "data/records.sdjwt",
        "data/proofs.jsonl",
        "data/checkpoint",
        "data/ledger.vkey",
        "data/dossier.json",
        "data/report.pdf",
    ],
)
def test_a_necessary_file_removed_from_a_bag_that_fits(plan, issue, check, name) -> None:
    dossier = issue(plan)
    (dossier.folder / name).unlink()
    bag(dossier.folder)
    result = check(dossier)
    assert result.exit == 1
    assert name in result.named("file_missing")


@pytest.mark.parametrize(
    "name", ["data/extra.txt", "data/exhibits/EX-2025-000017-1/planted.jpg", "note.txt", "tags/x.txt", "fetch.txt"]
)
def test_an_unknown_file(plan, issue, check, name) -> None:
    dossier = issue(plan)
    (dossier.folder / name).parent.mkdir(exist_ok=True)
    (dossier.folder / name).write_bytes(b"planted")
    assert name in check(dossier).named("bag_extra_file")


@pytest.mark.parametrize(
    "name", ["data/extra.txt", "data/exhibits/EX-2025-000017-1/planted.jpg", "data/exhibits/EX-9/planted.jpg"]
)
def test_an_unknown_file_in_a_bag_that_fits(plan, issue, check, name) -> None:
    dossier = issue(plan)
    (dossier.folder / name).parent.mkdir(exist_ok=True)
    (dossier.folder / name).write_bytes(b"planted")
    bag(dossier.folder)
    dossier.edit_json(lambda m: m["files"].update({name[5:]: digest(b"planted")}))
    assert check(dossier).codes() & {"issued_files", "issued_file_added"}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (b"%064d  data/../../etc/passwd\n" % 0, "bag_unsafe_name"),
        (b"%064d  /etc/passwd\n" % 0, "bag_unsafe_name"),
        (b"%064d  data/nothing.txt\n" % 0, "bag_missing_file"),
        (b"not a line at all\n", "bag_line"),
        (b"\xff\xfe\n", "bag_manifest_text"),
    ],
)
def test_lines_in_the_manifest_that_lead_astray(plan, issue, check, lines, code) -> None:
    dossier = issue(plan)
    dossier.edit("manifest-sha256.txt", lambda data: data + lines, rebag=False)
    assert code in check(dossier).codes()


def test_a_line_doubled_in_the_manifest(plan, issue, check) -> None:
    dossier = issue(plan)
    dossier.edit("manifest-sha256.txt", lambda data: data + data.split(b"\n")[0] + b"\n", rebag=False)
    assert "bag_line_twice" in check(dossier).codes()


@pytest.mark.parametrize(
    "name",
    ["data/exhibits/EX-2025-000017-1/ONE.JPG", "data/exhibits/EX-2025-000017-1/o\u006ee.jpg".replace("one", "ｏne")],
)
def test_names_that_some_systems_take_for_one(plan, issue, check, name) -> None:
    dossier = issue(plan)
    (dossier.folder / name).write_bytes(b"other")
    bag(dossier.folder)
    assert "bag_alike_names" in check(dossier).codes()


@pytest.mark.parametrize(
    "name",
    [
        "gpj.\u202eone.exe",
        "a\nb.jpg",
        "e\u0301.jpg",
        "zero\u200bwidth.jpg",
        "trailing .",
        "CON.jpg",
        "a\\b.jpg",
        "\x1b[2J.jpg",
    ],
)
def test_names_that_deceive_the_eye_or_the_system(plan, issue, check, name) -> None:
    dossier = issue(plan)
    (dossier.folder / "data/exhibits/EX-2025-000017-1" / name).write_bytes(b"x")
    bag(dossier.folder)
    result = check(dossier)
    text = "".join(finding["text"] for finding in result.report["findings"])
    assert "bag_unsafe_name" in result.codes()
    assert not {"\u202e", "\n", "\x1b", "\u200b"} & set(text)


def test_a_name_that_is_no_unicode(plan, issue, check) -> None:
    dossier = issue(plan)
    with open(os.fsencode(dossier.folder) + b"/data/\xff\xfe.txt", "wb") as file:
        file.write(b"x")
    assert "bag_unsafe_name" in check(dossier).codes()


def test_a_link_in_the_bag(plan, issue, check) -> None:
    dossier = issue(plan)
    (dossier.folder / PHOTO_ONE).unlink()
    (dossier.folder / PHOTO_ONE).symlink_to("/etc/hostname")
    result = check(dossier)
    assert PHOTO_ONE in result.named("bag_odd_file")
    assert "bag_missing_file" in result.codes()


def test_a_link_to_a_folder_outside(plan, issue, check) -> None:
    dossier = issue(plan)
    (dossier.folder / "data/exhibits/more").symlink_to("/etc")
    assert "bag_odd_file" in check(dossier).codes()


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("/etc/cron.d/x", 0o100644),
        ("dossier/../../x", 0o100644),
        ("dossier/data/link", 0o120777),
        ("dossier\\x", 0o100644),
    ],
)
def test_a_zip_that_reaches_outside(plan, issue, tmp_path, name, mode) -> None:
    dossier = issue(plan)
    sent = zipped(dossier.folder, tmp_path / "sent")
    with zipfile.ZipFile(sent, "a") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        archive.writestr(info, "/etc/passwd")
    assert "bag_odd_file" in run(sent, "--key", dossier.vkey).codes()


def test_a_zip_with_one_name_twice(plan, issue, tmp_path) -> None:
    dossier = issue(plan)
    sent = zipped(dossier.folder, tmp_path / "sent")
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(sent, "a") as archive:
        archive.writestr("dossier/data/report.pdf", "another report")
    assert "bag_odd_file" in run(sent, "--key", dossier.vkey).codes()


def test_a_damaged_zip_entry(plan, issue, tmp_path) -> None:
    dossier = issue(plan)
    sent = zipped(dossier.folder, tmp_path / "sent")
    data = bytearray(sent.read_bytes())
    at = data.find(b"data/records.sdjwt") + 200
    data[at] ^= 0xFF
    sent.write_bytes(data)
    result = run(sent, "--key", dossier.vkey)
    assert "records.sdjwt" in result.named("file_unreadable")


def test_a_wrong_declaration_or_payload_count(plan, issue, check) -> None:
    dossier = issue(plan)
    dossier.edit("bagit.txt", lambda data: data.replace(b"1.0", b"0.9"), rebag=False)
    dossier.edit("bag-info.txt", lambda data: data.replace(b"Oxum: ", b"Oxum: 1"), rebag=False)
    assert {"bag_declaration", "bag_oxum", "bag_digest"} <= check(dossier).codes()


# --- files of exhibits ------------------------------------------------------------------------------------


def test_files_swapped_between_exhibits_before_issue(plan, issue, check) -> None:
    """The issuer himself lays them in the wrong folders: everything fits but what the records say."""
    one, two = PHOTO_ONE[5:], PHOTO_TWO[5:]
    plan.files[one], plan.files[two] = plan.files[two], plan.files[one]
    result = check(issue(plan))
    assert "EX-2025-000017/2" in result.named("exhibit_file_swapped")


def test_files_swapped_between_exhibits_afterwards(plan, issue, check) -> None:
    dossier = issue(plan)
    swap_files(dossier, PHOTO_ONE, PHOTO_TWO)
    bag(dossier.folder)
    assert {"exhibit_file_swapped"} <= check(dossier).codes()


def test_files_of_one_exhibit_under_each_others_names(plan, issue, check) -> None:
    seal = "exhibits/EX-2025-000017-1/seal.jpg"
    plan.files[PHOTO_ONE[5:]], plan.files[seal] = plan.files[seal], plan.files[PHOTO_ONE[5:]]
    assert "exhibit_file_name" in check(issue(plan)).codes()


def test_a_file_that_no_record_states(plan, issue, check) -> None:
    plan.files["exhibits/EX-2025-000017-3/planted.jpg"] = b"planted"
    assert "planted.jpg" in check(issue(plan)).named("exhibit_file_unstated")


def test_a_folder_of_no_exhibit(plan, issue, check) -> None:
    plan.files["exhibits/EX-2025-000099-1/one.jpg"] = PHOTO + b"one"
    assert "exhibit_file_foreign" in check(issue(plan)).codes()


def test_two_numbers_that_give_one_folder(plan, issue, check) -> None:
    plan["exhibit-two"].body["number"] = "EX-2025-000017-1"
    assert "exhibit_folder_twice" in check(issue(plan)).codes()


def test_a_photograph_left_out_is_listed(plan, issue, check) -> None:
    plan.files.pop("exhibits/EX-2025-000017-1/seal.jpg")
    result = check(issue(plan))
    assert (result.exit, "photographs_absent" in result.codes("unchecked")) == (0, True)


# --- the manifest -----------------------------------------------------------------------------------------


def put(path: str, value):
    def change(manifest) -> None:
        *parents, last = (int(part) if part.isdigit() else part for part in path.split("."))
        for part in parents:
            manifest = manifest[part]
        manifest[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (put("claims.signatures", 500), "claim_differs"),
        (put("claims.inclusion", 500), "claim_differs"),
        (put("claims.custody", 4), "claim_differs"),
        (
            put("claims.cosigners", ["prosecutor.example/cosigner", "police.example/cosigner", "court.example/c"]),
            "cosigners_differ",
        ),
        (put("claims.cosigners", 5), "cosigners_differ"),
        (put("records", 22), "claim_differs"),
        (put("records", True), "record_field"),
        (put("first_index", 1), "claim_differs"),
        (put("last_index", 10**15), "claim_differs"),
        (put("last_index", 10**400), "json_invalid"),
        (put("tree_size", 27), "claim_differs"),
        (put("origin", "elsewhere.example/ledger"), "claim_differs"),
        (put("practice", True), "claim_differs"),
        (put("practice", 0), "record_field"),
        (put("language", "es"), "claim_differs"),
        (put("case", ident("other")), "claim_differs"),
        (put("dossier", ident("other")), "claim_differs"),
        (put("case_number", "EX-2025-000018"), "claim_differs"),
        (put("format", "copes-dossier/2"), "record_field"),
        (put("exhibits.0.holder", ident("dina")), "manifest_holder"),
        (put("exhibits.0.number", "EX-2025-000017/9"), "manifest_exhibit_number"),
        (put("exhibits.0.files", []), "manifest_exhibit_files"),
        (put("exhibits.0.id", ident("dina")), "manifest_exhibit_unknown"),
        (put("exhibits.0.id", 4), "record_field"),
        (put("exhibits", []), "manifest_exhibit_absent"),
        (put("withheld", []), "withheld_unlisted"),
        (put("withheld.0.path", "body.place.name"), "withheld_path"),
        (put("withheld.0.digest", "A" * 43), "withheld_unfounded"),
        (put("withheld.0.why", "secret"), "record_field"),
        (put("withheld.0", "x"), "record_field"),
        (lambda m: m["files"].update({"case.jsonld": "0" * 64}), "claim_differs"),
        (put("claims.perfect", True), "record_field"),
        (put("surprise", 1), "record_field"),
        (lambda m: m.pop("claims"), "record_field"),
        (lambda m: m["exhibits"].append(m["exhibits"][0]), "manifest_exhibit_twice"),
        (lambda m: m["withheld"].append(m["withheld"][0]), "withheld_unfounded"),
    ],
)
def test_a_manifest_that_claims_more_than_it_proves(plan, issue, check, change, code) -> None:
    dossier = issue(plan)
    dossier.edit_json(change)
    result = check(dossier)
    assert result.exit == 1
    assert code in result.codes()


def test_an_erasure_is_only_believed_with_its_record(plan, issue, check, tmp_path) -> None:
    def say_erased(manifest) -> None:
        for row in manifest["withheld"]:
            row["why"] = "erased"

    plan.manifest = say_erased
    result = check(issue(plan))
    assert (result.exit, result.report["numbers"]["erased"]) == (0, 2)
    assert "erased_unrecorded" in result.codes("unchecked")


def test_a_manifest_with_one_member_twice(plan, issue, check) -> None:
    dossier = issue(plan)
    dossier.edit("data/dossier.json", lambda data: data[:-1] + b',"records":0}')
    assert "json_invalid" in check(dossier).codes()


def test_a_manifest_nested_beyond_the_stack(plan, issue, check) -> None:
    dossier = issue(plan)
    dossier.edit("data/dossier.json", lambda _: b"[" * 500_000)
    assert "json_invalid" in check(dossier).codes()


def test_practice_claimed_for_a_real_ledger_and_real_for_a_practice_one(tmp_path) -> None:
    from tests.trust.verifier.factory import standard

    for practice in (True, False):
        plan = standard(practice=practice)
        plan.manifest = put("practice", not practice)
        dossier = write_dossier(plan, tmp_path / str(practice))
        assert "practice" in run(dossier.folder, "--key", dossier.vkey).named("claim_differs")


# --- the report -------------------------------------------------------------------------------------------


def alter(path: str, value):
    return lambda facts: [[jti, p, value if p == path else v] for jti, p, v in facts]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (alter("body.quantity.net_g", "4500.50"), "pdf_fact_differs"),
        (alter("body.quantity.net_g", 45000.50), "pdf_fact_differs"),
        (alter("body.persons.0.name", "Ivan Horvat"), "pdf_fact_nowhere"),
        (alter("body.persons.0.born", None), "pdf_fact_differs"),
        (lambda facts: [*facts, [facts[0][0], "body.nothing", "x"]], "pdf_fact_nowhere"),
        (lambda facts: [*facts, [facts[0][0], "body.nothing", None]], "pdf_fact_nowhere"),
        (lambda facts: [*facts, [ident("other"), "body.number", "x"]], "pdf_record_absent"),
        (lambda facts: [*facts, ["x"]], "pdf_facts_invalid"),
        (lambda _: [], "pdf_no_facts"),
        (lambda facts: [[facts[0][0], "body.number.0.1.2", facts[0][2]]], "pdf_fact_nowhere"),
    ],
)
def test_a_report_that_says_other_than_the_records(plan, issue, check, facts, code) -> None:
    plan.facts = facts
    result = check(issue(plan))
    assert result.exit == 1
    assert code in result.codes()


def issued_with(plan, issue, monkeypatch, report: bytes):
    monkeypatch.setattr("tests.trust.verifier.factory.pdf", lambda facts, compress=False: report)
    return issue(plan)


def test_a_report_whose_visible_text_says_something_else(plan, issue, check, monkeypatch) -> None:
    from tests.trust.verifier.factory import _facts

    facts = _facts(plan)
    shown = ["450.00" if path == "body.quantity.net_g" else str(value) for _, path, value in facts]
    result = check(issued_with(plan, issue, monkeypatch, pdf(facts, text=shown)))
    assert "body.quantity.net_g" in result.named("pdf_text_absent")


def test_a_report_without_facts_or_with_two_lists(plan, issue, check, monkeypatch, tmp_path) -> None:
    from tests.trust.verifier.factory import _facts

    facts = _facts(plan)
    two = pdf(facts) + pdf(facts[:1])
    assert "pdf_facts_many" in check(issued_with(plan, issue, monkeypatch, two)).codes()


@pytest.mark.parametrize(
    "report",
    [
        b"",
        b"%PDF-1.7 nothing",
        b"<x:xmpmeta" * 1000,
        b'<!DOCTYPE a [<!ENTITY b "c">]><x:xmpmeta xmlns:x="adobe:ns:meta/"><!ENTITY b "c"></x:xmpmeta>',
        b"/Type /Metadata stream\n" * 50 + b"x\x9c\xff",
    ],
)
def test_a_report_that_is_none(plan, issue, check, monkeypatch, report) -> None:
    assert check(issued_with(plan, issue, monkeypatch, report)).codes() & {"pdf_no_facts", "pdf_facts_invalid"}


def test_the_report_swapped_for_that_of_another_state_of_the_case(plan, issue, check) -> None:
    dossier = issue(plan)
    dossier.edit("data/report.pdf", lambda _: pdf([[plan["opened"].jti, "body.number", "EX-2025-000017"]]))
    result = check(dossier)
    assert {"claim_differs"} <= result.codes()
    assert json.dumps(result.report)


TEXT = "Two sacks of white powder in a hollow behind the left rear wheel, wrapped in grey tape"


@pytest.mark.parametrize(
    ("visible", "found"),
    [
        ("Found:\n" + TEXT, True),
        ("Found:\n" + TEXT.replace(" ", "\n"), True),
        ("Found:\n" + TEXT.replace("powder", "pow-\nder"), True),
        (TEXT.replace(" hollow", "\nPage 3 of 9\f Case EX\nhollow"), True),
        (TEXT.replace(" hollow", "\nsomething between\nhollow"), False),
        (TEXT.replace("white", "brown"), False),
        (TEXT.replace("left", "rear") + "\f left", False),
        (
            "\u0645\u0644\u0641 wrapped in grey tape\n\u0645\u0644\u0641 " + TEXT.replace(" wrapped in grey tape", ""),
            True,
        ),
        ("\u0645\u0644\u0641 " + TEXT.replace("white", "brown"), False),
    ],
)
def test_how_a_value_may_stand_on_a_page(visible, found) -> None:
    from copes.trust.verifier.pdffacts import missing_in_text

    missing, looked, _ = missing_in_text([("jti", "body.found", TEXT)], visible)
    assert (not missing, looked) == (found, 1)


@pytest.mark.parametrize(
    ("value", "visible", "found"),
    [
        ("45000.50", "45 000,50 g", True),
        ("45000.50", "45,000.5", True),
        ("45000.50", "4500.50", False),
        ("215080", "EUR 215.080,00", True),
        ("215080", "EUR 215.090,00", False),
        (3969, "3\u202f969 kg", True),
    ],
)
def test_how_a_number_may_stand_on_a_page(value, visible, found) -> None:
    from copes.trust.verifier.pdffacts import missing_in_text

    assert (missing_in_text([("jti", "body.n", value)], visible)[0] == []) == found
