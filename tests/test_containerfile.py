"""The container file: from the registries alone, for a user without rights, with everything that it needs."""

import re
import shlex
from pathlib import Path

from tests.house import HOUSE, tracked

TEXT = re.sub(r"\\\n", " ", (HOUSE / "deploy" / "Containerfile").read_text())
LINES = [line for line in TEXT.splitlines() if line and not line.startswith("#")]


def said(instruction: str) -> list[str]:
    """What each line of this instruction says."""
    return [line.removeprefix(f"{instruction} ") for line in LINES if line.startswith(f"{instruction} ")]


def test_it_names_no_host_and_runs_as_nobody_in_particular() -> None:
    assert [line.split()[0] for line in said("FROM")] == ["debian:12", "debian:12"]
    assert set(re.findall(r"://([\w.-]+)", TEXT)) == {"127.0.0.1"}, "its own health is all that it asks a host for"
    assert not re.search(r"--\w*(index|registry)", TEXT)
    assert said("ADD") == []
    assert said("USER") == ["pbvote"]
    assert LINES.index("USER pbvote") < LINES.index(f"CMD {said('CMD')[0]}")
    assert "/readyz" in said("HEALTHCHECK")[0]
    assert said("VOLUME") == ["/srv/pbvote/instance"]


def test_it_takes_what_the_program_needs_and_no_data() -> None:
    taken = [part for line in said("COPY") if not line.startswith("--from") for part in shlex.split(line)[:-1]]
    known = {file.relative_to(HOUSE).parts[0] for file in tracked()}
    assert set(taken) <= known
    assert not {"instance", "tests", ".git"} & set(taken)
    # Make asks for each of these before it builds.
    makefile = (HOUSE / "Makefile").read_text()
    needed = re.findall(r"^\$\(VENV\)/\.run: (.+)$|^node_modules/\.installed: ([^|]+)", makefile, re.MULTILINE)
    assert {name for line in needed for name in " ".join(line).split()} <= set(taken)
    assert (HOUSE / "pbvote").is_dir()
    assert Path(said("WORKDIR")[-1]).name == "instance"
