"""Which passwords are refused, and that people who choose well are left alone."""

import pytest

from pbvote.core.passwords import BETTER, weakness

KNOWN = ("Olivia Marsh", "olivia.marsh@trafford.example", "Voluntary Sector Grants", "Trafford Council")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        *(
            (weak, "repeats itself")
            for weak in ("aaaaaaaaaaaa", "abababababab", "passwordpassword", "Hello! Hello! Hello!")
        ),
        *(
            (weak, "counts")
            for weak in ("123456789012", "abcdefghijklm", "qwertyuiopas", "1q2w3e4r5t6y", "0987654321098")
        ),
        *((weak, "no letters") for weak in ("194507121903", "2014-07-12 1530", "0161 496 0000 12")),
        *((weak, "a name") for weak in ("Password2024!", "P@ssw0rd123456", "letmein-letmein1", "welcome12345")),
        *((weak, "a name") for weak in ("Olivia.Marsh@trafford.example", "oliviamarsh2014", "MARSH-olivia-77")),
        *((weak, "a name") for weak in ("Voluntary Sector Grants", "trafford council!", "grants2014grants")),
        *((weak, "a name") for weak in ("monkey dragon 99", "ManchesterUnited1", "Summer-2026-Summer")),
    ],
)
def test_what_is_soon_guessed_is_refused_with_a_way_out(password: str, reason: str) -> None:
    said = weakness(password, KNOWN)
    assert said
    assert reason in said
    assert said.endswith(BETTER)


@pytest.mark.parametrize(
    "good",
    [
        *("three unlikely words", "correct horse battery staple", "voluntary teapot sector", "Olivia likes rhubarb"),
        *(
            "7x!9Q#2$5k%1",
            "gH3k-9wPz-Lm2q",
            "żółw pije kompot",
            "سیب درخت بادل",
            "demonstration-2014",
            "x" * 8 + "qlmzt",
        ),
    ],
)
def test_what_is_not_is_taken(good: str) -> None:
    assert weakness(good, KNOWN) is None


def test_own_words_count_for_their_owner_alone() -> None:
    assert weakness("oliviamarsh2014") is None
    assert weakness("oliviamarsh2014", ["Olivia Marsh"])


@pytest.mark.parametrize("word", ["", "a", "Jo", "...", "@"])
def test_a_short_or_empty_name_makes_no_password_weak(word: str) -> None:
    assert weakness("three unlikely words", [word]) is None
