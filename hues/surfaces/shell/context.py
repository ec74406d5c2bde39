"""What every template may use."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's own variables."""
    return {"asker": getattr(request, "asker", None)}
