"""Answers that every desk gives."""

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect


def see_other(address: str) -> HttpResponse:
    """Send the reader on after a change, so that a reload repeats nothing."""
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
