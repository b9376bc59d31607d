"""The photos of an event's bids as its prints show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app

from pbvote.files.store import the_store
from pbvote.vote.programme.entries import Listed


@dataclass(frozen=True)
class PrintPhoto:
    """A bid's photo, in its smaller size: a print of many bids stays a small file."""

    digest: str
    """Of the smaller size."""
    width: int
    """Its shape; only the ratio of width and height matters."""
    height: int
    text: str
    """What it shows, in the print's language where somebody entered it."""

    def within(self, width: float, height: float) -> tuple[float, float]:
        """The largest width and height of its shape inside these, in mm."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale

    def around(self, width: float, height: float) -> tuple[float, float]:
        """The smallest width and height of its shape that cover these, in mm."""
        scale = max(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


def photos_of(entries: Sequence[Listed], language: str) -> dict[int, PrintPhoto]:
    """The photos that these entries show, by the bids' numbers. One whose file is missing is left out, and logged."""
    given = {entry.number: photo for entry in entries if entry.has_photo and (photo := entry.bid.photo)}
    missing = set(the_store().missing(photo.small.digest for photo in given.values()))
    for photo in given.values():
        if photo.small.digest in missing:
            current_app.logger.error("file %s is not in the store", photo.small.id)
    return {
        entry.number: PrintPhoto(photo.small.digest, photo.width, photo.height, entry.words(language).photo_text)
        for entry in entries
        if (photo := given.get(entry.number)) and photo.small.digest not in missing
    }
