"""What programs do to a `.pb` file, so that an error can say what is odd and not only that something is wrong."""

from collections.abc import Sequence

SECTIONS = ("META", "PROJECTS", "VOTES")
_CURLY = "“”„‟«»‘’‚"
_FOREIGN = {",": "commas", "\t": "tabs"}


def damage_of(cells: Sequence[str], columns: int) -> str:
    """What a program seems to have done to a row of so many columns; empty if nothing shows."""
    if not cells:
        return ""
    if len(cells) > columns and not any(cell.strip() for cell in cells[columns:]):
        return "a spreadsheet has put semicolons behind it"
    if any(cell.strip()[:1] in _CURLY for cell in cells if cell.strip()):
        return 'its quotation marks are curly (“ ”), and only straight ones (") hold a cell together'
    for mark, name in _FOREIGN.items():
        if len(cells) == 1 < columns and cells[0].count(mark) >= columns - 1:
            return f"its cells are parted by {name} and not by semicolons"
    return ""


def because(cells: Sequence[str], columns: int) -> str:
    """The same, to be put behind a sentence."""
    found = damage_of(cells, columns)
    return f": {found}" if found else ""


def encoding_of(start: bytes) -> str:
    """What bytes that are not UTF-8 seem to be, to be put behind a sentence."""
    if start.startswith(b"PK"):
        return ": it is a spreadsheet or a zip file"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ": it is in UTF-16, which Excel calls Unicode text"
    return ""
