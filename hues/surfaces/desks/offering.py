"""
What can be done to a case, drawn here: a template would take three times as long for all these forms.

Each move is a <details>: no script is needed, and a key opens it. What a hint says of the citizen is not so for a part
of a split case.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hues.surfaces.desks.casepage import CasePage
from hues.surfaces.desks.desk import Desk
from hues.surfaces.desks.moves import Move, Offer
from hues.surfaces.desks.photoform import PhotoForm
from hues.surfaces.shell.templatetags.shell import field, icon

UNSHOWN = ("proof", "shown")  # of what can no longer be sent


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """
    What the forms of a page have in common.

    A move's code is added to the address `action`, then `query`. `who` names whoever types, for a desk that `keeps`
    what is being written.
    """

    page: CasePage
    action: str
    query: str
    token: str
    desk: Desk | None = None
    who: str = ""
    keeps: bool = False

    def address(self, move: Move, what: str = "") -> str:
        """Return where a move is sent, or kept, or filled in."""
        return escape(f"{self.action}{move.code}/{what}{self.query}")


def drawn(offers: Iterable[Offer], around: Around) -> SafeString:
    """Draw the moves of a page."""
    return SafeString("\n".join(_offer(offer, around) for offer in offers))


def _offer(offer: Offer, around: Around) -> str:
    if offer.late:
        return _late(offer)
    return _bare(offer.move, around) if offer.bare else _to_fill_in(offer, around)


def _late(offer: Offer) -> str:
    move, title = offer.move, escape(str(offer.move.title))
    said = _("This can no longer be sent. What you typed is kept here so that you can copy it.")
    fields = "".join(field(bound) for bound in offer.form.visible_fields() if bound.name not in UNSHOWN)
    head = f"<h3>{icon(move.icon)}{title}</h3>"
    return (
        f'<section class="move late" id="do-{move.code}" aria-label="{title}">{head}'
        f'<p class="hint">{escape(said)}</p><div class="stack">{fields}</div></section>'
    )


def _bare(move: Move, around: Around) -> str:
    hint = _hint(move) if not around.page.case.whole else ""
    return (
        f'<form class="move bare-move" method="post" action="{around.address(move)}" id="do-{move.code}">'
        f"{_signed(around)}"
        f'<button class="btn btn-{move.tone} btn-wide" type="submit" data-key="{move.key}">{icon(move.icon)}'
        f'{escape(str(move.send))} <kbd class="only-script">{move.key}</kbd></button>{hint}</form>'
    )


def _to_fill_in(offer: Offer, around: Around) -> str:
    move, opened = offer.move, " open" if offer.opened else ""
    return (
        f'<details class="move {move.tone}" name="move" id="do-{move.code}"{opened}>'
        f'<summary data-key="{move.key}">{icon(move.icon)}<span class="grow">{escape(str(move.title))}</span>'
        f'<kbd class="only-script">{move.key}</kbd></summary>\n'
        f"{_form(offer, around)}</details>"
    )


def _form(offer: Offer, around: Around) -> str:
    move, form, keeps = offer.move, offer.form, around.keeps and offer.move.keeps
    kept_at = f' data-keep="{around.address(move, "keep/")}"' if keeps else ""
    files = ' enctype="multipart/form-data"' if form.is_multipart() else ""
    sent = ' data-sent autocomplete="off"' if form.is_bound else ""
    hidden = "".join(str(bound) for bound in form.hidden_fields() if bound.name != "seen")
    wrong = "".join(_wrong(str(error)) for error in form.non_field_errors()) if form.is_bound else ""
    fields = render_to_string(form.drawn_by, {"form": form}) if form.drawn_by else "".join(_fields(offer, around))
    tone = "danger" if move.tone == "danger" else "primary"
    return (
        f'<form class="stack" method="post" action="{around.address(move)}"{kept_at}{files}{sent} novalidate>'
        f"{_signed(around)}{hidden}{_elsewhere(offer, around)}{_hint(move)}{wrong}\n{fields}\n"
        f'<button class="btn btn-{tone}" type="submit">{escape(str(move.send))}</button>'
        f"{_keeping(move, around) if keeps else ''}{_told_of_keeping() if around.who else ''}</form>"
    )


def _signed(around: Around) -> str:
    who = f'<input type="hidden" name="who" value="{escape(around.who)}">' if around.who else ""
    return (
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{around.token}">{who}'
        f'<input type="hidden" name="seen" value="{around.page.case.version}">'
    )


def _fields(offer: Offer, around: Around) -> Iterator[str]:
    form, fills_after = offer.form, getattr(offer.form, "fills_after", "")
    for bound in form.visible_fields():
        yield _shown(bound, around) if bound.name == "shown" else field(bound)
        if bound.name == fills_after:
            said = _("Show what it asks for") if bound.name == "template" else _("Write the words")
            to = f"{around.address(offer.move, 'fill/')}#do-{offer.move.code}"
            button = f'<button class="btn btn-secondary btn-s" type="submit" formaction="{to}">{escape(said)}</button>'
            yield f"<div>{button}</div>"
        if bound.name == "proof" and isinstance(form, PhotoForm) and (photos := form.shown_photos()):
            yield render_to_string("desks/_kept.html", {"photos": photos, "desk": around.desk})


def _shown(bound: BoundField, around: Around) -> str:
    return render_to_string("desks/_shown.html", {"bound": bound, "page": around.page})


def _elsewhere(offer: Offer, around: Around) -> str:
    if not (around.keeps and offer.beside):
        return ""
    keep = f"{around.action}{offer.move.code}/keep/{around.query}"
    return render_to_string("desks/_elsewhere.html", {"beside": offer.beside, "keep": keep})


def _hint(move: Move) -> str:
    return f'<p class="hint">{escape(str(move.hint))}</p>' if move.hint else ""


def _wrong(error: str) -> str:
    return f'<p class="error">{icon("alert-circle")}<span>{escape(error)}</span></p>'


def _keeping(move: Move, around: Around) -> str:
    to, said = around.address(move, "keep/"), escape(_("Keep it, to go on later"))
    return f'<button class="btn btn-quiet no-script" type="submit" formaction="{to}">{said}</button>'


def _told_of_keeping() -> str:
    """Draw where a script says how it goes with what is being written; it takes its words from here."""
    words = {
        "kept": _("Kept: you can go on later."),
        "both": _("You kept other words on another device meanwhile. Both are here."),
        "sending": _("Sending the photo…"),
        "failed": _("The photo did not arrive. Check the network and try again."),
        "over": _("You are signed out. What you typed waits for you."),
        "signin": _("Sign in and go on"),
    }
    said = "".join(f' data-{name}="{escape(sentence)}"' for name, sentence in words.items())
    return f'<output class="small muted only-script"{said}></output>'
