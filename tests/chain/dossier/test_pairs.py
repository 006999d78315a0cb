"""Prints in two languages side by side, notices, the case report and work lists: as the person reads them."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, datetime

import pytest
import zxingcpp

from copes.chain.cases.services import grant_access
from copes.chain.cases.task_services import assign_task
from copes.chain.custody.services import release
from copes.chain.dossier import jobs, printing
from copes.chain.dossier.prints.formats import LANGUAGES
from copes.chain.dossier.prints.typesetter import typeset
from copes.chain.seizures.models import Print
from copes.foundation.journal.queries import ledger_vkey, records_by_jti
from copes.foundation.refusals import BadInput, Refusal, Unseen
from copes.trust.ledger.checkpoints import open_checkpoint
from copes.trust.ledger.notes import Verifier
from copes.trust.verifier.pdffacts import missing_in_text, read_facts
from tests.chain.dossier.making import NAME, handed_over_case
from tests.chain.dossier.printed import pages_of, sound, text_of
from tests.chain.making import item, seized_case

COUNTED = {
    "en": r"Page 1 of (\d)",
    "fr": r"Page 1 sur (\d)",
    "ru": r"1 из (\d)",
    "ar": r"1.*من.*(\d)|(\d).*من.*1",
    "sr": r"1 од (\d)",
}


@pytest.fixture
def made(officers):
    return handed_over_case(officers)


ABSENT = {"signature": "not_asked", "read_to_person": False, "copy_given": "sent", "declaration": None}
PAIRS = list(itertools.permutations(LANGUAGES, 2))


def test_every_pair_of_languages_is_typeset(officers, made):
    for first, second in PAIRS:
        job = jobs.receipt_job(officers.front_line, seizure=made.seizure, languages=[first, second])
        pdf = typeset(job.template, job.document, moment=job.moment)
        text = text_of(pdf)
        assert text.count(NAME) >= 2, (first, second)
        assert b"/Lang" in pdf


@pytest.mark.parametrize(("first", "second"), [("ar", "en"), ("en", "ar"), ("fr", "ru")])
@pytest.mark.parametrize("make", [printing.print_seizure, printing.print_notice, printing.print_receipt])
def test_both_languages_are_there_as_text_and_the_file_is_sound(officers, made, tmp_path, make, first, second):
    printed = make(officers.front_line, seizure=made.seizure, languages=[first, second])
    info = sound(printed.pdf, tmp_path)
    assert "Tagged:          yes" in info
    text = text_of(printed.pdf)
    words = {"en": "Legal basis", "fr": "Base légale", "ru": "Сотрудники", "ar": None}
    for language in (first, second):
        if words[language]:
            assert words[language] in text
        else:
            assert re.search("[\u0600-\u06ff\ufe70-\ufefc]{4}", text)
    assert re.search(COUNTED[first], text), text[-400:]
    facts = read_facts(printed.pdf)
    assert len(facts) == len({(jti, path) for jti, path, _ in facts})
    assert missing_in_text(facts, text)[1] > 5


@pytest.mark.parametrize("languages", [("ar", "en"), ("en", "ar")])
def test_arabic_stands_on_the_right_whoever_reads_first(officers, made, languages):
    pdf = printing.print_receipt(officers.front_line, seizure=made.seizure, languages=languages).pdf
    boxes = re.findall(r'<word xMin="([\d.]+)"[^>]*>([^<]+)</word>', text_of(pdf, "-bbox", "-l", "1"))
    latin = [float(x) for x, word in boxes if word == "taken"]
    arabic = [float(x) for x, word in boxes if re.search("[\u0621-\u064a\ufe70-\ufefc]{3}", word)]
    assert latin
    assert max(latin) < 300
    assert sorted(arabic)[len(arabic) // 2] > 300


def test_the_same_records_and_head_give_the_same_bytes(officers, made):
    acting = officers.front_line
    makers = {
        "seizure": lambda: jobs.seizure_job(acting, seizure=made.seizure, languages=["ar", "sr"]),
        "notice": lambda: jobs.notice_job(acting, seizure=made.seizure, languages=["ru", "es"]),
        "case": lambda: jobs.case_job(acting, case=made.case, language="fr"),
        "labels": lambda: jobs.labels_job(acting, case=made.case, language="en", paper="l7160"),
    }
    for name, make in makers.items():
        first, second = make(), make()
        assert typeset(first.template, first.document, moment=first.moment) == typeset(
            second.template, second.document, moment=second.moment
        ), name


def test_the_notice_says_what_why_and_on_what_basis_and_invents_no_law(officers, made):
    text = text_of(printing.print_notice(officers.front_line, seizure=made.seizure, languages=["en"]).pdf)
    for said in (
        "Notice of seizure",
        NAME,
        "Mobile telephone, black",
        "Cash of unknown origin, not declared",
        "C. douanes art. 464",
        "How to claim",
        "You may claim the things",
    ):
        assert said in text, said
    assert set(re.findall(r"art\. \d+", text)) == {"art. 464"}
    (row,) = Print.objects.filter(print="notice")
    assert row.things == [made.seizure]


def test_a_notice_is_addressed_to_a_person_the_record_names(officers):
    people = [{"role": "driver", "name": "Jean Invented"}, {"role": "owner", "name": "Ana Izmišljena"}]
    _case, seizure, _exhibits = _seized(officers, persons=people)
    text = text_of(printing.print_notice(officers.front_line, seizure=seizure, languages=["en"], person=1).pdf)
    assert "Ana Izmišljena" in text
    assert "Jean Invented" not in text
    with pytest.raises(BadInput):
        printing.print_notice(officers.front_line, seizure=seizure, languages=["en"], person=2)


def test_with_nobody_named_the_notice_is_to_the_owner(officers):
    _case, seizure, _exhibits = _seized(officers, persons=[], presence="unknown", **ABSENT)
    text = text_of(printing.print_notice(officers.front_line, seizure=seizure, languages=["en"]).pdf)
    assert "The owner of the things named below" in text


def _seized(officers, **changes):
    from copes.chain.cases.services import open_case
    from copes.chain.seizures.services import record_seizure
    from tests.chain.making import SEIZED_AT, seizure_facts

    case = open_case(officers.front_line, title="Tobacco under tiles").id
    facts = seizure_facts(officers.front_line, None, **changes)
    seizure = record_seizure(officers.front_line, case=case, occurred_at=SEIZED_AT, facts=facts, items=[item()]).id
    return case, seizure, []


def test_every_report_carries_a_code_to_verify_it_by(officers, made):
    acting = officers.front_line
    for pdf in (
        printing.print_seizure(acting, seizure=made.seizure, language="en").pdf,
        printing.print_custody(officers.custodian, exhibit=made.exhibits[0], language="en").pdf,
        printing.print_case(acting, case=made.case, language="ar").pdf,
        printing.print_held(officers.custodian, language="en").pdf,
    ):
        codes = [one.text for one in zxingcpp.read_barcodes(pages_of(pdf, 200)[0])]
        (code,) = [one for one in codes if one.startswith("COPES-RECEIPT/1\n")]
        _head, jti, _leaf, note = code.split("\n", 3)
        checkpoint, _ = open_checkpoint(note, Verifier.from_vkey(ledger_vkey()))
        assert checkpoint.size > records_by_jti([jti])[0].index


def test_the_case_report_tells_the_whole_case(officers, made):
    grant_access(officers.front_line, case=made.case, officer=officers.investigator.officer, reason="Leads the inquiry")
    assign_task(
        officers.supervisor,
        case=made.case,
        assignee=officers.investigator.officer,
        title="Ask the registry for the owner",
        due_at=datetime(2099, 3, 1, 9, 0, tzinfo=UTC),
    )
    text = text_of(printing.print_case(officers.investigator, case=made.case, language="en").pdf, "-layout")
    for said in (
        "Case report",
        "Control of the vehicle on the motorway toll",
        "FR-2026-000001/2",
        "Who holds the exhibits now",
        "Dragan Čuvar",
        "Ask the registry for the owner",
        "To do",
        "Leads the inquiry",
        "Who may see the case",
        "Page 1 of",
    ):
        assert said in text, said


def test_work_lists(officers, made):
    text = text_of(printing.print_held(officers.custodian, language="en").pdf, "-layout")
    assert "FR-2026-000001/1" in text
    assert "This list moves nothing" in text
    with pytest.raises(Refusal) as nothing:
        printing.print_tasks(officers.investigator, language="en")
    assert nothing.value.code == "print.nothing"
    release(
        officers.custodian,
        exhibits=made.exhibits,
        to=officers.examiner.officer,
        reason="examination",
        condition="Whole",
    )
    text = text_of(printing.print_to_receive(officers.examiner, language="en").pdf, "-layout")
    assert "Released by Dragan Čuvar" in text
    assert "Whole" in text
    assert "Mobile telephone, black" in text
    assign_task(officers.supervisor, case=made.case, assignee=officers.front_line.officer, title="Weigh again")
    text = text_of(printing.print_tasks(officers.front_line, language="en").pdf, "-layout")
    assert "Weigh again" in text
    assert "FR-2026-000001" in text
    (row,) = Print.objects.filter(print="tasks")
    assert row.officer == officers.front_line.officer


def test_nobody_prints_what_they_may_not_see(officers, made):
    for refused in (
        lambda: printing.print_notice(officers.investigator, seizure=made.seizure, languages=["en"]),
        lambda: printing.print_case(officers.investigator, case=made.case, language="en"),
        lambda: printing.print_case(officers.custodian, case=made.case, language="en"),
        lambda: printing.print_labels(officers.examiner, case=made.case, language="en", exhibits=made.exhibits),
    ):
        with pytest.raises(Unseen):
            refused()
    assert not Print.objects.exists()


def test_letter_paper_is_letter_paper(officers, made, tmp_path):
    pdf = printing.print_case(officers.front_line, case=made.case, language="es", page="us-letter").pdf
    assert "612 x 792" in sound(pdf, tmp_path)
    with pytest.raises(BadInput):
        printing.print_case(officers.front_line, case=made.case, language="es", page="a0")


def test_a_long_table_breaks_over_pages_with_its_head_repeated(officers):
    case, _seizure, _exhibits = seized_case(officers.front_line, *[item(description=f"Carton {n}") for n in range(120)])
    pdf = printing.print_case(officers.front_line, case=case, language="en").pdf
    pages = text_of(pdf, "-layout").split("\f")
    with_rows = [page for page in pages if re.search(r"Carton \d+", page)]
    assert len(with_rows) >= 3
    for page in with_rows:
        assert re.search(r"Exhibit\s+Category\s+Quantity", page) or "Description" in page
    found = [int(n) for n in re.findall(r"Carton (\d+)", "".join(pages))]
    assert sorted(set(found)) == list(range(120))
