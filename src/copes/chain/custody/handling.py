"""Acts on an exhibit in hand: seals and photographs."""

from __future__ import annotations

import io
import warnings
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from copes.chain.cases.wording import checked
from copes.chain.custody import policies, rules
from copes.chain.custody.models import Exhibit, Photograph
from copes.chain.custody.records import ExhibitPhotographed, SealApplied, SealBroken, SealChecked
from copes.chain.custody.rules import Standing
from copes.chain.custody.standing import keep_secret, standing
from copes.foundation.journal.acting import Acting
from copes.foundation.journal.services import writing
from copes.foundation.refusals import BadInput, Refusal
from copes.foundation.storage.services import put_blob

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 120_000_000
FORMATS = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/webp", "webp")}


def apply_seal(acting: Acting, *, exhibit: str, seal: str) -> str:
    """Puts a seal on an exhibit in hand; returns the record's id. Raises Forbidden, Unseen, Refusal, BadFields."""
    acting = policies.require_handler(acting)
    with writing(acting) as journal:
        found = _allowed(acting, rules.SEAL, exhibit)
        rules.decide_seal(rules.SEAL, found, seal)
        body = checked(SealApplied, {"exhibit": exhibit, "seal": seal})
        refuse_used_seals([body.seal], found.case)
        return journal.append(body, case=found.case, about=[exhibit])


def check_seal(acting: Acting, *, exhibit: str, seal: str, intact: bool, remark: str | None = None) -> str:
    """Records that a seal was looked at; returns the record's id. Raises Forbidden, Unseen, Refusal, BadFields."""
    acting = policies.require_handler(acting)
    with writing(acting) as journal:
        found = _allowed(acting, rules.CHECK_SEAL, exhibit)
        rules.decide_seal(rules.CHECK_SEAL, found, seal.strip())
        body = checked(SealChecked, {"exhibit": exhibit, "seal": seal, "intact": intact, "remark": remark or None})
        return journal.append(body, case=found.case, about=[exhibit])


def break_seal(acting: Acting, *, exhibit: str, seal: str, reason: str, replaced_by: str | None = None) -> str:
    """Records that a seal was opened on purpose, and by which it was replaced; returns the record's id.

    Raises Forbidden, Unseen, Refusal, BadFields.
    """
    acting = policies.require_handler(acting)
    with writing(acting) as journal:
        found = _allowed(acting, rules.BREAK_SEAL, exhibit)
        rules.decide_seal(rules.BREAK_SEAL, found, seal.strip())
        body = checked(
            SealBroken,
            {"exhibit": exhibit, "seal": seal, "reason": reason, "replaced_by": replaced_by or None},
        )
        if body.replaced_by:
            refuse_used_seals([body.replaced_by], found.case)
        return journal.append(body, case=found.case, about=[exhibit])


def refuse_used_seals(seals: list[str], case: str) -> None:
    """A seal number exists once; several exhibits of one case may lie under the same seal. Raises BadInput."""
    used = Exhibit.objects.filter(~Q(case_id=case), seal__in=seals).values_list("seal", flat=True).first()
    if used:
        raise BadInput(
            "seal.in_use",
            _("Seal %(seal)s is in use in another case.") % {"seal": used},
            _("Read the number again; use another seal if it is right."),
            field="seal",
        )


def photograph(acting: Acting, *, exhibit: str, data: bytes, taken_at: datetime | None = None) -> str:
    """Keeps a photograph of an exhibit in hand; returns the record's id.

    ``data`` must be a whole JPEG, PNG or WebP picture; it is stored unchanged. Raises Forbidden, Unseen, Refusal,
    BadInput (``photograph.*``).
    """
    acting = policies.require_handler(acting)
    media_type, extension = check_picture(data)
    if taken_at is not None and taken_at > timezone.now():
        raise BadInput(
            "time.future",
            _("The time of the act lies in the future."),
            _("Give the time at which it happened."),
            field="taken_at",
        )
    blob = put_blob(data)
    with writing(acting) as journal:
        found = _allowed(acting, rules.PHOTOGRAPH, exhibit)
        pictures = Photograph.objects.filter(case_id=found.case)
        if pictures.filter(sha256=blob.sha256).exists():  # one picture shows one exhibit: the verifier insists
            raise BadInput(
                "photograph.present",
                _("This picture of the exhibit is recorded already."),
                _("Choose another picture."),
                field="picture",
            )
        number = pictures.filter(exhibit_id=exhibit).count() + 1
        body = checked(
            ExhibitPhotographed,
            {
                "exhibit": exhibit,
                "sha256": blob.sha256,
                "name": f"{found.number.replace('/', '-')}-{number}.{extension}",
                "media_type": media_type,
                "size": blob.size,
                "taken_at": taken_at,
            },
        )
        return journal.append(body, case=found.case, about=[exhibit])


def check_picture(data: bytes) -> tuple[str, str]:
    """Media type and file extension of a picture that decodes to its end. Raises BadInput."""
    if len(data) > MOST_BYTES:
        raise _bad_picture("photograph.too_large", _("The picture is larger than 25 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(FORMATS)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise _bad_picture("photograph.too_large", _("The picture has too many pixels."))
                picture.load()
                return FORMATS[str(picture.format)]
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombWarning,
            Image.DecompressionBombError) as error:  # fmt: skip
        raise _bad_picture("photograph.unreadable", _("This file is not a whole JPEG, PNG or WebP picture.")) from error


def _bad_picture(code: str, reason: object) -> BadInput:
    return BadInput(code, reason, _("Choose the photograph again, as it came from the camera."), field="picture")


def _allowed(acting: Acting, act: str, exhibit: str) -> Standing:
    found = standing([exhibit])[0]
    try:
        rules.decide(act, found, officer=acting.officer, at=timezone.now())
    except Refusal:
        keep_secret(acting, [found])
        raise
    return found
