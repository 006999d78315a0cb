"""A ledger that contradicts what was signed or cosigned before is frozen: nothing is appended, nothing signed."""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from copes.foundation.config.current import current_node
from copes.foundation.refusals import Frozen


def _path() -> Path:
    return current_node().anchor / "frozen.json"


def freeze(reason: str) -> None:
    """Freezes the ledger and keeps the reason, in English, for the administrator and the log."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps({"reason": reason}), encoding="utf-8")
    temporary.replace(path)


def thaw() -> None:
    """Lifts the freeze. Only a start that found ledger, anchor and cosigners in agreement calls this."""
    _path().unlink(missing_ok=True)


def frozen_reason() -> str | None:
    """Why the ledger is frozen, or None."""
    try:
        return str(json.loads(_path().read_text(encoding="utf-8"))["reason"])
    except FileNotFoundError:
        return None


def refuse_when_frozen() -> None:
    """Raises Frozen when the ledger is frozen."""
    if not os.path.exists(_path()):  # noqa: PTH110 - this is on the path of every act, and three times faster
        return
    raise Frozen(
        "ledger.frozen",
        _("The ledger of this node is frozen: it contradicts what was signed or cosigned before."),
        _("Keep records on paper and call the administrator: `copes doctor` says what happened. (%(reason)s)")
        % {"reason": frozen_reason()},
    )
