"""Why a file is not taken, each in the sentence that its sender reads."""

from typing import Final

from pbvote.errors import Refusal

MEGABYTE: Final = 1024 * 1024


class FileRefused(Refusal):
    """The file can't be taken. The message says what to do instead."""

    status = 422


class TooManyBytes(FileRefused):
    """More than anybody's camera or office program writes."""

    def __init__(self, most: int) -> None:
        super().__init__(f"This file is larger than {most // MEGABYTE} MB. Choose a smaller one")


class TooManyAtOnce(FileRefused):
    """Others' photos are being drawn again, and enough people wait for that."""

    def __init__(self) -> None:
        super().__init__("Many photos came at this moment. Wait a minute, then choose yours again")


class EmptyFile(FileRefused):
    """Nothing in it."""

    def __init__(self) -> None:
        super().__init__("This file is empty. Choose another")


class DamagedFile(FileRefused):
    """It says what it is, and can't be read as that."""

    def __init__(self) -> None:
        super().__init__("This file is damaged or was cut short. Save it again, or choose another")


class NoPhoto(FileRefused):
    """Its content is none of the kinds of picture that are taken, whatever its name says."""

    def __init__(self) -> None:
        super().__init__("This file is not a photo. Choose a JPEG, PNG, WebP or HEIC picture")


class TooManyPixels(FileRefused):
    """It would fill the memory when it is unpacked."""

    def __init__(self, width: int, height: int, most: int) -> None:
        size = f"{width:,} × {height:,} pixels" if width else "far too many pixels"
        super().__init__(f"This picture has {size}. Make it smaller: {most // 1_000_000} million pixels at most")


class NoDocument(FileRefused):
    """Its content is none of the kinds of document that are taken."""

    def __init__(self) -> None:
        super().__init__("This file is not a document that we take. Choose a PDF, Word, Excel or OpenDocument file")


class OldDocument(FileRefused):
    """Word or Excel of before 2007, which may hold anything."""

    def __init__(self) -> None:
        super().__init__("This is an old kind of Word or Excel file. Save it as .docx, .xlsx or PDF, and choose that")


class HasPassword(FileRefused):
    """Nobody here could open it."""

    def __init__(self) -> None:
        super().__init__("This file is protected by a password. Save a copy without one, and choose that")


class HasMacros(FileRefused):
    """It would run something on the computer of whoever opens it."""

    def __init__(self) -> None:
        super().__init__("This file has macros in it. Save a copy without them, or a PDF, and choose that")


class UnpacksTooLarge(FileRefused):
    """A small file that becomes a huge one."""

    def __init__(self) -> None:
        super().__init__("This file becomes far too large when it is opened. Save it as a PDF, and choose that")
