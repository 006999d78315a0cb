"""The text of a mail: numbers and a link, in the officer's language, plain and as simple HTML.

No mail holds personal data or the title of a case, and none loads anything when it is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from copes.foundation.config.current import current_node
from copes.foundation.scheduling.mail.server import configured
from copes.foundation.scheduling.models import Notice
from copes.foundation.scheduling.wording import shown, title_of

MOST_LINES = 100


@dataclass(frozen=True)
class Line:
    """One notice in a mail."""

    title: str
    when: str
    url: str


def site() -> str:
    """The address of this site as officers reach it, without a slash at the end."""
    mail = current_node().mail
    named = mail.site if mail else ""
    return (named or f"https://{current_node().hosts[0]}").rstrip("/")


def lines_of(notices: Sequence[Notice], seen: frozenset[str], zone: tzinfo) -> list[Line]:
    """The notices as lines, in the active language; ``seen`` are the cases the officer may see."""
    return [
        Line(
            title_of(one.kind, one.facts, sees_case=one.case_id is None or one.case_id in seen, zone=zone),
            shown(timezone.localtime(one.at, zone)),
            f"{site()}{reverse('scheduling:open', args=[one.id])}",
        )
        for one in notices[:MOST_LINES]
    ]


def notice_mail(to: str, lines: Sequence[Line], *, language: str, more: int = 0) -> EmailMessage:
    """The mail that tells these lines; ``more`` notices are only counted. In ``language``."""
    with translation.override(language):
        count = len(lines) + more
        subject = lines[0].title if count == 1 else _counted(count)
        return _message(to, subject, "notices", {"lines": lines, "more": more, "count": count, "lede": _counted(count)})


def _counted(count: int) -> str:
    return ngettext("%(number)s new notification", "%(number)s new notifications", count) % {"number": count}


def code_mail(to: str, code: str, *, language: str) -> EmailMessage:
    """The mail with the code that proves that the officer reads mails to this address."""
    with translation.override(language):
        return _message(to, _("Confirm your mail address"), "code", {"code": code})


def trial_mail(to: str) -> EmailMessage:
    """The mail of `copes mail test`, in the node's language."""
    with translation.override(current_node().language):
        return _message(to, _("Test of the mail server"), "trial", {})


def _message(to: str, subject: str, template: str, context: dict[str, object]) -> EmailMessage:
    """A mail with all its headers. Raises ValueError for anything that would break out of a header."""
    node = current_node()
    context |= {
        "site": site(),
        "preferences": f"{site()}{reverse('scheduling:preferences')}",
        "practice": node.practice,
        "agency": node.agency_name,
        "language": translation.get_language(),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }
    prefix = f"{_('PRACTICE')}: " if node.practice else ""
    sender = configured().sender
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("OpenCOPES", addr_spec=parseaddr(sender)[1])
    message["To"] = Address(addr_spec=to)
    message["Subject"] = f"{prefix}{subject}"
    message["Date"] = format_datetime(timezone.now())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834 §5
    message.set_content(render_to_string(f"scheduling/mail/{template}.txt", context).strip() + "\n", cte="8bit")
    message.add_alternative(
        render_to_string(f"scheduling/mail/{template}.html", context), subtype="html", cte="quoted-printable"
    )
    message["Content-Language"] = str(context["language"])
    return message
