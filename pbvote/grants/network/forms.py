"""What people fill in for the wall, and what they answer to a card of it."""

from collections.abc import Sequence
from typing import Final, Self

from flask import get_template_attribute
from markupsafe import Markup

from pbvote.fields import ChoiceField, EmailField, Form, TextArea, TextField, TickField
from pbvote.grants.network.answering import NewAnswer
from pbvote.grants.network.models import CardSide, WallCard
from pbvote.grants.network.posting import NewCard
from pbvote.grants.network.volunteers import HandLent
from pbvote.grants.visits.models import NEEDS
from pbvote.localities.models import Locality
from pbvote.people.models import Account

_SIDES: Final = [(CardSide.NEED.value, "We could use something"), (CardSide.OFFER.value, "We can give something")]
# Made before the others, so that they stand before them on their pages.
_WHICH: Final = ChoiceField("Which is it?", choices=_SIDES, required="Choose whether you need it or give it")
_WHO: Final = ChoiceField("Who lends a hand?", required="Choose one of them")


def _with_pictograms() -> list[tuple[str, Markup]]:
    """The kinds, each with its picture before its words."""
    draw = get_template_attribute("grants/network/_pictograms.html", "pictogram")
    return [(key, Markup("{}{}").format(draw(key), words)) for key, words in NEEDS.items()]


def _places_in(locality: Locality) -> list[tuple[str, str]]:
    """The whole locality, and each of its wards: the value names both."""
    whole = (f"{locality.id}:", f"Any ward of {locality.name}")
    return [whole, *((f"{locality.id}:{ward.id}", ward.name) for ward in locality.wards)]


class _SentenceForm(Form):
    """A sentence for the wall, its kind, and where it would help."""

    kind = ChoiceField("What is it about?", required="Choose what it is about")
    sentence = TextArea(
        "Say it in a sentence",
        hint="Everybody reads it, so name no person. For example: Two people to serve soup on Fridays.",
        rows=3,
        max_words=40,
        noun="The sentence",
        required="Say in a sentence what it is",
        is_for_everybody=True,
    )
    ward = ChoiceField("Where?", is_folded=True, required="Choose where")

    def offer_places(self, places: Sequence[tuple[str, str]]) -> Self:
        """Offer the kinds, and these places."""
        self.kind.choices, self.ward.choices = _with_pictograms(), list(places)
        return self

    def said(self, side: CardSide) -> NewCard:
        """What a valid form says."""
        return NewCard(side, self.kind.data, " ".join(self.sentence.data.split()), self._place[1])

    @property
    def _place(self) -> tuple[int | None, int | None]:
        """Locality and ward that a choice names."""
        locality, _, ward = self.ward.data.partition(":")
        return int(locality) if locality else None, int(ward) if ward else None


class OfferForm(_SentenceForm):
    """What a member of a partnership can give."""

    agrees = TickField(
        "Pass my name and my e-mail address on to a group that you introduce me to",
        hint="Nobody else reads them.",
        required="Tick that we may pass them on. Else we can introduce you to nobody",
    )

    def offer_in(self, localities: Sequence[Locality]) -> Self:
        """Offer the kinds, and every ward of these localities."""
        return self.offer_places([place for each in localities for place in _places_in(each)])

    @property
    def locality_id(self) -> int:
        """On which wall it stands."""
        return self._place[0] or 0


class GroupCardForm(_SentenceForm):
    """What a funded group could use, or can give."""

    side = _WHICH
    agrees = TickField(
        "Pass my name and my e-mail address on to whoever you introduce us to",
        hint="Nobody else reads them.",
        required="Tick that we may pass them on. Else we can introduce you to nobody",
    )

    def offer(self, locality: Locality) -> Self:
        """Offer the kinds, and the wards of the group's locality."""
        return self.offer_places(_places_in(locality))


class VolunteersOfferForm(_SentenceForm):
    """What a resident offered, in words for everybody."""

    who = _WHO
    hands: Sequence[HandLent] = ()

    def offer_hands(self, hands: Sequence[HandLent], localities: Sequence[Locality]) -> Self:
        """Offer these residents, the kinds, and the wards of the localities where they lend a hand."""
        self.hands = hands
        self.who.choices = [(hand.volunteer_id, f"{hand.name}: {hand.words}") for hand in hands]
        here = {hand.locality_id for hand in hands}
        return self.offer_places([place for each in localities if each.id in here for place in _places_in(each)])

    def validate(self, extra_validators: object = None) -> bool:
        """The ward is one of the locality where they lend a hand."""
        if super().validate(extra_validators) and self._place[0] != self.hand.locality_id:
            self.refuse("Choose a ward of the locality where they lend a hand", "ward")
        return not self.errors

    @property
    def hand(self) -> HandLent:
        """The one who was chosen."""
        return next(hand for hand in self.hands if hand.volunteer_id == self.who.data)


class AnswerCardForm(Form):
    """What somebody answers to a card. Only its author reads it."""

    own = ChoiceField("From one of your own cards?", is_folded=True, is_conditional=True)
    name = TextField("Your name", max_length=80, autocomplete="name", required="Enter your name")
    email = EmailField("Your e-mail address", max_length=120, required="Enter your e-mail address")
    words = TextArea("What would you like to say?", rows=4, max_words=120, noun="It", required="Say something to them")

    @classmethod
    def of(cls, reader: Account | None, own: Sequence[WallCard]) -> Self:
        """The form, with what is known of somebody who is signed in."""
        form = cls(data={"name": reader.name, "email": reader.email} if reader else {})
        form.own.choices = [("", "No"), *((str(card.id), card.sentence) for card in own)]
        if not own:
            del form.own
        return form

    @property
    def new(self) -> NewAnswer:
        """What a valid form says."""
        own = int(self.own.data) if "own" in self and self.own.data else None
        return NewAnswer(self.name.data, self.email.data, self.words.data, own)


class TakeDownCardForm(Form):
    """Why a card is taken down."""

    reason = TextArea("Why?", hint="Its author reads this.", rows=3, max_words=80, required="Say why")
