"""Who may read and send what of photos and documents, for the test that asks every address as every role."""

from tests.scene import EMAILS

_NOBODY = frozenset[str]()
_EVERYBODY = frozenset({"nobody", *EMAILS})
_DESK, _GROUP = frozenset({"organiser"}), frozenset({"group"})
_READ = ("files", "photo", "document")
_WRITTEN = ("set_photo", "remove_photo", "add_document", "remove_document")

FILES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "photos.photo": (_EVERYBODY, _EVERYBODY),
    **{f"attachments_desk.{name}": (_DESK | {"auditor"}, _NOBODY) for name in _READ},
    **{f"attachments_desk.{name}": (_NOBODY, _DESK) for name in _WRITTEN},
    **{f"attachments_group.{name}": (_GROUP, _NOBODY) for name in _READ},
    **{f"attachments_group.{name}": (_NOBODY, _GROUP) for name in _WRITTEN},
}

# The group's own bid was voted on long ago, and the desk's was withdrawn by a route before.
FILES_REFUSED_TO_WRITERS = dict.fromkeys(
    (f"attachments_{door}.{name}" for door in ("desk", "group") for name in _WRITTEN),
    409,
)
