"""What the log does not say: addresses that are secrets themselves, and how we found a stranger's mistake."""

import logging
import re

SECRETS = re.compile(r"(/(?:pass|push/(?:mail-off|mail-on|less))/)[^/\s]+")


class Discreet(logging.Filter):
    """Leave out the part of an address that opens something for whoever knows it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take every record, its secrets blotted out."""
        record.msg, record.args = SECRETS.sub(r"\1…", record.getMessage()), ()
        return True


class Brief(logging.Filter):
    """Leave out where in our code a request was refused: what scanners ask for would fill the disk with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take every record, without its traceback."""
        record.exc_info = None
        return True
