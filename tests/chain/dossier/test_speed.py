"""A big dossier: 1,000 exhibits, 5,000 records, issued in less than 15 s (two cores)."""

from __future__ import annotations

import os
import time

import pytest

from copes.chain.custody.queries import exhibits_of_seizure
from copes.chain.custody.records import CustodyReceived, CustodyReleased
from copes.chain.seizures.services import record_seizure
from copes.foundation.journal.services import writing
from tests.chain.dossier.making import Made, issued
from tests.chain.making import SEIZED_AT, item, seized_case, seizure_facts

EXHIBITS, RECORDS = 1_000, 5_000


@pytest.mark.slow
def test_a_thousand_exhibits(officers):
    front, custodian = officers.front_line, officers.custodian
    items = [item(description=f"Carton {n}", found_where=f"Bay {n}") for n in range(100)]
    case, seizure, exhibits = seized_case(front, *items)
    while len(exhibits) < EXHIBITS:
        more = record_seizure(front, case=case, occurred_at=SEIZED_AT, facts=seizure_facts(front), items=items)
        exhibits += [one.id for one in exhibits_of_seizure(more.id)]
    holders = [front, custodian]
    made = 0
    while made + EXHIBITS < RECORDS:
        giver, taker = holders
        jtis = []
        with writing(giver) as journal:
            for exhibit in exhibits:
                body = CustodyReleased(
                    exhibits=[exhibit],
                    released_by=giver.officer,
                    released_to=taker.officer,
                    reason="storage",
                    condition="Sealed",
                )
                jtis.append(journal.append(body, case=case, about=[exhibit]))
        with writing(taker) as journal:
            for exhibit, release in zip(exhibits, jtis, strict=True):
                body = CustodyReceived(
                    release=release, exhibits=[exhibit], received_by=taker.officer, condition="Sealed"
                )
                journal.append(body, case=case, about=[exhibit])
        made += 2 * EXHIBITS
        holders.reverse()
    start, before = time.perf_counter(), os.times()
    dossier = issued(officers, Made(case, seizure, exhibits))
    seconds, after = time.perf_counter() - start, os.times()
    # What it costs the processors, its own and those of the programs it runs: tests share the machine.
    busy = sum(after[:4]) - sum(before[:4])
    assert dossier.outcome.code() == 0
    assert dossier.outcome.exhibits == EXHIBITS
    assert dossier.outcome.records > RECORDS
    print(f"{seconds:.1f} s, of which {busy:.1f} s of processor time")
    assert busy < 15
