"""Whatever bytes stand in its files, the verifier answers: fails cleanly, or says that it cannot read."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import redirect_stderr, redirect_stdout

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copes.trust.verifier.cli import main
from tests.trust.verifier.factory import bag, write_dossier, write_ledger
from tests.trust.verifier.plans import standard

FILES = (
    "data/dossier.json",
    "data/records.sdjwt",
    "data/proofs.jsonl",
    "data/checkpoint",
    "data/ledger.vkey",
    "data/report.pdf",
    "data/consistency.json",
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha256.txt",
)
LEDGER_FILES = ("checkpoint", "ledger.vkey", "records.sdjwt", "tile/0/000.p/22", "tile/entries/000.p/22")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FEW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def verdict(path) -> int:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return main([str(path), "--lang", "en"])


def harmless(name: str, changed: bytes, true: bytes | None) -> bool:
    """Whether a change may say nothing new: white space, the name of a withheld field, an unknown cosigner's line."""
    if true is None or name in {"data/dossier.json", "data/checkpoint", "checkpoint"}:
        return True
    return b"".join(changed.split()) == b"".join(true.split())


@st.composite
def mangled(draw, data: bytes) -> bytes:
    """Bytes out of nowhere, or the true ones with pieces cut, doubled or overwritten."""
    if draw(st.booleans()):
        return draw(st.binary(max_size=300))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        to = draw(st.integers(at, min(len(data), at + 80)))
        data = data[:at] + draw(st.sampled_from([b"", data[at:to] * 2, draw(st.binary(max_size=40))])) + data[to:]
    return data


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return write_dossier(standard(), tmp_path_factory.mktemp("d") / "dossier")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("l") / "ledger"
    write_ledger(standard(), folder)
    return folder


@FEW
@given(data=st.data(), name=st.sampled_from(FILES), fit=st.booleans())
def test_any_bytes_in_any_file_of_a_dossier(dossier, data, name, fit) -> None:
    path = dossier.folder / name
    true = path.read_bytes() if path.exists() else None
    try:
        changed = data.draw(mangled(true or b'{"proofs": [{"size": 3, "hashes": []}]}'))
        path.write_bytes(changed)
        if fit and name.startswith("data/"):
            bag(dossier.folder)
        assert verdict(dossier.folder) in ({1, 3} if harmless(name, changed, true) else {1})
    finally:
        if true is None:
            path.unlink()
        else:
            path.write_bytes(true)
        bag(dossier.folder)


@FEW
@given(data=st.data())
def test_any_json_in_the_manifest(dossier, data) -> None:
    path = dossier.folder / "data/dossier.json"
    true = path.read_bytes()
    manifest = json.loads(true)
    spot = data.draw(st.sampled_from(sorted(manifest)))
    value = data.draw(JSON)
    if isinstance(manifest[spot], (dict, list)) and manifest[spot] and data.draw(st.booleans()):
        inner = manifest[spot]
        inner[data.draw(st.sampled_from(sorted(inner))) if isinstance(inner, dict) else 0] = value
    else:
        manifest[spot] = value
    try:
        path.write_text(json.dumps(manifest))
        bag(dossier.folder)
        same = json.dumps(manifest, sort_keys=True) == json.dumps(json.loads(true), sort_keys=True)
        assert verdict(dossier.folder) == (3 if same else 1)
    finally:
        path.write_bytes(true)
        bag(dossier.folder)


@FEW
@given(data=st.data(), name=st.sampled_from(LEDGER_FILES))
def test_any_bytes_in_any_file_of_a_ledger(ledger, data, name) -> None:
    path = ledger / name
    true = path.read_bytes()
    try:
        changed = data.draw(mangled(true))
        path.write_bytes(changed)
        assert verdict(ledger) in ({1, 3} if harmless(name, changed, true) else {1})
    finally:
        path.write_bytes(true)


@FEW
@given(data=st.data())
def test_any_bytes_as_a_zip(dossier, tmp_path, data) -> None:
    path = tmp_path / "sent.zip"
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("data/dossier.json", b"{}")
        archive.writestr("data/checkpoint", b"x\n")
    path.write_bytes(data.draw(mangled(whole.getvalue())))
    assert verdict(path) in {1, 2}


@FEW
@given(
    body=JSON,
    extra=st.dictionaries(st.sampled_from(["iat", "sub", "actor", "about", "device", "corrects"]), JSON, max_size=3),
)
def test_any_claims_that_an_officer_may_sign(tmp_path_factory, body, extra) -> None:
    """Signed, included, listed: only what the claims say is out of order."""
    from copes.trust.errors import TrustError

    plan = standard()
    plan["receipt3"].body = body if isinstance(body, dict) else {"release": body, "exhibits": body, "received_by": body}
    plan["late"].extra = {**extra, "body": body}
    try:
        made = write_dossier(plan, tmp_path_factory.mktemp("signed") / "dossier")
    except TrustError:
        return
    assert verdict(made.folder) == 1
