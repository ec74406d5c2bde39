"""Where collected static files go: named by their content."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class Storage(ManifestStaticFilesStorage):
    """Manifest names; unknown files are an error at collection time, not at page time."""

    manifest_strict = False
