"""Large files on their way: refused in a sentence before they are read, and in nobody's way."""

import asyncio

import pytest
from flask import Flask

from pbvote import bodies
from tests.fronting import FORM, Sent, a_scope, asked, serving
from tests.serving import in_a_loop_of_its_own

WHOLE = ("content-length", str(bodies.UPLOAD_BYTES))


FILES = "Files can have 15 MB at most. Go back and choose a smaller one."
CHECK_INS = "Go back: your words are still there. Then send one photo at a time."
SHEETS = "A sheet can have 1 MB at most. Go back and send fewer rows at a time."


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/my/bids/1/photo", FILES),
        ("/desk/bids/1/photo", FILES),
        ("/my/bids/1/documents", FILES),
        ("/my/about/photo", FILES),
        ("/my/partnership/sale/profile/photo", FILES),
        ("/desk/bids/round/grants-2014/sheet", SHEETS),
        ("/my/groups/1", CHECK_INS),
    ],
)
def test_200_megabytes_are_refused_in_a_sentence_and_not_read(app: Flask, path: str, sentence: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True  # so that the app asks for the body, whoever sent it
    status, headers, page = asked(app, a_scope(path, FORM, ("content-length", str(200 * 1024 * 1024))), Sent())
    assert status == 413
    assert sentence in page
    assert headers["Connection"] == "close"


def test_files_that_are_being_sent_keep_no_form_out(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = bodies.BodyLimit(bodies.UPLOAD_BYTES, 300, together_bytes=bodies.UPLOAD_BYTES)
    monkeypatch.setattr(bodies, "UPLOAD", limit)
    app.config["WTF_CSRF_ENABLED"] = True

    async def ask() -> tuple[int, int]:
        async with serving(app) as served:
            slow = asyncio.ensure_future(served(a_scope("/my/bids/1/photo", FORM, WHOLE), Sent()))
            await asyncio.sleep(0)
            await served(a_scope("/my/bids/1/documents", FORM, WHOLE), another := Sent())
            form = Sent(b"email=x" * 5000)
            form.arrived.set()
            await served(a_scope("/sign-in", FORM, ("content-length", "35000")), form)
            slow.cancel()
            return another.answered[0], form.answered[0]

    # The form is read, and lacks its token.
    assert in_a_loop_of_its_own(ask()) == (503, 400)
