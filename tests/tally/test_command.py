"""`pbvote tally` as a person and as a script use it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pbvote.cli.tally import tally_command
from tests.tally.pb_text import pb_text
from tests.tally.real import real_file


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(tally_command, [str(argument) for argument in arguments])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "hall.pb"
    projects = "project_id;cost;votes;name;selected\na;60.5;3;Allotment;1\nb;50;1;Band;0"
    path.write_text(pb_text({"currency": "GBP"}, projects=projects), encoding="utf-8")
    return path


def test_an_account_for_people(file: Path) -> None:
    result = run(file)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Test",
        "Rule: Most votes or points first (greedy)",
        "100.00 GBP to give · 2 bids · 3 ballots",
        "",
        "             votes   asks   left  bid",
        "funded           3  60.50  39.50  a  Allotment",
        "10.50 short      1  50.00  39.50  b  Band",
        "",
        "1 of 2 bids are funded, for 60.50 GBP; 39.50 GBP is left.",
        "This is the official outcome.",
    ]


def test_json_for_scripts(file: Path) -> None:
    said = json.loads(run(file, "--json").stdout)
    assert set(said.pop("seconds")) == {"read", "count"}
    assert said == {
        "rule": "greedy",
        "budget": 100,
        "spent": 60.5,
        "left": 39.5,
        "funded": ["a"],
        "waiting": [],
        "steps": [
            {"ref": "a", "verdict": "funded", "total": 3, "voters": 3, "ask": 60.5,
             "left_before": 100, "left_after": 39.5},
            {"ref": "b", "verdict": "does-not-fit", "total": 1, "voters": 1, "ask": 50,
             "left_before": 39.5, "left_after": 39.5, "needed": 10.5},
        ],
    }  # fmt: skip


def test_another_rule_can_be_named(file: Path) -> None:
    assert json.loads(run(file, "--json", "--rule", "greedy-custom").stdout)["rule"] == "greedy-custom"
    assert json.loads(run(file, "--json", "--rule", "greedy-no-skip").stdout)["funded"] == ["a"]
    assert run(file, "--rule", "magic").exit_code == 2


def test_another_outcome_than_the_official_one_is_said(file: Path) -> None:
    file.write_text(file.read_text().replace("Allotment;1", "Allotment;0").replace("Band;0", "Band;1"))
    assert run(file).stdout.splitlines()[-3:] == [
        "The official outcome is another one:", "  + b  Band", "  - a  Allotment",
    ]  # fmt: skip


def test_a_bad_file_ends_with_status_2_line_and_column(file: Path) -> None:
    file.write_text(pb_text(votes="voter_id;vote\n1;a\n2;a,z\n3;a"))
    result = run(file, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: hall.pb: line 21, column vote: “z” is not listed in PROJECTS\n"


@pytest.mark.parametrize("name", ["missing.pb", "."])
def test_what_is_no_file_ends_with_status_2(tmp_path: Path, name: str) -> None:
    assert run(tmp_path / name).exit_code == 2


def test_a_rule_that_nobody_knows_is_asked_for(file: Path) -> None:
    file.write_text(pb_text({"rule": "magic"}))
    result = run(file)
    assert result.exit_code == 2
    assert "line 11, column value: rule is not known here; name one with --rule" in result.stderr
    assert run(file, "--rule", "greedy").exit_code == 0


def test_what_is_odd_is_said_aside(file: Path) -> None:
    file.write_text(pb_text({"min_length": "2"}))
    assert run(file, "--json").stderr == "Note: 2 ballots have fewer projects than min_length, 2\n"


def test_a_reader_that_goes_away_leaves_no_traceback() -> None:
    path = real_file("Poland_Warszawa_2026")
    code = "from pbvote.cli.tally import tally_command; tally_command()"
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_equal_shares_with_its_options(file: Path) -> None:
    options = [
        "--rule",
        "equalshares/add1",
        "--utilities",
        "cardinality",
        "--no-exhaustive",
        "--ties",
        "cheaper, votes",
    ]
    said = json.loads(run(file, "--json", *options).stdout)
    assert (said["rule"], said["endowment"], said["funded"]) == ("equalshares/add1", 70, ["a"])
    assert said["steps"][0]["price"] == 20.17
    assert said["steps"][1]["needed"] == 0.17
    assert "Each voter had 70.00 GBP to spend on bids." in run(file, *options).stdout


@pytest.mark.parametrize(
    "options",
    [["--ties", "magic"], ["--utilities", "cost", "--exhaustive"], ["--utilities", "cardinality"], ["--bid", "z"]],
)
def test_options_that_do_not_go_with_the_rule_or_file_end_with_status_2(file: Path, options: list[str]) -> None:
    assert run(file, *options).exit_code == 2


def test_each_bid_is_explained_with_how_close_it_came(file: Path) -> None:
    assert run(file, "--explain").stdout.splitlines()[4:8] == [
        "a  Allotment",
        "    Funded: 3 votes, the most of those left. It asked for 60.50 GBP and 100.00 GBP was left.",
        "b  Band",
        (
            "    Passed over: 1 vote. It asked for 50.00 GBP and only 39.50 GBP was left; 10.50 GBP short. "
            "3 more votes would have been enough. One fewer would not have been enough. "
            "Asking for 10.50 GBP less would have been enough."
        ),
    ]
    assert list(json.loads(run(file, "--json", "--bid", "b").stdout)["explained"]) == ["b"]


def test_an_amount_that_is_not_whole_is_printed_with_its_decimals(file: Path) -> None:
    file.write_text(pb_text({"currency": "GBP", "budget": "100", "rule": "equalshares"}))
    said = run(file, "--explain").stdout
    # Two supporters of 33.33⅓ each can't pay 60; three can, with 20.00 each. b's supporter has 13.33⅓ left.
    assert "Its supporters paid its 60 GBP together, at most 20 GBP each" in said
    assert "its supporters had 13.33 GBP left between them" in said
    file.write_text(
        pb_text({"budget": "100"}, votes="voter_id;vote\n1;a\n2;b\n3;a", projects="project_id;cost\na;60\nb;41")
    )
    said = run(file, "--explain", "--rule", "greedy").stdout
    assert "Asking for 1 less would have been enough." in said
    file.write_text(
        pb_text({"rule": "equalshares"}, votes="voter_id;vote\n1;a\n2;b\n3;a", projects="project_id;cost\na;67\nb;34")
    )
    assert "Asking for 0.34 less would have been enough." in run(file, "--bid", "a").stdout
    assert "0.34 short" in run(file).stdout


FORGED = "Allotment\x1b[2J\u2028This is the official outcome.\u202e\x9b31m"


@pytest.mark.parametrize("options", [[], ["--explain"], ["--compare"], ["--json"], ["--json", "--explain"]])
def test_nothing_unseen_in_a_file_reaches_the_terminal(file: Path, options: list[str]) -> None:
    meta = {"currency": "G\x07P", "description": f'"{FORGED}\nforged"', "rule": "greedy-no-skip"}
    rows = f'a\x1bc;60;3;"{FORGED}\nforged";0\nb;50;1;Band;1'
    text = pb_text(meta, projects=f"project_id;cost;votes;name;selected\n{rows}")
    file.write_text(text.replace("1;a", "1;a\x1bc").replace("2;a", "2;a\x1bc").replace("3;a", "3;a\x1bc"))
    said = run(file, *options)
    assert said.exit_code == 0
    for line in (said.stdout + said.stderr).splitlines():
        assert line.isprintable()
        assert not line.startswith(("This is the official", "forged"))


def test_nor_does_a_name_of_a_file_or_a_value_that_is_refused(file: Path) -> None:
    odd = file.with_name("ha\x1b[2Jll\nError: none.pb")
    odd.write_text(pb_text({"budget": "1\x1b[2J"}))
    for paths in ([odd], [odd, file]):
        said = run(*paths)
        assert said.exit_code == 2
        lines = (said.stdout + said.stderr).splitlines()
        assert all(line.isprintable() for line in lines)
        assert len(lines) == (1 if len(paths) == 1 else 3)


def test_commands_print_through_one_function() -> None:
    folder = Path(__file__).parents[2] / "pbvote" / "cli"
    for module in folder.glob("*.py"):
        if module.name != "printing.py":
            assert not re.search(r"click\.(echo|secho|ClickException)\b|\bprint\(", module.read_text()), module.name


def test_a_city_is_explained_without_how_close_each_bid_came() -> None:
    result = run(real_file("Poland_Swiecie_2023"), "--explain")
    assert "ask for one bid with --bid ID" in result.stderr
    assert "would have been enough" not in result.stdout
    assert "Its supporters paid its" in result.stdout
    assert "would have been enough" in run(real_file("Poland_Gdynia_2022_Babie_Doly__small"), "--explain").stdout


def test_other_rules_are_compared(file: Path) -> None:
    assert run(file, "--compare").stdout.splitlines()[-6:] == [
        "What other rules would have funded (this is not the result):",
        "  greedy-no-skip         1 bids            60.50  the same",
        "  equalshares            1 bids            60.50  the same",
        "  equalshares/add1       1 bids            60.50  the same",
        "  equalshares/add1u      1 bids            60.50  the same",
        "  phragmen               1 bids            60.50  the same",
    ]
    assert json.loads(run(file, "--json", "--compare").stdout)["compared"]["phragmen"] == ["a"]


def test_a_directory_gets_one_line_per_file_and_a_total(file: Path) -> None:
    (file.parent / "broken.pb").write_text("META\n")
    (file.parent / "silent.pb").write_text(pb_text())
    result = run(file.parent)
    assert result.exit_code == 2
    assert [line.split(maxsplit=1) for line in result.stdout.splitlines()] == [
        ["broken", "line 1, column 1: the file ends before the column names of META"],
        ["hall", "greedy               1 funded  as official"],
        ["silent", "greedy               1 funded  no official outcome"],
        ["2", "files counted; 1 of 1 official outcomes come out; 1 could not be counted."],
    ]


def test_many_files_as_json_are_one_object_per_line(file: Path) -> None:
    other = file.parent / "other.pb"
    other.write_text(file.read_text().replace("Allotment;1", "Allotment;0"))
    result = run(file, other, "--json")
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line.pop("seconds") < 60 for line in lines] == [True, True]
    assert lines == [
        {"file": "hall.pb", "rule": "greedy", "funded": ["a"], "official": ["a"], "waiting": []},
        {"file": "other.pb", "rule": "greedy", "funded": ["a"], "official": [], "waiting": []},
    ]
    assert "official: 0, -a" in run(file, other).stdout
    assert run(file, other, "--explain").exit_code == 2


def test_a_plain_count_loads_no_numpy() -> None:
    code = "import sys, pbvote.tally, pbvote.tally.pabulib; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
