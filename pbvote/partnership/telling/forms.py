"""What somebody asks to be told. No form here sets a cookie: the code of a letter is the authority."""

from typing import Self

from wtforms import HiddenField

from pbvote.fields import EmailField, Form, ManyField
from pbvote.partnership.telling.kinds import telling_kinds
from pbvote.people.forms import LinkForm

_ANSWERS = "answers"


class TellMeForm(Form):
    """An address, and what it is told."""

    class Meta:
        csrf = False

    email = EmailField("Your e-mail address", max_length=120, required="Enter your e-mail address")
    kinds = ManyField("What should we tell you?", required="Tick what we should tell you")

    @classmethod
    def offered(cls, *, is_sent: bool) -> Self:
        """The form with every kind; all are ticked before it is sent."""
        kinds = telling_kinds()
        form = cls() if is_sent else cls(formdata=None, data={"kinds": [kind.key for kind in kinds]})
        form.kinds.choices = [(kind.key, kind.words) for kind in kinds]
        return form


class TellingLinkForm(LinkForm):
    """The code of a letter’s link."""

    class Meta:
        csrf = False


class ChangeTellingForm(Form):
    """What an address is told from now on."""

    class Meta:
        csrf = False

    code = HiddenField()
    kinds = ManyField("What should we tell you?", required="Tick what we should tell you, or stop these letters")

    @classmethod
    def offered(cls, questions: int, data: dict[str, object] | None = None) -> Self:
        """The form with every kind, and with the answers where questions wait for them; `data` before it is sent."""
        form = cls(formdata=None, data=data) if data else cls()
        form.kinds.choices = [(kind.key, kind.words) for kind in telling_kinds()]
        if questions:
            form.kinds.choices = [*form.kinds.choices, (_ANSWERS, "A question of mine is answered")]
        return form

    @classmethod
    def ticked(cls, kinds: list[str], questions: int) -> list[str]:
        """What is ticked for an address that is told these kinds."""
        return [*kinds, _ANSWERS] if questions else kinds

    @property
    def chosen(self) -> list[str]:
        """The kinds of a valid form."""
        return [key for key in self.kinds.data if key != _ANSWERS]

    @property
    def awaits(self) -> bool:
        """Whether the answers to its questions are told."""
        return _ANSWERS in self.kinds.data
