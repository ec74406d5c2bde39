"""Pages of the frame itself."""

from django.http import HttpRequest, HttpResponse


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell that the request can't be read."""
    return HttpResponse("400", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell that this is not for the reader."""
    return HttpResponse("403", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell that there is nothing here."""
    return HttpResponse("404", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Tell that we made a mistake."""
    return HttpResponse("500", status=500)
