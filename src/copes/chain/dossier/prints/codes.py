"""QR and Code 128 as SVG, and what stands in them.

The receipt's code follows docs/trust/format.md; sizes were measured: a checkpoint with one cosignature fits a
QR of version 14 at level M.
"""

from __future__ import annotations

import segno
import zxingcpp

from copes.trust.records.jose import b64u

RECEIPT = "COPES-RECEIPT/1"
EXHIBIT = "COPES:"
COMFORTABLE = 700  # bytes a telephone still reads from a 33 mm code at level M
MOST = 1_400  # bytes beyond which cosignatures are left out, last first


def receipt_text(jti: str, leaf: bytes, note: str) -> str:
    """What the person's QR says: record id, leaf hash and the checkpoint under which it lies.

    ``note`` is the signed note; its own signature is always kept, cosignatures while there is room.
    """
    text, _, lines = note.partition("\n\n")
    signatures = lines.splitlines()
    while len(signatures) > 1 and len(note.encode()) > MOST:
        signatures.pop()
        note = f"{text}\n\n" + "".join(line + "\n" for line in signatures)
    return f"{RECEIPT}\n{jti}\n{b64u(leaf)}\n{note}"


def exhibit_text(exhibit: str) -> str:
    """What the QR on an exhibit's label says."""
    return EXHIBIT + exhibit


def qr_svg(content: str, *, border: int = 2, mask: int | None = None) -> str:
    """A QR code as SVG without a size of its own.

    A given ``mask`` (ISO/IEC 18004 §7.8, 0 to 7) spares the search for the best one: for short contents, by the
    hundred.
    """
    level = "m" if len(content.encode()) <= COMFORTABLE else "l"
    code = segno.make_qr(content, error=level, boost_error=False, mask=mask)
    drawn: str = code.svg_inline(border=border, omitsize=True, svgclass=None, lineclass=None)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def code128_svg(content: str) -> str:
    """A Code 128 bar code as SVG. Raises ValueError when ``content`` is not ASCII."""
    if not content.isascii():
        raise ValueError("Code 128 holds ASCII only")
    drawn = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.Code128).to_svg()
    start = drawn.index("<svg ")
    return str(drawn[start:])
