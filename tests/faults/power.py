"""The power of a host, to be cut: a disk that forgets what was not flushed, and processes that end in mid-sentence."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.faults.disk import BLOCK, SIZE

ENDING_SECONDS = 20


class Disk:
    """The disk as tests have it: a folder to write into, and a switch."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "disk"
        self.image = place / "image"
        self._device = place / "device"
        self._served: subprocess.Popen[str] | None = None
        self.folder.mkdir()
        self._device.touch()
        with self.image.open("wb") as file:
            file.truncate(SIZE)
        making = ["mkfs.ext4", "-q", "-b", str(BLOCK), "-J", "size=8", "-E", "lazy_itable_init=0", str(self.image)]
        subprocess.run(making, check=True)

    def switch_on(self) -> None:
        """Mount what survived: ext4 replays its journal, as after any power cut."""
        command = [sys.executable, "-m", "tests.faults.disk", str(self.image), str(self._device)]
        self._served = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        assert self._said() == "mounted"
        subprocess.run(["mount", "-t", "ext4", "-o", "loop", str(self._device), str(self.folder)], check=True)

    def settle(self) -> None:
        """Flush everything: the day before is safely on the disk."""
        subprocess.run(["sync", "--file-system", str(self.folder)], check=True)

    def cut(self, kept: float = 0.0, seed: int = 0) -> None:
        """Cut the power: what was not flushed is lost, but for this share of what the disk had in its cache."""
        assert self._served
        assert self._served.stdin
        self._served.stdin.write(f"cut {kept} {seed}\n")
        assert self._said() == "cut"

    def pull_out(self) -> None:
        """Take away what is dead. Whoever holds on to it, even from another namespace, holds on to errors."""
        for place in (self.folder, self._device):
            subprocess.run(["umount", "--lazy", str(place)], check=False, capture_output=True)
        if self._served:
            self._served.kill()
            self._served.communicate()
        self._served = None

    def _said(self) -> str:
        assert self._served
        assert self._served.stdout
        return self._served.stdout.readline().strip()


@contextlib.contextmanager
def disk_that_forgets() -> Iterator[Disk]:
    """Such a disk, switched on; the test is skipped where none may be mounted."""
    tools = all(map(shutil.which, ("mkfs.ext4", "losetup", "mount", "umount")))
    devices = all(Path("/dev", name).exists() for name in ("fuse", "loop-control"))
    if os.geteuid() != 0 or not tools or not devices:
        pytest.skip("no disk may be mounted here")
    with tempfile.TemporaryDirectory(prefix="pbvote-disk-") as place:
        Path(place).chmod(0o755)  # a database server may come in
        disk = Disk(Path(place))
        try:
            try:
                disk.switch_on()
            except subprocess.CalledProcessError:
                pytest.skip("no disk may be mounted here")
            yield disk
        finally:
            disk.cut()
            disk.pull_out()


def cut_power(disk: Disk, processes: Iterable[int], kept: float = 0.0, seed: int = 0) -> None:
    """Stop these processes where they are, lose what was not flushed, end them, and let the disk come back.

    They stand still before the disk does: none of them acknowledges anything after the cut.
    """
    halted = list(processes)
    _signal_all(halted, signal.SIGSTOP)
    disk.cut(kept, seed)
    kill_all(halted)
    disk.pull_out()
    disk.switch_on()


def kill_all(processes: Iterable[int]) -> None:
    """`kill -9` for each that is still there; back when none of them runs or holds a file."""
    left = list(processes)
    _signal_all(left, signal.SIGKILL)
    deadline = time.monotonic() + ENDING_SECONDS
    while left := [process for process in left if _status(process)[:1] not in ([], ["Z"])]:
        assert time.monotonic() < deadline, f"{left} did not end"
        time.sleep(0.02)


def _signal_all(processes: Iterable[int], which: signal.Signals) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, which)


def family_of(process: int) -> list[int]:
    """The process and all its descendants, parents first: nobody makes children once its parent has been stopped."""
    children: dict[int, list[int]] = {}
    for number in (int(folder.name) for folder in Path("/proc").glob("[0-9]*")):
        if status := _status(number):
            children.setdefault(int(status[1]), []).append(number)
    family = [process]
    for member in family:
        family.extend(children.get(member, []))
    return family


def _status(process: int) -> list[str]:
    """What /proc says of a process from its state and its parent on; nothing where it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def flush_less(url: str) -> None:
    """Let this PostgreSQL acknowledge before it flushes, and take its time to flush."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET synchronous_commit = off")
        connection.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        connection.execute("SELECT pg_reload_conf()")
