"""Signing in with an identity provider: a real, certified one (npm oidc-provider), and a real browser."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from copes.foundation.config.node import Node
from copes.foundation.config.secrets import write_secret
from tests import support
from tests.browser.conftest import _window, fits, sign_in
from tests.interop.tools import INSTALL_SECONDS, missing, one_at_a_time, program
from tests.running import free_port, served

pytestmark = [pytest.mark.browser, pytest.mark.interop]

HERE = Path(__file__).parent / "oidc"
SECRET = "the secret of the client in these tests 0123456789"
NAMES = {"good": "State Identity", "forged": "Forged Identity", "late": "Late Identity"}


@dataclass
class Somewhere:
    """A served node with three identity providers: a right one, one of another issuer, one whose tokens are old."""

    url: str
    node: Node


@pytest.fixture(scope="module")
def somewhere(tmp_path_factory, templates: support.Templates, django_db_blocker: Any) -> Iterator[Somewhere]:
    node_program = _installed()
    folder = tmp_path_factory.mktemp("oidc")
    ports = {name: free_port() for name in NAMES}
    with django_db_blocker.unblock():
        address = templates.copy(folder / "db")
        node = support.new_home(folder / "home", database=address, practice=True, origin="test.example/PRACTICE/oidc")
        _configure(node, ports)
        with support.serving(node):
            support.begin()
            support.enrol_staff("front_line", "custodian", "administrator")
        with served(node.home) as running:
            given = [_given(name, port, running.url) for name, port in ports.items()]
            with subprocess.Popen(
                [node_program, str(HERE / "provider.mjs"), json.dumps(given)], stdout=subprocess.PIPE, text=True
            ) as process:
                assert process.stdout is not None
                assert {process.stdout.readline().strip() for _ in ports} == {f"ready {one}" for one in ports.values()}
                yield Somewhere(running.url, node)
                process.terminate()
        templates.drop(address)


def _installed() -> str:
    node, npm = program("node", "nodejs 20 or later"), program("npm", "npm")
    with one_at_a_time("oidc"):
        if not (HERE / "node_modules" / "oidc-provider").exists():
            command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            made = subprocess.run(
                command, cwd=HERE, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
            )
            if made.returncode != 0:
                missing(f"npm ci in {HERE} failed: {made.stderr[-300:]}")
    return node


def _configure(node: Node, ports: dict[str, int]) -> None:
    text = (node.home / "node.toml").read_text(encoding="utf-8")
    for name, port in ports.items():
        entry = {"id": name, "name": NAMES[name], "issuer": f"http://127.0.0.1:{port}", "client_id": "copes"}
        text += "\n[[oidc]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in entry.items())
        write_secret(node.secrets / f"oidc-{name}.key", SECRET)
    (node.home / "node.toml").write_text(text, encoding="utf-8")


def _given(name: str, port: int, site: str) -> dict[str, object]:
    host = "localhost" if name == "forged" else "127.0.0.1"
    given: dict[str, object] = {
        "port": port,
        "issuer": f"http://{host}:{port}",
        "redirect": f"{site}/oidc/{name}/login/callback/",
        "secret": SECRET,
    }
    return given | ({"lifetime": -60} if name == "late" else {})


@pytest.fixture
def page(somewhere: Somewhere, chromium: Browser) -> Iterator[Page]:
    with _window(chromium, somewhere.url, "en", "desk") as context:
        yield context.new_page()


def at_provider(page: Page, subject: str) -> None:
    """Signs in at the provider, and consents."""
    page.wait_for_url("**/interaction/**")
    page.fill("input[name=login]", subject)
    page.fill("input[name=password]", "anything")
    page.click("button[type=submit]")
    page.wait_for_url("**/interaction/**")
    page.click("button[type=submit]")


def linked(page: Page, subject: str, officer: str) -> None:
    """The officer links themselves, signed in with the password."""
    sign_in(page, officer)
    page.get_by_role("link", name="Link State Identity").click()
    at_provider(page, subject)
    page.wait_for_url("**/people/me/identity/")
    expect(page.get_by_text(subject, exact=True)).to_be_visible()
    page.get_by_role("button", name="Link").click()
    page.wait_for_url("**/people/me/")
    expect(page.get_by_text("You can now sign in with it.")).to_be_visible()
    page.goto("/accounts/logout/")
    page.click("main form button")


def test_an_officer_links_and_signs_in_and_the_key_stays_locked(page: Page, axe):
    linked(page, "sub-anna", "front_line")
    page.goto("/accounts/login/?next=/people/me/")
    axe(page)
    page.get_by_role("link", name="State Identity").click()
    page.wait_for_url("**/people/me/")  # the provider still knows the browser
    expect(page.get_by_text("front_line", exact=True)).to_be_visible()
    page.get_by_role("link", name="Key locked").click()
    page.fill("#id_password", support.PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/people/me/")
    expect(page.get_by_role("link", name="Key locked")).to_have_count(0)
    page.get_by_role("button", name="Unlink").click()
    expect(page.get_by_text("You can no longer sign in with it.")).to_be_visible()
    page.goto("/accounts/logout/")
    page.click("main form button")
    page.goto("/accounts/login/")
    page.get_by_role("link", name="State Identity").click()
    page.wait_for_url("**/login/callback/**")
    expect(page.get_by_text("no officer of this node is linked")).to_be_visible()


def test_an_unlinked_subject_is_told_what_to_do(page: Page, axe):
    page.goto("/accounts/login/")
    page.get_by_role("link", name="State Identity").click()
    at_provider(page, "nobody-here")
    page.wait_for_url("**/login/callback/**")
    expect(page.get_by_role("heading", name="Not signed in")).to_be_visible()
    expect(page.get_by_text("nobody-here")).to_be_visible()
    expect(page.get_by_text("ask an administrator to link it")).to_be_visible()
    axe(page)
    fits(page)
    page.goto("/people/me/")
    assert "/accounts/login/" in page.url


def test_an_administrator_links_an_officer(page: Page, somewhere: Somewhere):
    sign_in(page, "administrator")
    page.goto("/people/officers/")
    page.get_by_role("link", name="Dragan").click()
    page.get_by_role("link", name="Link an identity provider").click()
    page.select_option("#id_issuer", label="State Identity")
    page.fill("#id_subject", "sub-dragan")
    page.get_by_role("button", name="Link").click()
    expect(page.get_by_text("The officer can now sign in with it.")).to_be_visible()
    page.goto("/accounts/logout/")
    page.click("main form button")
    page.goto("/accounts/login/?next=/people/me/")
    page.get_by_role("link", name="State Identity").click()
    at_provider(page, "sub-dragan")
    page.wait_for_url("**/people/me/")
    expect(page.get_by_text("custodian", exact=True)).to_be_visible()


def test_an_answer_used_again_is_refused(page: Page):
    answers: list[str] = []
    page.on("request", lambda request: answers.append(request.url) if "/login/callback/" in request.url else None)
    page.goto("/accounts/login/")
    page.get_by_role("link", name="State Identity").click()
    at_provider(page, "somebody-else")
    page.wait_for_url("**/login/callback/**")
    answer = page.goto(answers[0])
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_text("it was used already")).to_be_visible()
    expect(page.get_by_text("Begin again on the sign-in page")).to_be_visible()


def test_another_issuer_is_refused(page: Page):
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Forged Identity").click()
    page.wait_for_url("**/interaction/**")
    at_provider(page, "sub-anna")
    page.wait_for_url("**/login/callback/**")
    expect(page.get_by_text("did not come from the identity provider")).to_be_visible()
    page.goto("/people/me/")
    assert "/accounts/login/" in page.url


def test_an_expired_token_is_refused(page: Page):
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Late Identity").click()
    at_provider(page, "sub-anna")
    page.wait_for_url("**/login/callback/**")
    expect(page.get_by_text("cannot be trusted")).to_be_visible()
    page.goto("/people/me/")
    assert "/accounts/login/" in page.url


def test_cancelling_at_the_provider_leads_back(page: Page):
    page.goto("/accounts/login/")
    page.get_by_role("link", name="State Identity").click()
    page.wait_for_url("**/interaction/**")
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url("**/login/callback/**")
    expect(page.get_by_text("was cancelled")).to_be_visible()
