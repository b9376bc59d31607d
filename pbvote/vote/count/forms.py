"""What is asked between the close and the publication."""

from collections.abc import Sequence
from dataclasses import replace

from pbvote.fields import ChoiceField, Form, IntegerField, TextArea
from pbvote.people.models import Account
from pbvote.vote.count.account import ByHand
from pbvote.vote.count.code_account import MISMATCH_REASONS, MismatchReason
from pbvote.vote.events.models import Slot

MOST_PEOPLE = 1_000_000


class HandCountForm(Form):
    """The slips and voters that were counted by hand."""

    left_over = IntegerField(
        "Slips left over",
        hint="From open envelopes. Count them by hand; sealed envelopes don’t count.",
        least=0,
        most=MOST_PEOPLE,
        required="Enter how many slips are left over from open envelopes",
    )
    door_count = IntegerField(
        "Voters who came through the door",
        hint="Everybody who was given a slip. Over several days, add the days up",
        least=0,
        most=MOST_PEOPLE,
        required="Enter how many voters came through the door",
    )

    def by_hand(self, actor: Account) -> ByHand:
        """What was counted, as the service takes it."""
        return ByHand(self.left_over.given, self.door_count.given, None, "", actor.id)


class ExplainedForm(HandCountForm):
    """The same with the question that is asked only where the slips do not add up."""

    reason = ChoiceField(
        "Why do the slips not add up?",
        choices=[(reason.value, words) for reason, words in MISMATCH_REASONS.items()],
        is_conditional=True,
    )
    note = TextArea("A few words about it", hint="They are published. Write no names.", required=False, max_length=300)

    @classmethod
    def asking(cls) -> "ExplainedForm":
        """The form as it was sent, with the question put: it was not answered, or not asked yet."""
        form = cls()
        form.refuse("Say why the slips do not add up", "reason")
        return form

    def by_hand(self, actor: Account) -> ByHand:
        reason = MismatchReason(self.reason.data) if self.reason.data else None
        return replace(super().by_hand(actor), reason=reason, note=(self.note.data or "").strip())


class DrawForm(Form):
    """The place in which each tied bid was drawn: a box for each bid, named after its turn in the outcome's list."""

    order: tuple[str, ...] = ()
    """The references in the order drawn; read it after `validate`."""

    @classmethod
    def for_tied(cls, tied: Sequence[Slot]) -> "DrawForm":
        """A form with a box for each of these bids, called as on the ballot paper."""
        hint = f"1 if it was drawn first, {len(tied)} if it was drawn last"
        boxes = {
            f"place-{turn}": IntegerField(
                f"Place of {slot.as_on_paper}",
                hint=hint,
                least=1,
                most=len(tied),
                required=f"Enter the place of {slot.as_on_paper}",
            )
            for turn, slot in enumerate(tied)
        }
        form = cls.with_fields(**boxes)()
        form._references = tuple(slot.bid.reference for slot in tied)
        return form

    _references: tuple[str, ...] = ()

    def validate(self, extra_validators: object = None) -> bool:
        """Each place is given once."""
        if not super().validate(extra_validators):
            return False
        drawn = sorted((self[f"place-{turn}"].given, reference) for turn, reference in enumerate(self._references))
        if [place for place, _ in drawn] != list(range(1, len(drawn) + 1)):
            self.refuse("Give each place once: 1 for the name drawn first, then 2, and so on")
            return False
        self.order = tuple(reference for _, reference in drawn)
        return True
