"""Forms about a whole round, and about a hall that is made up to try its rules."""

from typing import Self

from werkzeug.datastructures import MultiDict

from pbvote.call.rounds.forms import lines_of
from pbvote.call.rounds.made_hall import MOST_VOTERS, SHARE_PENCE, Hall
from pbvote.call.rounds.models import Round, RoundState
from pbvote.call.rounds.questions import USUAL_QUESTIONS, Question, own_key
from pbvote.fields import Form, IntegerField, ManyField, MoneyField, TextArea, TextField, TickField

MOST_OWN = 5
MOST_LETTERS = 150


class RoundSettingsForm(Form):
    """What goes for a whole round."""

    name = TextField("Name of the round", required="Enter a name", max_length=100)
    bid_cap_pence = MoneyField(
        "The most that one bid may ask of all localities together",
        hint="Leave it empty if each locality’s own limit is enough. Set it where a bid may ask several localities.",
        least=1,
        required=False,
    )
    has_short_form = TickField(
        "Short form: one page",
        hint="For small sums. It asks who, what for, how much, and who would hold the money. There is no budget.",
    )
    budget_from_pence = MoneyField(
        "Ask for a budget line by line above",
        hint="Whoever asks for more than this says what the money would buy. 0 asks everybody.",
        least=0,
        required="Enter an amount, or 0",
    )
    asked = ManyField(
        "Further questions",
        hint="Ask only what decides something. Each takes a group about two minutes.",
        choices=[(question.key, question.text) for question in USUAL_QUESTIONS],
        required=False,
    )
    own = TextArea(
        "Questions of your own",
        hint=f"One on each line, {MOST_OWN} at most",
        rows=3,
        required=False,
    )

    @classmethod
    def showing(cls, round_: Round) -> Self:
        """The form filled in with the round as it is. How many pages groups get is asked before it opens."""
        usual = {question.key for question in USUAL_QUESTIONS}
        form = cls(
            data={
                "name": round_.name,
                "bid_cap_pence": round_.bid_cap_pence,
                "has_short_form": round_.has_short_form,
                "budget_from_pence": round_.budget_from_pence,
                "asked": [question.key for question in round_.questions if question.key in usual],
                "own": "\n".join(question.text for question in round_.questions if question.key not in usual),
            }
        )
        if round_.state is RoundState.OPEN:
            del form["has_short_form"]
        return form

    def is_short(self, round_: Round) -> bool:
        """Whether the round is to have the form of one page."""
        return self.has_short_form.data if "has_short_form" in self else round_.has_short_form

    def validate(self, extra_validators: object = None) -> bool:
        """A form with many questions is one that small groups give up on."""
        is_valid = super().validate(extra_validators)
        own = lines_of(self.own.data)
        if len(own) > MOST_OWN:
            self.refuse(f"Ask {MOST_OWN} questions of your own at most", "own")
        elif any(len(text) > MOST_LETTERS for text in own):
            self.refuse(f"Keep each question to {MOST_LETTERS} letters", "own")
        return is_valid and not self.errors

    def questions_of(self, round_: Round) -> tuple[Question, ...]:
        """What the form says. A question that was asked before keeps its key, and with it every answer to it."""
        usual = [question for question in USUAL_QUESTIONS if question.key in self.asked.data]
        before = {question.text: question for question in round_.questions}
        texts = list(dict.fromkeys(lines_of(self.own.data)))
        return (*usual, *(before.get(text) or Question(own_key(text), text) for text in texts))


class HallForm(Form):
    """A made-up hall: how many come, and how many of them for one group alone. It is a GET, so it has an address."""

    class Meta:
        """Nothing is changed by it."""

        csrf = False

    voters = IntegerField("People who vote", width=4, least=1, most=MOST_VOTERS, required="Enter how many people vote")
    for_one = IntegerField(
        "Of these, people who come for one group", width=4, least=0, most=MOST_VOTERS, required="Enter a number, or 0"
    )

    asks_pence = MoneyField(
        "What that group asks for", least=100_00, most=SHARE_PENCE, required="Enter what the group asks for"
    )

    @classmethod
    def asked(cls, sent: MultiDict[str, str]) -> Self:
        """What the address asks for; 60 of 150 who want half of the money where it asks for nothing."""
        return cls(formdata=sent or None, data={"voters": 150, "for_one": 60, "asks_pence": SHARE_PENCE // 2})

    def is_sound(self) -> bool:
        """Whether there can be such a hall: no more come for one group than come."""
        if not self.validate():
            return False
        if self.for_one.given > self.voters.given:
            self.refuse("No more people can come for one group than vote", "for_one")
            return False
        return True

    @property
    def hall(self) -> Hall:
        """The hall, once it is sound."""
        return Hall(self.voters.given, self.for_one.given, self.asks_pence.given)
