"""Serving the site: a certificate made here when there is none, granian for HTTPS, the worker beside it."""

from __future__ import annotations

import ipaddress
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from copes.foundation.cli.setup import tell
from copes.foundation.config.current import current_node
from copes.foundation.config.secrets import write_secret

CERTIFICATE_DAYS = 397


def _names(hosts: tuple[str, ...]) -> list[x509.GeneralName]:
    names: list[x509.GeneralName] = []
    for host in hosts:
        try:
            names.append(x509.IPAddress(ipaddress.ip_address(host)))
        except ValueError:
            names.append(x509.DNSName(host))
    return names


def local_certificate(home: Path, hosts: tuple[str, ...]) -> tuple[Path, Path]:
    """The node's TLS certificate for ``hosts``, and its key; made here, self-signed, when there are none."""
    certificate_path, key_path = home / "tls" / "cert.pem", home / "tls" / "key.pem"
    if certificate_path.exists() and key_path.exists():
        return certificate_path, key_path
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"OpenCOPES {hosts[0]}")])
    now = datetime.now(tz=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=CERTIFICATE_DAYS))
        .add_extension(x509.SubjectAlternativeName(_names(hosts)), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    write_secret(key_path, pem.decode("ascii"))
    certificate_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return certificate_path, key_path


def serve(home: Path, address: str, port: int, workers: int) -> None:
    """Serves until stopped. A ledger that lies behind its anchor or cosigners is shown, but frozen."""
    from django.core.management import call_command
    from granian import Granian
    from granian.constants import Interfaces

    from copes.foundation.journal.services import start

    call_command("migrate", verbosity=0, interactive=False)
    if reason := start():
        tell(f"WARNING: the ledger is frozen, nothing can be recorded or sealed: {reason}")
    certificate, key = local_certificate(home, current_node().hosts)
    tell(f"OpenCOPES is served at https://{address}:{port}/ (certificate: {certificate}). Stop with Ctrl-C.")
    worker = subprocess.Popen([sys.executable, "-m", "copes", "--home", str(home), "worker"])
    try:
        Granian(
            "copes.foundation.config.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=4,
            ssl_cert=certificate,
            ssl_key=key,
            log_access=False,
            websockets=False,
        ).serve()
    finally:
        worker.terminate()
        worker.wait(timeout=10)
