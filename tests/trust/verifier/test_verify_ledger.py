"""A whole ledger: tree, tiles, bundles, records; and what a database administrator could do to it."""

from __future__ import annotations

import pytest

from tests.trust.verifier.conftest import run
from tests.trust.verifier.factory import write_ledger
from tests.trust.verifier.plans import Act, ident, released, standard


@pytest.fixture
def big(plan):
    """A plan of 300 records: a full tile, a partial one, two levels."""
    for number in range(300 - len(plan.acts)):
        plan.acts.append(Act(f"note{number}", "note.added/1", {"note": ident(f"note{number}")}, case="other"))
    return plan


@pytest.fixture
def ledger(big, tmp_path):
    write_ledger(big, tmp_path / "ledger")
    return tmp_path / "ledger"


def verify(ledger, plan, *options):
    return run(ledger, "--key", plan.signer().vkey, *options)


def test_it_holds_with_and_without_its_records(big, ledger) -> None:
    result = verify(ledger, big)
    assert (result.exit, result.codes()) == (0, set())
    assert result.report["numbers"]["signatures"] == 300
    (ledger / "records.sdjwt").unlink()
    result = verify(ledger, big)
    assert (result.exit, result.codes("unchecked") >= {"records_absent"}) == (0, True)
    assert result.report["numbers"]["signatures"] == 0


def test_without_its_key_file_the_readers_is_used(big, ledger) -> None:
    (ledger / "ledger.vkey").unlink()
    assert verify(ledger, big).exit == 0
    assert "ledger_key_absent" in run(ledger).codes()


def test_another_key_beside_it(big, ledger) -> None:
    other = standard()
    other.ledger_key = "another"
    (ledger / "ledger.vkey").write_text(other.signer().vkey)
    assert "checkpoint_invalid" in verify(ledger, big).codes()


def edit_line(ledger, number, change) -> None:
    path = ledger / "records.sdjwt"
    lines = path.read_bytes().split(b"\n")
    lines[number : number + 1] = change(lines[number])
    path.write_bytes(b"\n".join(lines))


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (
            lambda line: [line[:400] + (b"A" if line[400:401] != b"A" else b"B") + line[401:]],
            {"ledger_root", "tile_differs"},
        ),
        (lambda _: [], {"ledger_number", "tile_differs"}),
        (lambda line: [line, line], {"ledger_number", "tile_differs", "record_twice"}),
    ],
)
def test_a_record_changed_removed_or_doubled(big, ledger, change, codes) -> None:
    edit_line(ledger, 270, change)
    result = verify(ledger, big)
    assert result.exit == 1
    assert codes <= result.codes()


def test_records_reordered(big, ledger) -> None:
    path = ledger / "records.sdjwt"
    lines = path.read_bytes().split(b"\n")
    lines[100], lines[101] = lines[101], lines[100]
    path.write_bytes(b"\n".join(lines))
    assert {"ledger_root", "tile_differs"} <= verify(ledger, big).codes()


def test_a_ledger_cut_off_behind_its_checkpoint(big, ledger) -> None:
    path = ledger / "records.sdjwt"
    path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[:280]) + b"\n")
    assert "ledger_number" in verify(ledger, big).codes()


def test_a_disclosure_forged_beside_a_record_that_fits_the_tree(big, ledger) -> None:
    edit_line(ledger, big.place("seizure"), lambda line: [line.replace(line.split(b"~")[1], b"WyJhIiwibmFtZSIsImIiXQ")])
    result = verify(ledger, big)
    assert {"record_invalid"} <= result.codes()
    assert "ledger_root" not in result.codes()


def flip(path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    "name", ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44"]
)
def test_one_bit_flipped_in_any_tile(big, ledger, name) -> None:
    flip(ledger / name)
    assert name in verify(ledger, big).named("tile_differs")


@pytest.mark.parametrize("name", ["tile/0/000", "tile/0/001.p/44"])
def test_one_bit_flipped_without_the_records(big, ledger, name) -> None:
    (ledger / "records.sdjwt").unlink()
    flip(ledger / name)
    assert verify(ledger, big).codes() & {"ledger_root", "tile_differs"}


@pytest.mark.parametrize("name", ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000"])
def test_a_missing_tile(big, ledger, name) -> None:
    (ledger / name).unlink()
    assert name in verify(ledger, big).named("tile_missing")


def test_tiles_of_the_past_must_be_a_beginning_of_todays(big, ledger) -> None:
    old = ledger / "tile/0/001.p/7"
    old.write_bytes((ledger / "tile/0/001.p/44").read_bytes()[: 7 * 32])
    assert verify(ledger, big).exit == 0
    flip(old)
    assert "001.p/7" in verify(ledger, big).named("tile_differs")


@pytest.mark.parametrize(
    "name",
    ["tile/0/x", "tile/0/000.p/300", "tile/00/000", "tile/0/0000", "tile/0/x000/001", "tile/99/000", "tile/0/000.p/0"],
)
def test_names_that_are_no_tiles(big, ledger, name) -> None:
    (ledger / name).parent.mkdir(parents=True, exist_ok=True)
    (ledger / name).write_bytes(b"x" * 32)
    assert name in verify(ledger, big).named("tile_unknown")


def test_tiles_beyond_the_checkpoint_are_listed(big, ledger) -> None:
    (ledger / "tile/0/009").write_bytes(b"x" * 8192)
    result = verify(ledger, big)
    assert (result.exit, "tiles_beyond" in result.codes("unchecked")) == (0, True)


def test_custody_over_the_whole_ledger(big, tmp_path) -> None:
    big.add(
        "theft",
        "custody.released/1",
        released(["three"], "boris", "chen"),
        after="receipt3",
        signer="boris",
        officer="boris",
    )
    write_ledger(big, tmp_path / "broken")
    result = verify(tmp_path / "broken", big)
    assert (result.exit, result.codes()) == (1, {"custody_not_holder"})


def test_an_older_checkpoint_in_hand_is_proven_from_the_ledger_itself(big, tmp_path) -> None:
    made = write_ledger(big, tmp_path / "l")
    held = tmp_path / "held"
    for size in (0, 1, 255, 256, 257, 299):
        held.write_text(made.note(size))
        result = run(tmp_path / "l", "--checkpoint", str(held))
        assert (result.exit, "held_consistent" in result.codes("held")) == (0, True)


def test_history_rewritten_under_the_same_key(big, tmp_path) -> None:
    """Whoever has the key can rewrite; whoever holds an old checkpoint can show it."""
    held = tmp_path / "held"
    held.write_text(write_ledger(big, tmp_path / "before").note(250))
    big["seizure"].body["quantity"]["net_g"] = "450.00"
    write_ledger(big, tmp_path / "after")
    assert verify(tmp_path / "after", big).exit == 0
    assert verify(tmp_path / "after", big, "--checkpoint", str(held)).codes() == {"anchor_inconsistent"}


def test_a_link_among_the_tiles(big, ledger) -> None:
    (ledger / "tile/0/002").symlink_to("/etc/hostname")
    assert "bag_odd_file" in verify(ledger, big).codes()


def test_practice_rules_hold_for_ledgers(tmp_path) -> None:
    plan = standard(practice=True)
    plan["node"].body["practice"] = False
    write_ledger(plan, tmp_path / "l")
    result = verify(tmp_path / "l", plan)
    assert result.report["practice"] is True
    assert "practice_origin" in result.codes()


def test_an_endless_line_is_no_matter(big, ledger) -> None:
    (ledger / "records.sdjwt").write_bytes(b"A" * (65 << 20))
    assert {"file_unreadable", "ledger_number"} <= verify(ledger, big).codes()
