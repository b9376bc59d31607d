"""The ledger's arithmetic."""

from pbvote.core.hashes import canonical, digest
from pbvote.vote.ledger.chain import FIRST, entry_hash

ENTRY = {
    "event": "sale-2014",
    "seq": 1,
    "prev": FIRST,
    "type": "open",
    "body": {"ballots": 0},
    "at": "2014-07-12T10:00:00+00:00",
    "actor": 3,
}


def test_one_value_has_one_text() -> None:
    assert canonical({"b": 1, "a": ["ż", None]}) == '{"a":["ż",null],"b":1}'
    assert digest({"b": 1, "a": 2}) == digest({"a": 2, "b": 1})


def test_an_entrys_hash_covers_every_part_of_it() -> None:
    hashes = {entry_hash(ENTRY)}
    for name in ENTRY:
        hashes.add(entry_hash({**ENTRY, name: "something else"}))
    assert len(hashes) == 1 + len(ENTRY)


def test_what_is_no_part_of_an_entry_does_not_matter() -> None:
    assert entry_hash({**ENTRY, "hash": "whatever"}) == entry_hash(ENTRY)
