"""QR codes: as squares to draw on paper, and as a picture for the screen."""

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final

import qrcode
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import QRData

QUIET = 4
"""Empty modules around the code, which readers need (ISO/IEC 18004)."""

_BYTES: Final = 4  # the mode that takes any text, so that every text of a series is encoded alike


def qr_rows(text: str) -> list[list[bool]]:
    """The code's modules, row by row, True for dark, without the quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=4)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


class QrSeries:
    """The codes of many texts that are alike but for their last few symbols, as the addresses on slips are.

    With its version, mode and mask settled, a QR code is an affine map of the text's bits: data bits are copied,
    Reed-Solomon's are sums of them over GF(2), and the mask flips the same modules each time (ISO/IEC 18004). So each
    bit of a symbol has its own set of modules that it flips, and once these are known a further code is a few dozen
    exclusive-ors instead of an encoding.
    """

    def __init__(self, head: str, tail_length: int) -> None:
        self._head = head.encode()
        self._tail_length = tail_length
        self._blank = self._encoded(bytes(tail_length))
        self._flips = lru_cache(maxsize=None)(self._flips_of)

    def rows(self, tail: str) -> list[list[bool]]:
        """The code of head and tail, as `qr_rows` gives it. The tail is ASCII and of the length that was named."""
        symbols = tail.encode("ascii")
        if len(symbols) != self._tail_length:
            raise ValueError("Every text of a series has the same length.")
        modules = self._blank
        for place, symbol in enumerate(symbols):
            for bit in range(symbol.bit_length()):
                if symbol >> bit & 1:
                    modules ^= self._flips(place, bit)
        # A code's first module is dark always: it is a corner. So the number has a digit for each module.
        drawn = [digit == "1" for digit in f"{modules:b}"]
        size = math.isqrt(len(drawn))
        return [drawn[start : start + size] for start in range(0, len(drawn), size)]

    def _flips_of(self, place: int, bit: int) -> int:
        """The modules that differ from the blank code when one bit of the tail's symbol at this place is set."""
        tail = bytearray(self._tail_length)
        tail[place] = 1 << bit
        return self._encoded(bytes(tail)) ^ self._blank

    def _encoded(self, tail: bytes) -> int:
        """The code's modules as one number, the first module as its highest bit."""
        code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=4)
        code.add_data(QRData(self._head + tail, mode=_BYTES))
        code.make(fit=True)
        return int("".join("1" if module else "0" for row in code.get_matrix() for module in row), 2)


def dark_runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    """A row's dark modules as runs of (start, length): far fewer shapes than modules."""
    runs: list[tuple[int, int]] = []
    start = 0
    for is_dark, modules in groupby(row):
        length = len(list(modules))
        if is_dark:
            runs.append((start, length))
        start += length
    return runs


def qr_svg(text: str) -> Markup:
    """The code as inline SVG, black on white whatever the page's colours."""
    rows = qr_rows(text)
    size = len(rows) + 2 * QUIET
    path = "".join(
        f"M{QUIET + start} {QUIET + y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in dark_runs(row)
    )
    return Markup(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="QR code" focusable="false">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path d="{1}" fill="#000"/></svg>'
    ).format(size, path)
