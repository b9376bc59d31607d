"""Keys and what is derived from them."""

import hmac
import os
import stat
import threading
from pathlib import Path

import pytest

from pbvote.core.codes import ALPHABET
from pbvote.core.keys import CHECK_NUMBER, EventKey, KeyMissing, KeyRing


def test_tags_differ_by_event_by_code_and_by_key() -> None:
    key, other = EventKey.derive("sale-2014", bytes(32)), EventKey.derive("sale-2014", bytes(31) + b"\1")
    elsewhere = EventKey.derive("stretford-2014", bytes(32))
    tags = {
        key.code_tag("A" * 12),
        key.code_tag("B" * 12),
        other.code_tag("A" * 12),
        elsewhere.code_tag("A" * 12),
        key.ballot_tag(key.code_tag("A" * 12)),
    }
    assert len(tags) == 5
    assert all(len(tag) == 32 for tag in tags)


def test_derivation_stays_as_it_is() -> None:
    # A slip printed before an upgrade must work after it.
    key = EventKey.derive("sale-2014", bytes(range(32)))
    tag = key.code_tag("K7QF9M2TXW4R")
    assert tag.hex() == "cd7a1d32941d4c70b2db45595b673ff9bd2e1d8a57d9a49d5e55ca6fa5928bbc"
    assert key.ballot_tag(tag) == hmac.digest(key.ballots, tag, "sha256")


def test_a_check_number_is_eight_symbols_of_a_slip_and_tells_no_tag() -> None:
    key = EventKey.derive("sale-2014", bytes(range(32)))
    numbers = {key.check_number(key.code_tag(f"CODE{number}")) for number in range(200)}
    assert len(numbers) == 200
    assert all(len(number) == CHECK_NUMBER and set(number) <= set(ALPHABET) for number in numbers)
    tag = key.code_tag("K7QF9M2TXW4R")
    assert key.check_number(tag) == "S087WKVX"
    assert key.fingerprint == "9125dc0d10427fba"


def test_a_key_is_destroyed_with_what_a_crash_left_of_it_and_no_other(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    ring.ensure("sale-2014")
    other = ring.ensure("sale-2014-b")
    (tmp_path / "sale-2014.0123456789abcdef").write_bytes(bytes(32))  # killed before the link was made
    for _ in range(2):
        ring.destroy("sale-2014")
    assert [file.name for file in tmp_path.iterdir()] == ["sale-2014-b.key"]
    assert ring.read("sale-2014-b") == other
    with pytest.raises(KeyMissing):
        ring.read("sale-2014")
    ring.restore("sale-2014", bytes(32))
    assert ring.read_bytes("sale-2014") == bytes(32)


def test_a_key_file_is_for_its_owner_alone_and_stays(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys")
    first = ring.ensure("sale-2014")
    assert ring.ensure("sale-2014") == first == ring.read("sale-2014")
    [file] = (tmp_path / "keys").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.stat().st_size == 32


def test_threads_that_race_agree_on_one_key(tmp_path: Path) -> None:
    ring, made = KeyRing(tmp_path), []
    threads = [threading.Thread(target=lambda: made.append(ring.ensure("sale-2014"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert len(made) == 16
    assert [file.name for file in tmp_path.iterdir()] == ["sale-2014.key"]


@pytest.mark.parametrize("content", [None, b"", b"too short"])
def test_a_host_without_a_whole_key_says_so(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "sale-2014.key").write_bytes(content)
    with pytest.raises(KeyMissing):
        KeyRing(tmp_path).read("sale-2014")


def test_a_new_key_and_its_end_survive_a_power_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def note(descriptor: int) -> None:
        synced.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    ring = KeyRing(tmp_path)
    ring.ensure("sale-2014")
    ring.destroy("sale-2014")
    assert synced == ["file", "folder", "file", "folder"]


def test_a_key_is_read_once_while_its_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = KeyRing(tmp_path)
    made = ring.ensure("sale-2014")
    monkeypatch.setattr(EventKey, "derive", None)  # to derive it again would fail
    assert ring.read("sale-2014") is made is ring.ensure("sale-2014")


def test_a_key_that_another_process_destroyed_is_forgotten_and_one_that_came_back_is_found(tmp_path: Path) -> None:
    ring, elsewhere = KeyRing(tmp_path), KeyRing(tmp_path)
    made = ring.ensure("sale-2014")
    content = elsewhere.read_bytes("sale-2014")
    elsewhere.destroy("sale-2014")
    with pytest.raises(KeyMissing):
        ring.read("sale-2014")
    assert not ring._known
    elsewhere.restore("sale-2014", content)
    assert ring.read("sale-2014") == made
    ring.destroy("sale-2014")
    assert not ring._known


def test_another_key_in_the_same_place_is_read_anew(tmp_path: Path) -> None:
    ring, elsewhere = KeyRing(tmp_path), KeyRing(tmp_path)
    first = ring.ensure("sale-2014")
    elsewhere.destroy("sale-2014")
    elsewhere.restore("sale-2014", bytes(32))
    assert ring.read("sale-2014") == EventKey.derive("sale-2014", bytes(32)) != first
    path = tmp_path / "sale-2014.key"
    path.write_bytes(b"torn")
    with pytest.raises(KeyMissing):
        ring.read("sale-2014")
