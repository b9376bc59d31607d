"""What a funded group fills in to stand in the directory, and what a directory is searched by."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Self
from urllib.parse import urlsplit

from wtforms import HiddenField

from pbvote.call.bids.pages import POSTCODE
from pbvote.core.plain import plain_digits
from pbvote.fields import ChoiceField, Form, TextArea, TextField, TickField
from pbvote.grants.directory.listed import ORDERS, Wanted
from pbvote.grants.directory.listing import NewListing, OwnPhoto
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.themes import Theme
from pbvote.grants.visits.models import NEEDS
from pbvote.localities.models import Ward

_DISTRICT: Final = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?", re.ASCII)
_THEMES: Final = [(theme.value, theme.words) for theme in Theme]


def district_of(typed: str) -> str:
    """The first half of a postcode, of which the whole may be typed; "" for what is none."""
    signs = re.sub(r"[\s-]", "", plain_digits(typed).upper())
    if POSTCODE.fullmatch(signs):
        return signs[:-3]
    return signs if _DISTRICT.fullmatch(signs) else ""


class DistrictField(TextField):
    """The first half of a postcode."""

    def read(self, text: str) -> str:
        """The district; raises `ValueError` with a sentence."""
        if not (district := district_of(text)):
            raise ValueError("Enter the first half of a postcode, like M33, or leave it empty")
        return district


class WebsiteField(TextField):
    """A group's page on the web."""

    def read(self, text: str) -> str:
        """The address, with https before it where nothing was; raises `ValueError` with a sentence."""
        address = text if "://" in text else f"https://{text}"
        if not _is_website(address):
            raise ValueError("Enter the address of a website, like https://example.org, or leave it empty")
        return address


def _is_website(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, user = parts.hostname or "", parts.username
    except ValueError:
        return False
    is_web = parts.scheme in {"http", "https"} and "." in host.strip(".") and user is None
    return is_web and not re.search(r"[\s<>\"'`\\]", address)


class ListingForm(Form):
    """How a funded group stands in the directory."""

    was_listed = HiddenField()
    sentence = TextArea(
        "What does your group do?",
        hint="One sentence. For example: We grow vegetables with our neighbours on Cross Street.",
        rows=3,
        max_words=40,
        is_for_everybody=True,
        required="Say in a sentence what your group does",
    )
    theme = ChoiceField("What is it about?", is_folded=True, required="Choose what it is about")
    ward = ChoiceField("Where?", is_folded=True, is_conditional=True)
    district = DistrictField("First half of your postcode", hint="For example M33", width=5, required=False)
    website = WebsiteField("Website", inputmode="url", autocomplete="url", max_length=200, required=False)

    @classmethod
    def of(cls, listing: Listing | None, wards: Sequence[Ward], photos: Sequence[OwnPhoto], *, has_story: bool) -> Self:
        """The form with what this group can choose, and what stands there now."""
        form = cls.with_fields(**_more_fields(photos, has_story))(data=_said(listing))
        form.theme.choices = [("", "Choose"), *_THEMES]
        form.ward.choices = [("", "More than one ward"), *((str(ward.id), ward.name) for ward in wards)]
        return form

    def validate(self, extra_validators: object = None) -> bool:
        """A photo has its words."""
        if (
            super().validate(extra_validators)
            and "photo" in self
            and self["photo"].data
            and not self["photo_text"].data
        ):
            self.refuse("Say what the photo shows", "photo_text")
        return not self.errors

    @property
    def new(self) -> NewListing:
        """What a valid form says."""
        photo = self["photo"].data if "photo" in self else ""
        return NewListing(
            sentence=" ".join(self.sentence.data.split()),
            theme=Theme(self.theme.data),
            ward_id=int(self.ward.data) if self.ward.data else None,
            district=self.district.data,
            website=self.website.data,
            photo_digest=photo,
            photo_text=self["photo_text"].data if photo else "",
            shows_story="story" in self and self["story"].data,
            shows_needs=self["needs"].data,
            names_mentor=self["mentor"].data,
        )


def _said(listing: Listing | None) -> dict[str, Any]:
    if listing is None:
        return {"was_listed": ""}
    return {
        "was_listed": "yes",
        "sentence": listing.sentence,
        "theme": listing.theme,
        "ward": listing.ward_id,
        "district": listing.district,
        "website": listing.website,
        "photo": listing.photo_digest,
        "photo_text": listing.photo_text,
        "story": listing.story_agreed_on,
        "needs": listing.needs_agreed_on,
        "mentor": listing.mentor_agreed_on,
    }


def _more_fields(photos: Sequence[OwnPhoto], has_story: bool) -> Mapping[str, Any]:
    """What depends on what the group has sent."""
    fields: dict[str, Any] = {}
    if photos:
        choices = [("", "None"), *((photo.digest, photo.of) for photo in photos)]
        fields["photo"] = ChoiceField("Which photo may we show?", choices=choices, is_conditional=True)
        hint = "For those who can’t see it. Everybody in the photo must agree that it is public."
        fields["photo_text"] = TextField(
            "What does the photo show?", hint=hint, max_length=200, is_conditional=True, is_for_everybody=True
        )
    if has_story:
        fields["story"] = TickField("Show our story: what happened, in the words of our report")
    fields["needs"] = TickField("Show what we could use, as our mentor last wrote it")
    fields["mentor"] = TickField("Name our mentor, if they agree, too")
    return fields


class TakeDownForm(Form):
    """Why a group is taken out of the directory."""

    reason = TextArea("Why?", hint="The group reads this.", rows=3, max_words=80, required="Say why")


class DirectoryForm(Form):
    """What somebody looks for. It only finds: nothing in it can be wrong."""

    class Meta:
        """A search changes nothing, so it carries no token into the address."""

        csrf = False

    words = TextField("Search", width=10, is_conditional=True)
    theme = ChoiceField("About", choices=[("", "Anything"), *_THEMES], is_folded=True, is_conditional=True)
    ward = ChoiceField("Ward", is_folded=True, is_conditional=True)
    postcode = TextField("Postcode", width=5, is_conditional=True)
    need = ChoiceField("Could use", choices=[("", "Anything"), *NEEDS.items()], is_folded=True, is_conditional=True)
    order = ChoiceField(
        "Sort by", choices=[(key, words) for key, (words, _) in ORDERS.items()], is_folded=True, is_conditional=True
    )

    def offer(self, wards: Sequence[Ward]) -> Self:
        """Offer these wards. What is no choice of the page's is no choice."""
        self.ward.choices = [("", "All"), *((str(ward.id), ward.name) for ward in wards)]
        for field in (self.theme, self.ward, self.need, self.order):
            if field.data not in field.values:
                field.data = field.values[0]
        return self

    @property
    def wanted(self) -> Wanted:
        """What is looked for."""
        return Wanted(
            words=(self.words.data or "").strip(),
            theme=Theme(self.theme.data) if self.theme.data else None,
            ward_id=int(self.ward.data) if self.ward.data else None,
            district=district_of(self.postcode.data or ""),
            need=self.need.data,
            order=self.order.data,
        )
