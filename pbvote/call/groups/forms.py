"""Who speaks for a group."""

from pbvote.fields import EmailField, Form, TextField


class GroupContactForm(Form):
    """Somebody whom the group has named."""

    name = TextField("Name", autocomplete="off", max_length=80)
    email = EmailField("E-mail address", autocomplete="off")
    phone = TextField("Telephone number", autocomplete="off", inputmode="tel", width=20, max_length=30, required=False)
