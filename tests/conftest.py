"""Fixtures for every test: a node of its own, its officers, browsers signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from copes.foundation.config.node import Node
from copes.foundation.journal.acting import Acting
from tests import support


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Iterator[support.Templates]:
    with django_db_blocker.unblock():
        made = support.Templates(tmp_path_factory.mktemp("template"))
        yield made
        made.close()


@pytest.fixture
def node(
    request: pytest.FixtureRequest, tmp_path: Path, templates: support.Templates, django_db_blocker
) -> Iterator[Node]:
    """A node whose ledger has begun; real, not practice. With its officers when the test asks for them."""
    with django_db_blocker.unblock():
        if "officers" in request.fixturenames:
            made, _ = templates.staffed(tmp_path)
        else:
            made = support.new_home(tmp_path / "home", database=templates.copy(tmp_path / "db"))
        with support.serving(made):
            if "officers" not in request.fixturenames:
                support.begin()
            yield made
        templates.drop(made.database)


@pytest.fixture
def officers(node: Node, templates: support.Templates) -> support.Officers:
    """One officer per role, keys enrolled."""
    assert templates._staffed is not None
    return templates._staffed[1]


@pytest.fixture
def client_for(node: Node) -> Callable[[Acting], Client]:
    """Signs an officer in through the sign-in form."""
    return support.signed_in
