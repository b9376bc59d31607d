"""Looking for words as people type them."""

from pathlib import Path

import pytest

from pbvote.core.searching import folded, holds_words


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("ogrod", "Ogród ziołowy"),
        ("ZIOLOWY", "Ogród ziołowy"),
        ("kitchen garden", "A garden\nwith a kitchen"),
        ("gard", "Gardeners"),
        ("اعشاب", "حديقة أعشاب"),
        ("لائبریری", "لائبريري"),  # the same letters, of an Urdu and of an Arabic keyboard
        ("مکتبه", "المكتبة"),
        ("  ", "anything"),
    ],
)
def test_a_word_is_found_however_it_is_typed(typed: str, stands: str) -> None:
    assert holds_words([stands], typed)


@pytest.mark.parametrize(("typed", "stands"), [("gardens", "garden"), ("herb shed", "herb garden"), ("x", "")])
def test_a_word_that_is_not_there_is_not_found(typed: str, stands: str) -> None:
    assert not holds_words([stands], typed)


def test_a_query_does_not_reach_from_one_text_into_the_next() -> None:
    assert not holds_words(["herb", "garden"], "herbgarden")


def test_the_browser_folds_the_same_letters() -> None:
    # site/filtering.js takes the same letters for one.
    script = Path(__file__).parents[2].joinpath("pbvote/assets/site/filtering.js").read_text(encoding="utf-8")
    for letter in "łøđیىکةہ":
        assert f'{letter}: "{folded(letter)}"' in script
