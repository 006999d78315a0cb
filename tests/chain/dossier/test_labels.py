"""Labels: on every paper each can be read by a scanner, stands where the paper has a label, and overlaps nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
import zxingcpp

from copes.chain.dossier import printing
from copes.chain.dossier.prints.papers import papers
from copes.foundation.refusals import BadInput
from tests.chain.dossier.making import handed_over_case
from tests.chain.dossier.printed import pages_of, sound, text_of
from tests.chain.making import item, seized_case

SHEETS = [name for name, paper in papers().items() if paper.grid]
ROLLS = [name for name, paper in papers().items() if not paper.grid]
COPIES, START = 9, 3
MM = 300 / 25.4  # pixels in a millimetre at 300 dpi
ARABIC = "تبغ للمضغ في أكياس"
LONG = "Chewing tobacco in pouches of thirty grams, packed in cartons under a load of ceramic tiles " * 3


@pytest.mark.parametrize("name", SHEETS)
def test_margins_and_labels_add_up_to_the_page(name):
    paper = papers()[name]
    for side in (0, 1):
        first, pitch = paper.first[side], paper.pitch[side]
        assert pitch >= paper.label[side]
        rest = paper.page[side] - (first + (paper.grid[side] - 1) * pitch + paper.label[side])
        assert rest == pytest.approx(first, abs=0.6), (name, side, rest)


def read(picture):
    return sorted(one.text for one in zxingcpp.read_barcodes(picture))


@pytest.mark.parametrize(("name", "language"), [*((name, "en") for name in SHEETS), ("l7651", "ar"), ("a4", "ar")])
def test_every_label_on_a_sheet_is_read_at_its_own_place(officers, name, language):
    case, _seizure, exhibits = seized_case(officers.front_line, item(description=ARABIC), item(description=LONG))
    paper = papers()[name]
    made = printing.print_labels(
        officers.front_line, case=case, language=language, paper=name, start=START, copies=COPIES
    )
    pages = pages_of(made.pdf)
    last = START - 1 + 2 * COPIES
    assert len(pages) == -(-last // paper.places)
    for place in range(len(pages) * paper.places):
        number = place - (START - 1)
        left = (paper.first[0] + place % paper.places % paper.grid[0] * paper.pitch[0]) * MM
        top = (paper.first[1] + place % paper.places // paper.grid[0] * paper.pitch[1]) * MM
        whole = (int(left), int(top), int(left + paper.label[0] * MM), int(top + paper.label[1] * MM))
        label = pages[place // paper.places].crop(whole)
        if not 0 <= number < 2 * COPIES:
            assert label.getextrema() == (255, 255), "nothing is printed on a label that is not asked for"
            continue
        which = number // COPIES
        assert read(label) == sorted([f"COPES:{exhibits[which]}", f"FR-2026-000001/{which + 1}"]), (name, place)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ROLLS)
def test_every_label_on_a_roll_is_read(officers, name, language):
    case, _seizure, exhibits = seized_case(officers.front_line, item(description=ARABIC), item(description=LONG))
    pdf = printing.print_labels(officers.front_line, case=case, language=language, paper=name, copies=2).pdf
    pages = pages_of(pdf)
    wide, high = papers()[name].page
    assert len(pages) == 4
    for place, page in enumerate(pages):
        assert page.width == pytest.approx(wide * MM, abs=2)
        assert not high or page.height == pytest.approx(high * MM, abs=2)
        which = place // 2
        assert read(page) == sorted([f"COPES:{exhibits[which]}", f"FR-2026-000001/{which + 1}"])
    if not high:
        assert pages[2].height > pages[0].height + 20, "a longer description makes a longer label"
        assert "ceramic tiles" in text_of(pdf)


def test_a_practice_label_says_so(node, officers, settings):
    case, _seizure, _exhibits = seized_case(officers.front_line, item())
    settings.COPES_NODE = replace(node, practice=True)
    for name in papers():
        pdf = printing.print_labels(officers.front_line, case=case, language="en", paper=name).pdf
        assert "PRACTICE" in text_of(pdf), name


def test_labels_are_sound(officers, tmp_path):
    made = handed_over_case(officers)
    for name in ("l7651", "roll"):
        pdf = printing.print_labels(officers.front_line, case=made.case, language="ar", paper=name).pdf
        assert "Tagged:          yes" in sound(pdf, tmp_path)


def test_a_place_or_paper_that_is_not_there_is_refused(officers):
    made = handed_over_case(officers)
    for wrong in ({"paper": "l9999"}, {"start": 25}, {"start": 0}, {"copies": 11}, {"paper": "roll", "start": 2}):
        with pytest.raises(BadInput):
            printing.print_labels(officers.front_line, case=made.case, language="en", **wrong)


def test_who_holds_an_exhibit_prints_its_label_without_seeing_the_case(officers):
    made = handed_over_case(officers)
    pdf = printing.print_labels(
        officers.custodian, case=made.case, language="en", paper="roll", exhibits=made.exhibits[:1]
    ).pdf
    assert "FR-2026-000001/1" in text_of(pdf)
    assert "FR-2026-000001/2" not in text_of(pdf)
