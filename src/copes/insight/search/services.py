"""Acts of this room: searches that an officer keeps. Conveniences of this node, so no records are made of them."""

from __future__ import annotations

from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from copes.foundation.journal.acting import Acting
from copes.foundation.refusals import BadInput, Refusal, Unseen
from copes.insight.search.models import RecentSearch, SavedSearch
from copes.trust.records.ids import uuid7

MOST_SAVED, RECENT = 100, 10


def save_search(acting: Acting, *, name: str, address: str) -> SavedSearch:
    """Keeps a search or filtered list under a name. Raises BadInput, and Refusal when there are too many."""
    name, address = " ".join(name.split())[:80], address.strip()
    if not name:
        raise BadInput("search.no_name", _("A saved search needs a name."), _("Give it a name."), field="name")
    local = address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
    if not local or len(address) > 1000:
        raise BadInput(
            "search.address",
            _("Only a search or list of this node can be saved."),
            _("Open the list and save it from there."),
            field="address",
        )
    if SavedSearch.objects.filter(officer=acting.officer).count() >= MOST_SAVED:
        raise Refusal(
            "search.too_many",
            _("You have saved as many searches as can be kept."),
            _("Delete one that you no longer need."),
        )
    return SavedSearch.objects.create(
        id=uuid7(), officer=acting.officer, name=name, address=address, made_at=timezone.now()
    )


def delete_search(acting: Acting, search: str) -> None:
    """Deletes one of the officer's own saved searches. Raises Unseen."""
    gone, _rows = SavedSearch.objects.filter(officer=acting.officer, id=search).delete()
    if not gone:
        raise Unseen("search.unknown", _("There is no such saved search."), _("Open the list of searches again."))


def remember(acting: Acting, text: str) -> None:
    """Keeps what was looked for among the officer's last ten."""
    text = " ".join(text.split())[:200]
    if not text:
        return
    RecentSearch.objects.bulk_create(
        [RecentSearch(officer=acting.officer, text=text, at=timezone.now())],
        update_conflicts=True,
        unique_fields=["officer", "text"],
        update_fields=["at"],
    )
    mine = RecentSearch.objects.filter(officer=acting.officer)
    mine.exclude(id__in=mine.order_by("-at").values("id")[:RECENT])._raw_delete(mine.db)  # noqa: SLF001 - no signals
