"""What a writer of notices fills in."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from hues.engines.bulletins import queries
from hues.engines.bulletins.declare import AUDIENCE_WORDS, KIND_WORDS, VERDICT_WORDS, WHY_WORDS
from hues.engines.bulletins.rules.notices import (
    LONGEST_ALT,
    LONGEST_BODY,
    LONGEST_RUMOUR,
    LONGEST_SOURCE,
    LONGEST_TITLE,
    MOST_PICTURES,
    Kind,
    NoticeContent,
    NoticeText,
)
from hues.kernel.areas import queries as areas
from hues.kit.text import Words, pick, tidy
from hues.surfaces.desks.forms import Line, Pictures, Prose, choice, choose_from
from hues.surfaces.desks.wards import LANGUAGE_NAMES, Moment, WardsForm
from hues.surfaces.shell import addresses

PDF = "application/pdf"
PARTS = ("title", "rumour", "body", "source", "alt")


class NoticeForm(WardsForm):
    """A notice as it is written; a draft may lack words, which are asked for when it is submitted."""

    kind = choice(_("What it is"))
    topic = choice(_("Topic"))
    audience = choice(_("Whom it is for"))
    verdict = choice(_("What is to be thought of it"), required=False, help_text=_("Only where a rumour is answered."))
    about = Line(
        label=_("What it speaks of"),
        required=False,
        max_length=64,
        help_text=_("The code of an alert or a notice that things are being told about; its page leads to the answer."),
    )
    publish_at = Moment(label=_("To be published"), required=False, help_text=_("Empty: as soon as it is approved."))
    expires_at = Moment(label=_("Ends"), required=False, help_text=_("Empty: it stays until it is withdrawn."))
    pictures = Pictures(
        label=_("More pictures"),
        help_text=_("Up to six, each up to 10 MB, and 60 MB in one sending with the documents."),
    )
    papers = Pictures(
        label=_("More documents"),
        help_text=_("Up to five PDF files of 10 MB each, called as the file is called."),
        types=PDF,
    )
    gone = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, there: NoticeContent | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pictures_there = there.pictures if there else ()
        self.papers_there = there.papers if there else ()
        choose_from(self, "gone", [(str(medium), "") for medium in (*self.pictures_there, *self.papers_there)])
        language = addresses.language()
        choose_from(self, "kind", [(kind.value, words) for kind, words in KIND_WORDS.items()])
        choose_from(self, "topic", [("", _("Choose …")), *((t.code, pick(t.name, language)) for t in queries.topics())])
        choose_from(self, "verdict", [("", _("Choose …")), *((v.value, words) for v, words in VERDICT_WORDS.items())])
        choose_from(self, "audience", list(AUDIENCE_WORDS.items()))
        for code in queries.notice_languages():
            self.add_language(
                code,
                title=Line(label=_("Title"), required=False, max_length=LONGEST_TITLE),
                rumour=Prose(
                    label=_("What is being told"),
                    required=False,
                    max_length=LONGEST_RUMOUR,
                    help_text=_("Only where a rumour is answered."),
                ),
                body=Prose(label=_("Text"), required=False, rows=8, max_length=LONGEST_BODY),
                source=Line(label=_("Where the truth comes from"), required=False, max_length=LONGEST_SOURCE),
                alt=Prose(
                    label=_("What each picture shows, a line for each"),
                    required=False,
                    rows=2,
                    max_length=LONGEST_ALT * MOST_PICTURES,
                ),
            )

    def clean(self) -> dict[str, Any]:
        """Insist on a place: nobody announces something to the whole city by forgetting to choose."""
        said = super().clean()
        if not said.get("wards") and "wards" not in self.errors:
            self.add_error("wards", _("Choose wards or communes, or the whole city."))
        return said

    def kept(self, there: Sequence[UUID]) -> list[UUID]:
        """Return which of the pictures or documents of before stay."""
        return [medium for medium in there if str(medium) not in self.cleaned_data["gone"]]

    def content(self, pictures: Sequence[UUID], papers: Sequence[UUID]) -> NoticeContent:
        """Return what was written, with the pictures and documents that were stored for it."""
        said, every = self.cleaned_data, {ward.code for ward in areas.wards()}
        languages = queries.notice_languages()
        return NoticeContent(
            kind=Kind(said["kind"]),
            topic=said["topic"],
            audience=said["audience"],
            texts={code: NoticeText(**{part: said[f"{part}_{code}"] for part in PARTS}) for code in languages},
            # All of them and none of them both mean the whole city.
            wards=() if set(said["wards"]) == every else tuple(said["wards"]),
            pictures=tuple(pictures),
            papers=tuple(papers),
            publish_at=said["publish_at"],
            expires_at=said["expires_at"],
            verdict=said["verdict"] if said["kind"] == Kind.CORRECTION else "",
            about=_number(said["about"]) if said["kind"] == Kind.CORRECTION else "",
        )

    def words(self) -> Iterator[tuple[str, Words, list[BoundField]]]:
        """Yield each language with its name and its fields."""
        for code in queries.notice_languages():
            yield code, LANGUAGE_NAMES.get(code, code), [self[f"{part}_{code}"] for part in PARTS]


class ReturnForm(forms.Form):
    """Why a notice is given back."""

    because = Prose(label=_("What has to change"))


class WithdrawForm(forms.Form):
    """Why a notice is withdrawn; these words reach everybody who was told of it."""

    why = choice(_("Why it is withdrawn"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "why", [("", _("Choose …")), *((why.value, words) for why, words in WHY_WORDS.items())])


def start_with(content: NoticeContent) -> dict[str, Any]:
    """Return a notice's content as the form takes it."""
    found: dict[str, Any] = {
        "kind": content.kind.value,
        "topic": content.topic,
        "audience": content.audience,
        "publish_at": content.publish_at,
        "expires_at": content.expires_at,
        "verdict": content.verdict,
        "about": content.about,
        "wards": list(content.wards),
        "whole": not content.wards,
    }
    for code, text in content.texts.items():
        found |= {f"{part}_{code}": getattr(text, part) for part in PARTS}
    return found


def _number(typed: str) -> str:
    """Return the number that somebody means, or what they typed, for the desk to tell that there is none such."""
    return queries.number_in(typed) or tidy(typed)
