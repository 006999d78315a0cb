"""Typesetting: a template, its data, and a PDF that is the same to the last byte each time."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

from copes.chain.dossier.prints.coverage import FONTS
from copes.chain.dossier.prints.embedding import embed, stand_in

TEMPLATES = Path(__file__).resolve().parents[3] / "data" / "prints"

_one_at_a_time = threading.Lock()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=str(TEMPLATES), font_paths=[str(FONTS)], ignore_system_fonts=True)


@cache
def _template(name: str) -> bytes:
    return (TEMPLATES / f"{name}.typ").read_bytes()


def typeset(template: str, data: Mapping[str, Any], *, moment: datetime) -> bytes:
    """The PDF (PDF/A-2a and PDF/UA-1) of ``template`` with ``data``.

    ``moment`` (aware) is the document's date: the same template, data and moment give the same bytes. Raises
    typst.TypstError when the template and its data do not fit, and ValueError when ``moment`` is naive.
    """
    if moment.tzinfo is None:
        raise ValueError("the moment of a print must be aware")
    utc = moment.astimezone(UTC)
    document = {**data, "facts": stand_in(data["facts"])}
    document["date"] = [utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second]
    files = {
        "main.typ": _template(template),
        "common.typ": _template("common"),
        "data.json": json.dumps(document, ensure_ascii=False).encode("utf-8"),
    }
    with _one_at_a_time:
        pdf = _compiler().compile(
            input=cast("Any", files),  # the stubs do not know that a mapping of bytes is taken too
            format="pdf",
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(utc.timestamp()),
        )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no single document")
    return embed(pdf, data["facts"])
