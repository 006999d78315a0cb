"""Which kinds of notice there are, and what a notice may know of a case. Rooms declare both when the app is ready."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copes.foundation.journal.acting import Acting

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice. ``title`` is a lazy text with named placeholders, filled with a notice's facts.

    ``%(case)s`` is the number of the case. An ``urgent`` kind is mailed at once unless the officer chose otherwise,
    and may pass quiet hours. A notice that names a case is given only to officers who may see the case; when they
    need the notice all the same (exhibits on their way to them), ``unseen_title`` is a text that names no case.
    ``label`` names the kind in preferences and filters, such as "Exhibits to receive".
    """

    code: str
    title: StrOrPromise
    urgent: bool = False
    unseen_title: StrOrPromise | None = None
    label: StrOrPromise | None = None


@dataclass(frozen=True)
class _Cases:
    numbers: Callable[[Collection[str]], Mapping[str, str]]
    visible: Callable[[Acting, Collection[str]], Collection[str]]


_kinds: dict[str, NoticeKind] = {}
_cases: list[_Cases] = []


def register_kind(kind: NoticeKind) -> None:
    """Declares a kind of notice. Raises ValueError when the code is taken by another."""
    if _kinds.get(kind.code, kind) != kind:
        raise ValueError(f"{kind.code} is declared already")
    _kinds[kind.code] = kind


def kind_of(code: str) -> NoticeKind | None:
    """The kind, or None when no room declares it (any more)."""
    return _kinds.get(code)


def all_kinds() -> list[NoticeKind]:
    """Every kind, by code."""
    return [_kinds[code] for code in sorted(_kinds)]


def register_cases(
    *,
    numbers: Callable[[Collection[str]], Mapping[str, str]],
    visible: Callable[[Acting, Collection[str]], Collection[str]],
) -> None:
    """Declares who knows cases: ``numbers(ids)`` by id, and ``visible(acting, ids)``, those the officer may see."""
    _cases[:] = [_Cases(numbers, visible)]


def case_numbers(ids: Collection[str]) -> Mapping[str, str]:
    """Numbers of cases by id, in one query."""
    return _cases[0].numbers(ids) if _cases and ids else {}


def cases_seen(acting: Acting, ids: Collection[str]) -> frozenset[str]:
    """Which of these cases the officer may see, in one query; none when no room knows cases."""
    return frozenset(_cases[0].visible(acting, ids)) if _cases and ids else frozenset()
