"""The form that takes a sheet of outlines."""

from pbvote.fields import FileField, Form


class OutlineSheetForm(Form):
    """A sheet of years in outline."""

    file = FileField(
        "Your sheet",
        hint="An XLSX or CSV file of up to 1 MB",
        accept=(".xlsx", ".csv"),
        required="Choose a file",
    )
