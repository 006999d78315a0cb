"""Programs that call the API with a token."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from copes.foundation.api import limits
from copes.foundation.journal.acting import Acting
from copes.foundation.people.services import create_token
from tests.support import PASSWORD

JSON = "application/json"


class Caller:
    """A program that holds an officer's token."""

    def __init__(self, token: str) -> None:
        self.token = token
        # Errors of the program must reach the caller as the API answers them, not as exceptions of the test.
        self.client = Client(raise_request_exception=False)
        self.client.defaults["wsgi.url_scheme"] = "https"

    def headers(self, **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Accept": JSON, **more}

    def get(self, address: str, **headers: str) -> HttpResponse:
        return self.client.get(f"/api{address}", headers=self.headers(**headers))

    def post(self, address: str, body: Any = None, *, key: str | None = None, **headers: str) -> HttpResponse:
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        headers["Idempotency-Key"] = key or str(uuid.uuid4())
        return self.client.post(f"/api{address}", data, content_type=JSON, headers=self.headers(**headers))

    def delete(self, address: str) -> HttpResponse:
        return self.client.delete(f"/api{address}", headers=self.headers(**{"Idempotency-Key": str(uuid.uuid4())}))


def calls_as(acting: Acting, *, days: int = 30) -> Caller:
    return Caller(create_token(acting, password=PASSWORD, name="test", days=days))


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    for limiter in (limits.requests, limits.failed_sign_ins, limits.failed_passwords):
        limiter.forget()
