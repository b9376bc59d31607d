"""Passwords that somebody would guess before long. Length alone does not make a good one.

No dictionary and no meter: what is refused is what people choose when they must choose something. NIST SP 800-63B-3,
5.1.1.2, asks for just these: what is common, what repeats or counts, and the names of the person and the service.
"""

import re
from collections.abc import Iterable
from typing import Final

BETTER: Final = "Choose three words that don’t belong together."

_COMMON: Final = (
    *(
        "password",
        "passwort",
        "passphrase",
        "passcode",
        "letmein",
        "welcome",
        "changeme",
        "change",
        "secret",
        "default",
    ),
    *("admin", "administrator", "login", "guest", "user", "test", "demo", "hello", "whatever", "trustno", "access"),
    *("qwerty", "azerty", "asdf", "zxcv", "iloveyou", "love", "princess", "sunshine", "monkey", "dragon", "shadow"),
    *("master", "superman", "batman", "starwars", "pokemon", "football", "baseball", "computer", "internet", "freedom"),
    *("liverpool", "arsenal", "chelsea", "everton", "manchester", "united", "england", "london", "britain"),
    *("michael", "jordan", "charlie", "thomas", "george", "jessica", "ashley", "jennifer"),
    *("spring", "summer", "autumn", "winter", "monday", "friday", "sunday", "january", "june", "july", "december"),
    *("council", "pbvote", "vote", "voting"),
)
_RUNS: Final = tuple(
    run + run[::-1]
    for run in (
        *("1234567890" * 4, "0123456789" * 4, "abcdefghijklmnopqrstuvwxyz" * 2),
        *("qwertyuiopasdfghjklzxcvbnm" * 2, "qwertyuiop1234567890", "1234567890qwertyuiop"),
        *("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "zaq12wsxcde34rfv"),
    )
)
_LOOKALIKES: Final = str.maketrans("0134578@$!", "oieastbasi")
_FEW_SYMBOLS: Final = 5
_FEW_LETTERS: Final = 4


def weakness(password: str, words: Iterable[str] = ()) -> str | None:
    """The sentence that says why the password is soon guessed, and what to do; None where it will do.

    `words` are what an outsider knows: the person's name and address, the service and the council.
    """
    low = password.casefold().strip()
    symbols = re.sub(r"[\W_]", "", low)
    if len(set(low)) < _FEW_SYMBOLS or _repeats(symbols):
        return f"This password repeats itself. {BETTER}"
    if any(symbols in run for run in _RUNS):
        return f"This password counts, or follows the keyboard. {BETTER}"
    if symbols.isdecimal():
        return f"This password has no letters. {BETTER}"
    if _is_made_of(low, words):
        return f"This password is a name or a common word with little added. {BETTER}"
    return None


def _repeats(symbols: str) -> bool:
    """Whether it is one shorter text again and again: a text is, where it stands within its double."""
    return symbols in (symbols + symbols)[1:-1]


def _is_made_of(low: str, words: Iterable[str]) -> bool:
    """Whether hardly a letter is left once what everybody could guess is taken out."""
    known = {part for word in words for part in re.split(r"[\W\d_]+", word.casefold())}
    guessable = sorted({*_COMMON, *known}, key=len, reverse=True)
    middle = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", low)
    return any(_is_left_bare(re.sub(r"[\W\d_]", "", text), guessable) for text in (low, middle.translate(_LOOKALIKES)))


def _is_left_bare(letters: str, guessable: Iterable[str]) -> bool:
    left = letters
    for word in guessable:
        if len(word) >= _FEW_LETTERS:
            left = left.replace(word, "")
    return left != letters and len(left) < _FEW_LETTERS
