"""A machine of the cluster: namespaces of its own, on a network that the trials can cut."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

SPACE: Final = Path("/mnt")
"""Where the machines' disks are: in memory, and seen by nobody outside."""
BRIDGE: Final = "lan"
OUTSIDE: Final = "10.20.0.1"
"""Where the phones are, and whoever looks at the databases."""
STARTING_SECONDS: Final = 20
# A shell as the first process of a machine buries whatever is left to it.
_FIRST = "set -e; {mounts} ip link set lo up; hostname {name}; touch {ready}; while :; do sleep 3600; done"


class Failed(Exception):
    """The cluster is not as it has to be."""


def run(*command: str | Path) -> str:
    """Run a command that must succeed; what it says. Raises `Failed`."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"{' '.join(map(str, command))}: {done.stderr.strip()}")
    return done.stdout


def wait_until(is_so: Callable[[], bool], seconds: float, otherwise: Callable[[], str]) -> None:
    """Ask again and again. Raises `Failed` where it does not become true in time."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise Failed(otherwise())
        time.sleep(0.1)


def make_network() -> None:
    """The switch that joins the machines, and this process with them."""
    run("ip", "link", "set", "lo", "up")
    run("ip", "link", "add", BRIDGE, "type", "bridge")
    run("ip", "address", "add", f"{OUTSIDE}/24", "dev", BRIDGE)
    run("ip", "link", "set", BRIDGE, "up")


@dataclass
class Host:
    """One machine."""

    name: str
    address: str
    mounts: dict[str, str] = field(default_factory=dict)
    """Which folders of its own disk stand where: `/etc/haproxy` by `haproxy`."""
    _first: "subprocess.Popen[bytes] | None" = None
    _pid: int = 0
    _network: str = ""

    @property
    def disk(self) -> Path:
        """The folder that outlives the machine's being switched off."""
        return SPACE / self.name

    def switch_on(self) -> None:
        """Let it begin, with nothing running yet, and connect it."""
        ready = self.disk / "ready"
        for folder in ("run", "logs", *self.mounts.values()):
            (self.disk / folder).mkdir(mode=0o755, parents=True, exist_ok=True)
        ready.unlink(missing_ok=True)
        mounts = {**self.mounts, "/run": "run"}
        binds = " ".join(f"mount --bind {self.disk / folder} {place};" for place, folder in mounts.items())
        first = _FIRST.format(mounts=binds, name=self.name, ready=ready)
        new = ["unshare", "--net", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc"]
        with (self.disk / "logs/machine").open("ab") as log:
            self._first = subprocess.Popen([*new, "sh", "-c", first], stdout=log, stderr=log, start_new_session=True)
        wait_until(ready.exists, STARTING_SECONDS, lambda: f"{self.name} does not start")
        self._pid = _child_of(self._first.pid)
        self._network = _network_of(self._pid)
        port = self.port
        run("ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", str(self._pid))
        run("ip", "link", "set", port, "master", BRIDGE, "up")
        self.run("ip", "address", "add", f"{self.address}/24", "dev", "eth0")
        self.run("ip", "link", "set", "eth0", "up")

    def switch_off(self) -> None:
        """Pull the plug: everything on it ends at once."""
        if self._first:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            self._first.wait()
            self._first = None
            # The kernel takes its network down when it has time: not too late for the next that is called the same.
            with contextlib.suppress(Failed):
                run("ip", "link", "delete", self.port)

    @property
    def port(self) -> str:
        """The switch's port that leads to it."""
        return f"to-{self.name}"

    def inside(self, command: Sequence[str | Path]) -> list[str]:
        """The command as this machine runs it."""
        enter = ["nsenter", f"--target={self._pid}", "--net", "--mount", "--uts", "--pid"]
        return [*enter, *map(str, command)]

    def run(self, *command: str | Path) -> str:
        """Run a command on it that must succeed; what it says."""
        return run(*self.inside(command))

    def begin(self, what: str, command: Sequence[str | Path], settings: dict[str, str] | None = None) -> None:
        """Begin a program that goes on. What it says is in the machine's log of that name."""
        environment = {**os.environ, **(settings or {})}
        with (self.disk / "logs" / what).open("ab") as log:
            subprocess.Popen(self.inside(command), stdout=log, stderr=log, env=environment, start_new_session=True)

    def processes(self, *names: str) -> Iterator[int]:
        """The numbers of its processes of these names; of all but the first where none is given."""
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if str((entry / "ns/net").readlink()) == self._network and int(entry.name) != self._pid:
                    name = _name_of(entry)
                    if not names or name in names:
                        yield int(entry.name)

    def send(self, number: signal.Signals, *names: str) -> int:
        """Send a signal to its processes of these names; how many there were."""
        found = list(self.processes(*names))
        if number is signal.SIGCONT:  # what had entered the machine stops with what it began, and holds it
            found += list(self.processes("nsenter"))
        for process in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)
        return len(found)

    def cut(self) -> None:
        """Pull its network cable."""
        run("ip", "link", "set", self.port, "down")

    def join(self) -> None:
        """Put it back, and let it speak with everybody again."""
        run("ip", "link", "set", self.port, "up")
        self.run("iptables", "-F")

    def shut_out(self, others: Sequence["Host"]) -> None:
        """Lose every packet between it and these."""
        for other in others:
            for chain, side in (("INPUT", "-s"), ("OUTPUT", "-d")):
                self.run("iptables", "-A", chain, side, other.address, "-j", "DROP")


def _name_of(entry: Path) -> str:
    """What a process is called: `postgres`, `patroni`, `etcd`."""
    words = (entry / "cmdline").read_bytes().split(b"\0")
    name = Path(words[0].decode(errors="replace").split(" ")[0].rstrip(":")).name
    return "patroni" if any(word.endswith(b"/patroni") for word in words[:2]) else name


def _child_of(process: int) -> int:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return int(children[0])


def _network_of(process: int) -> str:
    return str(Path(f"/proc/{process}/ns/net").readlink())
