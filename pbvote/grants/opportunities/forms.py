"""What officers say of money from elsewhere, and what the list is filtered by."""

from typing import Self

from wtforms import HiddenField

from pbvote.core.clock import today
from pbvote.core.reading import sent_number
from pbvote.fields import ChoiceField, DayField, Form, TextArea, TextField
from pbvote.grants.directory.forms import WebsiteField
from pbvote.grants.directory.themes import Theme
from pbvote.grants.opportunities.models import Opportunity
from pbvote.grants.opportunities.service import SaidOfOpportunity

_THEMES = [("", "Anything"), *((theme.value, theme.words) for theme in Theme)]


class OpportunityForm(Form):
    """One opportunity."""

    seen = HiddenField()
    title = TextField("What is it called?", max_length=100, required="Say what it is called", is_for_everybody=True)
    funder = TextField("From whom?", max_length=100, required="Say who gives the money", is_for_everybody=True)
    who_for = TextArea("Who is it for?", rows=2, max_length=300, required="Say who it is for", is_for_everybody=True)
    amount = TextField(
        "How much?",
        hint="For example: £300 to £10,000",
        max_length=80,
        required="Say from how much to how much",
        is_for_everybody=True,
    )
    link = WebsiteField("Link to its page", inputmode="url", max_length=300, required="Enter the address of its page")
    theme = ChoiceField("What is it about?", choices=_THEMES, is_folded=True, is_conditional=True)
    last_on = DayField("Last day to ask", hint="The day after, it is gone from the list by itself.")

    @classmethod
    def of(cls, opportunity: Opportunity) -> Self:
        """Filled in with what it says now."""
        names = ("title", "funder", "who_for", "amount", "link", "theme", "last_on")
        data = {name: getattr(opportunity, name) for name in names}
        return cls(formdata=None, data=data | {"seen": str(opportunity.version)})

    def validate(self, extra_validators: object = None) -> bool:
        """Its last day is to come."""
        if super().validate(extra_validators) and self.last_on.given < today():
            self.refuse("The last day is over", "last_on")
        return not self.errors

    @property
    def version_seen(self) -> int:
        """The version that the page showed."""
        return sent_number(self.seen.data)

    def said(self) -> SaidOfOpportunity:
        """What was said, in a form that is valid."""
        return SaidOfOpportunity(
            title=self.title.data,
            who_for=self.who_for.data,
            funder=self.funder.data,
            amount=self.amount.data,
            link=self.link.data,
            theme=Theme(self.theme.data) if self.theme.data else None,
            last_on=self.last_on.given,
        )


class ThemeForm(Form):
    """What somebody looks for. Nothing in it can be wrong."""

    class Meta:
        """A search changes nothing, so it carries no token into the address."""

        csrf = False

    theme = ChoiceField("About", choices=_THEMES, is_folded=True, is_conditional=True)

    @property
    def wanted(self) -> Theme | None:
        """The theme; None for any."""
        if self.theme.data not in self.theme.values:
            self.theme.data = ""
        return Theme(self.theme.data) if self.theme.data else None
