"""A digest as six words that a hall can read off a screen and take a photo of.

The list is BIP 39's 2,048 English words (https://github.com/bitcoin/bips/blob/master/bip-0039/english.txt): no two
begin with the same four letters. Six words are the digest's first 66 bits.
"""

from functools import lru_cache

from mnemonic import Mnemonic

WORDS = 6
_BITS = 11


@lru_cache(maxsize=1)
def word_list() -> tuple[str, ...]:
    """The 2,048 words, in order."""
    return tuple(Mnemonic("english").wordlist)


def words_of(digest: str) -> list[str]:
    """The six words of a digest in hexadecimal digits."""
    bits = int(digest, 16) >> (4 * len(digest) - WORDS * _BITS)
    return [word_list()[bits >> shift & 2047] for shift in range(_BITS * (WORDS - 1), -1, -_BITS)]
