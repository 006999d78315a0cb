"""What other rooms may ask of the journal."""

from copes.foundation.journal.erasing import (
    approve_erasure,
    decline_erasure,
    erasable_fields,
    request_erasure,
    requests_to_decide,
)
from copes.foundation.journal.sealing import Sealed, SealingRefusedError, seal_now
from copes.foundation.journal.starting import begin_ledger, node_acting, start
from copes.foundation.journal.writing import Journal, writing

__all__ = [
    "Journal",
    "Sealed",
    "SealingRefusedError",
    "approve_erasure",
    "begin_ledger",
    "decline_erasure",
    "erasable_fields",
    "node_acting",
    "request_erasure",
    "requests_to_decide",
    "seal_now",
    "start",
    "writing",
]
