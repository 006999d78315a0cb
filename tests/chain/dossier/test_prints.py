"""Prints as they leave the house: what stands on them, what they carry as data, and that they are the same each time."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from io import BytesIO

import pytest
import zxingcpp
from django.utils import translation
from PIL import Image

from copes.chain.cases.services import grant_access
from copes.chain.dossier import printing
from copes.chain.dossier.contents import gather
from copes.chain.dossier.drafting import sheet_for
from copes.chain.dossier.prints.formats import LANGUAGES
from copes.chain.dossier.prints.seizure import find_seizure, seizure_document
from copes.chain.dossier.prints.typesetter import typeset
from copes.chain.seizures.models import Seizure
from copes.chain.seizures.queries import prints_of_case
from copes.foundation.journal.queries import ledger_vkey, place_of, records_by_jti
from copes.foundation.journal.services import approve_erasure, request_erasure, seal_now
from copes.foundation.refusals import BadInput, Refusal, Unseen
from copes.trust.ledger.checkpoints import open_checkpoint
from copes.trust.ledger.notes import Verifier
from copes.trust.records.jose import b64u
from copes.trust.verifier.claims import canonical_json
from copes.trust.verifier.pdffacts import read_facts
from tests.chain.dossier.making import handed_over_case, salted


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def pages(pdf: bytes, dpi: int = 150) -> list[Image.Image]:
    done = subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-png", "-f", "1", "-l", "1", "-"], input=pdf, capture_output=True, check=True
    )
    return [Image.open(BytesIO(done.stdout))]


def test_the_report_says_what_the_law_asks(officers):
    made = handed_over_case(officers)
    text = text_of(printing.print_seizure(officers.front_line, seizure=made.seizure, language="en").pdf)
    for said in (
        "Report of seizure",
        "FR-2026-000001",
        "C. douanes art. 464",
        "Cash of unknown origin, not declared",
        "Toll of Vienne",
        "Customs office of Lyon",
        "Anna Frontier",
        "Jean Invented",
        "9 February 2018, 03:10 (UTC+01:00)",
        "The person was told of the seizure.",
        "Mobile telephone, black",
        "Control of the vehicle on the motorway toll",
        "Copy given at once",
        "Page 1 of",
    ):
        assert said in text, said
    assert re.search(r"215\s?080 EUR", text)
    assert "PRACTICE" not in text


def test_the_facts_inside_are_those_of_the_records(officers):
    made = handed_over_case(officers)
    pdf = printing.print_seizure(officers.front_line, seizure=made.seizure, language="fr").pdf
    facts = read_facts(pdf)
    records = {record.jti: record.fact() for record in records_by_jti({jti for jti, _, _ in facts})}
    assert len(facts) > 30
    for jti, path, value in facts:
        at = {"body": records[jti].body, "occurred_at": records[jti].occurred_at.isoformat()}
        for step in path.split("."):
            at = at[int(step)] if isinstance(at, list) else at[step]
        assert canonical_json(at) == canonical_json(value), path
    assert {path for _, path, _ in facts} >= {"body.cause", "body.place.name", "body.persons.0.name", "body.cash.total"}


def test_a_table_changed_behind_the_ledger_is_not_printed(officers):
    """The prints come from the records: what a database administrator writes into a table reaches no paper."""
    made = handed_over_case(officers)
    row = Seizure.objects.get(id=made.seizure)
    row.body["cause"] = "Nothing at all"
    row.save()
    text = text_of(printing.print_seizure(officers.front_line, seizure=made.seizure, language="en").pdf)
    assert "Nothing at all" not in text
    assert "Cash of unknown origin" in text


def test_a_value_that_no_record_states_is_refused(officers):
    from copes.chain.dossier.prints.view import Leaf

    made = handed_over_case(officers)
    contents = gather(made.case)
    kept, _tree = find_seizure(contents, made.seizure)
    sheet = sheet_for(contents, "en")
    with pytest.raises(Refusal) as refused:
        sheet.cell(Leaf("Somewhere else", kept.jti, "body.place.name"))
    assert refused.value.code == "print.differs"


def test_the_same_records_give_the_same_bytes(officers):
    made = handed_over_case(officers)
    seal_now()
    prints = []
    for _ in range(3):
        contents = gather(made.case)
        kept, _tree = find_seizure(contents, made.seizure)
        with translation.override("ru"):
            document = seizure_document(
                contents, made.seizure, sheet_for(contents, "ru"), printing.standing_of(kept.jti)
            )
        prints.append(typeset("report", document, moment=datetime(2026, 5, 4, tzinfo=UTC)))
    assert prints[0] == prints[1] == prints[2]


def test_the_receipts_code_makes_the_person_a_witness(officers):
    made = handed_over_case(officers)
    printed = printing.print_receipt(officers.front_line, seizure=made.seizure, languages=["ar", "fr"])
    (page,) = pages(printed.pdf, 200)
    (code,) = zxingcpp.read_barcodes(page)
    head, jti, leaf, note = code.text.split("\n", 3)
    assert head == "COPES-RECEIPT/1"
    place = place_of(jti)
    assert leaf == b64u(place.leaf)
    checkpoint, _ = open_checkpoint(note, Verifier.from_vkey(ledger_vkey()))
    assert checkpoint.size > place.index
    assert records_by_jti([jti])[0].fact().body["seizure"] == made.seizure
    (receipt,) = [one for one in prints_of_case(made.case) if one.print == "receipt"]
    assert receipt.languages == ("ar", "fr")


def test_one_language_is_enough_and_three_are_too_many(officers):
    made = handed_over_case(officers)
    same = printing.print_receipt(officers.front_line, seizure=made.seizure, languages=["fr", "fr"])
    assert same.languages == ("fr",)
    for languages in ([], ["fr", "en", "ar"], ["xx"]):
        with pytest.raises(BadInput):
            printing.print_receipt(officers.front_line, seizure=made.seizure, languages=languages)


def test_the_custody_report_shows_who_had_it(officers):
    made = handed_over_case(officers)
    text = text_of(printing.print_custody(officers.custodian, exhibit=made.exhibits[0], language="en").pdf)
    assert "Chain of custody" in text
    picture = text.partition("Who had it, and when")[2]
    assert picture.index("Anna Frontier") < picture.index("Dragan Čuvar")
    assert "answerable for the exhibit now" in text
    assert "Sealed, intact; counted" in text


def test_labels_can_be_scanned(officers):
    made = handed_over_case(officers)
    for paper in ("a4", "roll"):
        pdf = printing.print_labels(officers.front_line, case=made.case, language="en", paper=paper).pdf
        (page,) = pages(pdf, 300)
        read = {one.text for one in zxingcpp.read_barcodes(page)}
        assert f"COPES:{made.exhibits[0]}" in read
        assert "FR-2026-000001/1" in read


def test_an_erased_name_says_when_and_by_whom(officers):
    made = handed_over_case(officers)
    jti, path = salted(made.case, "seizure.recorded/1", "body.persons.0.name")
    asked = request_erasure(officers.supervisor, record=jti, paths=[path], ground="Directive (EU) 2016/680 art. 16")
    grant_access(officers.supervisor, case=made.case, officer=officers.legal.officer, reason="Decides on erasure")
    approve_erasure(officers.legal, request=asked)
    pdf = printing.print_seizure(officers.front_line, seizure=made.seizure, language="en").pdf
    assert "erased on" in text_of(pdf)
    assert (jti, path, None) in read_facts(pdf)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_typesets(officers, language):
    made = handed_over_case(officers)
    pdf = printing.print_seizure(officers.front_line, seizure=made.seizure, language=language).pdf
    assert "Jean Invented" in text_of(pdf)


def test_arabic_letters_come_out_as_text(officers):
    from tests.chain.making import item, seized_case

    _case, seizure, _ = seized_case(officers.front_line, item(description="تبغ للمضغ في أكياس"))
    pdf = printing.print_seizure(officers.front_line, seizure=seizure, language="ar").pdf
    import unicodedata

    letters = set(unicodedata.normalize("NFKC", text_of(pdf)))
    assert set("تبغللمضغفيأكياس") <= letters


def test_writing_no_font_has_is_replaced_and_not_stated_as_shown(officers):
    from tests.chain.making import item, seized_case

    _case, seizure, _ = seized_case(officers.front_line, item(description="ხაჭაპური"))
    pdf = printing.print_seizure(officers.front_line, seizure=seizure, language="en").pdf
    assert "\N{REPLACEMENT CHARACTER}" in text_of(pdf)
    assert "ხაჭაპური" not in str(read_facts(pdf))


def test_nobody_prints_what_they_may_not_see(officers):
    made = handed_over_case(officers)
    with pytest.raises(Unseen):
        printing.print_seizure(officers.investigator, seizure=made.seizure, language="en")
    with pytest.raises(Unseen):
        printing.print_custody(officers.examiner, exhibit=made.exhibits[0], language="en")
    with pytest.raises(Unseen):
        printing.print_labels(officers.examiner, case=made.case, language="en")
    assert not prints_of_case(made.case)
