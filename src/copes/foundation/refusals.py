"""Refusals: what the house says when an act may not happen, why, and what to do about it.

A refusal is not an error of the program. It carries a stable ``code`` for programs, and a translated ``reason``
and ``mend`` for people; ``field`` names the form field or JSON member it is about, when there is one.
"""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """An act that may not happen now. Shown to the user; the API answers with ``status``."""

    status: ClassVar[int] = 409

    def __init__(self, code: str, reason: object, mend: object, *, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason
        self.mend = mend
        self.field = field

    def __str__(self) -> str:
        return f"{self.code}: {self.reason} {self.mend}"


class BadInput(Refusal):
    """What was entered cannot be recorded; ``field`` names the place."""

    status = 400


class Forbidden(Refusal):
    """The officer's roles do not allow this act."""

    status = 403


class Unseen(Refusal):
    """There is no such thing, or the officer has no need to know of it: the answer is the same."""

    status = 404


def unseen() -> Unseen:
    """The answer for everything that is not there or may not be seen: one wording, one status."""
    return Unseen(
        "not_found",
        _("There is nothing here, or you do not need to know of it."),
        _("Check the number. If your work needs it, ask an officer of the case to give you access."),
    )


class KeyLocked(Refusal):
    """The officer's signing key is not unlocked in this session."""

    status = 423


class Frozen(Refusal):
    """The ledger does not accept records: its state contradicts what was signed or cosigned before."""

    status = 503
