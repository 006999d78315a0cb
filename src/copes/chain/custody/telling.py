"""Who is told of a release and of what became of it. Numbers only; called inside the act's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from copes.chain.custody.models import Handover
from copes.foundation.scheduling.services import NoticeKind, notify, register_kind, remind, settle

TO_RECEIVE, RECEIVED, DIFFERENCES = "custody.to_receive", "custody.received", "custody.differences"
DECLINED, CANCELLED, STILL_OPEN = "custody.declined", "custody.cancelled", "custody.still_open"
OPEN_FOR = timedelta(hours=24)

KINDS = (
    NoticeKind(
        TO_RECEIVE,
        title=ngettext_lazy(
            "%(count)d exhibit of %(case)s waits for your receipt",
            "%(count)d exhibits of %(case)s wait for your receipt",
            "count",
        ),
        unseen_title=ngettext_lazy(
            "%(count)d exhibit waits for your receipt", "%(count)d exhibits wait for your receipt", "count"
        ),
        label=_("Exhibits released to you"),
    ),
    NoticeKind(
        RECEIVED,
        title=ngettext_lazy(
            "%(count)d exhibit of %(case)s that you released was received",
            "%(count)d exhibits of %(case)s that you released were received",
            "count",
        ),
        unseen_title=ngettext_lazy(
            "%(count)d exhibit that you released was received",
            "%(count)d exhibits that you released were received",
            "count",
        ),
        label=_("Exhibits you released were received"),
    ),
    NoticeKind(
        DIFFERENCES,
        title=_("Received with differences: exhibits of %(case)s that you released"),
        unseen_title=_("Received with differences: exhibits that you released"),
        urgent=True,
        label=_("Exhibits you released were received with differences"),
    ),
    NoticeKind(
        DECLINED,
        title=_("Receipt declined: exhibits of %(case)s stay with you"),
        unseen_title=_("Receipt declined: exhibits that you released stay with you"),
        urgent=True,
        label=_("Receipt of exhibits you released was declined"),
    ),
    NoticeKind(
        CANCELLED,
        title=_("Release cancelled: exhibits of %(case)s do not come to you"),
        unseen_title=_("Release cancelled: exhibits do not come to you"),
        label=_("A release to you was cancelled"),
    ),
    NoticeKind(
        STILL_OPEN,
        title=_("A release of exhibits of %(case)s has been open for over 24 hours"),
        unseen_title=_("A release of exhibits has been open for over 24 hours"),
        urgent=True,
        label=_("Releases open for over 24 hours"),
    ),
)


def register_kinds() -> None:
    """Declares this room's kinds of notice."""
    for kind in KINDS:
        register_kind(kind)


def released(release: str, *, case: str, exhibits: Sequence[str], by: str, to: str, at: datetime) -> None:
    """The receiver is told at once; both are reminded when the release is still open after 24 hours."""
    count = str(len(exhibits))
    receive = reverse("custody:receive", args=[release])
    notify([to], kind=TO_RECEIVE, url=receive, case=case, facts={"count": count}, key=_key(release))
    for officer, url in ((to, receive), (by, reverse("custody:open_release", args=[release]))):
        due, key = at + OPEN_FOR, _open_key(release)
        remind([officer], due=due, before=timedelta(0), kind=STILL_OPEN, url=url, case=case, key=key)


def received(release: str, *, case: str, exhibits: Sequence[str], by: str, differs: bool) -> None:
    """The releaser is told; differences are urgent."""
    kind = DIFFERENCES if differs else RECEIVED
    # the case page may be closed to the releaser by now, and so may the exhibit's: the desk never is
    count, key = str(len(exhibits)), f"{kind}:{release}"
    notify([by], kind=kind, url=reverse("custody:desk"), case=case, facts={"count": count}, key=key)
    _ends(release)


def declined(release: str, *, case: str, exhibits: Sequence[str], by: str) -> None:
    """The releaser is told that the exhibits stay."""
    count = str(len(exhibits))
    notify([by], kind=DECLINED, url=reverse("custody:desk"), case=case, facts={"count": count})
    _ends(release)


def cancelled(release: str, *, case: str, exhibits: Sequence[str], to: str | None) -> None:
    """What the receiver was told is taken back, and said."""
    if to:
        count = str(len(exhibits))
        notify([to], kind=CANCELLED, url=reverse("custody:desk"), case=case, facts={"count": count})
    _ends(release)


def _ends(release: str) -> None:
    transaction.on_commit(partial(_settle_when_answered, release), robust=True)


def _settle_when_answered(release: str) -> None:
    if not Handover.objects.filter(record_id=release, state="open").exists():
        settle(_key(release))
        settle(_open_key(release))


def _key(release: str) -> str:
    return f"custody:release:{release}"


def _open_key(release: str) -> str:
    return f"custody:open:{release}"
