"""Prints that take long: the page says that it is being made, then gives the download. Works without JavaScript.

The answer is sent in two parts: the page up to where the result will stand, at once; the result when it is there.
A finished print lies in the node's folder ``made/`` for an hour, and only the officer who made it may fetch it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core import signing
from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from copes.chain.cases.policies import unseen
from copes.chain.dossier.prints.frame import Printed
from copes.foundation.config.current import current_node
from copes.foundation.journal.acting import Acting
from copes.foundation.refusals import Refusal

HOUR = 3600  # seconds
SALT = "copes.chain.dossier.made"
MARK = "<!-- result -->"


def while_it_is_made(
    request: HttpRequest, acting: Acting, title: str, make: Callable[[], Printed]
) -> StreamingHttpResponse:
    """The page that waits for ``make``, in the language of the request."""
    language = translation.get_language() or "en"
    page = render_to_string("dossier/making.html", {"title": title}, request=request)
    head, _mark, foot = page.partition(MARK)

    def parts() -> Iterator[bytes]:
        yield head.encode("utf-8")
        with translation.override(language):
            context: dict[str, Any]
            try:
                printed = make()
                context = {"name": printed.name, "token": keep(acting, printed)}
            except Refusal as refusal:
                context = {"refusal": refusal}
            yield render_to_string("dossier/made.html", context).encode("utf-8")
        yield foot.encode("utf-8")

    return StreamingHttpResponse(parts(), content_type="text/html; charset=utf-8")


def keep(acting: Acting, printed: Printed) -> str:
    """Puts a print aside for its officer; returns the word by which it is fetched."""
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.glob("*.pdf"):
        if old.stat().st_mtime < time.time() - HOUR:
            old.unlink(missing_ok=True)
    sha256 = hashlib.sha256(printed.pdf).hexdigest()
    (folder / f"{sha256}.pdf").write_bytes(printed.pdf)
    return signing.dumps({"sha256": sha256, "officer": acting.officer, "name": printed.name}, salt=SALT)


def fetch(acting: Acting, token: str) -> Printed:
    """A print put aside by ``keep`` within the hour, for the same officer. Raises Unseen."""
    try:
        stated = signing.loads(token, salt=SALT, max_age=HOUR)
        if stated["officer"] != acting.officer:
            raise unseen()
        pdf = (_folder() / f"{stated['sha256']}.pdf").read_bytes()
    except (signing.BadSignature, FileNotFoundError) as error:
        raise unseen() from error
    return Printed(stated["name"], pdf, ())


def _folder() -> Path:
    return current_node().home / "made"
