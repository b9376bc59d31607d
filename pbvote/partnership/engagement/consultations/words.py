"""Where a consultation stands, as pages say it."""

from pbvote.filters import day
from pbvote.partnership.engagement.consultations.models import Consultation


def consultation_standing(consultation: Consultation) -> tuple[str, str]:
    """Where it stands, and the colour of its tag."""
    if consultation.is_draft:
        return "Draft", "grey"
    if consultation.is_off:
        return "Called off", "grey"
    if consultation.is_told:
        return "Result out", "green"
    if consultation.is_to_come:
        return "To come", "yellow"
    if consultation.is_open:
        return "Open", "blue"
    return ("Result is late", "red") if consultation.is_late else ("Closed", "purple")


def consultation_days(consultation: Consultation) -> str:
    """When it can be answered: one sentence, or two where the close was moved."""
    first, last = day(consultation.opens_on), day(consultation.closes_on)
    if consultation.is_to_come or consultation.is_draft:
        said = f"Open from {first} to {last}."
    elif consultation.is_open:
        said = f"Open until the end of {last}."
    else:
        said = f"It was open from {first} to {last}."
    was = consultation.was_to_close_on
    return f"{said} It was to close on {day(was)}." if was and was != consultation.closes_on else said


def result_day(consultation: Consultation) -> str:
    """When everybody can read what was heard: one sentence, that says so when it is late."""
    due = day(consultation.result_due_on)
    if consultation.is_told and consultation.told_at:
        changed, said = consultation.told_changed_on, f"The result was out on {day(consultation.told_at)}."
        return f"{said} Changed on {day(changed)}." if changed else said
    if consultation.is_late:
        return f"We promised to say by {due} what we heard. That is late. {consultation.officer} answers for it."
    return f"We will say by {due} what we heard. {consultation.officer} answers for it."
