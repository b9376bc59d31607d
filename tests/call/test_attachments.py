"""A photo and documents beside a bid: given by the group or the desk until voting opens, read by nobody else."""

import io
from dataclasses import replace

import pytest
from flask import Flask
from PIL import Image

from pbvote.access import Role
from pbvote.bodies import BID, FORM, UPLOAD_BYTES, body_limit
from pbvote.call.attachments.service import MOST_DOCUMENTS
from pbvote.call.bids.models import Bid
from pbvote.db import db
from pbvote.files import pictures
from pbvote.files.store import the_store
from pbvote.people import tries
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_bid, a_locality, an_account, an_open_round, writing
from tests.files.samples import SVG, claiming, huge_png, is_upright, office_file, pdf_file, photo_file
from tests.pages import browser, text_of

DESK, MINE = "/desk/bids/1", "/my/bids/1"
ORGANISER, CONTACT, STRANGER = "organiser@council.example", "growers@group.example", "others@group.example"
SHOWS = "Six neighbours plant herbs."


@pytest.fixture
def bid(app: Flask) -> None:
    """A bid of the Growers, one of another group, and an organiser."""
    with writing(app):
        an_account(Role.ORGANISER)
        an_account(Role.AUDITOR)
        a_locality()
        share = an_open_round().shares[0]
        a_bid(share)
        a_bid(share, "Others")


def sent(content: bytes, text: str = SHOWS, name: str = "IMG_1.jpg") -> dict[str, object]:
    """What the photo's form sends."""
    return {"photo": (io.BytesIO(content), name), "text": text}


def document(content: bytes, name: str = "rules.pdf") -> dict[str, object]:
    """What the document's form sends."""
    return {"document": (io.BytesIO(content), name)}


def photo_of(app: Flask) -> tuple[str, str]:
    """The digest of the first bid's photo and its words; "" where there is none."""
    with app.app_context():
        bid = db.session.get_one(Bid, 1)
        db.session.refresh(bid, ["photo"])
        return bid.photo.digest if bid.photo else "", bid.photo_text


@both_databases
@pytest.mark.parametrize(("who", "address"), [(ORGANISER, DESK), (CONTACT, MINE)])
def test_a_photo_is_given_replaced_worded_again_and_removed(app: Flask, bid: None, who: str, address: str) -> None:
    client = browser(app, who)
    assert "Photo and documents" in text_of(client.get(f"{address}/files"))
    assert client.post(f"{address}/photo", data=sent(photo_file("JPEG", 6))).status_code == 302
    page = client.get(f"{address}/files")
    assert f'alt="{SHOWS}"' in page.text
    assert f'src="{address}/photo-400.jpg"' in page.text
    picture = client.get(f"{address}/photo-1200.jpg")
    assert (picture.mimetype, picture.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert is_upright(Image.open(io.BytesIO(picture.data)))
    first, text = photo_of(app)
    assert (bool(first), text) == (True, SHOWS)

    assert client.post(f"{address}/photo", data={"text": "Other words."}).status_code == 302
    assert photo_of(app) == (first, "Other words.")
    assert client.post(f"{address}/photo", data=sent(photo_file("PNG"))).status_code == 302
    assert photo_of(app)[0] not in {"", first}
    assert client.post(f"{address}/photo/remove").status_code == 302
    assert photo_of(app) == ("", "")
    assert client.get(f"{address}/photo-400.jpg").status_code == 404
    assert client.get(f"{address}/photo-401.jpg").status_code == 404


@both_databases
@pytest.mark.parametrize(("who", "address"), [(ORGANISER, DESK), (CONTACT, MINE)])
def test_a_document_is_given_saved_as_a_file_and_removed(app: Flask, bid: None, who: str, address: str) -> None:
    client = browser(app, who)
    name = "قواعد 1.pdf"
    assert f"{name} is saved." in text_of(
        client.post(f"{address}/documents", data=document(pdf_file(), name), follow_redirects=True)
    )
    got = client.get(f"{address}/documents/1")
    assert got.data == pdf_file()
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Cache-Control"] == "no-store"
    assert got.mimetype == "application/pdf"
    assert client.post(f"{address}/documents/1/remove").status_code == 302
    assert client.get(f"{address}/documents/1").status_code == 404


def test_nobody_else_reads_or_changes_them(app: Flask, bid: None) -> None:
    owner = browser(app, CONTACT)
    owner.post(f"{MINE}/documents", data=document(pdf_file()))
    owner.post(f"{MINE}/photo", data=sent(photo_file()))
    other = browser(app, STRANGER)
    for path in ("files", "photo-400.jpg", "documents/1"):
        assert other.get(f"{MINE}/{path}").status_code == 404
    for path, form in (("photo", sent(photo_file())), ("documents", document(pdf_file()))):
        assert other.post(f"{MINE}/{path}", data=form).status_code == 404
    for path in ("photo/remove", "documents/1/remove"):
        assert other.post(f"{MINE}/{path}").status_code == 404
    assert other.get("/my/bids/2/documents/1").status_code == 404  # another bid's document under one's own
    auditor = browser(app, "auditor@council.example")
    assert auditor.get(f"{DESK}/documents/1").status_code == 200
    assert "Save the photo" not in auditor.get(f"{DESK}/files").text
    assert photo_of(app)[1] == SHOWS


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (SVG, "This file is not a photo. Choose a JPEG, PNG, WebP or HEIC picture"),
        (b"<html><script>alert(1)</script>", "This file is not a photo."),
        (huge_png(), "far too many pixels. Make it smaller: 50 million pixels at most"),
        (photo_file()[:2000], "This file is damaged or was cut short."),
        (b"", "This file is empty. Choose another"),
    ],
)
def test_a_file_that_is_no_photo_is_refused_and_the_words_are_kept(
    app: Flask, bid: None, content: bytes, sentence: str
) -> None:
    refused = browser(app, CONTACT).post(f"{MINE}/photo", data=sent(content, name="photo.png"))
    assert refused.status_code == 422
    assert sentence in text_of(refused)
    assert f'value="{SHOWS}"' in refused.text
    assert photo_of(app) == ("", "")


def test_a_photo_that_is_too_large_is_refused_beside_its_field(app: Flask, bid: None) -> None:
    part = 'Content-Disposition: form-data; name="{}"{}\r\n\r\n'
    head = f"--x\r\n{part.format('text', '')}{SHOWS}\r\n--x\r\n{part.format('photo', '; filename=a.jpg')}"
    body = head.encode() + b"\xff\xd8\xff" + bytes(pictures.MOST_BYTES) + b"\r\n--x--\r\n"
    # Not as a dictionary: the client would leave a file of its own open.
    client = browser(app, CONTACT)
    refused = client.post(f"{MINE}/photo", data=body, content_type="multipart/form-data; boundary=x")
    assert refused.status_code == 422
    assert "This file is larger than 15 MB. Choose a smaller one" in text_of(refused)
    assert f'value="{SHOWS}"' in refused.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (claiming(office_file("xlsx"), 1024**3), "This file becomes far too large when it is opened."),
        (pdf_file(b"<< /Encrypt 7 0 R >>"), "This file is protected by a password. Save a copy without one"),
        (office_file("docx", **{"word/vbaProject.bin": b"x"}), "This file has macros in it."),
        (b"<html>", "This file is not a document that we take."),
    ],
)
def test_a_file_that_is_no_document_is_refused(app: Flask, bid: None, content: bytes, sentence: str) -> None:
    refused = browser(app, CONTACT).post(f"{MINE}/documents", data=document(content, "rules.pdf"))
    assert refused.status_code == 422
    assert sentence in text_of(refused)


def test_a_photo_needs_its_words_and_a_first_photo_its_file(app: Flask, bid: None) -> None:
    client = browser(app, CONTACT)
    assert "Say what the photo shows" in text_of(client.post(f"{MINE}/photo", data=sent(photo_file(), "")))
    assert "Choose a photo" in text_of(client.post(f"{MINE}/photo", data={"text": SHOWS}))
    assert "Choose a document" in text_of(client.post(f"{MINE}/documents", data={}))
    assert photo_of(app) == ("", "")


def test_what_is_far_too_large_is_refused_with_a_sentence(app: Flask, bid: None) -> None:
    client = browser(app, CONTACT)
    # The body is not read, so none is needed to say that it has 200 MB.
    for path in ("photo", "documents"):
        refused = client.post(
            f"{MINE}/{path}",
            data=b"",
            content_type="multipart/form-data; boundary=x",
            environ_overrides={"CONTENT_LENGTH": str(200 * 1024 * 1024)},
        )
        assert refused.status_code == 413
        assert "Files can have 15 MB at most. Go back and choose a smaller one." in text_of(refused)
    # Nothing else takes as much.
    assert client.post("/rounds/grants-2014/bid", data={"title": "x" * UPLOAD_BYTES}).status_code == 413
    # What anybody may fill the database with is smaller still.
    for path in ("", "/group", "/money/save", "/check", "/link/confirm"):
        assert body_limit(f"/rounds/grants-2014/bid{path}") is BID
    for path in ("photo/remove", "documents/1/remove", "photo/x"):
        assert body_limit(f"{MINE}/{path}") is FORM


@both_databases
def test_once_voting_has_opened_all_of_it_stays(app: Flask, bid: None) -> None:
    client = browser(app, CONTACT)
    client.post(f"{MINE}/documents", data=document(pdf_file()))
    client.post(f"{MINE}/photo", data=sent(photo_file()))
    with writing(app):
        share = db.session.get_one(Bid, 1).round.shares[0]
        share.is_locked = share.has_opened = True
    page = text_of(client.get(f"{MINE}/files"))
    assert "Voting has opened, so the photo and the documents of this bid stay as they are." in page
    assert "Save the photo" not in page
    before = photo_of(app)
    for who, address in ((client, MINE), (browser(app, ORGANISER), DESK)):
        for path, form in (
            ("photo", sent(photo_file("PNG"))),
            ("photo/remove", {}),
            ("documents", document(pdf_file())),
            ("documents/1/remove", {}),
        ):
            assert who.post(f"{address}/{path}", data=form).status_code == 409, path
    assert photo_of(app) == before
    assert client.get(f"{MINE}/documents/1").status_code == 200


def test_a_withdrawn_bid_takes_nothing_more(app: Flask, bid: None) -> None:
    browser(app, ORGANISER).post(f"{DESK}/withdraw")
    client = browser(app, CONTACT)
    assert "refused or withdrawn" in text_of(client.get(f"{MINE}/files"))
    assert client.post(f"{MINE}/photo", data=sent(photo_file())).status_code == 409


def test_one_account_does_not_fill_the_disk(app: Flask, bid: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "FILES", replace(tries.FILES, free=2))
    client, file = browser(app, CONTACT), pdf_file()
    for number in (1, 2):
        assert client.post(f"{MINE}/documents", data=document(file)).status_code == 302
        assert client.post(f"{MINE}/documents/{number}/remove").status_code == 302
    for path, form in (("documents", document(file)), ("photo", sent(photo_file()))):
        refused = client.post(f"{MINE}/{path}", data=form)
        assert refused.status_code == 429
        assert "You have sent many files in a short time. Wait a minute, then send this one." in text_of(refused)
        assert path != "photo" or SHOWS in text_of(refused)
    assert browser(app, ORGANISER).post(f"{DESK}/documents", data=document(file)).status_code == 302


def test_documents_have_an_end(app: Flask, bid: None) -> None:
    client = browser(app, CONTACT)
    for _ in range(MOST_DOCUMENTS):
        assert client.post(f"{MINE}/documents", data=document(pdf_file())).status_code == 302
    refused = client.post(f"{MINE}/documents", data=document(pdf_file()))
    assert (refused.status_code, "A bid can have 10 documents." in text_of(refused)) == (409, True)
    with app.app_context():
        assert len(list(the_store().digests())) == 1


def test_a_file_that_is_gone_from_the_folder_is_not_found(app: Flask, bid: None) -> None:
    client = browser(app, CONTACT)
    client.post(f"{MINE}/documents", data=document(pdf_file()))
    with app.app_context():
        for digest in the_store().digests():
            the_store().delete(digest, older_than=-1)
    assert client.get(f"{MINE}/documents/1").status_code == 404


def test_the_pages_of_a_bid_lead_to_them(app: Flask, client: CheckedClient, bid: None) -> None:
    assert f'href="{MINE}/files"' in browser(app, CONTACT).get("/my/bids/").text
    assert f'href="{DESK}/files"' in browser(app, ORGANISER).get(DESK).text
