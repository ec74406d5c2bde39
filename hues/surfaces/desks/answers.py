"""Answers that every desk gives."""

from http import HTTPStatus

from django.http import HttpResponse


def see_other(address: str) -> HttpResponse:
    """Send the reader on after a change, so that a reload repeats nothing."""
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address})
