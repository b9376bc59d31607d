"""The files for several machines, as a council copies them: their programs take them, and a vote is safe with them."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from pbvote.config import DEFAULTS
from pbvote.doctor.database import of_postgresql
from pbvote.doctor.findings import Level
from tests.house import HOUSE
from tests.programs import program

FILES = HOUSE / "deploy/several-machines"
NAMED_NOWHERE = {"log_parameter_max_length": "-1", "auto_explain.log_min_duration": "", "pgaudit.log": ""}
"""What PostgreSQL's own defaults say, or that it does not have them."""


def settings_in(file: str) -> dict[str, str]:
    """A file of settings, as systemd's `EnvironmentFile` reads it."""
    lines = [line for line in (FILES / file).read_text(encoding="utf-8").splitlines() if line[:1] not in {"", "#"}]
    return dict(line.split("=", 1) for line in lines)


def patroni() -> dict[str, Any]:
    """Patroni's settings."""
    told: dict[str, Any] = yaml.safe_load((FILES / "database/patroni.yml").read_text(encoding="utf-8"))
    return told


@pytest.mark.parametrize("host", ["front", "app"])
def test_haproxy_takes_its_files(host: str, tmp_path: Path) -> None:
    haproxy, pem = program("haproxy"), tmp_path / "pbvote.pem"
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=grants.council.example"
    subprocess.run(
        ["openssl", *made.split(), "-keyout", pem, "-out", tmp_path / "crt"], check=True, capture_output=True
    )
    pem.write_text(pem.read_text() + (tmp_path / "crt").read_text())
    file = tmp_path / "haproxy.cfg"
    file.write_text((FILES / host / "haproxy.cfg").read_text().replace("/etc/haproxy/pbvote.pem", str(pem)))
    said = subprocess.run([haproxy, "-c", "-f", file], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert "WARNING" not in said.stderr


def test_patroni_takes_its_file() -> None:
    command = [program("patroni"), "--validate-config", str(FILES / "database/patroni.yml")]
    environment = os.environ | settings_in("database/patroni.env")
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
    names = {name.removeprefix("PBVOTE_") for name in settings_in("app/pbvote.env")}
    assert names <= set(DEFAULTS)


def test_the_front_notes_no_visitor_and_nothing_of_a_vote() -> None:
    told = (FILES / "front/haproxy.cfg").read_text(encoding="utf-8")
    [form] = re.findall(r'log-format "(.*)"', told)
    # No address (%ci), no line of a request with its query (%r, %HU, %HQ), nothing captured.
    assert not re.search(r"%(ci|cp|r|HU|HQ|hr|hs|CC|CS)\b", form)
    [silent] = re.findall(r"set-log-level silent if \{ path_beg (.*) \}", told)
    for kept_out in re.findall(r"`(/\w+)`", _row_of("no access log for")):
        assert kept_out in silent.split(), kept_out
    assert "retry-on conn-failure\n" in told  # what writes is never sent twice


def _row_of(words: str) -> str:
    rows = (HOUSE / "docs/deploy.md").read_text(encoding="utf-8").splitlines()
    return next(row for row in rows if words in row)


def test_etcd_and_patroni_name_the_same_hosts() -> None:
    etcd = settings_in("database/etcd")
    members = dict(member.split("=", 1) for member in etcd["ETCD_INITIAL_CLUSTER"].split(","))
    hosts = {address.removeprefix("http://").split(":")[0] for address in members.values()}
    assert {host.split(":")[0] for host in patroni()["etcd"]["hosts"]} == hosts
    servers = re.findall(r"server \w+ ([\d.]+):5432", (FILES / "app/haproxy.cfg").read_text(encoding="utf-8"))
    assert set(servers) == hosts
    assert etcd["ETCD_NAME"] in members
