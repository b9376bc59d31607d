"""Forms for signing in and for accounts."""

from wtforms import HiddenField
from wtforms.validators import Length

from pbvote.access import ROLE_NAMES, Role
from pbvote.fields import ChoiceField, EmailField, Form, PasswordField, TextField, TickField

LEAST_PASSWORD = 12
IN_LOCALITIES = (Role.STEWARD, Role.LP_MEMBER)


class SignInForm(Form):
    """Address and password."""

    email = EmailField("E-mail address", required="Enter your e-mail address")
    password = PasswordField("Password", autocomplete="current-password", required="Enter your password")


class LinkByMailForm(Form):
    """Where to send a sign-in link."""

    email = EmailField("E-mail address", required="Enter your e-mail address")


class LinkForm(Form):
    """The code of a mailed link."""

    code = TextField(
        "Code",
        hint="12 letters and numbers, as in the e-mail",
        autocomplete="off",
        width=20,
        required="Type the code from the e-mail",
    )


class SignInLinkForm(LinkForm):
    """The code of a link that signs in."""

    stays = TickField("Keep me signed in on this phone", hint="For 30 days. Only on a phone that nobody else uses.")


class NewPasswordForm(Form):
    """A password for a new account. The code of the link that led here travels along."""

    code = HiddenField()
    password = PasswordField(
        "Choose a password",
        hint=f"At least {LEAST_PASSWORD} characters. Three words that don’t belong together are good.",
        autocomplete="new-password",
        required="Choose a password",
        validators=[
            Length(min=LEAST_PASSWORD, max=200, message=f"The password must have {LEAST_PASSWORD} characters or more"),
        ],
    )


class SecondStepForm(Form):
    """Six digits from an authenticator app."""

    digits = TextField(
        "Six digits from your authenticator app",
        autocomplete="one-time-code",
        inputmode="numeric",
        width=10,
        required="Enter the six digits",
    )


def _role_field() -> ChoiceField:
    """The roles that an organiser gives; a group's contact comes with a bid."""
    return ChoiceField(
        "Role",
        choices=[(role.value, name) for role, name in ROLE_NAMES.items() if role is not Role.GROUP_CONTACT],
        required="Choose a role",
    )


def _locality_field() -> ChoiceField:
    return ChoiceField("Locality", hint="For stewards and LP members", is_folded=True, is_conditional=True)


class RoleForm(Form):
    """A role, and the locality in which it is held."""

    role = _role_field()
    locality = _locality_field()

    def validate(self, extra_validators: object = None) -> bool:
        """Stewards and LP members belong to a locality; the other roles to the whole council."""
        is_valid = super().validate(extra_validators)
        if self.role.data in IN_LOCALITIES and not self.locality.data:
            self.refuse("Choose the locality of a steward or LP member", "locality")
            return False
        return is_valid

    @property
    def locality_id(self) -> int | None:
        """The locality that the role belongs to, or None for the whole council."""
        return int(self.locality.data) if self.role.data in IN_LOCALITIES else None


class InviteForm(RoleForm):
    """A new account and its role."""

    name = TextField("Full name", autocomplete="off", required="Enter the person’s name")
    email = EmailField(
        "E-mail address",
        hint="We send a link with which they choose a password.",
        autocomplete="off",
        required="Enter an e-mail address",
    )
    role = _role_field()  # again, so that it comes after the person
    locality = _locality_field()


class FindForm(Form):
    """Whom to look for among the accounts."""

    class Meta:
        """A search changes nothing, so it carries no token into the address."""

        csrf = False

    words = TextField("Name or e-mail address", autocomplete="off", width=20, is_conditional=True)
    role = ChoiceField(
        "Role",
        choices=[("", "Every role"), *((role.value, name) for role, name in ROLE_NAMES.items())],
        is_folded=True,
        is_conditional=True,
    )
