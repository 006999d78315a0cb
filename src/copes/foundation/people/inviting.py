"""The activation link by mail, where the node has a mail server. The code itself is shown to the administrator too."""

from __future__ import annotations

import logging
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from django.utils import timezone
from django.utils.translation import gettext as _

from copes.foundation.config.current import current_node

log = logging.getLogger(__name__)


def send_invitation(to: str, link: str) -> bool:
    """Mails the link with which an officer activates the account; False when it could not be sent."""
    from copes.foundation.scheduling.mail.server import MailError, Refused, configured, connected

    try:
        mail = configured()
        message = EmailMessage(policy=SMTP)
        message["From"] = mail.sender
        message["To"] = to
        message["Date"] = format_datetime(timezone.now())
        message["Message-ID"] = make_msgid(domain=mail.sender.rpartition("@")[2] or None)
        message["Subject"] = _("Your account at %(agency)s") % {"agency": current_node().agency_name}
        message.set_content(
            _("Open this link within seven days and choose your password:")
            + f"\n\n{link}\n\n"
            + _("It works once. If somebody else used it before you, tell your administrator at once.")
            + "\n"
        )
        with connected() as connection:
            connection.send(message, to)
    except (MailError, Refused) as wrong:
        log.warning("an invitation was not mailed: %s", wrong)
        return False
    return True
