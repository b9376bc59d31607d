"""The files for several machines, as a council copies them: their programs take them, and a vote is safe with them."""

import contextlib
import http.client
import os
import re
import socket
import ssl
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import yaml

from deploy.cluster.building import settings_in
from pbvote.config import DEFAULTS
from pbvote.doctor.database import of_postgresql
from pbvote.doctor.findings import Level
from pbvote.voters_path import UNNOTED
from tests.house import HOUSE
from tests.in_front import make_certificate
from tests.programs import program
from tests.serving import answers, free_port, wait_until

FILES = HOUSE / "deploy/several-machines"
NAMED_NOWHERE = {"log_parameter_max_length": "-1", "auto_explain.log_min_duration": "", "pgaudit.log": ""}
"""What PostgreSQL's own defaults say, or that it does not have them."""


def patroni() -> dict[str, Any]:
    """Patroni's settings."""
    told: dict[str, Any] = yaml.safe_load((FILES / "database/patroni.yml").read_text(encoding="utf-8"))
    return told


@pytest.mark.parametrize("host", ["front", "app"])
def test_haproxy_takes_its_files(host: str, tmp_path: Path) -> None:
    file = front_of(tmp_path) if host == "front" else FILES / "app/haproxy.cfg"
    said = subprocess.run([program("haproxy"), "-c", "-f", file], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert "WARNING" not in said.stderr


def test_patroni_takes_its_file() -> None:
    command = [program("patroni"), "--validate-config", str(FILES / "database/patroni.yml")]
    environment = os.environ | settings_in(FILES / "database/patroni.env")
    said = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert said.returncode == 0, said.stderr


def test_a_vote_is_safe_with_what_patroni_sets() -> None:
    told = patroni()["bootstrap"]["dcs"]
    given = {name: str(value) for name, value in told["postgresql"]["parameters"].items()}
    findings = list(of_postgresql(NAMED_NOWHERE | given))
    assert [finding.level for finding in findings] == [Level.OK, Level.OK]
    assert told["synchronous_mode"] is True
    assert told["synchronous_mode_strict"] is True
    # Patroni's own rule: a leader has two tries to keep its lease.
    assert told["loop_wait"] + 2 * told["retry_timeout"] <= told["ttl"]


def test_app_hosts_have_settings_that_pbvote_knows() -> None:
    settings = settings_in(FILES / "app/pbvote.env")
    assert {name.removeprefix("PBVOTE_") for name in settings} <= set(DEFAULTS)
    # The units of one machine may write to their own folder alone, so these say what else.
    for unit in ("pbvote.service.d", "pbvote@.service.d"):
        said = (FILES / "app/systemd" / unit / "host.conf").read_text(encoding="utf-8")
        [folders] = re.findall(r"^ReadWritePaths=(.*)$", said, re.MULTILINE)
        for name in ("PBVOTE_KEYS_DIR", "PBVOTE_FILES_DIR"):
            assert any(Path(settings[name]).is_relative_to(folder) for folder in folders.split()), name


def front_of(folder: Path, others: Mapping[str, str] = MappingProxyType({})) -> Path:
    """The front's own file, with a certificate made here and these changes."""
    make_certificate(folder)
    pem = folder / "pbvote.pem"
    pem.write_text((folder / "fullchain.pem").read_text() + (folder / "privkey.pem").read_text())
    text = (FILES / "front/haproxy.cfg").read_text().replace("/etc/haproxy/pbvote.pem", str(pem))
    for old, new in others.items():
        assert old in text, old
        text = text.replace(old, new)
    file = folder / "haproxy.cfg"
    file.write_text(text)
    return file


def test_the_front_notes_no_visitor_and_nothing_of_a_vote(tmp_path: Path) -> None:
    plain, secure, nobody = free_port(), free_port(), f"127.0.0.1:{free_port()}"
    here = {"    user haproxy\n": "", "    group haproxy\n": "", "    chroot /var/lib/haproxy\n": ""}
    here |= {"    stats socket /run/haproxy/admin.sock mode 600 level admin\n": ""}
    here |= {"/dev/log local0": "stdout format raw local0", "bind :443": f"bind 127.0.0.1:{secure}"}
    here |= {"bind :80": f"bind 127.0.0.1:{plain}", "10.20.0.11:5000": nobody, "10.20.0.12:5000": nobody}
    file, log = front_of(tmp_path, here), tmp_path / "log"
    with log.open("wb") as out, subprocess.Popen([program("haproxy"), "-f", file], stdout=out, stderr=out) as process:
        try:
            wait_until(lambda: answers(plain) and answers(secure))
            trust = ssl.create_default_context(cafile=str(tmp_path / "fullchain.pem"))
            for path in ("/sign-in", *(f"/{part}/x" for part in UNNOTED)):
                for connection in (
                    http.client.HTTPConnection("localhost", plain, timeout=20),
                    http.client.HTTPSConnection("localhost", secure, timeout=20, context=trust),
                ):
                    with contextlib.closing(connection):
                        connection.request("GET", f"{path}?code=K7QF", headers={"Cookie": "session=mine"})
                        assert connection.getresponse().status == (503 if connection.port == secure else 301)
            with socket.create_connection(("127.0.0.1", secure), timeout=10) as no_tls:
                no_tls.sendall(b"no handshake\r\n\r\n")
                no_tls.recv(100)
            wait_until(lambda: log.read_text().count("/sign-in") == 2)
        finally:
            process.terminate()
    for word in ("127.0.0.1", "?code", "K7QF", "mine", "python", *(f"/{part}" for part in UNNOTED)):
        assert word not in log.read_text(), word


def test_what_writes_is_never_sent_twice_by_the_front() -> None:
    assert "retry-on conn-failure\n" in (FILES / "front/haproxy.cfg").read_text(encoding="utf-8")


def test_etcd_and_patroni_name_the_same_hosts() -> None:
    etcd = settings_in(FILES / "database/etcd")
    members = dict(member.split("=", 1) for member in etcd["ETCD_INITIAL_CLUSTER"].split(","))
    hosts = {address.removeprefix("http://").split(":")[0] for address in members.values()}
    assert {host.split(":")[0] for host in patroni()["etcd"]["hosts"]} == hosts
    servers = re.findall(r"server \w+ ([\d.]+):5432", (FILES / "app/haproxy.cfg").read_text(encoding="utf-8"))
    assert set(servers) == hosts
    assert etcd["ETCD_NAME"] in members
