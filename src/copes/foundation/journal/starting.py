"""Beginning a ledger, and what every start of the node makes sure of."""

from __future__ import annotations

from django.db import transaction

from copes.foundation.config.current import current_node
from copes.foundation.journal import freezing
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.checking import compare_outside
from copes.foundation.journal.keys import ledger_signer, node_key
from copes.foundation.journal.models import Entry
from copes.foundation.journal.records import NodeCreated
from copes.foundation.journal.writing import writing
from copes.foundation.refusals import Refusal

PRACTICE = "PRACTICE"


def node_acting() -> Acting:
    """The node acting for itself."""
    return Acting.node(node_key())


def begin_ledger() -> None:
    """Writes record 0. Raises Refusal when the ledger has begun already, ValueError when origin and practice differ."""
    node = current_node()
    if (PRACTICE in node.origin.split("/")) != node.practice:
        raise ValueError(f"origin {node.origin!r}: a practice ledger has {PRACTICE} in its name, and no other has")
    with transaction.atomic():
        if Entry.objects.exists():
            raise Refusal("ledger.begun", "The ledger has begun already.", "Use it, or choose another folder.")
        with writing(node_acting()) as journal:
            journal.append(
                NodeCreated(
                    origin=node.origin,
                    agency=node.agency_id,
                    agency_name=node.agency_name,
                    country=node.country,
                    practice=node.practice,
                    node_key=dict(node_key().jwk),
                    ledger_key=ledger_signer().vkey,
                ),
                about=[node.agency_id],
            )


def start() -> str | None:
    """Compares the ledger with its anchor and with what cosigners last saw; freezes it when it lies behind.

    Returns the reason when the ledger is frozen, else None. A freeze whose cause is gone (the newer backup was
    restored) is lifted.
    """
    found = compare_outside()
    if found:
        reason = "; ".join(str(finding) for finding in found)
        freezing.freeze(reason)
        return reason
    freezing.thaw()
    return None
