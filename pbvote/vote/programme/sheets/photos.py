"""A bid's photo on paper."""

from flask import current_app
from fpdf.image_parsing import preload_image

from pbvote.files.store import FileMissing, the_store
from pbvote.printing.setting import Setting
from pbvote.vote.programme.photos import PrintPhoto


def draw_photo(setting: Setting, photo: PrintPhoto, x: float, y: float, width: float, height: float) -> None:
    """Fill this room, in mm, with the middle of the photo. A reader that can't see it hears what it shows.

    The room stays empty where the photo's file is damaged, or went since the print was laid out.
    """
    pdf = setting.pdf
    try:
        with the_store().open(photo.digest) as file:
            content = file.read()
        preload_image(pdf.image_cache, content)
    except (FileMissing, OSError):
        current_app.logger.exception("a photo can’t be printed")
        return
    left, (wide, high) = setting.left_of(x, width), photo.around(width, height)
    with pdf.rect_clip(left, y, width, height):
        pdf.image(content, left - (wide - width) / 2, y - (high - height) / 2, wide, high, alt_text=photo.text or None)
