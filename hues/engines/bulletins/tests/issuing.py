"""What the tests of issuing share: the names of CAP, an hour later, and what the database itself refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from hues.engines.bulletins.testing import MONDAY

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
LATER = MONDAY + timedelta(hours=1)


def refused(sql: str, *values: Any) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return str(error.value)
