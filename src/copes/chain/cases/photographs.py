"""Reading a travel document by camera: who may, how often, and what is said when it cannot be read."""

from __future__ import annotations

import logging
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from copes.chain.cases import policies
from copes.chain.cases.zones import engine
from copes.chain.cases.zones.mending import blind
from copes.chain.cases.zones.picture import LEAST_WIDTH, MOST_BYTES, NoPictureError
from copes.chain.cases.zones.reading import NoZoneError, Reading, read_photograph
from copes.foundation.api.limits import Limiter
from copes.foundation.api.problems import TooMany
from copes.foundation.journal.acting import Acting
from copes.foundation.refusals import BadInput, Refusal

A_MINUTE = 12
readings = Limiter(A_MINUTE)
logger = logging.getLogger("copes.cases")
TYPE_IT = gettext_lazy("Take it again, straight from above, with the lines sharp and lit; or type the lines.")


class NoReader(Refusal):
    """This node cannot read photographs, or not now."""

    status = 503


def offered() -> bool:
    """Whether this node reads photographs: whether Debian's `tesseract-ocr` or the like is installed."""
    return engine.installed()


def read_document(acting: Acting, data: bytes) -> Reading:
    """The zone in a photograph, a proposal to be confirmed. Neither picture nor text is kept.

    Raises Forbidden, TooMany, BadInput (``zone.*``, ``photograph.*``), NoReader.
    """
    policies.require(acting, "record_control")
    if wait := readings.take(acting.officer):
        raise TooMany(wait)
    try:
        return read_photograph(data, timezone.localdate())
    except NoPictureError as error:
        raise _no_picture(error.why) from None
    except NoZoneError:
        reason = _("No machine-readable zone was found in the photograph.")
        raise BadInput("zone.not_found", reason, TYPE_IT, field="picture") from None
    except engine.EngineMissingError:
        reason = _("Photographs of documents cannot be read on this node.")
        raise NoReader("zone.no_reader", reason, _("Type the lines.")) from None
    except engine.EngineFailedError as error:
        logger.warning("tesseract: %s", error)
        reason = _("The photograph could not be read in time.")
        raise NoReader("zone.reader_failed", reason, _("Try once more, or type the lines.")) from None


def _no_picture(why: str) -> BadInput:
    reason = {
        "size": _("The photograph is larger than %(number)d MB.") % {"number": MOST_BYTES // (1024 * 1024)},
        "pixels": _("The picture has too many pixels."),
        "small": _("The picture is smaller than %(number)d pixels.") % {"number": LEAST_WIDTH},
        "dark": _("The photograph is too dark."),
    }.get(why, _("This file is not a whole JPEG, PNG or WebP picture."))
    return BadInput(f"photograph.{why}", reason, TYPE_IT, field="picture")


def notes_on(reading: Reading) -> list[str]:
    """What an officer is told beside the values: each corrected sign, and what no check digit covers."""
    notes = [
        _("Line %(line)s, sign %(place)s: %(read)s was read, %(put)s was put.")
        % {"line": one.line, "place": one.place, "read": one.read, "put": one.put}
        for one in reading.corrections
    ]
    notes.append(_("Names and countries have no check digit: compare them with the document."))
    notes.append(_("Compare the number sign by sign: a check digit does not notice every error."))
    if blind(reading.zone.number):
        notes.append(_("No check digit tells G from 6."))
    return notes


def corrections_of(reading: Reading) -> list[dict[str, Any]]:
    """The exchanges as programs read them; line and place counted from 1."""
    return [{"line": one.line, "place": one.place, "read": one.read, "put": one.put} for one in reading.corrections]
