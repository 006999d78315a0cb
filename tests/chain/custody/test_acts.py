from __future__ import annotations
from tests.chain.making import *
from copes.chain.custody import services as custody
from copes.chain.custody.models import Exhibit, Handover
from copes.foundation.journal.rebuilding import differences


def test_way(officers):
    a, c = officers.front_line, officers.custodian
    case, seizure, (one, two) = seized_case(a, item(seal="S1"), cash(a, officers.second))
    (jti,) = custody.release(
        a, exhibits=[one, two], to=c.officer, reason="storage", condition="Bag closed", seals="intact"
    )
    custody.receive(c, release=jti, exhibits=[one], condition="Bag closed")
    assert Exhibit.objects.get(id=one).holder == c.officer
    assert Exhibit.objects.get(id=two).holder == a.officer
    assert list(Handover.objects.order_by("place").values_list("state", flat=True)) == ["received", "open"]
    custody.check_seal(c, exhibit=one, seal="S1", intact=True)
    assert [str(d) for d in differences()] == []
