"""The answers of a consultation, as a file for its editors."""

from collections.abc import Sequence

from pbvote.partnership.engagement.consultations.models import Consultation, ConsultationAnswer
from pbvote.spreadsheets.tables import Cell, Column, Kind, Table


def answers_table(consultation: Consultation, answers: Sequence[ConsultationAnswer]) -> Table:
    """An answer a row, in an order that says nothing; no hour, so that no row can be matched with anybody."""
    columns: list[Column] = []
    for question in consultation.questions:
        columns += (Column(question.words, Kind.LONG, 50), Column(f"Topics of question {question.position}", width=30))
    columns += (Column("Ward", width=20), Column("Set aside", width=30))
    return Table("Answers", columns, [_row(consultation, answer) for answer in answers])


def _row(consultation: Consultation, answer: ConsultationAnswer) -> Sequence[Cell]:
    said = {words.question_id: words.words for words in answer.said}
    row: list[Cell] = []
    for question in consultation.questions:
        topics = sorted(topic.name for topic in answer.topics if topic.question_id == question.id)
        row += (said.get(question.id, ""), "; ".join(topics))
    return (*row, answer.ward, answer.aside_why)
