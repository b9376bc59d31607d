"""The machines that the files of `deploy/several-machines` describe, with everything on them begun."""

import json
import shlex
import shutil
import sys
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from deploy.cluster.hosts import SPACE, Failed, Host, make_network, run, wait_until

HOUSE: Final = Path(__file__).parents[2]
FILES: Final = HOUSE / "deploy/several-machines"
PROGRAMS: Final = Path(sys.executable).parent
ADDRESS: Final = "https://grants.council.example"
NEEDED: Final = {
    "patroni": "patroni",
    "etcd": "etcd-server",
    "haproxy": "haproxy",
    "iptables": "iptables",
    "openssl": "openssl",
    "/usr/lib/postgresql/15/bin/postgres": "postgresql-15",
}
WHOLE_SECONDS: Final = 120


def missing_packages() -> list[str]:
    """Debian's packages that are not here."""
    return sorted(package for program, package in NEEDED.items() if not shutil.which(program))


def settings_in(file: Path) -> dict[str, str]:
    """What a file of settings says, as systemd's `EnvironmentFile` reads it."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {name: "".join(shlex.split(value)) for name, _, value in (line.partition("=") for line in lines)}


def for_host(settings: dict[str, str], host: Host) -> dict[str, str]:
    """The same for another database host than the file's: its own name and address, and the list of all as it is."""
    shared = {"ETCD_INITIAL_CLUSTER"}
    return {
        name: value if name in shared else value.replace("10.20.0.21", host.address).replace("db1", host.name)
        for name, value in settings.items()
    }


def _databases() -> list[Host]:
    own = {"/etc/patroni": "etc-patroni", "/var/lib/postgresql": "postgresql", "/var/lib/etcd": "etcd"}
    return [Host(f"db{number}", f"10.20.0.2{number}", own) for number in (1, 2, 3)]


def _apps() -> list[Host]:
    own = {"/etc/haproxy": "etc-haproxy", str(HOUSE / "instance"): "pbvote"}
    return [Host(f"app{number}", f"10.20.0.1{number}", own) for number in (1, 2)]


@dataclass
class Cluster:
    """Two app hosts, three databases, and the front."""

    is_synchronous: bool = True
    front: Host = field(default_factory=lambda: Host("front", "10.20.0.10", {"/etc/haproxy": "etc-haproxy"}))
    apps: list[Host] = field(default_factory=_apps)
    databases: list[Host] = field(default_factory=_databases)

    @property
    def hosts(self) -> list[Host]:
        """All of them."""
        return [self.front, *self.apps, *self.databases]

    @property
    def certificate(self) -> Path:
        """What phones trust."""
        return SPACE / "pbvote.crt"

    def build(self) -> None:
        """Switch every machine on and begin the databases; the app hosts wait for their tables and keys."""
        make_network()
        for host in self.hosts:
            host.switch_on()
        for host in self.databases:
            self._prepare_database(host)
            self.begin_database(host)
        wait_until(lambda: self.leader() is not None, WHOLE_SECONDS, lambda: "no database leads")
        self._make_certificate()
        for host in self.apps:
            shutil.copy(FILES / "app/haproxy.cfg", host.disk / "etc-haproxy/haproxy.cfg")
            self.begin_haproxy(host)
        self.wait_until_whole()
        self._make_database()

    def _prepare_database(self, host: Host) -> None:
        config = (FILES / "database/patroni.yml").read_text(encoding="utf-8")
        if not self.is_synchronous:
            config = config.replace("synchronous_mode: true", "synchronous_mode: false")
            config = config.replace("synchronous_mode_strict: true", "synchronous_mode_strict: false")
        (host.disk / "etc-patroni/config.yml").write_text(config, encoding="utf-8")
        (host.disk / "run/postgresql").mkdir(exist_ok=True)
        for folder in ("postgresql", "run/postgresql"):
            shutil.chown(host.disk / folder, "postgres", "postgres")
        shutil.chown(host.disk / "etcd", "etcd", "etcd")

    def begin_database(self, host: Host) -> None:
        """Begin etcd and Patroni on it."""
        self.begin_etcd(host)
        self.begin_patroni(host)

    def begin_etcd(self, host: Host) -> None:
        """Begin etcd, as Debian's unit does."""
        settings = for_host(settings_in(FILES / "database/etcd"), host)
        host.begin("etcd", ["runuser", "-u", "etcd", "--", "etcd"], settings)

    def begin_patroni(self, host: Host) -> None:
        """Begin Patroni, as Debian's unit does."""
        settings = for_host(settings_in(FILES / "database/patroni.env"), host)
        host.begin("patroni", ["runuser", "-u", "postgres", "--", "patroni", "/etc/patroni/config.yml"], settings)

    def begin_haproxy(self, host: Host) -> None:
        """Begin HAProxy."""
        (host.disk / "run/haproxy").mkdir(exist_ok=True)
        host.begin("haproxy", ["haproxy", "-db", "-f", "/etc/haproxy/haproxy.cfg"])

    def begin_pbvote(self, host: Host) -> None:
        """Begin pbvote, with this machine's own keys."""
        address = [f"--host={host.address}", "--port=5000", "--workers=1"]
        host.begin("pbvote", [PROGRAMS / "pbvote", "serve", *address], self.settings_of(host))

    def settings_of(self, host: Host) -> dict[str, str]:
        """Pbvote's settings on an app host: its keys on the machine's own disk, its files where all share them."""
        own = {"PBVOTE_KEYS_DIR": str(host.disk / "pbvote/keys"), "PBVOTE_FILES_DIR": str(SPACE / "files")}
        return {**settings_in(FILES / "app/pbvote.env"), **own}

    def begin_front(self) -> None:
        """Begin what everybody meets."""
        shutil.copy(FILES / "front/haproxy.cfg", self.front.disk / "etc-haproxy/haproxy.cfg")
        self.begin_haproxy(self.front)

    def _make_certificate(self) -> None:
        key, name = SPACE / "pbvote.key", ADDRESS.removeprefix("https://")
        made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        own = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
        run(*made, "-days", "2", *own, "-keyout", key, "-out", self.certificate)
        both = self.certificate.read_text() + key.read_text()
        (self.front.disk / "etc-haproxy/pbvote.pem").write_text(both)

    def _make_database(self) -> None:
        """The role and the database, as `docs/cluster.md` says."""
        password = self.url_of(self.databases[0]).split(":")[2].split("@")[0]
        role = f"CREATE ROLE pbvote LOGIN PASSWORD '{password}'"
        leader = self.leader()
        if leader is None:
            raise Failed("no database leads")
        for statement in (role, "CREATE DATABASE pbvote OWNER pbvote"):
            leader.run("runuser", "-u", "postgres", "--", "psql", "-qc", statement)

    def url_of(self, host: Host) -> str:
        """The address of this host's database, past HAProxy."""
        return settings_in(FILES / "app/pbvote.env")["PBVOTE_DATABASE_URL"].replace("127.0.0.1", host.address)

    def members(self) -> list[dict[str, Any]]:
        """What Patroni says of each database; none where nobody answers."""
        for host in self.databases:
            try:
                with urllib.request.urlopen(f"http://{host.address}:8008/cluster", timeout=1) as answer:
                    told: list[dict[str, Any]] = json.load(answer)["members"]
                    return told
            except (OSError, ValueError):
                continue
        return []

    def leader(self) -> Host | None:
        """The database that leads, as Patroni's own check says."""
        for host in self.databases:
            try:
                with urllib.request.urlopen(f"http://{host.address}:8008/primary", timeout=1):
                    return host
            except OSError:
                continue
        return None

    def standby(self) -> Host:
        """The database that is synchronous. Raises `Failed` where there is none."""
        for member in self.members():
            if member["role"] == "sync_standby":
                return next(host for host in self.databases if host.name == member["name"])
        raise Failed("no database is synchronous")

    def etcd_leader(self) -> Host:
        """The host whose etcd leads. Raises `Failed` where none does."""
        for host in self.databases:
            request = urllib.request.Request(f"http://{host.address}:2379/v3/maintenance/status", b"{}")
            try:
                with urllib.request.urlopen(request, timeout=1) as answer:  # noqa: S310
                    told = json.load(answer)
            except (OSError, ValueError):
                continue
            if told["leader"] == told["header"]["member_id"]:
                return host
        raise Failed("no etcd leads")

    def is_whole(self) -> bool:
        """Whether one leads, and two follow it without a gap."""
        members = self.members()
        roles = sorted(member["role"] for member in members)
        wanted = ["leader", "replica", "sync_standby" if self.is_synchronous else "replica"]
        following = [member for member in members if member["role"] != "leader"]
        is_near = all(member["state"] in {"running", "streaming"} and member.get("lag") == 0 for member in following)
        leads = [member for member in members if member["role"] == "leader"]
        same = {member.get("timeline") for member in members}
        return roles == wanted and is_near and len(same) == 1 and leads[0]["state"] == "running"

    def wait_until_whole(self) -> None:
        """Wait for it. Raises `Failed` after two minutes."""
        wait_until(self.is_whole, WHOLE_SECONDS, lambda: f"not whole again: {self.members()}")
