"""What follows when somebody calls for rescue: those who can send help are told at once."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from hues.engines.rescue import queries
from hues.engines.rescue.events import CallEvent, CallOpened, CallRepeated
from hues.engines.rescue.queries import News
from hues.functions.storm_flood import timers
from hues.kernel.areas import queries as areas
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Urgency
from hues.kernel.journal.actions import reacts_to
from hues.kernel.languages import in_each
from hues.kit.text import Words


@reacts_to(CallOpened)
def tell_the_rescuers(event: CallOpened) -> None:
    """
    Tell operators and duty leaders once of a call; life in danger does not wait for the end of quiet hours.

    What comes into the second line is told by the minute, all of it together.
    """
    news = queries.news(event.subject) if event.subject else None
    if news is None:
        return
    if news.behind:
        timers.tell_together(event.at)
        return
    title = _("Rescue: life in danger") if news.critical else _("Rescue: somebody calls for help")
    _tell(event, news, title, _("People: %(people)s. %(where)s. Nobody has called back yet."), once=news.code)


@reacts_to(CallRepeated)
def tell_them_again(event: CallRepeated) -> None:
    """Tell them of a call that is sent again, whoever took it and though the caller had said that all are safe."""
    news = queries.repeated(event.subject, event.at) if event.subject else None
    if news:
        body = _("People: %(people)s. %(where)s. Help is needed, whatever was said before.")
        _tell(event, news, _("Rescue: they call again"), body, once=f"{news.code}:{event.version}")


def _tell(event: CallEvent, news: News, title: Words, body: Words, *, once: str) -> None:
    ward = areas.ward(news.ward_code) if news.ward_code else None
    with translation.override("vi"):  # a link is kept without a language
        link = reverse("rescue_desk:one", args=[news.code])
    delivery.plan(
        timers.rescuers(event.at),
        reason=f"{event.name}:{once}",
        title=in_each(title),
        body=in_each(body, people=str(news.people), where=ward.name if ward else in_each(_("The ward is not known"))),
        link=link,
        urgency=Urgency.EXTREME if news.critical else Urgency.HIGH,
        work=True,
        at=event.at,
    )
