"""A manifest that claims more than it proves."""

from __future__ import annotations

import pytest

from tests.trust.verifier.conftest import run
from tests.trust.verifier.factory import write_dossier
from tests.trust.verifier.plans import ident


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
    def say_erased(rows) -> None:
        for row in rows:
            row["why"] = "erased"

    plan.withheld = say_erased
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
    from tests.trust.verifier.plans import standard

    for practice in (True, False):
        plan = standard(practice=practice)
        plan.manifest = put("practice", not practice)
        dossier = write_dossier(plan, tmp_path / str(practice))
        assert "practice" in run(dossier.folder, "--key", dossier.vkey).named("claim_differs")
