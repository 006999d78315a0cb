"""Invented travel documents, drawn in OCR-B, and photographs of them: tilted, in uneven light, unsharp, noisy."""

from __future__ import annotations

import io
import random
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from copes.chain.cases.mrz import check_digit
from tests.interop.tools import missing, program

OCR_B = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")
SIZES = {"TD3": (125, 88), "TD2": (105, 74), "TD1": (85.6, 54)}  # millimetres
DOT = 16  # pixels a millimetre on the drawing
PITCH, LEADING = 2.54, 6.35
DESK = (70, 55, 45)
SURNAMES = ["ERIKSSON", "PETROVIC", "GARCIA<LOPEZ", "ALSAYED", "OKONKWO", "VAN<DER<BERG", "ZHUKOV", "QUISPE"]
GIVEN = ["ANNA<MARIA", "JOVAN", "HANS<PETER", "OLGA", "MOHAMMED", "CHIDI", "WILLEM", "LUZ<XIMENA"]
ISSUERS = ["FRA", "SRB", "D<<", "ESP", "RUS", "EGY", "NGA", "NLD", "POL", "PER"]


def readers() -> None:
    """Skips, or fails where everything is to be there, when program or typeface are missing."""
    program("tesseract", "tesseract-ocr")
    if not OCR_B.exists():
        missing("OCR-B is not installed; install fonts-ocr-b")


def zone_of(layout: str, chance: random.Random) -> list[str]:
    """A zone of invented values with right check digits; numbers mix letters and digits, the hardest case."""
    names = f"{chance.choice(SURNAMES)}<<{chance.choice(GIVEN)}"
    issuer, sex = chance.choice(ISSUERS), chance.choice("MF")
    number = "".join(chance.choice("ABCDEFGHJKLMNPRTUVWXYZ0123456789") for _place in range(9))
    born = f"{chance.randrange(50, 100)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
    until = f"{chance.randrange(27, 37)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
    dates = f"{born}{check_digit(born)}{sex}{until}{check_digit(until)}"
    if layout == "TD1":
        one = f"I<{issuer}{number}{check_digit(number)}".ljust(30, "<")
        two = f"{dates}{issuer}".ljust(29, "<")
        whole = one[5:] + two[:7] + two[8:15] + two[18:29]
        return [one, two + check_digit(whole), names.ljust(30, "<")]
    wide = 44 if layout == "TD3" else 36
    two = (number + check_digit(number) + issuer + dates).ljust(wide - 1, "<")
    one = f"{'P' if layout == 'TD3' else 'I'}<{issuer}{names}".ljust(wide, "<")
    return [one, two + check_digit(two[:10] + two[13:20] + two[21:])]


def paper(layout: str, lines: list[str]) -> Image.Image:
    """The page of the document, with its zone at the foot."""
    wide, high = (round(side * DOT) for side in SIZES[layout])
    page = Image.new("RGB", (wide, high), (226, 224, 210))
    pen = ImageDraw.Draw(page)
    for at in range(0, high, 14):
        pen.line((0, at, wide, at + 40), fill=(208, 215, 206), width=2)
    pen.rectangle((5 * DOT, 8 * DOT, 24 * DOT, 28 * DOT), fill=(120, 110, 105))
    face = ImageFont.truetype(str(OCR_B), 100)
    face = ImageFont.truetype(str(OCR_B), round(100 * PITCH * DOT / face.getlength("0")))
    for row, text in enumerate(("PASSPORT", "SPECIMEN", "12 AUG")):
        pen.text((30 * DOT, (8 + 6 * row) * DOT), text, font=face, fill=(40, 40, 60))
    left = (SIZES[layout][0] - len(lines[0]) * PITCH) / 2
    top = SIZES[layout][1] - LEADING * len(lines) - 4
    for row, line in enumerate(lines):
        for place, sign in enumerate(line):
            pen.text(((left + place * PITCH) * DOT, (top + row * LEADING) * DOT), sign, font=face, fill=(25, 25, 30))
    return page


def photograph(page: Image.Image, chance: random.Random, *, wide: int = 1600, most_tilt: float = 2.0) -> bytes:
    """A JPEG of the page on a desk: up to ±2°, light perspective, a shadow to 59 %, blur up to 1 pixel, noise to 8 %."""
    desk = Image.new("RGB", (round(page.width * 1.12), round(page.height * 1.2)), DESK)
    desk.paste(page, (round(page.width * 0.06), round(page.height * 0.1)))
    desk = desk.rotate(chance.uniform(-most_tilt, most_tilt), Image.Resampling.BICUBIC, fillcolor=DESK)
    width, height = desk.size
    off = [chance.uniform(0, 0.015) for _corner in range(8)]
    corners = (width * off[0], height * off[1], width * off[2], height * (1 - off[3]),
               width * (1 - off[4]), height * (1 - off[5]), width * (1 - off[6]), height * off[7])  # fmt: skip
    size = (wide, round(wide * height / width))
    seen = desk.transform(size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    shade = Image.linear_gradient("L").rotate(chance.choice([0, 90, 180, 270])).resize(size)
    shade = shade.point(lambda value: 150 + value * 105 // 255)
    seen = ImageChops.multiply(seen, Image.merge("RGB", [shade] * 3))
    seen = seen.filter(ImageFilter.GaussianBlur(chance.uniform(0, 1)))
    grain = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
    seen = Image.blend(seen, Image.merge("RGB", [grain] * 3), chance.uniform(0, 0.08))
    return jpeg(seen)


def jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
