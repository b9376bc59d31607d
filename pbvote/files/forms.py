"""Forms that take a photo."""

from typing import Any, ClassVar, Final

from pbvote.fields import FileField, Form
from pbvote.files.pictures import MOST_BYTES, NewPhoto, read_photo
from pbvote.files.refusals import FileRefused

TOO_MANY_PHOTOS: Final = "You have sent many photos in a short time. Wait {wait}, then send this one."


def photo_field(label: str, hint: str, required: str | bool = "Choose a photo") -> FileField:
    """A box for one photo."""
    # A phone offers its camera for any picture.
    accept = {"accept": "image/*,.heic,.heif", "data-most-bytes": str(MOST_BYTES)}
    return FileField(label, hint=hint, look={"attributes": accept}, required=required)


class PhotoReading(Form):
    """A form with a photo, which is read by its content as soon as the form is looked at."""

    photo_name: ClassVar[str] = "photo"
    """What the photo's box is called: two forms on one page call theirs differently."""
    new: NewPhoto | None = None
    """The photo that was sent, where there is one and it can be read."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every answer will do, and the photo is none or a good one."""
        is_valid = super().validate(extra_validators)
        return self._read_photo() and is_valid

    def _read_photo(self) -> bool:
        given = self[self.photo_name].data
        if given and not self[self.photo_name].errors:
            try:
                self.new = read_photo(given.read(), given.filename or "")
            except FileRefused as refused:
                self.refuse(str(refused), self.photo_name)
        return not self[self.photo_name].errors
