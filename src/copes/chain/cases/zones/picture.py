"""From a photograph as a device sends it to a grey page with even light and level lines. Pure; nothing is kept.

The upload is decoded here and drawn anew: no other program ever sees its bytes.
"""

from __future__ import annotations

import io
import warnings
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageOps, UnidentifiedImageError

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000
LEAST_WIDTH = 600
WIDTH = 2200  # a sign of TD3 is then about 40 pixels apart from the next
DARK = 45
FORMATS = ("JPEG", "PNG", "WEBP")
_ANGLES = [step / 4 for step in range(-16, 17)]  # degrees


class NoPictureError(ValueError):
    """The bytes are no whole picture; ``why`` is size, pixels, format, small or dark."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def opened(data: bytes) -> Image.Image:
    """The picture in grey, upright as the camera says (EXIF). Raises NoPictureError."""
    if len(data) > MOST_BYTES:
        raise NoPictureError("size")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as found:
                grey = _grey(found) if found.width * found.height <= MOST_PIXELS else None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombWarning,
            Image.DecompressionBombError) as error:  # fmt: skip
        raise NoPictureError("format") from error
    if grey is None:
        raise NoPictureError("pixels")
    if min(grey.size) < LEAST_WIDTH // 3 or max(grey.size) < LEAST_WIDTH:
        raise NoPictureError("small")
    if _brightest(grey) < DARK:
        raise NoPictureError("dark")
    return grey


def _grey(found: Image.Image) -> Image.Image:
    found.draft("L", (WIDTH, WIDTH))
    found.load()
    return ImageOps.exif_transpose(found).convert("L")


def _brightest(grey: Image.Image) -> int:
    """The grey below which 95 of 100 pixels lie."""
    counts, left = grey.histogram(), 0.05 * grey.width * grey.height
    for value in range(255, -1, -1):
        left -= counts[value]
        if left <= 0:
            return value
    return 0


def levelled(grey: Image.Image) -> Image.Image:
    """The same, as wide as the reading wants it, with even light, dark on white, its lines level."""
    scaled = grey.resize((WIDTH, round(grey.height * WIDTH / grey.width)), Image.Resampling.LANCZOS)
    even = _even(scaled)
    angle = _tilt(even)
    if angle:
        even = even.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    return even


def lower(page: Image.Image, share: float) -> Image.Image:
    """The lower part of the page: zones stand at the foot (ICAO Doc 9303 part 3 section 4, part 5 for the back)."""
    return page.crop((0, round(page.height * (1 - share)), page.width, page.height))


def _even(grey: Image.Image) -> Image.Image:
    """What is darker than the paper around it; shadows and gradients of light fall away."""
    small = grey.resize((grey.width // 8, grey.height // 8), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.GaussianBlur(5)).resize(grey.size)
    ink = ImageChops.subtract(paper, grey)
    return ImageOps.invert(ImageOps.autocontrast(ink, cutoff=(2, 0.5)))


def _tilt(page: Image.Image) -> float:
    """The angle in degrees that makes the rows of the lower half differ most from each other."""
    part = ImageOps.invert(lower(page, 0.5))
    part = part.resize((part.width // 3, part.height // 3), Image.Resampling.BOX)
    return max(_ANGLES, key=lambda angle: (_contrast(part.rotate(angle, Image.Resampling.BILINEAR)), -abs(angle)))


def _contrast(part: Image.Image) -> float:
    rows = part.crop((part.width // 8, 0, part.width * 7 // 8, part.height)).resize(
        (1, part.height), Image.Resampling.BOX
    )
    values = rows.tobytes()
    return sum((one - two) ** 2 for one, two in pairwise(values))
