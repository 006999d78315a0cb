"""A dossier issued from a real case, as an investigator would, and what a stranger can do with it."""

from __future__ import annotations

from copes.chain.custody.services import receive, release
from copes.chain.dossier.services import issue_dossier
from tests.chain.making import cash, seized_case


def handed_over_case(officers):
    front, custodian = officers.front_line, officers.custodian
    case, seizure, exhibits = seized_case(front, cash(front, officers.second), {"description": "Phone", "category": "digital_device", "quantity": "1", "unit": "pieces", "found_where": "Under the seat"})
    moved = release(front, exhibits=exhibits, to=custodian.officer, reason="storage", condition="Sealed, intact")
    receive(custodian, release=moved[0], exhibits=exhibits, condition="Sealed, intact")
    return case, seizure, exhibits


def test_issue(officers):
    case, _, _ = handed_over_case(officers)
    issued = issue_dossier(officers.supervisor, case=case, language="en", recipient="Court of Lyon", purpose="Trial of 4 May")
    from copes.trust.verifier.report import in_words
    print(in_words(issued.outcome, str(issued.path), "en"))
    assert issued.outcome.code() == 0
