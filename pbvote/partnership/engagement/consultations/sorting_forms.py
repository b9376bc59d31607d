"""What an editor presses on a page of answers. Its boxes are named by the answer, so it is no form of fields."""

from typing import Final

from werkzeug.datastructures import MultiDict

from pbvote.core.contacts import names_a_contact
from pbvote.core.plain import plain_line
from pbvote.core.reading import sent_number
from pbvote.fields import Form, TextField
from pbvote.partnership.engagement.consultations.models import ConsultationAnswer
from pbvote.partnership.engagement.consultations.sorting import SortedPage, SortedWords

REASONS: Final = (
    "It names somebody",
    "It insults somebody",
    "It answers nothing that was asked",
    "It was sent again and again",
)
MOST_TOPIC_SIGNS: Final = 60


class TopicForm(Form):
    """A topic's name."""

    name = TextField(
        "Name of the topic",
        hint="With the name of another topic, the two become one.",
        max_length=MOST_TOPIC_SIGNS,
        is_for_everybody=True,
    )


class HourAsideForm(Form):
    """Why the answers of an hour are set aside."""

    why = TextField(
        "Why are they set aside?",
        hint="Everybody reads the reason and the number. For example: sent by a program, forty a minute.",
        max_length=120,
        required="Say why they are set aside",
        is_for_everybody=True,
    )


def names_contacts(sent: MultiDict[str, str]) -> bool:
    """Whether a new topic holds a telephone number or an e-mail address: it is left out, as everybody reads topics."""
    return any(names_a_contact(typed) for name, typed in sent.items() if name.startswith("new-"))


def read_sorting(sent: MultiDict[str, str], shown: list[ConsultationAnswer]) -> SortedPage:
    """What was changed on a page of these answers, by what the page showed (`had-…`) and what came back."""
    words, aside = [], {}
    for answer in shown:
        why, had = plain_line(sent.get(f"aside-{answer.key}", "")), sent.get(f"aside-had-{answer.key}", "")
        if why != had and (why in REASONS or not why):
            aside[answer.key] = why
        for said in answer.said:
            pressed = _pressed(sent, f"{answer.key}-{said.question_id}", answer.key, said.question_id)
            if pressed:
                words.append(pressed)
    return SortedPage(words, aside)


def _pressed(sent: MultiDict[str, str], at: str, key: str, question_id: int) -> SortedWords | None:
    ticked = {sent_number(each) for each in sent.getlist(f"topic-{at}")}
    had = {sent_number(each) for each in sent.get(f"had-{at}", "").split()}
    new = plain_line(sent.get(f"new-{at}", "")).strip()[:MOST_TOPIC_SIGNS]
    new = "" if names_a_contact(new) else new
    is_quoted, was_quoted = f"quote-{at}" in sent, sent.get(f"quote-had-{at}") == "yes"
    if ticked == had and not new and is_quoted == was_quoted:
        return None
    quoted = is_quoted if is_quoted != was_quoted else None
    return SortedWords(key, question_id, frozenset(ticked - had), frozenset(had - ticked), new, quoted)
