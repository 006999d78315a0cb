"""What every test of finding needs."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests import support


@pytest.fixture(autouse=True)
def fresh_limits():
    """Sign-ins are counted per address; each test starts with none."""
    cache.clear()


@pytest.fixture
def client_for(node):
    """Signs an officer in; sign-ins are counted anew each time."""

    def enter(acting):
        cache.clear()
        return support.signed_in(acting)

    return enter
