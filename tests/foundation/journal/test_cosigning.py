"""Two nodes witness each other over HTTPS: the second is a process of its own, run by `copes up`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copes.foundation.config.node import load_node
from copes.foundation.journal import queries
from copes.foundation.journal.checking import check_node
from copes.foundation.journal.services import seal_now, start
from copes.foundation.people.services import change_roles
from copes.trust.ledger.checkpoints import open_checkpoint
from copes.trust.ledger.notes import Verifier
from tests import running, support


def act(officers):
    change_roles(officers.administrator, officer=officers.legal.officer, officer_roles=["legal"], reason="again")


@pytest.fixture(scope="module")
def partner(tmp_path_factory):
    home = tmp_path_factory.mktemp("partner") / "node"
    running.init_node(home, "partner.example/ledger")
    with running.served(home) as node:
        yield node


@pytest.fixture
def witnessed(node, partner):
    vkey = queries.ledger_vkey()
    done = support.run_copes(partner.home, "cosign", node.origin, vkey)
    assert done.returncode == 0, done.stderr
    running.add_cosigner(node.home, partner)
    with support.serving(replace(load_node(node.home), database=node.database)) as changed:
        yield changed


def test_a_partner_cosigns_and_the_record_is_witnessed(witnessed, partner):
    officers = support.enrol_staff("administrator", "legal")
    seal_now()
    act(officers)
    seal_now()
    latest = queries.latest_checkpoint()
    assert latest.state == "witnessed"
    cosigner = Verifier.from_vkey(partner.get("/cosigner/vkey").decode().strip())
    head, cosigned = open_checkpoint(latest.note, Verifier.from_vkey(queries.ledger_vkey()), [cosigner])
    assert [found.name for found in cosigned] == ["partner.example/ledger/cosigner"]
    assert cosigned[0].time is not None
    newest = list(queries.whole_ledger())[-1]
    assert queries.place_of(newest.jti).state == "witnessed"
    assert head.size == newest.index + 1
    assert check_node() == []


def test_a_ledger_behind_its_cosigner_is_frozen_at_the_next_start(witnessed, partner, tmp_path, templates):
    """An old backup, with the anchor lost as well: the partner's last word remains."""
    from copes.foundation.storage.services import back_up

    if support.POSTGRESQL:
        pytest.skip("the copy of the database is taken as a file here; PostgreSQL's is tested by the command line")
    officers = support.enrol_staff("administrator", "legal")
    seal_now()
    back_up(witnessed, tmp_path / "old")
    act(officers)
    seal_now()
    old = replace(witnessed, database=f"sqlite:///{tmp_path / 'old' / 'database.sqlite3'}", anchor=tmp_path / "lost")
    with support.serving(old):
        reason = start()
        assert "Second Agency" in reason
        from copes.foundation.refusals import Frozen

        with pytest.raises(Frozen):
            seal_now()


def test_an_unknown_ledger_is_not_cosigned(node, partner):
    running.add_cosigner(node.home, partner)
    with support.serving(replace(load_node(node.home), database=node.database)):
        seal_now()
        assert queries.latest_checkpoint().state == "sealed"
        assert queries.latest_checkpoint().cosigners == ()
