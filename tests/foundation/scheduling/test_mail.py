"""Mails, through a real server with STARTTLS and sign-in: who gets what, when, and what becomes of a refused one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from copes.chain.cases.services import open_case
from copes.foundation.config.node import Node
from copes.foundation.people.models import Account
from copes.foundation.refusals import BadInput, Refusal
from copes.foundation.scheduling import health, posting, preferences, reading
from copes.foundation.scheduling.mail import addresses, queue, server, writing
from copes.foundation.scheduling.mail.server import MailError, connected
from copes.foundation.scheduling.models import Letter, Notice, Preference
from copes.foundation.scheduling.services import notify, settle
from tests.foundation.scheduling.smtp import Box, mail_server, mailing
from tests.support import Officers

ADDRESS = "dragan@customs.example"
ISOLATES = str.maketrans("", "", "\u2068\u2069")


@pytest.fixture
def box(node: Node, tmp_path: Path) -> Iterator[Box]:
    with mail_server(tmp_path) as (box, port, certificate), mailing(node, port, certificate):
        yield box


def confirmed(officer: str, address: str = ADDRESS, **changes: object) -> Preference:
    row = preferences.of(officer)
    row.address, row.verified_at = address, timezone.now()
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return row


def text_of(mail) -> str:
    return mail.get_body(("plain",)).get_content().translate(ISOLATES)


def test_an_urgent_notice_is_mailed_at_once_with_numbers_and_a_link_only(officers: Officers, box: Box):
    officer = officers.custodian.officer
    confirmed(officer)
    notify([officer], kind="test.urgent", url="/custody/", facts={"number": "FR-2026-000007"})
    assert queue.send_due() == 1
    (mail,) = box.mails
    notice = Notice.objects.get()
    assert box.encrypted == [True]
    assert box.recipients == [[ADDRESS]]
    assert mail["Subject"].translate(ISOLATES) == "Now: FR-2026-000007"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[^<>@\s]+@customs\.example>", mail["Message-ID"])
    assert abs(parsedate_to_datetime(mail["Date"]) - timezone.now()) < timedelta(minutes=5)
    link = f"https://desk.customs.example/notifications/{notice.id}/"
    assert link in text_of(mail)
    html = mail.get_body(("html",)).get_content()
    assert f'href="{link}"' in html
    assert 'dir="ltr"' in html
    assert "/notifications/preferences/" in html
    assert "/notifications/preferences/" in text_of(mail)
    assert not re.search(r"<(img|script|link|style|iframe)|src=", html)
    assert officers.custodian.name not in text_of(mail) + html
    assert queue.send_due() == 0


def test_a_mail_in_arabic_runs_from_right_to_left(officers: Officers, box: Box):
    officer = officers.custodian.officer
    Account.objects.filter(officer_id=officer).update(language="ar")
    confirmed(officer)
    notify([officer], kind="test.urgent", url="/custody/", facts={"number": "FR-2026-000007"})
    queue.send_due()
    (mail,) = box.mails
    assert mail["Content-Language"] == "ar"
    html = mail.get_body(("html",)).get_content()
    assert '<html lang="ar" dir="rtl">' in html
    assert "\u2068FR-2026-000007\u2069" in mail.get_body(("plain",)).get_content()


def test_no_mail_names_a_case_that_its_reader_may_not_see_when_it_is_sent(officers: Officers, box: Box):
    case = open_case(officers.front_line, title="Secret title").id
    confirmed(officers.second.officer, "boris@customs.example")
    preferences.save(officers.second.officer, kinds={"test.parcel": "now", "test.case": "now"})
    for kind in ("test.parcel", "test.case"):
        notify([officers.second.officer], kind=kind, url="/custody/", case=case)
    assert queue.send_due() == 1
    (mail,) = box.mails
    assert "A parcel" in mail["Subject"]
    assert "Parcel in" not in text_of(mail)
    assert "Secret title" not in text_of(mail)


def test_what_was_read_or_settled_meanwhile_is_not_mailed(officers: Officers, box: Box):
    officer = officers.custodian.officer
    confirmed(officer)
    notify([officer], kind="test.urgent", url="/a/", key="gone")
    notify([officer], kind="test.urgent", url="/b/", key="read")
    settle("gone")
    reading.mark(officers.custodian, Notice.objects.get(key="read").id, read=True)
    assert queue.send_due() == 0
    assert box.mails == []
    assert set(Letter.objects.values_list("state", flat=True)) == {"dropped"}


def test_nobody_is_mailed_before_the_address_is_confirmed(officers: Officers, box: Box):
    officer = officers.custodian.officer
    addresses.ask(officer, ADDRESS)
    notify([officer], kind="test.urgent", url="/a/")
    assert queue.send_due() == 1
    (mail,) = box.mails
    code = re.search(r"^\d{8}(?=\r?$)", text_of(mail), re.MULTILINE)
    assert code
    assert Letter.objects.get().code == ""
    with pytest.raises(BadInput):
        addresses.confirm(officer, "00000000" if code[0] != "00000000" else "00000001")
    assert addresses.confirm(officer, f" {code[0]} ") == ADDRESS
    with pytest.raises(Refusal):
        addresses.confirm(officer, code[0])
    notify([officer], kind="test.urgent", url="/a/")
    assert queue.send_due() == 1
    addresses.remove(officer)
    notify([officer], kind="test.urgent", url="/a/")
    assert queue.send_due() == 0


def test_a_code_cannot_be_guessed_or_used_late(officers: Officers, box: Box):
    officer = officers.custodian.officer
    addresses.ask(officer, ADDRESS)
    code = Letter.objects.get().code
    for _ in range(5):
        with pytest.raises(BadInput):
            addresses.confirm(officer, "wrong")
    with pytest.raises(Refusal, match=r"mail\.tries"):
        addresses.confirm(officer, code)
    addresses.ask(officer, ADDRESS)
    code = Letter.objects.get(state="waiting").code
    with time_machine.travel(timezone.now() + timedelta(hours=2)), pytest.raises(Refusal, match=r"mail\.no_code"):
        addresses.confirm(officer, code)


@pytest.mark.parametrize(
    "bad", ["x", "a@b\r\nBcc: evil@example.org", "a@b.example, c@d.example", "é@customs.example", ""]
)
def test_an_address_that_could_break_a_header_is_refused(officers: Officers, box: Box, bad: str):
    with pytest.raises(BadInput):
        addresses.ask(officers.custodian.officer, bad)


def test_no_header_can_be_injected(node: Node, box: Box):
    line = writing.Line("Title\r\nBcc: evil@example.org", "now", "https://x.example/")
    with pytest.raises(ValueError, match=r"(?i)header|newline|linefeed|carriage"):
        writing.notice_mail(ADDRESS, [line], language="en")
    with pytest.raises((ValueError, IndexError)):
        writing.trial_mail("a@b.example\r\nBcc: evil@example.org")


def test_a_refused_address_ends_the_mail_and_doctor_says_so(officers: Officers, box: Box):
    one, two = officers.custodian.officer, officers.second.officer
    confirmed(one)
    confirmed(two, "boris@customs.example")
    box.refused[ADDRESS] = "550 5.1.1 no such mailbox"
    notify([one, two], kind="test.urgent", url="/a/")
    assert queue.send_due() == 1
    failed = Letter.objects.get(officer=one)
    assert (failed.state, failed.error) == ("failed", "550 5.1.1 no such mailbox")
    assert [letter.id for letter in health.failures()] == [failed.id]
    assert not health.mail().good
    assert "550 5.1.1 no such mailbox" in health.mail().text
    assert len(box.mails) == 1


def test_a_passing_refusal_is_tried_again_later_and_given_up_after_days(officers: Officers, box: Box):
    officer = officers.custodian.officer
    confirmed(officer)
    box.refused[ADDRESS] = "451 4.3.0 try again later"
    notify([officer], kind="test.urgent", url="/a/")
    start, waits = timezone.now(), []
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(40):
            letter = Letter.objects.get()
            if letter.state != "waiting":
                break
            clock.move_to(letter.due_at)
            queue.send_due()
            waits.append(Letter.objects.get().due_at - letter.due_at)
    assert waits[0] == timedelta(minutes=1)
    assert waits[1] > waits[0]
    assert Letter.objects.get().state == "failed"
    assert Letter.objects.get().ended_at - start > timedelta(days=4)


def test_a_server_that_is_away_loses_nothing(officers: Officers, node: Node, tmp_path: Path):
    officer = officers.custodian.officer
    confirmed(officer)
    with mail_server(tmp_path) as (_box, port, certificate):
        pass
    with mailing(node, port, certificate):
        notify([officer], kind="test.urgent", url="/a/")
        with pytest.raises(MailError):
            queue.send_due()
        assert not health.mail().good
    letter = Letter.objects.get()
    assert letter.state == "waiting"
    assert letter.due_at > timezone.now()


def test_a_wrong_password_or_a_strange_certificate_sends_nothing(officers: Officers, node: Node, tmp_path: Path):
    with mail_server(tmp_path) as (box, port, certificate):
        with mailing(node, port, certificate, user="other"), pytest.raises(MailError, match="535"), connected():
            pass
        with mailing(node, port, certificate, ca=""), pytest.raises(MailError, match="certificate"), connected():
            pass
        clear = mailing(node, port, certificate, security="none", host="mail.customs.example")
        with clear, pytest.raises(MailError, match="in clear"), connected():
            pass
        assert box.mails == []


def test_quiet_hours_hold_a_mail_back_unless_it_is_urgent_and_may_pass(officers: Officers, box: Box):
    officer = officers.custodian.officer
    confirmed(officer, quiet_from=time(22), quiet_to=time(6, 30), zone="Europe/Paris", kinds={"test.plain": "now"})
    night = datetime(2026, 1, 10, 22, 30, tzinfo=UTC)  # 23:30 in Paris
    with time_machine.travel(night, tick=False) as clock:
        notify([officer], kind="test.plain", url="/a/")
        notify([officer], kind="test.urgent", url="/b/")
        assert queue.send_due() == 1
        preferences.save(
            officer, kinds={}, zone="Europe/Paris", quiet_from=time(22), quiet_to=time(6, 30), urgent_passes=False
        )
        notify([officer], kind="test.urgent", url="/c/")
        assert queue.send_due() == 0
        assert {letter.due_at for letter in Letter.objects.filter(state="waiting")} == {
            datetime(2026, 1, 11, 5, 30, tzinfo=UTC)
        }
        clock.move_to(datetime(2026, 1, 11, 5, 30, tzinfo=UTC))
        assert queue.send_due() == 2


def test_one_digest_a_day_at_the_officers_own_hour(officers: Officers, box: Box):
    officer = officers.custodian.officer
    confirmed(officer, zone="Asia/Tokyo", digest_hour=9)
    with time_machine.travel(datetime(2026, 1, 10, 12, tzinfo=UTC), tick=False) as clock:
        assert posting.make_digests() == 0
        for number in ("1", "2"):
            notify([officer], kind="test.plain", url="/a/", facts={"number": number})
        clock.move_to(datetime(2026, 1, 10, 23, 59, tzinfo=UTC))  # 08:59 in Tokyo
        Preference.objects.update(digest_on=date(2026, 1, 10))
        assert posting.make_digests() == 0
        clock.move_to(datetime(2026, 1, 11, 0, 0, tzinfo=UTC))
        assert posting.make_digests() == 1
        assert posting.make_digests() == 0
        assert queue.send_due() == 1
        (mail,) = box.mails
        assert mail["Subject"] == "2 new notifications"
        assert "A plain notice 1" in text_of(mail)
        assert "A plain notice 2" in text_of(mail)
        notify([officer], kind="test.plain", url="/a/", facts={"number": "3"})
        clock.move_to(datetime(2026, 1, 11, 5, 0, tzinfo=UTC))
        assert posting.make_digests() == 0
        clock.move_to(datetime(2026, 1, 12, 0, 0, tzinfo=UTC))
        assert posting.make_digests() == 1


def test_the_end_of_quiet_hours_is_right_when_clocks_change(node: Node):
    row = Preference(officer="x", quiet_from=time(1), quiet_to=time(2, 30), zone="Europe/Paris")
    # 29 March 2026: in Paris 02:00 becomes 03:00, so that there is no 02:30
    now = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    due = preferences.mail_at(row, urgent=False, now=now)
    assert now < due <= now + timedelta(hours=1, minutes=30)
    assert preferences.mail_at(row, urgent=False, now=datetime(2026, 3, 29, 1, 30, tzinfo=UTC)) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )


def test_a_node_without_a_mail_server_sends_nothing_and_says_so(officers: Officers, node: Node):
    with pytest.raises(Refusal, match=r"mail\.none"):
        addresses.ask(officers.custodian.officer, ADDRESS)
    assert health.mail().good
    with pytest.raises(server.MailNotConfiguredError), connected():
        pass
