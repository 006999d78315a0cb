"""The rules as a model against the whole implementation, and the table by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from copes.chain.custody import rules
from copes.chain.custody import services as custody
from copes.chain.custody.models import Exhibit, Handover
from copes.foundation.refusals import Refusal
from tests.chain.making import item, seized_case

PEOPLE = ("front_line", "custodian", "examiner")
ABSENT = "01890000-0000-7000-8000-000000000000"


def test_every_act_and_state_is_decided():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    held = rules.Standing("e", "FR-2026-000001/1", "c", "anna", now)
    waiting = rules.after(rules.RELEASE, held, at=now, release="r", to="boris")
    allowed, codes = set(), set()
    for act in rules.BY_ACT:
        for exhibit in (held, waiting):
            for officer in ("anna", "boris", "carla"):
                try:
                    rules.decide(act, exhibit, officer=officer, at=now, release="r" if exhibit is waiting else None)
                except Refusal as refusal:
                    codes.add(refusal.code)
                else:
                    allowed.add((act, exhibit.state, officer))
    assert {one for one in allowed if one[0] in {"release", "receive", "decline", "cancel"}} == {
        ("release", "held", "anna"),
        ("receive", "released", "boris"),
        ("decline", "released", "boris"),
        ("cancel", "released", "anna"),
    }
    assert not [one for one in allowed if one[2] == "carla"]
    assert codes == {
        "custody.not_holder",
        "custody.already_released",
        "custody.not_released",
        "custody.not_addressee",
    }


def test_the_table_for_the_documentation_names_every_act():
    assert {row[0] for row in rules.transition_rows()} == set(rules.BY_ACT)


class Custody(RuleBasedStateMachine):
    """What officers try, in any order; the model says what must happen."""

    officers = None

    def __init__(self):
        super().__init__()
        acting = self.officers["front_line"]
        _, _, ids = seized_case(acting, item(), item())
        self.holder = dict.fromkeys(ids, "front_line")
        self.open = {}  # exhibit -> (release, by, to)
        self.ids = ids

    def attempt(self, allowed, act):
        try:
            made = act()
        except Refusal:
            assert not allowed
            return None
        assert allowed
        return made

    @rule(who=st.sampled_from(PEOPLE), to=st.sampled_from(PEOPLE), which=st.sets(st.integers(0, 1), min_size=1))
    def release(self, who, to, which):
        chosen = [self.ids[n] for n in sorted(which)]
        allowed = who != to and all(self.holder[e] == who and e not in self.open for e in chosen)
        made = self.attempt(
            allowed,
            lambda: custody.release(
                self.officers[who], exhibits=chosen, to=self.officers[to].officer, reason="storage", condition="Good"
            ),
        )
        for exhibit in chosen if made else ():
            self.open[exhibit] = (made[0], who, to)

    @rule(who=st.sampled_from(PEOPLE), n=st.integers(0, 1), act=st.sampled_from(["receive", "decline", "cancel"]))
    def answer(self, who, n, act):
        exhibit = self.ids[n]
        release, by, to = self.open.get(exhibit, (ABSENT, None, None))
        allowed = who == (by if act == "cancel" else to)
        more = {"condition": "Good"} if act == "receive" else {"reason": "Because"}
        made = self.attempt(
            allowed,
            lambda: getattr(custody, act)(self.officers[who], release=release, exhibits=[exhibit], **more),
        )
        if made:
            del self.open[exhibit]
            if act == "receive":
                self.holder[exhibit] = who

    @invariant()
    def one_holder_answers_for_each(self):
        rows = {row.id: row for row in Exhibit.objects.filter(id__in=self.ids)}
        for exhibit, who in self.holder.items():
            assert rows[exhibit].holder == self.officers[who].officer
            assert rows[exhibit].release_id == (self.open[exhibit][0] if exhibit in self.open else None)
            assert Handover.objects.filter(exhibit_id=exhibit, state="open").count() == (exhibit in self.open)


@pytest.mark.slow
def test_custody_keeps_one_holder_whatever_is_tried(officers):
    from copes.foundation.journal.rebuilding import differences

    Custody.officers = officers
    run_state_machine_as_test(
        Custody,
        settings=settings(
            max_examples=12, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert differences() == []
