"""A disk that loses at a power cut what was not flushed: a block device of ours under a real ext4.

One file, served to the kernel over /dev/fuse, stands under a loop device with ext4 on it. So the file system is the one
that a host has: its journal, its page cache, its idea of fsync on files and on folders, its shared memory. When it asks
the device to flush, the loop device asks this file to fsync, and only then do blocks reach the image. At the cut the
rest is lost, or by chance lost and kept block by block, as in a cache that was being written out in its own order. A
block of 4 KB is written whole or not at all, as disks do and ext4 expects. What it held between two flushes, and was
overwritten, is not kept; such a disk could show that too.

It runs as a process of its own (`python -m tests.faults.disk IMAGE PLACE`), so that whoever reads the files is never
the one that serves them: see `power.py`.
"""

import contextlib
import errno
import os
import random
import select
import struct
import subprocess
import sys
from pathlib import Path
from typing import Final

MEGABYTE: Final = 1024 * 1024
SIZE: Final = 512 * MEGABYTE
BLOCK: Final = 4096
_SECTOR: Final = 512

# linux/fuse.h, version 7.31: the few questions that are asked about one file that never changes its size.
_GETATTR, _OPEN, _READ, _WRITE, _RELEASE, _FSYNC, _FLUSH, _INIT = 3, 14, 15, 16, 18, 20, 25, 26
_FORGET, _INTERRUPT, _DESTROY, _BATCH_FORGET = 2, 36, 38, 42
_UNANSWERED: Final = {_FORGET, _INTERRUPT, _BATCH_FORGET}
_QUESTION: Final = struct.Struct("<IIQQIIIHH")
_ANSWER: Final = struct.Struct("<IiQ")
_ATTRIBUTES: Final = struct.Struct("<QII QQQQQQ IIIIIIIIII")
_WHERE: Final = struct.Struct("<QQI")
_REGULAR_FILE: Final = 0o100600
_LARGEST_WRITE: Final = 128 * 1024


class _Blocks:
    """The image, and over it what was written since the last flush."""

    def __init__(self, image: Path) -> None:
        self._image = image.open("r+b", buffering=0)
        self._unflushed: dict[int, bytearray] = {}
        self.is_cut = False

    def _block(self, number: int) -> bytes | bytearray:
        return self._unflushed.get(number) or os.pread(self._image.fileno(), BLOCK, number * BLOCK)

    def read(self, start: int, length: int) -> bytes:
        """What stands there, flushed or not."""
        first, last = start // BLOCK, (start + length - 1) // BLOCK
        blocks = b"".join(bytes(self._block(number)) for number in range(first, last + 1))
        return blocks[start - first * BLOCK :][:length]

    def write(self, start: int, content: bytes) -> None:
        """Into the cache, where a power cut finds it."""
        while content:
            number, into = divmod(start, BLOCK)
            part = content[: BLOCK - into]
            if number not in self._unflushed:
                self._unflushed[number] = bytearray(self._block(number))
            self._unflushed[number][into : into + len(part)] = part
            start, content = start + len(part), content[len(part) :]

    def flush(self) -> None:
        """Let everything reach the image."""
        for number, content in self._unflushed.items():
            os.pwrite(self._image.fileno(), content, number * BLOCK)
        self._unflushed.clear()

    def cut(self, kept: float, seed: int) -> None:
        """Lose what was not flushed, but for this share of its blocks."""
        chance = random.Random(seed)
        for number, content in sorted(self._unflushed.items()):
            if chance.random() < kept:
                os.pwrite(self._image.fileno(), content, number * BLOCK)
        self._unflushed.clear()
        self.is_cut = True


def _answer(blocks: _Blocks, question: int, body: bytes) -> bytes:
    """The kernel's question answered; raises OSError where that is the answer."""
    if question == _INIT:
        flags = 1 << 5  # writes of more than a page
        return struct.pack("<IIIIHHIIHHI28x", 7, 31, BLOCK, flags, 16, 12, _LARGEST_WRITE, 1, 0, 0, 0)
    if question == _GETATTR:
        times = (0, 0, 0, 0, 0, 0)
        return _ATTRIBUTES.pack(
            3600, 0, 0, 1, SIZE, SIZE // _SECTOR, *times[:3], *times[3:], _REGULAR_FILE, 1, 0, 0, 0, BLOCK, 0
        )
    if question == _OPEN:
        return struct.pack("<QII", 0, 0, 0)
    if question in (_RELEASE, _FLUSH, _DESTROY):
        return b""
    if blocks.is_cut:
        raise OSError(errno.EIO, "the power is cut")
    if question == _READ:
        _, start, length = _WHERE.unpack_from(body)
        return blocks.read(start, min(length, SIZE - start))
    if question == _WRITE:
        _, start, length = _WHERE.unpack_from(body)
        blocks.write(start, body[40 : 40 + length])
        return struct.pack("<II", length, 0)
    if question == _FSYNC:
        blocks.flush()
        return b""
    raise OSError(errno.ENOSYS, "nothing else is asked of a disk")


def _serve_one(blocks: _Blocks, kernel: int) -> None:
    message = os.read(kernel, _LARGEST_WRITE + BLOCK)
    _, question, unique, *_ = _QUESTION.unpack_from(message)
    if question in _UNANSWERED:
        return
    try:
        body, error = _answer(blocks, question, message[_QUESTION.size :]), 0
    except OSError as failure:
        body, error = b"", -(failure.errno or errno.EIO)
    with contextlib.suppress(FileNotFoundError):  # whoever asked was killed
        os.write(kernel, _ANSWER.pack(_ANSWER.size + len(body), error, unique) + body)


def serve(image: Path, place: Path) -> None:
    """Be the disk until it is unmounted. A line on standard input, "cut SHARE SEED", cuts the power."""
    blocks = _Blocks(image)
    kernel = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={kernel},rootmode={_REGULAR_FILE:o},user_id=0,group_id=0,allow_other"
    subprocess.run(["mount", "-i", "-t", "fuse", "-o", options, "disk", str(place)], check=True, pass_fds=[kernel])
    print("mounted", flush=True)
    watched = [kernel, sys.stdin.fileno()]
    while True:
        ready, _, _ = select.select(watched, [], [])
        if sys.stdin.fileno() in ready:
            line = os.read(sys.stdin.fileno(), 100).decode().split()
            if line:
                blocks.cut(float(line[1]), int(line[2]))
                print("cut", flush=True)
            else:
                watched.remove(sys.stdin.fileno())
        if kernel in ready:
            try:
                _serve_one(blocks, kernel)
            except OSError:  # ENODEV: unmounted
                return


if __name__ == "__main__":
    serve(Path(sys.argv[1]), Path(sys.argv[2]))
