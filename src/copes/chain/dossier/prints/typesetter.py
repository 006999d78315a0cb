"""Typesetting: a template, its data, and a PDF that is the same to the last byte each time.

Templates see their neighbours, their data, the logo and the fonts, and no other file: the files are handed over from
memory and the root is the folder of the fonts.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal, cast

import typst
from django.utils.translation import gettext_lazy as _

from copes.chain.dossier.prints.coverage import FONTS
from copes.chain.dossier.prints.embedding import embed, stand_in
from copes.chain.dossier.prints.facts import FactRow, unpack
from copes.chain.dossier.prints.house import House, house, spoilt
from copes.foundation.refusals import Refusal
from copes.trust.verifier.cli import visible_text
from copes.trust.verifier.pdffacts import missing_in_text

NOWHERE = FONTS / "no-packages"
_AT = re.compile(r"([a-z]+\.typ):(\d+):\d+")

_one_at_a_time = threading.Lock()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        root=str(FONTS),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        package_path=str(NOWHERE),
        package_cache_path=str(NOWHERE),
    )


def typeset(template: str, data: Mapping[str, Any], *, moment: datetime, force: House | None = None) -> bytes:
    """The PDF (PDF/A-2a and PDF/UA-1) of ``template`` with ``data``, by the templates in ``force`` (default: those on
    this node now).

    ``moment`` (aware) is the document's date: the same template, data and moment give the same bytes. Raises Refusal
    when a template of the agency fails or hides facts, typst.TypstError when a shipped one does not fit its data,
    and ValueError when ``moment`` is naive.
    """
    if moment.tzinfo is None:
        raise ValueError("the moment of a print must be aware")
    force = force or house()
    pdf = embed(_single(_compiled(template, data, moment, force, "pdf")), data["facts"])
    if force.changed:
        plain = embed(_single(_compiled(template, data, moment, force.without_changes(), "pdf")), data["facts"])
        _shows_no_less(template, pdf, plain, unpack(data["facts"]))
    return pdf


def picture(template: str, data: Mapping[str, Any], *, moment: datetime, ppi: float = 66) -> bytes:
    """The first page as a PNG picture, for a look before printing. Raises like ``typeset``."""
    made = _compiled(template, data, moment, house(), "png", ppi=ppi)
    return made[0] if isinstance(made, list) else made


def _compiled(
    template: str,
    data: Mapping[str, Any],
    moment: datetime,
    force: House,
    form: Literal["pdf", "png"],
    ppi: float | None = None,
) -> bytes | list[bytes]:
    utc = moment.astimezone(UTC)
    document = {**data, "facts": stand_in(data["facts"])}
    document["date"] = [utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second]
    files = {f"{name}.typ": source for name, source in force.files.items()}
    files["main.typ"] = files[f"{template}.typ"]
    files["data.json"] = json.dumps(document, ensure_ascii=False).encode("utf-8")
    if force.logo:
        files[force.logo[0]] = force.logo[1]
    try:
        with _one_at_a_time:
            made = _compiler().compile(
                input=cast("Any", files),  # the stubs do not know that a mapping of bytes is taken too
                format=form,
                ppi=ppi,
                pdf_standards=["a-2a", "ua-1"] if form == "pdf" else [],
                timestamp=int(utc.timestamp()),
            )
    except typst.TypstError as error:
        if not force.changed and force.logo is None:
            raise
        raise _blamed(template, force, error) from error
    if made is None:
        raise TypeError("typst gave no document")
    return made


def _blamed(template: str, force: House, error: typst.TypstError) -> Refusal:
    """The refusal that names the agency's file and line that typesetting stopped at."""
    found = _AT.search(error.diagnostic)
    if not force.changed and force.logo:
        return spoilt(force.logo[0], 0, error.message)
    if found is None:
        return spoilt(f"{template}.typ", 0, error.message)
    name = f"{template}.typ" if found[1] == "main.typ" else found[1]
    return spoilt(name, int(found[2]), error.message)


def _single(made: bytes | list[bytes]) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single document")
    return made


def _shows_no_less(template: str, pdf: bytes, plain: bytes, facts: list[FactRow]) -> None:
    """A changed template shows every fact that the shipped one shows. Raises Refusal."""
    text, whole = visible_text(pdf), visible_text(plain)
    if text is None or whole is None:
        raise Refusal(
            "print.template_unchecked",
            _("The agency's templates cannot be checked here: the program pdftotext is missing."),
            _("Nothing was printed. Ask the administrator to install poppler-utils, or to remove the templates."),
        )
    shown = {(jti, path) for jti, path, _value in missing_in_text(facts, whole)[0]}
    for jti, path, _value in missing_in_text(facts, text)[0]:
        if (jti, path) not in shown:
            raise Refusal(
                "print.template_hides",
                _("The agency's template %(template)s does not show what a record states: %(path)s of record %(jti)s.")
                % {"template": f"prints/{template}.typ", "path": path, "jti": jti},
                _("Nothing was printed. Ask the administrator to mend the template; it may add, but hide nothing."),
            )
