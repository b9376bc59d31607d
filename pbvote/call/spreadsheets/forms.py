"""The forms for sheets of bids."""

from pbvote.fields import FileField, Form


class SheetForm(Form):
    """A sheet to import."""

    file = FileField(
        "Your sheet",
        hint="An XLSX or CSV file of up to 1 MB",
        accept=(".xlsx", ".csv"),
        required="Choose a file",
    )
