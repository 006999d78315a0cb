"""What every test of the chain needs."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_limits():
    """Sign-ins are counted per address; each test starts with none."""
    cache.clear()
