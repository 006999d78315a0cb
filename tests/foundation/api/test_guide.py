"""The guide's example, run as it stands: bash, curl and jq against a served node, up to a verified dossier."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections

from tests.foundation.api.conftest import calls_as
from tests.foundation.api.test_case import picture
from tests.foundation.api.test_import import GOOD

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "api" / "README.md"


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request, client_address) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def served(officers):
    with make_server("127.0.0.1", 0, get_wsgi_application(), Server, Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/api"
        server.shutdown()
        thread.join()


@pytest.mark.interop
def test_the_example_of_the_guide_leads_to_a_verified_dossier(officers, served, tmp_path):
    example = re.search(r"## From control to dossier\n.*?```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    (tmp_path / "bundle.png").write_bytes(picture())
    (tmp_path / "season.csv").write_text(GOOD, encoding="utf-8")
    environment = {
        "API": served,
        "TOKEN": calls_as(officers.front_line).token,
        "CUSTODIANS_TOKEN": calls_as(officers.custodian).token,
        "SUPERVISORS_TOKEN": calls_as(officers.supervisor).token,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "NO_PROXY": "127.0.0.1",
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", example[1]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert (tmp_path / "receipt.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "labels.pdf").read_bytes().startswith(b"%PDF-")
