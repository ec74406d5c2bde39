"""What the log does not say: addresses that are secrets themselves."""

import logging
import re

SECRETS = re.compile(r"(/(?:pass|push/(?:mail-off|mail-on|less))/)[^/\s]+")


class Discreet(logging.Filter):
    """Leave out the part of an address that opens something for whoever knows it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take every record, its secrets blotted out."""
        record.msg, record.args = SECRETS.sub(r"\1…", record.getMessage()), ()
        return True
