"""A stream of bytes as texts of whole lines."""

from collections.abc import Iterator
from typing import BinaryIO

from pbvote.tally.pabulib.damage import encoding_of
from pbvote.tally.pabulib.errors import PabulibError

MAX_LINE = 1_000_000  # bytes, give or take a block
_BLOCK = 1 << 15  # bytes read at once: what is made of them stays in the processor's cache while it is worked on


def read_texts(stream: BinaryIO, max_file: int) -> Iterator[str]:
    """A UTF-8 stream as texts that end where a line ends, none of them empty, a byte order mark taken off.

    Raises PabulibError if the stream has more than `max_file` bytes, a line of more than MAX_LINE, or is not UTF-8;
    the lines before those bytes are handed on first.
    """
    line, size, encoding = 1, 0, "utf-8-sig"
    while block := stream.read(_BLOCK):
        end = stream.readline(MAX_LINE + 1)
        size += len(block) + len(end)
        if size > max_file:
            raise PabulibError(line, "1", f"the file is larger than {max_file:,} bytes, which is the limit here")
        if len(end) > MAX_LINE:
            reason = f"the line is longer than {MAX_LINE:,} bytes, which is the limit"
            raise PabulibError(line + block.count(b"\n"), "1", reason)
        try:
            text = (block + end).decode(encoding)
        except UnicodeDecodeError as error:
            good = error.object[: error.object.rfind(b"\n", 0, error.start) + 1]
            if good:
                yield good.decode()
            reason = f"this is not text in UTF-8{encoding_of(block) if line == 1 else ''}"
            raise PabulibError(line + good.count(b"\n"), "1", reason) from error
        if text:
            yield text
        line += text.count("\n")
        encoding = "utf-8"
