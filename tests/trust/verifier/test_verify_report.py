"""A report that says other than the records."""

from __future__ import annotations

import json

import pytest

from tests.trust.verifier.factory import pdf
from tests.trust.verifier.plans import ident


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
