"""Kinds of notice for tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import ngettext_lazy

from copes.foundation.scheduling import kinds
from copes.foundation.scheduling.kinds import NoticeKind


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    before = dict(kinds._kinds)
    kinds.register_kind(NoticeKind("test.plain", title="A plain notice %(number)s", label="Plain ones"))
    kinds.register_kind(NoticeKind("test.urgent", title="Now: %(number)s", urgent=True))
    kinds.register_kind(NoticeKind("test.case", title="Something in %(case)s"))
    kinds.register_kind(NoticeKind("test.parcel", title="Parcel in %(case)s", unseen_title="A parcel"))
    title = ngettext_lazy("%(count)d thing until %(due_at)s", "%(count)d things until %(due_at)s", "count")
    kinds.register_kind(NoticeKind("test.count", title=title))
    yield
    kinds._kinds.clear()
    kinds._kinds.update(before)
