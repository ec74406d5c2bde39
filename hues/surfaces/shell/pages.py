"""What the frame shows to everybody alike, rendered once."""

from hues.kernel.published.rendering import Rendering, publishes, through_the_doors
from hues.surfaces.shell import addresses


@publishes("/offline/", "vi", "en")
def offline_page(language: str) -> Rendering:
    """Render the page for readers without a network."""
    return through_the_doors(addresses.to("/offline/", language))


@publishes("/manifest.webmanifest")
def manifest(language: str) -> Rendering:
    """Render the app's manifest."""
    return through_the_doors("/manifest.webmanifest")


@publishes("/sw.js")
def service_worker(language: str) -> Rendering:
    """Render the service worker."""
    return through_the_doors("/sw.js")
