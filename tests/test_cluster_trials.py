"""What the trials of a cluster conclude from what they see: a comparison that can't find a loss proves nothing."""

import shutil
from pathlib import Path

import pytest

from deploy.cluster import report
from deploy.cluster.building import FILES, for_host, settings_in
from deploy.cluster.checking import verdict
from deploy.cluster.hosts import Host
from deploy.cluster.phones import Ledger, SlipsLedger
from deploy.cluster.report import Row, table_of
from tests.house import HOUSE


@pytest.mark.parametrize(
    ("acknowledged", "stored", "version", "concluded"),
    [
        (2, "b", 2, "kept"),
        (2, "c", 3, "kept"),  # the third was under way, and its answer was lost
        (0, "", 0, "kept"),
        (0, "a", 1, "changed"),  # of the first, which was not the last that was sent
        (2, "a", 1, "lost"),
        (2, "", 0, "lost"),
        (2, "a", 2, "changed"),
        (2, "b", 3, "changed"),
        (2, "c", 4, "changed"),
    ],
)
def test_a_slips_last_acknowledged_vote_is_kept_lost_or_changed(
    acknowledged: int, stored: str, version: int, concluded: str
) -> None:
    sent = ["a", "b", "c"]
    slip = SlipsLedger("CODE", [{1: number} for number in (1, 2, 3)], acknowledged)
    assert verdict(slip, stored, version, sent) == concluded


def test_the_longest_wait_counts_from_the_moment_something_broke() -> None:
    ledger = Ledger(acknowledged_at=[1.0, 9.0, 12.0, 13.0])
    assert ledger.longest_wait(8.5, 14.0) == 3.0
    assert ledger.longest_wait(2.0, 14.0) == 7.0
    assert ledger.longest_wait(13.5, 20.0) == 6.5


def a_row(name: str, waited: float, surprises: list[str] | None = None, **found: int) -> Row:
    """A trial."""
    return Row(name, found, waited, {"200": 3}, surprises or [], has_changed_hands=True)


def test_a_trial_is_good_where_nothing_was_lost_and_no_phone_was_surprised() -> None:
    assert a_row("killed", 3, acknowledged=10, kept=10).is_good
    assert not a_row("killed", 3, lost=1).is_good
    assert not a_row("killed", 3, changed=1).is_good
    assert not a_row("killed", 3, ["a vote was answered with 500"]).is_good


def test_the_table_has_a_row_for_each_kind_and_one_for_all() -> None:
    rows = [a_row("killed", 3, acknowledged=1000), a_row("cut off", 9, lost=2), a_row("killed", 5, acknowledged=500)]
    assert table_of(rows)[2:] == [
        "| killed | 2 | 1,500 | 0 | 0 | 0 | 4.0 · 5.0 |",
        "| cut off | 1 | 0 | 2 | 0 | 0 | 9.0 · 9.0 |",
        "| **all** | **3** | **1,500** | **2** | **0** | **0** | **5.0 · 9.0** |",
    ]


def test_what_was_seen_is_kept_and_added_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, figures = tmp_path / "README.md", tmp_path / "cluster.json"
    page.write_text("before\n<!-- cluster-test: begin -->\nold\n<!-- cluster-test: end -->\nafter\n")
    monkeypatch.setattr(report, "PAGE", page)
    monkeypatch.setattr(report, "FIGURES", figures)
    rows, control = [a_row("killed", 3, acknowledged=7)], [a_row("cut off", 9, lost=2)]
    report.write(rows, control, is_kept=True)
    assert report.kept() == (rows, control)
    text = page.read_text()
    assert "| killed | 1 | 7 |" in text
    assert "It must lose" in text
    assert "old" not in text
    assert text.endswith("after\n")


def test_each_database_host_gets_the_files_settings_under_its_own_name() -> None:
    settings = for_host(settings_in(FILES / "database/etcd"), Host("db2", "10.20.0.22"))
    assert settings["ETCD_NAME"] == "db2"
    assert settings["ETCD_LISTEN_PEER_URLS"] == "http://10.20.0.22:2380"
    assert settings["ETCD_INITIAL_CLUSTER"].count("10.20.0.2") == 3
    assert for_host(settings_in(FILES / "database/patroni.env"), Host("db3", "10.20.0.23"))["PATRONI_NAME"] == "db3"


def test_the_command_can_be_run_from_anywhere() -> None:
    command = HOUSE / "deploy/cluster-test"
    assert command.stat().st_mode & 0o111
    assert shutil.which(str(command)) == str(command)
    assert Path(HOUSE, "deploy/README.md").read_text(encoding="utf-8").count("cluster-test: begin") == 1
