"""The files that a council copies to its one machine: sound for the programs that read them, and true of pbvote."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from flask import Flask

from pbvote.bodies import body_limit
from pbvote.cli import COMMANDS, command_called
from pbvote.config import DEFAULTS, configure
from tests.house import HOUSE
from tests.programs import program

FILES = HOUSE / "deploy" / "one-machine"
UNITS = FILES / "systemd"
PROGRAM = "/srv/pbvote/.venv/bin/pbvote"
MOST_EXPOSED = 1.6
"""Of 10, as systemd counts what a service could do beyond its work."""
_MEGABYTES = re.compile(r"location (?:~|\^~)? ?(\S+) \{\s+client_max_body_size (\d+)m;")


def the_timers() -> list[str]:
    """The commands that have a timer."""
    return sorted(file.stem.partition("@")[2] for file in UNITS.glob("pbvote@*.timer"))


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, for a program that is there."""
    program("systemd-analyze")
    shutil.copytree(UNITS, tmp_path, dirs_exist_ok=True)
    for file in [*tmp_path.glob("*.service"), *tmp_path.glob("*/*.conf")]:
        text = file.read_text()
        assert (PROGRAM in text) is ("ExecStart=" in text), file
        file.write_text(text.replace(PROGRAM, "/usr/bin/true"))
    return tmp_path


def analysed(units: Path, *asked: str) -> str:
    """What systemd says of units, good or bad."""
    path = {"SYSTEMD_UNIT_PATH": f"{units}:/lib/systemd/system:/usr/lib/systemd/system"}
    said = subprocess.run(
        ["systemd-analyze", *asked], env=os.environ | path, capture_output=True, text=True, timeout=60, check=True
    )
    return said.stdout + said.stderr


def test_systemd_finds_nothing_wrong_with_the_units(units: Path) -> None:
    names = ["pbvote.service"]
    names += [f"pbvote@{command}.{kind}" for command in the_timers() for kind in ("service", "timer")]
    assert analysed(units, "verify", "--man=no", *names) == ""
    with (units / "pbvote.service").open("a") as file:
        file.write("Helpful=yes\n")
    assert "Helpful" in analysed(units, "verify", "--man=no", "pbvote.service")


@pytest.mark.parametrize("name", ["pbvote.service", "pbvote@backup.service"])
def test_a_service_may_do_little_beyond_its_work(units: Path, name: str) -> None:
    said = analysed(units, "security", "--offline=true", "--no-pager", name)
    level = re.search(r"Overall exposure level for \S+: ([\d.]+)", said)
    assert level, said
    assert float(level[1]) <= MOST_EXPOSED, said


def test_all_services_are_fenced_in_alike() -> None:
    fences = [file.read_text().partition("\n\n# What it may touch")[2] for file in sorted(UNITS.glob("*.service"))]
    serving, command = (fence.partition("\n\n")[0].strip() for fence in fences)
    assert serving == command
    assert serving.count("\n") > 20
    # What systemd's own judgement does not weigh: nothing of its memory reaches a disk.
    assert {"LimitCORE=0", "MemorySwapMax=0"} <= set(serving.splitlines())


def test_every_timer_runs_a_command_that_wants_nothing_more() -> None:
    assert the_timers() == ["backup", "remind", "send-mail", "sweep-files", "tidy"]
    started = {"serve": ["--host", "127.0.0.1", "--port", "5000"]}
    for name in the_timers():
        own = UNITS / f"pbvote@{name}.service.d" / "folder.conf"
        line = own.read_text() if own.exists() else f"ExecStart={PROGRAM} {name}"
        found = re.search(rf"^ExecStart={PROGRAM} (\S+) ?(.*)$", line, re.MULTILINE)
        assert found, name
        started[found[1]] = found[2].split()
        assert found[1] == name
        assert (started[name][:2] == ["--keep-days", "35"]) is (name == "backup")
        calendar = re.search(r"^OnCalendar=(.+)$", (UNITS / f"pbvote@{name}.timer").read_text(), re.MULTILINE)
        assert calendar, name
        assert calendar[1] == "minutely" or calendar[1].endswith(" Europe/London")
        # A night on which the host was off is made up for.
        is_made_up_for = "\nPersistent=true\n" in (UNITS / f"pbvote@{name}.timer").read_text()
        assert is_made_up_for is (calendar[1] != "minutely"), name
    for name, arguments in started.items():
        here = [argument.replace("/var/backups/pbvote", "/tmp") for argument in arguments]  # noqa: S108
        assert name in COMMANDS
        command_called(name).make_context(name, here, obj=click.Context(command_called(name)).obj)


def test_cron_runs_what_the_timers_run() -> None:
    runs = dict(re.findall(r"^[\d* ]+ root pbvote (\S+)(.*)$", (FILES / "crontab").read_text(), re.MULTILINE))
    assert sorted(runs) == the_timers()
    assert runs["backup"] == " --keep-days 35 /var/backups/pbvote"


def test_every_setting_stands_in_the_environment_file_with_its_meaning(tmp_path: Path) -> None:
    text = (FILES / "pbvote.env").read_text()
    named = re.findall(r"^#?PBVOTE_(\w+)=", text, re.MULTILINE)
    assert sorted(named) == sorted(DEFAULTS)
    table = (HOUSE / "docs" / "deploy.md").read_text()
    first = re.findall(r"^\| (`PBVOTE_.+?) \|", table, re.MULTILINE)
    in_table = [
        name if name.startswith("PBVOTE_") else f"PBVOTE_SMTP{name}" for name in re.findall(r"`(\w+)`", str(first))
    ]
    assert sorted(in_table) == sorted(f"PBVOTE_{name}" for name in DEFAULTS)
    shown = tmp_path / "shown.env"
    shown.write_text(re.sub(r"^#(PBVOTE_)", r"\1", text, flags=re.MULTILINE))
    # A shell and systemd read such lines alike: NAME=word or NAME='words'.
    assert re.fullmatch(r"(#.*\n|\n|PBVOTE_\w+=('[^'\n]*'|[\w.:/@-]*)\n)*", shown.read_text())
    told = subprocess.run(
        ["sh", "-c", f"set -aeu; . {shown}; env"], env={}, capture_output=True, text=True, check=True
    ).stdout
    values = dict(line.split("=", 1) for line in told.splitlines() if line.startswith("PBVOTE_"))
    theirs = {"BASE_URL", "PROXIES"}  # the nginx beside it speaks for these two
    for name, value in DEFAULTS.items():
        said = values[f"PBVOTE_{name}"]
        assert name in theirs or said == (str(value).lower() if isinstance(value, bool) else str(value)), name


def test_settings_of_the_environment_file_make_cookies_secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in re.findall(r"^(PBVOTE_\w+)='?([^'\n]*)'?$", (FILES / "pbvote.env").read_text(), re.MULTILINE):
        monkeypatch.setenv(name, value)
    app = Flask("pbvote", instance_path=str(tmp_path))
    configure(app)
    assert app.config["SESSION_COOKIE_SECURE"] is True
    assert app.config["PROXIES"] == 1


def test_the_server_in_front_lets_through_what_pbvote_takes(app: Flask) -> None:
    site = (FILES / "nginx" / "pbvote.conf").read_text()
    limits = [(pattern, int(size)) for pattern, size in _MEGABYTES.findall(site)]
    assert [size for _, size in limits] == [16, 48]
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+(?:\([^)]*\))?:)?\w+>", "1", rule.rule)
        longest = [size for pattern, size in limits if re.match(pattern, path)]
        taken = max(longest, default=2)
        assert body_limit(path).bytes <= taken * 1024 * 1024, path


def test_the_command_for_administrators_is_sound_shell() -> None:
    subprocess.run(["sh", "-n", FILES / "pbvote"], check=True)
    assert os.access(FILES / "pbvote", os.X_OK)
