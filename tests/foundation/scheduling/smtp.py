"""A real mail server for tests: aiosmtpd with STARTTLS, sign-in, and addresses it refuses."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from django.conf import settings

from copes.foundation.cli.serving import local_certificate
from copes.foundation.config.node import MailConfig, Node
from tests.running import free_port

PASSWORD = "the node's password at the mail server"


@dataclass
class Box:
    """What the server took, and what it refuses: address → answer."""

    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.encrypted.append(session.ssl is not None)
        self.recipients.append(list(envelope.rcpt_tos))
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 taken"


def _knows(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and data.login == b"node" and data.password == PASSWORD.encode()
    return AuthResult(success=good, handled=good)


@contextmanager
def mail_server(folder: Path) -> Iterator[tuple[Box, int, Path]]:
    """A server that demands STARTTLS and sign-in; yields its box, its port and the certificate to trust."""
    certificate, key = local_certificate(folder, ("localhost",))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    box, port = Box(), free_port()
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=port,
        tls_context=context,
        require_starttls=True,
        authenticator=_knows,
        auth_required=True,
    )
    controller.start()
    try:
        yield box, port, certificate
    finally:
        controller.stop()


@contextmanager
def mailing(node: Node, port: int, certificate: Path, **changes) -> Iterator[Node]:
    """This process serves ``node`` with the mail server configured."""
    mail = MailConfig(
        host="localhost",
        port=port,
        security="starttls",
        user="node",
        sender="copes@customs.example",
        site="https://desk.customs.example",
        ca=str(certificate),
    )
    (node.secrets / "mail.password").write_text(PASSWORD)
    before = settings.COPES_NODE
    settings.COPES_NODE = replace(node, mail=replace(mail, **changes))
    try:
        yield settings.COPES_NODE
    finally:
        settings.COPES_NODE = before
