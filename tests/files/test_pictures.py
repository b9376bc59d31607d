"""Photos are read by their content, stand upright, and bring nothing of their camera along."""

import contextlib
import io
import random

import pytest
from PIL import Image, ImageCms

from pbvote.core.turns import Turns
from pbvote.files import pictures
from pbvote.files.pictures import Drawn, read_photo
from pbvote.files.refusals import (
    DamagedFile,
    EmptyFile,
    FileRefused,
    NoPhoto,
    TooManyAtOnce,
    TooManyBytes,
    TooManyPixels,
)
from tests.files.samples import RED, SVG, corners, heic_file, huge_png, is_upright, photo_file, scene


def opened(drawn: Drawn) -> Image.Image:
    """What was drawn, as whoever looks at it gets it."""
    picture = Image.open(io.BytesIO(drawn.content))
    picture.load()
    return picture


def as_file(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_photo_stands_upright_however_the_camera_was_held(kind: str, orientation: int) -> None:
    new = read_photo(photo_file(kind, orientation))
    for drawn, size in ((new.small, (400, 300)), (new.large, (640, 480))):
        picture = opened(drawn)
        assert picture.format == "JPEG"
        assert picture.size == size == (drawn.width, drawn.height)
        assert is_upright(picture), corners(picture)


@pytest.mark.parametrize("orientation", [1, 6])
def test_what_an_iphone_writes_is_taken_and_stands_upright(orientation: int) -> None:
    new = read_photo(heic_file(orientation), "IMG_0042.HEIC")
    assert opened(new.large).size == (640, 480)
    assert is_upright(opened(new.large))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_no_place_no_camera_and_no_name_are_kept(kind: str) -> None:
    sent = heic_file() if kind == "HEIF" else photo_file(kind)
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825), "the sample has a place"
    assert b"Ann Smith" in sent
    assert b"GPSLatitude" in sent
    new = read_photo(sent)
    for drawn in (new.small, new.large):
        assert dict(opened(drawn).getexif()) == {}
        assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & opened(drawn).info.keys()
        for trace in (b"Exif", b"GPS", b"xmp", b"adobe", b"Ann", b"ICC_PROFILE"):
            assert trace not in drawn.content, trace


def test_large_pictures_are_made_smaller_and_small_ones_stay() -> None:
    large = read_photo(as_file(scene(4000, 3000), "JPEG"))
    assert (opened(large.small).size, opened(large.large).size) == ((400, 300), (1200, 900))
    tall = read_photo(as_file(scene(900, 3000), "JPEG"))
    assert (opened(tall.small).size, opened(tall.large).size) == ((120, 400), (360, 1200))
    tiny = read_photo(as_file(scene(64, 48)))
    assert opened(tiny.small).size == opened(tiny.large).size == (64, 48)


def test_of_what_moves_the_first_picture_is_taken() -> None:
    frames = [scene(), *(Image.new("RGB", (640, 480), "black") for _ in range(3))]
    for kind in ("WEBP", "PNG"):
        assert is_upright(opened(read_photo(as_file(frames[0], kind, save_all=True, append_images=frames[1:])).large))


def test_what_shines_through_is_white() -> None:
    glass = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    assert opened(read_photo(as_file(glass)).large).getpixel((9, 9)) == (255, 255, 255)
    palette = Image.new("P", (300, 300), 0)
    palette.info["transparency"] = b"\0"
    assert opened(read_photo(as_file(palette, transparency=b"\0")).large).getpixel((9, 9)) == (255, 255, 255)


def test_greys_prints_and_other_colours_come_through() -> None:
    for mode in ("L", "CMYK", "1"):
        kind = "JPEG" if mode == "CMYK" else "PNG"
        read_photo(as_file(scene().convert(mode), kind))
    grey = opened(read_photo(as_file(Image.new("I;16", (200, 200), 40_000))).large)
    assert abs(grey.getpixel((9, 9))[0] - 40_000 // 256) < 3  # type: ignore[index]
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = opened(read_photo(as_file(scene(), "JPEG", icc_profile=profile)).large)
    assert is_upright(same)
    assert is_upright(opened(read_photo(as_file(scene(), "JPEG", icc_profile=b"no profile")).large))
    assert corners(same)[0][0] - RED[0] < 25


@pytest.mark.parametrize(
    "content", [SVG, b"<!DOCTYPE html><title>x</title>", b"GIF89a" + b"\0" * 99, b"%PDF-1.7", b"BM" + b"\0" * 99, b"x"]
)
def test_what_is_no_photo_is_refused_whatever_its_name_says(content: bytes) -> None:
    with pytest.raises(NoPhoto, match=r"not a photo\. Choose a JPEG, PNG, WebP or HEIC picture"):
        read_photo(content, "photo.png")


def test_a_name_refuses_nobody() -> None:
    assert read_photo(photo_file(), "photo.exe").large.width == 640


@pytest.mark.parametrize("size", [(60_000, 60_000), (10_000, 10_000), (7_100, 7_100)])
def test_too_many_pixels_are_refused_by_the_head(monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda _: pytest.fail("it was unpacked"))
    with pytest.raises(TooManyPixels, match="Make it smaller: 50 million pixels at most"):
        read_photo(huge_png(*size))


def test_photos_that_are_drawn_leave_threads_to_voters(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(most_waiting=0)
    monkeypatch.setattr(pictures, "_turns", turns)
    with turns.take(), pytest.raises(TooManyAtOnce, match="Wait a minute, then choose yours again"):
        read_photo(photo_file())
    read_photo(photo_file())


def test_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_kind_of", lambda _: pytest.fail("it was looked at"))
    with pytest.raises(TooManyBytes, match="larger than 15 MB"):
        read_photo(b"\xff\xd8\xff" + bytes(pictures.MOST_BYTES))
    with pytest.raises(EmptyFile, match="empty"):
        read_photo(b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_what_is_broken_is_refused_and_never_fails_otherwise(kind: str) -> None:
    whole = heic_file() if kind == "HEIF" else photo_file(kind)
    with pytest.raises(DamagedFile, match="damaged or was cut short"):
        read_photo(whole[: len(whole) // 2])
    chance = random.Random(kind)
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            broken[chance.randrange(12, len(broken))] = chance.randrange(256)
        with contextlib.suppress(FileRefused):
            read_photo(bytes(broken))
