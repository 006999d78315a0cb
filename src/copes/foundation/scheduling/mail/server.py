"""The mail server: one connection, one mail after the other, and what it answered (RFC 5321)."""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from copes.foundation.config.current import current_node
from copes.foundation.config.node import MailConfig
from copes.foundation.config.secrets import read_secret

TIMEOUT = 20.0  # seconds for each answer of the server
PASSWORD = "mail.password"  # noqa: S105 - the name of the file
SECURITIES = ("starttls", "tls", "none")


class MailError(Exception):
    """The server cannot be used now; the message says why. Every mail waits."""


class MailNotConfiguredError(MailError):
    """The node has no mail server, or its configuration cannot be right."""


class Refused(Exception):  # noqa: N818 - an answer about one mail
    """The server refused one mail. ``forever`` when it says that trying again is of no use (codes 5xx)."""

    def __init__(self, text: str, *, forever: bool) -> None:
        super().__init__(text)
        self.text = text
        self.forever = forever


def configured() -> MailConfig:
    """The node's mail server. Raises MailNotConfiguredError."""
    mail = current_node().mail
    if mail is None:
        raise MailNotConfiguredError("node.toml has no [mail] section")
    if mail.security not in SECURITIES:
        raise MailNotConfiguredError(f"[mail] security is {mail.security!r}: write starttls, tls or none")
    if mail.user and mail.security == "none" and not _is_here(mail.host):
        raise MailNotConfiguredError("[mail] would send the password in clear: set security to starttls or tls")
    return mail


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


class Connection:
    """An open connection to the mail server."""

    def __init__(self, server: smtplib.SMTP, sender: str) -> None:
        self._server = server
        self._sender = sender

    def send(self, message: EmailMessage, to: str) -> None:
        """Hands one mail over. Raises Refused for this mail alone, MailError when the connection is of no use."""
        try:
            self._server.send_message(message, self._sender, [to])
        except smtplib.SMTPRecipientsRefused as refused:
            code, text = next(iter(refused.recipients.values()))
            raise Refused(_said(code, text), forever=code >= 500) from None
        except smtplib.SMTPDataError as refused:
            raise Refused(_said(refused.smtp_code, refused.smtp_error), forever=refused.smtp_code >= 500) from None
        except smtplib.SMTPResponseException as answer:
            raise MailError(_said(answer.smtp_code, answer.smtp_error)) from None
        except smtplib.SMTPNotSupportedError as missing:
            raise Refused(str(missing), forever=True) from None
        except (smtplib.SMTPException, OSError) as broken:
            raise MailError(f"the connection broke: {broken}") from None


@contextmanager
def connected() -> Iterator[Connection]:
    """A connection to the node's mail server, encrypted and signed in as configured. Raises MailError."""
    mail = configured()
    try:
        server = _open(mail)
    except smtplib.SMTPResponseException as answer:
        raise MailError(f"{mail.host}:{mail.port} answered {_said(answer.smtp_code, answer.smtp_error)}") from None
    except (smtplib.SMTPException, OSError) as broken:
        raise MailError(f"{mail.host}:{mail.port}: {broken}") from None
    try:
        yield Connection(server, mail.sender)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _open(mail: MailConfig) -> smtplib.SMTP:
    # Certificates are always checked; a server whose certificate is its own is trusted by naming it in ``ca``.
    trust = ssl.create_default_context(cafile=str(current_node().home / mail.ca) if mail.ca else None)
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=TIMEOUT, context=trust)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT)
    try:
        if mail.security == "starttls":
            server.starttls(context=trust)
        if mail.user:
            server.login(mail.user, _password())
    except BaseException:
        server.close()
        raise
    return server


def _password() -> str:
    try:
        return read_secret(current_node().secrets / PASSWORD)
    except FileNotFoundError:
        raise MailNotConfiguredError(f"[mail] names a user, and secrets/{PASSWORD} is missing") from None


def _said(code: int, text: bytes | str) -> str:
    shown = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(shown.split())}"[:300]
