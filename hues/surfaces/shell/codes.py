"""Codes to be scanned: an address as a picture."""

import io
from base64 import b64encode

import qrcode
from qrcode.image.svg import SvgPathFillImage


def code_of(address: str) -> str:
    """Return the QR code of an address, as the address of a picture (black on white, SVG)."""
    drawn = io.BytesIO()
    qrcode.make(address, image_factory=SvgPathFillImage).save(drawn)
    return f"data:image/svg+xml;base64,{b64encode(drawn.getvalue()).decode()}"
