"""Telling officers: after the act, only whom it concerns, without a word too many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from copes.chain.cases.services import open_case
from copes.foundation.config.node import Node
from copes.foundation.scheduling import queries, services
from copes.foundation.scheduling.models import Notice, Reminder
from tests.support import Officers


def test_a_notice_is_given_once_the_act_is_durable(node: Node, officers: Officers) -> None:
    with transaction.atomic():
        services.notify([officers.custodian.officer], kind="test.plain", url="/custody/", facts={"number": "7"})
        assert queries.unread(officers.custodian.officer) == 0
    assert queries.unread(officers.custodian.officer) == 1


def test_an_act_that_fails_tells_nobody(node: Node, officers: Officers) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        services.notify([officers.custodian.officer], kind="test.plain", url="/custody/")
        raise RuntimeError
    assert Notice.objects.count() == 0


def test_a_repeated_notice_replaces_the_earlier_one_and_is_unread_again(node: Node, officers: Officers) -> None:
    who = [officers.custodian.officer, officers.second.officer]
    services.notify(who, kind="test.plain", url="/custody/", facts={"number": "1"}, key="k")
    Notice.objects.update(read_at=timezone.now())
    services.notify(who[:1], kind="test.plain", url="/custody/", facts={"number": "2"}, key="k")
    assert [n.facts["number"] for n in Notice.objects.filter(officer=who[0])] == ["2"]
    assert queries.unread(who[0]) == 1
    assert queries.unread(who[1]) == 0
    services.settle("k", officers=who[:1])
    assert list(Notice.objects.values_list("officer", flat=True)) == who[1:]
    services.settle("k")
    assert not Notice.objects.exists()


def test_nobody_is_told_of_a_case_they_may_not_see(node: Node, officers: Officers) -> None:
    case = open_case(officers.front_line, title="A title nobody else may read").id
    who = [officers.front_line.officer, officers.second.officer, officers.auditor.officer]
    services.notify(who, kind="test.case", url=f"/cases/{case}/", case=case)
    told = Notice.objects.get()
    assert told.officer == who[0]
    assert told.facts["case"]
    services.notify(who[1:2], kind="test.parcel", url="/custody/", case=case)
    assert queries.unread(who[1]) == 1


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", "/a\nb"])
def test_a_notice_never_leads_elsewhere(node: Node, officers: Officers, url: str) -> None:
    with pytest.raises(ValueError, match="page of this site"):
        services.notify([officers.custodian.officer], kind="test.plain", url=url)


def test_a_notice_holds_no_text(node: Node, officers: Officers) -> None:
    with pytest.raises(ValueError, match="not texts"):
        services.notify([officers.custodian.officer], kind="test.plain", url="/", facts={"number": "x" * 101})
    with pytest.raises(ValueError, match="no room declares"):
        services.notify([officers.custodian.officer], kind="nobody.knows", url="/")


def test_a_reminder_waits_and_can_be_settled(node: Node, officers: Officers) -> None:
    due = timezone.now() + timedelta(days=3)
    for number in ("1", "2"):
        services.remind(
            [officers.custodian.officer],
            due=due,
            before=timedelta(days=1),
            kind="test.plain",
            url="/",
            key="task:1",
            facts={"number": number},
        )
    kept = Reminder.objects.get()
    assert kept.facts["number"] == "2"
    assert kept.tell_at == due - timedelta(days=1)
    services.settle("task:1")
    assert not Reminder.objects.exists()
