"""Who is whose mentor."""

from pbvote.fields import ChoiceField, DayField, Form


class MentorForm(Form):
    """Who stays with a funded group."""

    member = ChoiceField("LP member", is_folded=True, required="Choose an LP member")
    next_on = DayField("First visit by", hint="Leave this empty if it is not planned yet", required=False)
