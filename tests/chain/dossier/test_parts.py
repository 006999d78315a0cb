"""The parts a dossier is made of, alone."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import bagit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copes.chain.dossier.bag import BagWriter, manifest_text
from copes.chain.dossier.names import LONGEST, distinct, folded, safe_part
from copes.chain.dossier.prints import facts
from copes.chain.dossier.prints.codes import MOST, code128_svg, receipt_text
from copes.chain.dossier.prints.coverage import drawable, fit
from copes.chain.dossier.prints.custody import duration_words
from copes.chain.dossier.prints.embedding import embed
from copes.chain.dossier.prints.formats import LANGUAGES, moment_text, number, short_moment
from copes.chain.dossier.prints.sheet import same
from copes.chain.dossier.records import digest_of, stated_records
from copes.trust.records.ids import uuid7
from copes.trust.verifier.bag import safe_name

MOMENT = datetime(2018, 2, 9, 1, 35, tzinfo=timezone(timedelta(hours=1)))


@given(st.text())
def test_any_name_becomes_one_that_every_system_takes(text):
    part = safe_part(text, "file")
    assert safe_name(part)
    assert "/" not in part
    assert len(part) <= LONGEST
    assert safe_part(part, "file") == part


@pytest.mark.parametrize(
    "evil",
    ["../../etc/passwd", "/etc/passwd", "a/../b", "C:\\x", "..", ".", "", "con", "a\u202egpj.exe", "%2e%2e", "~root"],
)
def test_evil_names(evil):
    assert safe_name(safe_part(evil, "file"))


def test_names_that_are_one_to_some_system_are_told_apart():
    taken = {folded("Photo.JPG")}
    assert distinct("photo.jpg", taken, "ab12") == "ab12-photo.jpg"
    assert distinct("other.jpg", taken, "ab12") == "other.jpg"


def test_a_bag_is_there_whole_or_not_at_all(tmp_path):
    place = tmp_path / "bag"
    with pytest.raises(RuntimeError), BagWriter(place) as bag:
        bag.add("a.txt", b"a")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    with BagWriter(place) as bag:
        bag.add("a.txt", b"a")
        bag.add("sub/for sure.txt", b"b")
        bag.finish({"Source-Organization": "A\nB"})
    bagit.Bag(str(place)).validate()
    assert [path.name for path in tmp_path.iterdir()] == ["bag"]
    with pytest.raises(FileExistsError), BagWriter(place):
        pass


@pytest.mark.parametrize("name", ["../out.txt", "/out.txt", "a/../../out.txt"])
def test_nothing_is_written_out_of_the_bag(tmp_path, name):
    with BagWriter(tmp_path / "bag") as bag, pytest.raises(ValueError):
        bag.add(name, b"x")
    assert not (tmp_path / "out.txt").exists()


def test_a_file_with_another_hash_is_not_taken(tmp_path):
    source = tmp_path / "photo"
    source.write_bytes(b"photo")
    with BagWriter(tmp_path / "bag") as bag, pytest.raises(ValueError):
        bag.add_file("photo", source, "0" * 64)


def test_manifests_encode_what_rfc_8493_asks():
    """bagit.py 1.9 does not decode the percent sign again; so names in dossiers hold none (see safe_part)."""
    assert manifest_text({"data/b": "2", "data/a%\r\n": "1"}) == b"1  data/a%25%0D%0A\n2  data/b\n"


@given(st.lists(st.tuples(st.text(), st.text(), st.none() | st.text() | st.integers() | st.booleans())))
def test_facts_come_back_as_they_went_in(rows):
    assert facts.unpack(facts.pack(rows)) == rows


@settings(max_examples=300)
@given(st.binary())
def test_damaged_facts_raise_value_error_and_nothing_else(data):
    for text in (facts.PREFIX + data.hex(), data.decode("latin-1"), facts.PREFIX + "eJw" + data.hex()):
        with pytest.raises(ValueError):
            facts.unpack(text)


def test_facts_are_put_only_into_a_pdf_that_is_built_as_expected():
    with pytest.raises(ValueError):
        embed(b"%PDF-1.7 nothing", facts.pack([("a", "b", "c")]))


def test_facts_of_any_length_leave_a_sound_pdf(tmp_path):
    """PDF/A allows strings of 32,767 bytes; a big case has more facts than that."""
    import os

    from copes.chain.dossier.prints.branding import ACCENT, PLAIN
    from copes.chain.dossier.prints.house import House, shipped
    from copes.chain.dossier.prints.typesetter import typeset

    as_shipped = House(shipped(), {}, PLAIN)
    rows = [(uuid7(), "body.description", os.urandom(40).hex()) for _ in range(5_000)]
    document = {
        "lang": "en",
        "dir": "ltr",
        "paper": "a4",
        "brand": {"accent": ACCENT, "logo": None, "names": [], "address": [], "footer": ""},
        "title": "T",
        "agency": "A",
        "practice": None,
        "practice_mark": "P",
        "page_of": "{page}/{pages}",
        "subtitle": None,
        "reference": [],
        "qr": None,
        "sections": [],
        **{name: {"t": "x", "s": "", "ltr": True} for name in ("running", "footer", "heading")},
        "facts": facts.pack(rows),
    }
    from copes.trust.verifier.pdffacts import read_facts

    pdf = typeset("report", document, moment=MOMENT, force=as_shipped)
    assert len(document["facts"]) > 300_000
    assert read_facts(pdf) == rows
    path = tmp_path / "big.pdf"
    path.write_bytes(pdf)
    assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0
    assert typeset("report", document, moment=MOMENT.astimezone(UTC), force=as_shipped) == pdf


def test_a_naive_moment_is_refused():
    from copes.chain.dossier.prints.typesetter import typeset

    with pytest.raises(ValueError):
        typeset("report", {}, moment=datetime(2018, 2, 9))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize("language", LANGUAGES)
def test_times_state_their_offset(language):
    assert "(UTC+01:00)" in moment_text(MOMENT, language)
    assert "01:35" in moment_text(MOMENT, language)


def test_times_in_tables():
    assert short_moment(MOMENT) == "2018-02-09 01:35+01:00"
    assert short_moment(MOMENT.astimezone(UTC)) == "2018-02-09 00:35Z"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=0, max_value=10**12))
def test_numbers_lose_nothing(amount):
    for language in LANGUAGES:
        shown = re.sub(r"\s", "", number(amount, language)).replace(",", ".")
        assert Decimal(shown) == amount


def test_the_same_value_in_another_type_is_the_same():
    assert same(Decimal("215080.000000"), "215080")
    assert same(MOMENT, MOMENT.isoformat())
    assert same(datetime(2018, 2, 9, 0, 35, tzinfo=UTC), "2018-02-09T01:35:00+01:00")
    assert not same(Decimal("1.5"), "1.50001")
    assert not same("A", None)


def test_what_no_font_has_is_replaced():
    assert fit("Ђорђе ёлка سجلت €") == "Ђорђе ёлка سجلت €"
    assert fit("ა") == "\N{REPLACEMENT CHARACTER}"
    assert fit("a\u202eb\x00c\nd") == "abc d"
    assert all(ord(c) in drawable() for c in "–—’«»№·\u202f\N{REPLACEMENT CHARACTER}")


def test_a_receipt_keeps_the_ledgers_signature_when_cosignatures_do_not_fit():
    note = "customs.example/ledger\n9\nroot=\n\n" + "".join(f"— name{n} {'A' * 200}\n" for n in range(12))
    text = receipt_text("jti", bytes(32), note)
    assert "— name0 " in text
    assert "— name11 " not in text
    assert len(text.encode()) < MOST + 200
    short = "customs.example/ledger\n9\nroot=\n\n— name A\n"
    assert receipt_text("jti", bytes(32), short).endswith(short)


def test_code_128_is_ascii():
    with pytest.raises(ValueError):
        code128_svg("Č1")


def test_durations():
    assert duration_words(59) == "0 minutes"
    assert duration_words(61) == "1 minute"
    assert duration_words(3600 * 25) == "1 day 1 hour"


def test_long_lists_are_stated_by_digest():
    few, many = [uuid7() for _ in range(10)], [uuid7() for _ in range(5_000)]
    assert stated_records(few) == few
    assert stated_records(many) == digest_of(many)
    assert digest_of(many).count == 5_000
