"""Files as people send them, good and bad, made for each test: nothing of anybody's is kept here."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo

RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 40), (30, 40, 200), (220, 200, 30)
PLACE = {1: "N", 2: (53.0, 25.0, 12.0), 3: "W", 4: (2.0, 19.0, 1.0)}
"""Where a photo was taken, as a camera writes it."""
TURNED = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
"""How the sensor lay for each orientation that a camera notes: what turns the scene into what it wrote."""
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>53,25.2N</exif:GPSLatitude>Ann Smith</x:xmpmeta>'


def scene(width: int = 640, height: int = 480) -> Image.Image:
    """Four fields of colour, each corner another: whoever turns it can't hide it."""
    picture = Image.new("RGB", (width, height), RED)
    for colour, left, top in ((GREEN, 1, 0), (BLUE, 0, 1), (YELLOW, 1, 1)):
        picture.paste(colour, (left * width // 2, top * height // 2, (left + 1) * width // 2, (top + 1) * height // 2))
    return picture


def corners(picture: Image.Image) -> list[tuple[int, ...]]:
    """The colours near the corners: top left, top right, bottom left, bottom right."""
    width, height = picture.size
    places = [(x, y) for y in (height // 8, height - height // 8) for x in (width // 8, width - width // 8)]
    return [picture.convert("RGB").getpixel(place) for place in places]  # type: ignore[misc]


def is_upright(picture: Image.Image) -> bool:
    """Whether the four fields lie as in `scene`."""
    wanted = (RED, GREEN, BLUE, YELLOW)
    return all(
        abs(got - want) < 25
        for field, goal in zip(corners(picture), wanted, strict=True)
        for got, want in zip(field, goal, strict=True)
    )


def photo_file(kind: str = "JPEG", orientation: int = 1, **options: Any) -> bytes:
    """A photo as a camera held so writes it, with place, camera, owner's name, comment and XMP in it."""
    turn = TURNED[orientation]
    picture = scene().transpose(turn) if turn else scene()
    exif = picture.getexif()
    exif[0x0112], exif[0x010F], exif[0x013B] = orientation, "Camera of Ann", "Ann Smith"
    exif.get_ifd(0x8825).update(PLACE)
    file = io.BytesIO()
    if kind == "JPEG":
        options |= {"comment": b"by Ann Smith"}
    if kind == "PNG":
        texts = PngInfo()
        texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options |= {"pnginfo": texts}
    picture.save(file, kind, exif=exif.tobytes(), xmp=XMP, **options)
    return file.getvalue()


def heic_file(orientation: int = 1) -> bytes:
    """A photo as an iPhone writes it."""
    pillow_heif.register_heif_opener()
    return photo_file("HEIF", orientation)


def huge_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A head that promises so many pixels, and next to nothing behind it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def pdf_file(trailer: bytes = b"<< /Root 1 0 R >>") -> bytes:
    """A small PDF."""
    return b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer " + trailer + b"\nstartxref\n9\n%%EOF\n"


def office_file(kind: str = "docx", **more: bytes | str) -> bytes:
    """An office file with the parts that tell its kind; `more` parts come after them."""
    parts: dict[str, bytes | str] = {
        "docx": {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"},
        "xlsx": {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"},
        "pptx": {"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"},
        "odt": {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"},
        "ods": {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<office/>"},
        "zip": {"holiday.txt": "none of these"},
    }[kind]  # type: ignore[assignment]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts_file:
        for name, content in {**parts, **more}.items():
            parts_file.writestr(name, content)
    return file.getvalue()


def claiming(content: bytes, size: int) -> bytes:
    """The same zip file, whose list says that its last part unpacks to so many bytes."""
    at = content.rindex(b"PK\x01\x02") + 24
    return content[:at] + size.to_bytes(4, "little") + content[at + 4 :]
