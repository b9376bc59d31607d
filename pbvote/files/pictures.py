"""Photos, as they come from phones: read by their content, turned upright, drawn again in two sizes.

What is kept is drawn again from the pixels. So nothing else of the file comes along: no place, no camera, no name, no
comment, and no second file hidden behind the picture. The colours are those that every screen knows (sRGB).
"""

import io
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

from pbvote.core.turns import Crowded, Turns
from pbvote.files.refusals import MEGABYTE, DamagedFile, EmptyFile, NoPhoto, TooManyAtOnce, TooManyBytes, TooManyPixels

MOST_BYTES: Final = 15 * MEGABYTE
MOST_PIXELS: Final = 50_000_000
"""What the largest cameras of phones deliver. It is looked at in the file's head, before anything is unpacked."""
SMALL, LARGE = 400, 1200
"""The most pixels of the longer side. A smaller picture stays as it is."""
ACCEPT: Final = ("image/jpeg", "image/png", "image/webp", "image/heic", "image/heif")
MEDIA_TYPE: Final = "image/jpeg"
_QUALITY: Final = {SMALL: 76, LARGE: 82}
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_WHITE: Final = (255, 255, 255)

register_heif_opener(thumbnails=False)
# An unpacked picture takes up to 200 MB and some seconds, so one is drawn at a time, and few threads wait for theirs.
_turns = Turns(most_waiting=3)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it is kept, in JPEG."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photo in its two sizes, not stored yet."""

    small: Drawn
    large: Drawn
    name: str = ""
    """What its file was called."""


def read_photo(content: bytes, name: str = "") -> NewPhoto:
    """A photo out of a file that somebody sent. Raises a `FileRefused` that says what to do instead."""
    if not content:
        raise EmptyFile
    if len(content) > MOST_BYTES:
        raise TooManyBytes(MOST_BYTES)
    kind = _kind_of(content)
    try:
        with _turns.take():
            large = _upright(content, kind)
    except Crowded as crowded:
        raise TooManyAtOnce from crowded
    small = large.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return NewPhoto(_drawn(small, SMALL), _drawn(large, LARGE), name)


def _kind_of(content: bytes) -> str:
    """What Pillow calls the kind of picture that the first bytes say. Raises `NoPhoto`."""
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return "HEIF"
    raise NoPhoto


def _upright(content: bytes, kind: str) -> Image.Image:
    """The first frame, as it was held when it was taken, in at most `LARGE` pixels. Nothing but pixels is left."""
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            _require_few_pixels(*picture.size)
            plain = _plain(picture)
            plain.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)
            return _in_srgb(ImageOps.exif_transpose(plain), picture.info.get("icc_profile"))
    except TooManyPixels:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise TooManyPixels(0, 0, MOST_PIXELS) from bomb
    except Exception as broken:  # decoders raise whatever they stumble over: it is a broken picture all the same
        raise DamagedFile from broken


def _require_few_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise TooManyPixels(width, height, MOST_PIXELS)


def _plain(picture: Image.Image) -> Image.Image:
    """The picture in a mode that can be made smaller without loss, what shines through on white."""
    if picture.mode.startswith("I"):  # 16 bits of grey
        eight = (np.asarray(picture).astype(np.int64) >> 8).clip(0, 255).astype(np.uint8)
        return Image.fromarray(eight)
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, _WHITE)
        ground.alpha_composite(layer)
        ground.info = layer.info
        return ground.convert("RGB")
    return picture if picture.mode in {"RGB", "L", "CMYK"} else picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The same colours, for screens that know no other profile. Without one, or with a broken one, as they are."""
    if profile:
        try:
            theirs, ours = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, theirs, ours, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            converted = None
        picture = converted or picture
    pixels = picture.convert("RGB")
    clean = Image.new("RGB", pixels.size)
    clean.paste(pixels)  # pixels alone: `info` would bring comments along
    return clean


def _drawn(picture: Image.Image, size: int) -> Drawn:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY[size], optimize=True, progressive=True)
    return Drawn(written.getvalue(), *picture.size)
