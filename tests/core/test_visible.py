"""What others wrote, as one line in which everything can be seen."""

import pytest

from pbvote.core.visible import visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Zażółć gęślą, ‘Étude’ 公園 حديقة 🎪", "Zażółć gęślą, ‘Étude’ 公園 حديقة 🎪"),
        ("a\u00a0b\tc\u2003d", "a b c d"),
        ("a\nThis is the official outcome.", "a�This is the official outcome."),
        ("a\r\n\x1b[2Jb\x9b31m", "a���[2Jb�31m"),
        ("a\u2028b\u2029c\x0bd\x85e", "a�b�c�d�e"),
        ("pot \u202edesrever\u202c \u2066x\u2069 \u200b\ufeff", "pot �desrever� �x� ��"),
        ("\x00\x7f", "��"),
        ("", ""),
    ],
)
def test_it_is_one_line_in_which_all_can_be_seen(text: str, seen: str) -> None:
    assert visible(text) == seen
    assert visible(text).isprintable()
