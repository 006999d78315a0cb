"""The bag and the files of exhibits."""

from __future__ import annotations

import os
import zipfile

import pytest

from tests.trust.verifier.conftest import run
from tests.trust.verifier.factory import bag, zipped
from tests.trust.verifier.plans import PHOTO, digest

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
