"""Importing tables: all or nothing, every fault by line and column."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import resources

import pytest

from copes.chain.cases.services import open_case
from copes.chain.custody.models import Exhibit
from copes.chain.seizures.importing import import_seizures, preview_seizures
from copes.chain.seizures.tables import read_table
from copes.foundation.journal import queries
from copes.foundation.journal.rebuilding import differences
from copes.foundation.refusals import BadInput, Forbidden, Unseen

NOW = datetime(2026, 11, 21, tzinfo=UTC)
GOOD = (
    "date,place,country,description,category,quantity,unit\n"
    "2026-01-02,Calais,FR,Cigarettes,tobacco,12.5,kg\n"
    "2026-01-03T14:05+01:00,Bar,ME,Pistol,firearm,1,pieces\n"
)


@pytest.fixture
def case(officers):
    return open_case(officers.front_line, title="Store").id


def read(text: str):
    return read_table(text.encode(), name="x.csv", now=NOW)


def test_the_stride_extract_is_read_whole():
    data = (resources.files("copes.data") / "goods" / "stride-2007-cocaine.csv").read_bytes()
    table = read_table(data, name="stride", now=NOW)
    assert (table.layout, len(table.lines), table.bad) == ("stride", 3380, [])


def test_a_table_becomes_seizures_and_exhibits(officers, case):
    made = import_seizures(officers.front_line, case=case, data=GOOD.encode(), name="store.csv")
    assert (made.seizures, made.records) == (2, 4)
    rows = list(Exhibit.objects.filter(case_id=case).order_by("ordinal"))
    assert [str(row.quantity) for row in rows] == ["12.500000", "1.000000"]
    assert {row.holder for row in rows} == {officers.front_line.officer}
    assert differences() == []


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("2026-13-02,Calais,FR,X,tobacco,1,kg", "date"),
        ("2036-01-02,Calais,FR,X,tobacco,1,kg", "date"),
        ("2026-01-02,,FR,X,tobacco,1,kg", "place"),
        ("2026-01-02,Calais,ZZ,X,tobacco,1,kg", "country"),
        ("2026-01-02,Calais,FR,X,tobaco,1,kg", "category"),
        ("2026-01-02,Calais,FR,X,cash,1,kg", "category"),
        ("2026-01-02,Calais,FR,X,tobacco,1kg,kg", "quantity"),
        ("2026-01-02,Calais,FR,X,tobacco,-1,kg", "quantity"),
        ("2026-01-02,Calais,FR,X,tobacco,NaN,kg", "quantity"),
        ("2026-01-02,Calais,FR,X,tobacco,1e99,kg", "quantity"),
        ("2026-01-02,Calais,FR,X,tobacco,0.0000001,kg", "quantity"),
        ("2026-01-02,Calais,FR,X,tobacco,1,stone", "unit"),
        ("2026-01-02,Calais,FR,X,tobacco,1", ""),
        ('2026-01-02,Calais,FR,"a\nb",tobacco,1,kg', "description"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_recorded(officers, case, line, column):
    size = queries.ledger_size()
    data = (GOOD + line + "\n").encode()
    table = preview_seizures(officers.front_line, case=case, data=data, name="x.csv")
    (bad,) = table.bad
    assert (bad.column, len(table.lines)) == (column, 2)
    assert bad.line in (4, 5)
    assert str(bad.reason)
    assert str(bad.mend)
    with pytest.raises(BadInput) as refused:
        import_seizures(officers.front_line, case=case, data=data, name="x.csv")
    assert refused.value.code == "import.bad_lines"
    assert queries.ledger_size() == size


@pytest.mark.parametrize(
    "data",
    [b"", b"a,b,c\n1,2,3\n", b"\xff\xfe\x00", b"state,potency,weight,month,price\n", b'date,"place\n', b"\x00" * 50],
)
def test_what_is_no_such_table_is_said_to_be_none(data):
    table = read_table(data, name="x", now=NOW)
    assert table.bad
    assert table.lines == []


def test_semicolons_and_a_byte_order_mark_are_read_too():
    table = read("\ufeff" + GOOD.replace(",", ";"))
    assert (len(table.lines), table.bad) == (2, [])


def test_only_who_may_and_sees_the_case_imports(officers, case):
    with pytest.raises(Forbidden):
        import_seizures(officers.auditor, case=case, data=GOOD.encode(), name="x")
    with pytest.raises(Unseen):
        import_seizures(officers.second, case=case, data=GOOD.encode(), name="x")
