"""Photos that came with a check-in's words. One that can't be taken holds up neither the words nor the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from werkzeug.datastructures import FileStorage

from pbvote.core.patience import in_words
from pbvote.files.pictures import NewPhoto, read_photo
from pbvote.files.refusals import FileRefused
from pbvote.grants.visits.models import MOST_PHOTOS, CheckIn
from pbvote.grants.visits.photos import TooManyPhotos, add_photo
from pbvote.people.models import Account
from pbvote.people.tries import note, of_files, wait_of

TOO_MANY = "Your photos are not stored: you have sent many in a short time. Log the visit again with them in {wait}."


@dataclass(frozen=True, slots=True)
class SentPhotos:
    """What came, drawn again, each with its key; and what is said about those that are no photos."""

    new: Sequence[tuple[str, NewPhoto]]
    refused: list[str]

    @classmethod
    def of(cls, files: Sequence[FileStorage], by: Account) -> "SentPhotos":
        """Read these files, which takes some seconds each. A form sent twice brings the same keys.

        Of somebody who has sent many in a short time none is read.
        """
        if files and (wait := wait_of(of_files(by.id))):
            return cls([], [TOO_MANY.format(wait=in_words(wait))])
        new, refused = [], []
        for file in files[:MOST_PHOTOS]:
            content, name = file.read(), file.filename or ""
            try:
                new.append((sha256(content).hexdigest()[:32], read_photo(content, name)))
            except FileRefused as why:
                refused.append(f"{name} is not stored. {why}.")
        return cls(new, refused)

    def put_beside(self, check_ins: Sequence[CheckIn], by: Account) -> None:
        """Store them beside each of these, as far as there is room for so many. Nothing here commits."""
        for _ in self.new:
            note(of_files(by.id))
        for check_in in sorted(check_ins, key=lambda one: one.id):
            for key, photo in self.new:
                try:
                    add_photo(check_in, key, photo, by)
                except TooManyPhotos as why:
                    self.refused.append(str(why))
