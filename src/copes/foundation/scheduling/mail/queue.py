"""The mail queue: what is due is sent, what failed is tried again, what can never arrive is said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from email.message import EmailMessage

from django.utils import timezone, translation

from copes.foundation.people.addressing import Addressee, addressees
from copes.foundation.scheduling import preferences
from copes.foundation.scheduling.kinds import cases_seen
from copes.foundation.scheduling.mail.server import Connection, MailError, MailNotConfiguredError, Refused, connected
from copes.foundation.scheduling.mail.writing import MOST_LINES, code_mail, lines_of, notice_mail
from copes.foundation.scheduling.models import Letter, Notice, Preference
from copes.foundation.scheduling.queries import may_tell

AT_ONCE = 50  # mails a round
WAITS = (60, 300, 900, 3600, 4 * 3600)  # seconds before the next try; then always the last
GIVE_UP = timedelta(days=4)  # RFC 5321 §4.5.4.1: at least four to five days
KEPT = timedelta(days=30)
WAITING, SENT, FAILED, DROPPED = "waiting", "sent", "failed", "dropped"


def send_due() -> int:
    """Sends the mails that are due, oldest first; returns how many the server took.

    Raises MailError when the server cannot be used: the mails that were due then wait a little longer. A stop
    between the server's answer and its note here sends a mail twice, never not at all.
    """
    due = list(Letter.objects.filter(state=WAITING, due_at__lte=timezone.now()).order_by("due_at")[:AT_ONCE])
    if not due:
        return 0
    try:
        with connected() as server:
            return sum(_send(server, letter) for letter in due)
    except MailNotConfiguredError:
        for letter in due:
            _end(letter, DROPPED, "the node has no mail server")
        return 0
    except MailError as trouble:
        _later([letter for letter in due if letter.state == WAITING], str(trouble))
        raise


def _send(server: Connection, letter: Letter) -> bool:
    written = _written(letter)
    if written is None:
        _end(letter, DROPPED, "")
        return False
    message, to = written
    try:
        server.send(message, to)
    except Refused as refused:
        if refused.forever:
            _end(letter, FAILED, refused.text)
        else:
            _later([letter], refused.text)
        return False
    _end(letter, SENT, "")
    return True


def _written(letter: Letter) -> tuple[EmailMessage, str] | None:
    """The mail and its address; None when there is nothing to say any more, or nobody to say it to."""
    to = addressees([letter.officer]).get(letter.officer)
    wanted = preferences.of(letter.officer)
    if to is None:
        return None
    if letter.what == "code":
        to_confirm = wanted.pending
        return (code_mail(to_confirm, letter.code, language=to.language), to_confirm) if to_confirm else None
    if wanted.verified_at is None:
        return None
    message = _told(letter, to, wanted)
    return (message, wanted.address) if message else None


def _told(letter: Letter, to: Addressee, wanted: Preference) -> EmailMessage | None:
    """What of the letter's notices is still unread and may still be told, newest last."""
    rows = list(Notice.objects.filter(id__in=letter.notices, officer=letter.officer, read_at=None).order_by("id"))
    seen = cases_seen(to.acting, {row.case_id for row in rows if row.case_id})
    rows = [row for row in rows if may_tell(row, seen)]
    if not rows:
        return None
    with translation.override(to.language):
        lines = lines_of(rows, seen, preferences.zone_of(wanted))
    return notice_mail(wanted.address, lines, language=to.language, more=max(0, len(rows) - MOST_LINES))


def _end(letter: Letter, state: str, error: str) -> None:
    letter.state, letter.error, letter.ended_at, letter.code = state, error[:300], timezone.now(), ""
    letter.tries += state in {SENT, FAILED}
    letter.save(update_fields=["state", "error", "ended_at", "code", "tries"])


def _later(letters: Iterable[Letter], error: str) -> None:
    now = timezone.now()
    for letter in letters:
        if now - letter.made_at > GIVE_UP:
            _end(letter, FAILED, error)
            continue
        letter.due_at = now + timedelta(seconds=WAITS[min(letter.tries, len(WAITS) - 1)])
        letter.tries += 1
        letter.error = error[:300]
        letter.save(update_fields=["due_at", "tries", "error"])


def forget_old() -> None:
    """Deletes mails that ended more than 30 days ago."""
    Letter.objects.exclude(state=WAITING).filter(ended_at__lt=timezone.now() - KEPT).delete()
