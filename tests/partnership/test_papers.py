"""Papers of a meeting: nobody's but the editors' before the agenda is out, and each refusal in a sentence."""

import io
import re

from flask import Flask

from tests.files.samples import office_file, pdf_file, photo_file
from tests.pages import browser, client_of, text_of
from tests.partnership.keeping import EDITOR, number_of_photos
from tests.partnership.meeting import KEPT, MEETINGS, draft, in_days, publish_now


def sent(content: bytes, name: str) -> dict[str, object]:
    """What the form of a paper sends."""
    return {"title": f"The {name}", "paper": (io.BytesIO(content), name)}


def test_papers_are_out_with_the_agenda_and_each_refusal_loses_nothing(app: Flask, partnership: None) -> None:
    editor, anybody = browser(app, EDITOR), client_of(app)
    number = draft(editor, in_days(9), "Lights on the path")
    papers = f"{KEPT}{number}/papers"
    for content, name in ((pdf_file(), "plan.pdf"), (office_file(), "words.docx"), (photo_file(), "path.jpg")):
        assert editor.post(papers, data=sent(content, name)).status_code == 302
    found = re.findall(rf'href="{papers}/(\d+)"', editor.get(papers).get_data(as_text=True))
    assert len(found) == 3
    public = [f"{MEETINGS}{number}/papers/{paper}" for paper in found]
    assert {anybody.get(address).status_code for address in public} == {404}
    assert editor.get(f"{papers}/{found[0]}").status_code == 200
    publish_now(editor, number)
    assert [anybody.get(address).mimetype for address in (public[0], public[2])] == ["application/pdf", "image/jpeg"]
    assert "attachment" in anybody.get(public[0]).headers["Content-Disposition"]
    assert "The plan.pdf (PDF, 1 KB)" in text_of(anybody.get(MEETINGS + number))
    none = editor.post(papers, data=sent(b"MZ, of sorts", "run.exe"))
    assert none.status_code == 422
    assert "This file is not a document that we take." in text_of(none)
    assert 'value="The run.exe"' in none.get_data(as_text=True)
    size = {"CONTENT_LENGTH": str(60 * 1024 * 1024)}
    large = editor.post(papers, data={"title": "Slides"}, environ_overrides=size)
    assert large.status_code == 413
    assert "Files can have 15 MB at most." in text_of(large)
    assert editor.post(f"{papers}/{found[2]}/remove").status_code == 302
    assert number_of_photos(app) == 0
    assert anybody.get(public[2]).status_code == 404
    assert editor.get(f"/my/partnership/urmston/meetings{number}/papers").status_code == 404
