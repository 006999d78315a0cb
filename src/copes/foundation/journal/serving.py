"""The ledger over HTTP: C2SP tlog-tiles under ``/ledger/``, read-only and public, and a tlog-witness.

Leaf data is the hash of a record, so serving it reveals nothing of any case.
"""

from __future__ import annotations

import re
import time

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from copes.foundation.journal.hashes import HashReader, read_leaves
from copes.foundation.journal.keys import cosigner_signer
from copes.foundation.journal.models import CosignedLog
from copes.foundation.journal.queries import latest_checkpoint, ledger_vkey
from copes.foundation.journal.tree import WIDTH
from copes.trust.errors import TrustError
from copes.trust.ledger.merkle import EMPTY_ROOT
from copes.trust.ledger.notes import Verifier
from copes.trust.ledger.tiles import encode_bundle
from copes.trust.ledger.witness import KnownLog, handle, parse_add_checkpoint

_INDEX = r"(?:x[0-9]{3}/)*[0-9]{3}"
_TILE = re.compile(rf"(?P<level>entries|0|[1-9][0-9]?)/(?P<index>{_INDEX})(?:\.p/(?P<width>[1-9][0-9]{{0,2}}))?")
FOREVER = "public, max-age=31536000, immutable"
LONGEST_REQUEST = 64 * 1024


@require_GET
def checkpoint(_: HttpRequest) -> HttpResponse:
    """The newest signed note, with its cosignatures. 404 before the first sealing."""
    latest = latest_checkpoint()
    if latest is None:
        raise Http404
    response = HttpResponse(latest.note, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_GET
def vkey(_: HttpRequest) -> HttpResponse:
    """The ledger's verifier key, one line."""
    return HttpResponse(ledger_vkey() + "\n", content_type="text/plain; charset=utf-8")


@require_GET
def tile(_: HttpRequest, path: str) -> HttpResponse:
    """A tile of hashes or a bundle of entries, full or partial, within the newest checkpoint. 404 for any other."""
    asked = _TILE.fullmatch(path)
    latest = latest_checkpoint()
    if asked is None or latest is None:
        raise Http404
    number = int(asked["index"].replace("x", "").replace("/", ""))
    width = int(asked["width"] or WIDTH)
    level = 0 if asked["level"] == "entries" else int(asked["level"])
    available = (latest.size >> (8 * level)) - number * WIDTH
    if not 0 < width <= min(available, WIDTH) or (asked["width"] and width == WIDTH):
        raise Http404
    if asked["level"] == "entries":
        data = encode_bundle(read_leaves(number * WIDTH, number * WIDTH + width))
    else:
        data = b"".join(HashReader().tile(level, number)[:width])
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Cache-Control"] = FOREVER
    return response


@csrf_exempt
@require_POST
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    """tlog-witness ``add-checkpoint``: cosigns a partner's checkpoint that is consistent with the last one seen.

    The new head is stored in the same transaction, before the cosignature leaves the house.
    """
    body = request.read(LONGEST_REQUEST + 1)
    if len(body) > LONGEST_REQUEST:
        return HttpResponse("request too large\n", status=413, content_type="text/plain")
    try:
        asked = parse_add_checkpoint(body)
        origin = asked.note.split("\n", 1)[0]
    except TrustError as wrong:
        return HttpResponse(f"{wrong}\n", status=400, content_type="text/plain")
    with transaction.atomic():
        row = CosignedLog.objects.select_for_update().filter(origin=origin).first()
        known = None
        if row is not None:
            known = KnownLog(row.origin, Verifier.from_vkey(row.vkey), row.size, bytes(row.root) or EMPTY_ROOT)
        answer = handle(asked, known, cosigner_signer(), int(time.time()))
        if row is not None and answer.new_state is not None:
            row.size, row.root = answer.new_state
            row.save(update_fields=["size", "root"])
    return HttpResponse(answer.body, status=answer.status, content_type=answer.content_type)


@require_GET
def cosigner_vkey(_: HttpRequest) -> HttpResponse:
    """The verifier key of this node as a cosigner, one line."""
    return HttpResponse(cosigner_signer().vkey + "\n", content_type="text/plain; charset=utf-8")
