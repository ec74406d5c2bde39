"""Sentences for broken rules."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from hues.engines.cases.rules.breach import Breach
from hues.kernel.errors import Invalid
from hues.kit.text import Words

_SENTENCES: Mapping[str, Words] = {
    "text-missing": _("Please write a few words."),
    "text-short": _("Please say a little more: at least 10 characters."),
    "text-long": _("This is too long: at most 4,000 characters."),
    "address-long": _("This address is too long: at most 200 characters."),
    "photos-many": _("Too many photos: at most 10."),
    "photos-twice": _("The same photo is there twice."),
    "photos-not-yours": _("One of the photos is gone or not yours. Please add it again."),
    "place-outside": _("This place is outside the city. Please choose one inside it."),
    "place-missing": _("Please show where it is."),
    "category-unknown": _("Please choose what it is about."),
    "unknown-channel": _("Reports do not come in this way."),
    "unknown-outcome": _("Please choose an outcome."),
    "proof-missing": _("This outcome needs at least one proof photo."),
    "proof-doubted": _(
        "A photo was used before, or is older than the report. Choose another one, or say why it is proof all the same."
    ),
    "doubt-stands": _("A proof photo is doubted. Say why it stands all the same, or send it back."),
    "contacts-stand": _(
        "Everybody would read a telephone number, an e-mail address, an account, a number of identity or a plate. "
        "Take it out, or say that it may stand."
    ),
    "date-missing": _("A promise needs a date."),
    "date-past": _("The promised date must be in the future."),
    "date-far": _("Promise a day within the next five years."),
    "original-missing": _("Please give the number of the original report."),
    "original-refused": _(
        "That report was not taken on itself: nobody would ever answer it. Refuse this one for a reason of its own."
    ),
    "nobody-to-ask": _(
        "Whoever reported this has no account and would never read a question. Leave a note: the centre may know them."
    ),
    "original-later": _(
        "This report is late, and that one has more time: join that one with this, or pass this one on to its agency."
    ),
    "original-repeats-it": _("That report is joined with this one. Part them first if this one came later."),
    "agency-missing": _("Please choose the agency that gets it."),
    "agency-closed": _("There is no such agency, or it is closed."),
    "not-of-the-agency": _("This person does not work for the agency."),
    "has-it-already": _("This is so already."),
    "unknown-class": _("There is no such class of urgency."),
    "time-length": _("Give working hours or working days, more than none; a plan may not be shorter."),
    "no-plan-here": _("Only complex cases may have a longer plan."),
    "plan-length": _("The plan is shorter or longer than the city allows."),
    "already-late": _("It is too late to ask for more time: the case is overdue."),
    "not-later": _("The new time must be later than the present due time."),
    "more-time-why": _("The clock runs already: what gives more time is an extension. Write in the note why."),
    "too-far": _("This is too far away: at most 30 working days after the due time."),
    "nothing-asked": _("The agency has not asked for more time."),
    "not-merged": _("This report is not joined with another."),
    "nothing-promised": _("Nothing was promised here."),
    "promise-shown": _("Proof of this promise is already with the operations centre."),
    "nothing-shown": _("The agency has not shown any proof yet."),
    "undecided": _("Please grant or refuse."),
    "stars-range": _("Please give 1 to 5 stars."),
    "reopen-proof": _("Add a new photo of how it is now, or say in at least 20 letters what is still wrong."),
    "too-late-to-reopen": _("This case can no longer be reopened. Please send a new report."),
    "parts-count": _("Split it into two to six parts."),
    "agency-twice": _("Each agency gets one part: put together what the same agency is to do."),
    "part-there": _("This agency has another part of the same report already. Choose another one, or join the parts."),
    "purpose-missing": _("Please say what you need the name for: at least two different words, ten letters in all."),
    "boxes-missing": _("Draw at least one box."),
    "boxes-many": _("Too many boxes: at most 40."),
    "boxes-outside": _("A box must lie in the picture and have a size."),
    "words-rewritten": _("Here words can only be covered: put […] in their place, and leave all others as they were."),
    "words-same": _("Nothing of it is covered yet: put […] in place of the words."),
    "text-unfilled": _("Fill in what still stands between { and }, or take it out."),
    "template-title": _("Give it a title: at most 120 characters."),
    "template-many": _("At most twelve fields."),
    "template-keys": _("Each field needs a key of its own: small letters without tone marks, digits and _."),
    "template-line": _("Write each field as: key | label | English label | text, date, agency or number."),
    "template-lacks": _("These fields are listed, but do not stand in the words: %(about)s."),
    "template-unknown": _("These fields stand in the words, but are not listed: %(about)s."),
    "template-twice": _("This category has a template of that title already."),
    "authority-missing": _("Say which authority it was passed on to."),
    "authority-long": _("This is too long: at most 200 characters."),
    "reference-long": _("This is too long: at most 120 characters."),
    "not-of-a-part": _("Only the whole report can be passed on under the law. Give your part back and say so."),
    "seal-instead": _("What is passed on as a complaint or a denunciation is sealed, never published."),
    "look-purpose": _("Please say what you need to see it for: at least two different words, ten letters in all."),
    "contact-missing": _("Please note how the caller can be reached."),
}
KEY_TAKEN: Words = _(
    "This report was already sent with other words. Please look at your reports before sending it again."
)


def invalid(breaches: Iterable[Breach]) -> Invalid:
    """Return the refusal that tells what is wrong, field by field; a single breach is also the headline."""
    fields = {breach.field: _sentence(breach) for breach in breaches}
    return Invalid(next(iter(fields.values())) if len(fields) == 1 else None, fields)


def _sentence(breach: Breach) -> Words:
    sentence = _SENTENCES[breach.code]
    return sentence % {"about": breach.about} if breach.about else sentence
