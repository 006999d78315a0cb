"""How an officer wants to be told: mail modes by kind, quiet hours, the hour of the digest, time zone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.utils.translation import gettext_lazy as _

from copes.foundation.config.current import current_node
from copes.foundation.refusals import BadInput
from copes.foundation.scheduling.kinds import NoticeKind, kind_of
from copes.foundation.scheduling.models import Notice, Preference

Mode = Literal["now", "digest", "never"]
MODES: tuple[Mode, ...] = ("now", "digest", "never")


@dataclass(frozen=True)
class Quiet:
    """Hours without mails, from ``start`` to ``end`` in the officer's own time; they may run over midnight."""

    start: time
    end: time

    def holds(self, at: time) -> bool:
        """Whether ``at`` lies inside; the end does not. Equal ends are no hours at all."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


def of(officer: str) -> Preference:
    """The officer's preferences; what was never chosen has its default. Not saved."""
    return Preference.objects.filter(officer=officer).first() or Preference(officer=officer)


def of_many(officers: Collection[str]) -> dict[str, Preference]:
    """Preferences by officer, in one query; officers who chose nothing are left out."""
    return {row.officer: row for row in Preference.objects.filter(officer__in=set(officers))}


def zone_of(preference: Preference | None) -> ZoneInfo:
    """The officer's time zone: the own one, or the node's."""
    try:
        return ZoneInfo((preference.zone if preference else "") or current_node().time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def mode_of(preference: Preference, kind: str) -> Mode:
    """When notices of ``kind`` are mailed: as chosen; else urgent kinds at once and the others in the digest."""
    chosen = preference.kinds.get(kind)
    for mode in MODES:
        if mode == chosen:
            return mode
    return default_mode(kind_of(kind))


def default_mode(kind: NoticeKind | None) -> Mode:
    """When a kind is mailed as long as the officer chose nothing."""
    return "now" if kind and kind.urgent else "digest"


def mail_at(preference: Preference, *, urgent: bool, now: datetime) -> datetime:
    """When a mail may go out: now, or when the officer's quiet hours end. In UTC."""
    if preference.quiet_from is None or preference.quiet_to is None or (urgent and preference.urgent_passes):
        return now
    quiet = Quiet(preference.quiet_from, preference.quiet_to)
    local = now.astimezone(zone_of(preference))
    if not quiet.holds(local.time()):
        return now
    day = local.date() if local.time() < quiet.end else local.date() + timedelta(days=1)
    end = datetime.combine(day, quiet.end, tzinfo=local.tzinfo)
    # where clocks jump, the end may lie before now on the dial; then the quiet hours are over
    return max(end.astimezone(UTC), now)


def digest_day(preference: Preference, now: datetime) -> date | None:
    """The officer's own day for which a digest is due now, or None: too early in the day, or made already."""
    local = now.astimezone(zone_of(preference))
    if local.hour < preference.digest_hour or preference.digest_on == local.date():
        return None
    return local.date()


def save(
    officer: str,
    *,
    kinds: Mapping[str, str],
    zone: str = "",
    quiet_from: time | None = None,
    quiet_to: time | None = None,
    urgent_passes: bool = True,
    digest_hour: int = 7,
) -> Preference:
    """Keeps the officer's choices; kinds that are not named keep theirs. Raises BadInput."""
    row = of(officer)
    for kind, mode in kinds.items():
        if kind_of(kind) is None or mode not in MODES:
            raise BadInput(
                "preferences.kind",
                _("There is no such kind of notification, or no such choice."),
                _("Open the page again and choose from the list."),
                field="kinds",
            )
        row.kinds[kind] = mode
    _check(zone, quiet_from, quiet_to, digest_hour)
    row.zone, row.quiet_from, row.quiet_to = zone, quiet_from, quiet_to
    row.urgent_passes, row.digest_hour = urgent_passes, digest_hour
    row.save()
    never = [kind for kind, mode in row.kinds.items() if mode == "never"]
    Notice.objects.filter(officer=officer, digest=True, kind__in=never).update(digest=False)
    return row


def _check(zone: str, quiet_from: time | None, quiet_to: time | None, digest_hour: int) -> None:
    if zone and zone not in available_timezones():
        raise BadInput(
            "preferences.zone",
            _("There is no such time zone."),
            _("Choose one from the list, such as Europe/Paris."),
            field="zone",
        )
    if (quiet_from is None) != (quiet_to is None):
        raise BadInput(
            "preferences.quiet",
            _("Quiet hours need a beginning and an end."),
            _("Fill in both times, or neither."),
            field="quiet_to" if quiet_to is None else "quiet_from",
        )
    if quiet_from is not None and quiet_from == quiet_to:
        raise BadInput(
            "preferences.quiet_empty",
            _("The quiet hours begin and end at the same time."),
            _("Choose another end, or leave both empty."),
            field="quiet_to",
        )
    if not 0 <= digest_hour <= 23:
        raise BadInput(
            "preferences.hour", _("This is not an hour of the day."), _("Choose 0 to 23."), field="digest_hour"
        )
