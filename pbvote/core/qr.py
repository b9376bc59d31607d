"""QR codes: as squares to draw on paper, and as a picture for the screen."""

from functools import lru_cache

import qrcode
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4
"""Empty modules around the code, which readers need (ISO/IEC 18004)."""


def qr_rows(text: str, version: int | None = None) -> list[list[bool]]:
    """The code's modules, row by row, True for dark, without the quiet zone.

    Naming the version (its size, 1 to 40) saves the search for it and keeps a sheet's codes alike.
    """
    code = qrcode.QRCode(version=version, error_correction=ERROR_CORRECT_M, border=0, mask_pattern=4)
    code.add_data(text)
    code.make(fit=version is None)
    return [[bool(module) for module in row] for row in code.get_matrix()]


@lru_cache(maxsize=8)
def smallest_version(length: int) -> int:
    """The smallest version that holds this many bytes."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=4)
    code.add_data("x" * length)
    code.make(fit=True)
    return int(code.version)


def dark_runs(row: list[bool]) -> list[tuple[int, int]]:
    """A row's dark modules as runs of (start, length): far fewer shapes than modules."""
    runs: list[tuple[int, int]] = []
    for index, is_dark in enumerate(row):
        if is_dark and runs and sum(runs[-1]) == index:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif is_dark:
            runs.append((index, 1))
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
