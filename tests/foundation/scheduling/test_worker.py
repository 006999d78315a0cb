"""The worker beside the site: it seals whatever else happens, one works at a time, and it ends when told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from copes.chain.cases.services import open_case
from copes.foundation.config.node import Node
from copes.foundation.journal.models import Checkpoint
from copes.foundation.journal.queries import ledger_size
from copes.foundation.scheduling import chores, health, jobs, services
from copes.foundation.scheduling.jobs import Clock, Work
from copes.foundation.scheduling.models import Job, Notice, Reminder
from copes.foundation.scheduling.worker import only_one, work
from tests.support import Officers, run_copes

PATIENCE = 60  # seconds; the machine may be slow


@contextmanager
def running(home: Path, command: str = "worker") -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [sys.executable, "-m", "copes", "--home", str(home), command], stderr=subprocess.PIPE, text=True
    )
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


def until(true, what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def sealed() -> int:
    return Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0


def test_one_job_that_fails_stops_no_other_and_doctor_names_it(node: Node):
    ran: list[str] = []

    def breaks() -> None:
        ran.append("breaks")
        raise RuntimeError("the disk is full")

    clock = Clock(
        [
            Work("breaks", timedelta(seconds=60), breaks),
            Work("works", timedelta(seconds=60), lambda: ran.append("works")),
        ]
    )
    start = timezone.now()
    assert clock.round(lambda: start) == 2
    assert clock.round(lambda: start + timedelta(seconds=59)) == 0
    assert clock.round(lambda: start + timedelta(seconds=60)) == 2
    assert ran == ["breaks", "works"] * 2
    row = Job.objects.get(name="breaks")
    assert (row.error, row.good_at) == ("RuntimeError: the disk is full", None)
    assert Job.objects.get(name="works").error == ""


def test_doctor_names_a_job_that_failed_or_is_late(node: Node, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "_jobs", {})
    monkeypatch.setattr(jobs, "_sources", [])
    assert health.worker().good
    broken = [True]

    def sometimes() -> None:
        if broken:
            raise OSError("no space")

    jobs.register_job(Work("sometimes", timedelta(seconds=30), sometimes))
    with pytest.raises(ValueError, match="a job already"):
        jobs.register_job(Work("sometimes", timedelta(seconds=30), sometimes))
    clock = Clock()
    clock.round()
    assert not health.worker().good
    assert "OSError: no space" in health.worker().text
    broken.clear()
    clock.round(lambda: timezone.now() + timedelta(seconds=40))
    assert health.worker().good
    Job.objects.update(ran_at=timezone.now() - timedelta(hours=1))
    assert "late" in health.worker().text


def test_a_restarted_worker_takes_up_where_the_last_one_stopped(node: Node):
    ran = []
    works = [Work("rare", timedelta(hours=1), lambda: ran.append(1))]
    now = timezone.now()
    Clock(works).round(lambda: now)
    Clock(works).round(lambda: now + timedelta(minutes=59))
    assert len(ran) == 1
    Clock(works).round(lambda: now + timedelta(minutes=60))
    assert len(ran) == 2
    # a clock that was set back must not stop a job for hours
    Clock(works).round(lambda: now - timedelta(days=1))
    assert len(ran) == 3


def test_a_job_that_hangs_does_not_hold_up_sealing(node: Node, officers: Officers, monkeypatch: pytest.MonkeyPatch):
    hangs, free, stop = threading.Event(), threading.Event(), threading.Event()

    def hang() -> None:
        hangs.set()
        free.wait(PATIENCE)

    monkeypatch.setattr(jobs, "_jobs", {"hangs": Work("hangs", timedelta(seconds=1), hang)})
    worker = threading.Thread(target=work, args=(stop,), kwargs={"complain": lambda text: None})
    worker.start()
    try:
        assert hangs.wait(PATIENCE)
        open_case(officers.front_line, title="While a job hangs")
        until(lambda: sealed() == ledger_size(), "sealing waited for a job")
    finally:
        free.set()
        stop.set()
        worker.join(PATIENCE)
    assert not worker.is_alive()


def test_reads_are_stated_in_the_ledger_when_the_worker_stops(node: Node, officers: Officers):
    ran = []
    clock = Clock([Work("at the end", timedelta(days=1), lambda: ran.append(1), at_end=True)])
    clock.round()
    clock.finish()
    assert len(ran) == 2
    assert [one.name for one in jobs.all_jobs() if one.at_end] == ["reads"]


def test_reminders_are_given_when_their_moment_comes(node: Node, officers: Officers):
    mine = officers.custodian.officer
    now = timezone.now()
    for key, due in (("soon", now + timedelta(minutes=30)), ("later", now + timedelta(days=5))):
        services.remind([mine], due=due, before=timedelta(hours=1), kind="test.plain", url="/", key=key)
    assert chores.give_reminders() == 1
    assert chores.give_reminders() == 0
    assert Notice.objects.get().key == "soon"
    assert Reminder.objects.get().key == "later"


def test_notices_are_deleted_after_ninety_days(node: Node, officers: Officers):
    mine = officers.custodian.officer
    for key, days in (("old", 91), ("young", 89)):
        services.notify([mine], kind="test.plain", url="/", key=key)
        Notice.objects.filter(key=key).update(at=timezone.now() - timedelta(days=days))
    chores.forget_old()
    assert Notice.objects.get().key == "young"


@pytest.mark.slow
@pytest.mark.parametrize("command", ["worker", "sealer"])
def test_the_worker_seals_works_and_ends_when_told(node: Node, officers: Officers, command: str):
    with running(node.home, command) as worker:
        open_case(officers.front_line, title="To be sealed")
        until(lambda: sealed() == ledger_size(), "nothing was sealed")
        until(lambda: Job.objects.filter(name="mail", error="").exists(), "no job ran")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE) == 0


@pytest.mark.slow
def test_a_second_worker_waits_for_the_first_to_end(node: Node):
    with running(node.home) as first:
        until(Job.objects.exists, "the first worker does nothing")
        with running(node.home) as second:
            assert second.stderr is not None
            assert "another worker works for this node" in second.stderr.readline()
            Job.objects.all().delete()
            first.send_signal(signal.SIGTERM)
            assert first.wait(PATIENCE) == 0
            until(Job.objects.exists, "the second worker did not take over")
            second.send_signal(signal.SIGTERM)
            assert second.wait(PATIENCE) == 0


def test_a_worker_told_to_stop_while_it_waits_does_not_work(tmp_path: Path):
    stop = threading.Event()
    with only_one(tmp_path, waits=lambda: None, stop=stop) as first:
        assert first
        with only_one(tmp_path, waits=stop.set, stop=stop) as second:
            assert not second


@pytest.mark.slow
def test_mail_test_says_what_the_server_answered(node: Node, tmp_path: Path):
    from tests.foundation.scheduling.smtp import PASSWORD, mail_server

    assert "no [mail] section" in run_copes(node.home, "mail", "test", "a@b.example").stderr
    with mail_server(tmp_path / "server") as (box, port, certificate):
        (node.secrets / "mail.password").write_text(PASSWORD)
        os.chmod(node.secrets / "mail.password", 0o600)
        text = (node.home / "node.toml").read_text()
        section = (
            f'\n[mail]\nhost = "localhost"\nport = {port}\nuser = "node"\nsender = "copes@customs.example"\n'
            f'ca = "{certificate}"\n'
        )
        (node.home / "node.toml").write_text(text + section)
        done = run_copes(node.home, "mail", "test", "ada@customs.example")
        assert done.returncode == 0, done.stderr
        assert box.recipients == [["ada@customs.example"]]
        box.refused["bob@customs.example"] = "550 no such mailbox"
        refused = run_copes(node.home, "mail", "test", "bob@customs.example")
        assert refused.returncode == 1
        assert "550 no such mailbox" in refused.stderr
        assert run_copes(node.home, "mail", "test", "not an address").returncode == 2


def test_moments_in_facts_are_shown_in_the_readers_words(node: Node):
    from zoneinfo import ZoneInfo

    from django.utils import translation

    from copes.foundation.scheduling.wording import title_of

    due = datetime(2026, 3, 1, 22, 30, tzinfo=UTC).isoformat()
    with translation.override("en"):
        said = title_of("test.count", {"count": "1", "due_at": due}, sees_case=True, zone=ZoneInfo("Asia/Tokyo"))
    assert said == "1 thing until \u20682 March 2026 07:30\u2069"
