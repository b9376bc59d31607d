"""How a sentence is said: in English as it stands in the code, or in another language by whoever takes its place.

What explains a count or a code account takes a `Speech` and builds whole sentences with it, never parts of one, so
that each can be translated. `make translations` finds the sentences by the names `gettext`, `ngettext` and `N_`.
"""

from collections.abc import Iterable


class Speech:
    """Plain English. A subclass says the same sentences in another language, or with marks for a page."""

    def gettext(self, sentence: str, /, **values: str) -> str:
        """A sentence with its values filled in."""
        return sentence % values

    def ngettext(self, one: str, many: str, number: int, /, **values: str) -> str:
        """A sentence about a number, which stands in it as `%(num)s`."""
        return (one if number == 1 else many) % {"num": self.number(number), **values}

    def number(self, number: int) -> str:
        """A whole number as people write it: "12,345"."""
        return f"{number:,}"

    def listed(self, names: Iterable[str]) -> str:
        """Names one after the other: "a, b and c"."""
        *first, last = names
        return f"{', '.join(first)} and {last}" if first else last

    def together(self, sentences: Iterable[str]) -> str:
        """Sentences one after the other."""
        return " ".join(sentences)


ENGLISH = Speech()


def N_(sentence: str) -> str:  # noqa: N802 - the name that Babel looks for
    """A sentence that is translated where it is shown."""
    return sentence
