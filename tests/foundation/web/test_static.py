"""Static files as a browser, a cache and an intruder ask for them."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client

from copes.foundation.web.assets import asset_url


@pytest.fixture
def browser(node) -> Client:
    return Client(headers={"accept-encoding": ""})


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("css/base.css", "text/css; charset=utf-8"),
        ("js/app.js", "text/javascript; charset=utf-8"),
        ("icons.svg", "image/svg+xml"),
        ("vendor/fonts/noto-sans-cyrillic-400-normal.woff2", "font/woff2"),
        ("mfa/js/webauthn.js", "text/javascript; charset=utf-8"),
    ],
)
def test_files_come_with_their_type_and_may_not_be_sniffed(browser: Client, path: str, content_type: str):
    answer = browser.get(f"/static/{path}", secure=True)
    assert answer.status_code == 200
    assert answer["Content-Type"] == content_type
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert len(answer.content) > 100


def test_a_cache_that_has_the_file_is_told_so(browser: Client):
    first = browser.get("/static/css/base.css", secure=True)
    again = browser.get("/static/css/base.css", headers={"if-none-match": f'"other", W/{first["ETag"]}'}, secure=True)
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    other = browser.get("/static/css/base.css", headers={"if-none-match": '"other"'}, secure=True)
    assert other.status_code == 200


def test_only_the_right_version_is_kept_for_a_year(browser: Client):
    assert "immutable" in browser.get(asset_url("css/base.css"), secure=True)["Cache-Control"]
    for address in ("/static/css/base.css", "/static/css/base.css?v=000000000000"):
        assert browser.get(address, secure=True)["Cache-Control"] == "public, max-age=3600"


def test_text_is_packed_for_browsers_that_can_unpack(browser: Client):
    plain = browser.get("/static/css/base.css", secure=True)
    packed = browser.get("/static/css/base.css", headers={"accept-encoding": "br, gzip"}, secure=True)
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]


@pytest.mark.parametrize(
    "path",
    [
        "../settings.py",
        "css/../../views.py",
        "..%2fviews.py",
        "%2e%2e/views.py",
        "/etc/passwd",
        "//etc/passwd",
        "css",
        "css/",
        "",
        "css\\base.css",
        "css/base.css%00",
        "vendor/../../../../config/settings.py",
        "../static_secret.css",
    ],
)
def test_nothing_outside_the_folder_is_served(browser: Client, path: str):
    answer = browser.get(f"/static/{path}", secure=True)
    assert answer.status_code == 404
    assert b"import" not in answer.content
    assert b"root:" not in answer.content


def test_files_are_only_read(browser: Client):
    assert browser.post("/static/css/base.css", secure=True).status_code == 405
    head = browser.head("/static/css/base.css", secure=True)
    assert (head.status_code, head.content) == (200, b"")
