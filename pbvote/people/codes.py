"""Codes of letters and cards. One that opens nothing is counted and refused in one place: see `people.public`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pbvote.errors import Refusal, error_page
from pbvote.fields import Form


class WrongCode(Refusal):
    """A code that opens nothing. Whoever meets it lets it pass: the app counts the guess, and answers."""

    status = 422

    def __init__(self, sentence: str, typed: str) -> None:
        """`typed` is what is counted; "" where the code is right and something else is not."""
        super().__init__(sentence)
        self.typed = typed
        self.form: Form | None = None
        self.page: Callable[[], str] | None = None

    def answer(self, refusal: Refusal) -> str:
        """The page that says the refusal, this one or how long to wait: beside the code's box where one was shown."""
        if self.form is None or self.page is None:
            return error_page(refusal.status, str(refusal), refusal.reason)[0]
        self.form.refuse(str(refusal), "code")
        return self.page()


@contextmanager
def typed_into(form: Form, page: Callable[[], str]) -> Iterator[None]:
    """Look up within it what the form's code opens: where it opens nothing, that is said on the form's page."""
    try:
        yield
    except WrongCode as wrong:
        wrong.form, wrong.page = form, page
        raise
