"""QR codes on paper."""

from collections.abc import Sequence

from pbvote.core.qr import dark_runs
from pbvote.printing.document import Document


def draw_qr(pdf: Document, rows: Sequence[Sequence[bool]], x: float, y: float, side: float) -> None:
    """A QR code with its top left corner at (x, y), `side` mm wide. Leave four modules empty around it.

    All its modules are one shape, in units of a module: a sheet has thousands of them.
    """
    module = side / len(rows) * pdf.k
    # A hair of overlap: renderers leave light seams between shapes that only touch.
    shape = " ".join(
        f"{start} {-line} {length} -1.02 re" for line, row in enumerate(rows) for start, length in dark_runs(row)
    )
    corner = f"{x * pdf.k:.3f} {(pdf.h - y) * pdf.k:.3f}"
    pdf.put(f"q 0 g {module:.5f} 0 0 {module:.5f} {corner} cm {shape} f Q".encode())
