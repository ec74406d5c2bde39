"""What stands in the columns of a file that the database itself writes as CSV."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.db.models import CharField, F, Func, JSONField, Value
from django.db.models.expressions import Combinable

from hues.kit.tables import FORMULA


class Named(Func):
    """The words that `names` has for a value; none for one that it does not know."""

    template = "(%(expressions)s)"
    arg_joiner = " ->> "
    output_field = CharField()

    def __init__(self, of: str | Combinable, names: Mapping[str, str]) -> None:
        value = F(of) if isinstance(of, str) else of
        super().__init__(Value(dict(names), JSONField()), Func(value, template="(%(expressions)s)::text"))


class Moment(Func):
    """An instant as ISO 8601 in UTC, to the second."""

    template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""
    output_field = CharField()


class LocalMoment(Func):
    """An instant as ISO 8601 on the clock of a time zone, to the second, with its distance from UTC: +07:00."""

    arity = 1
    output_field = CharField()
    template = (
        "(SELECT to_char(here, 'YYYY-MM-DD\"T\"HH24:MI:SS') || CASE WHEN here < utc THEN '-' ELSE '+' END"
        " || to_char(greatest(here - utc, utc - here), 'HH24:MI')"
        " FROM (SELECT at AT TIME ZONE '%(zone)s' AS here, at AT TIME ZONE 'UTC' AS utc"
        " FROM (SELECT %(expressions)s AS at) AS given) AS told)"
    )

    def __init__(self, instant: str | Combinable, zone: str) -> None:
        super().__init__(F(instant) if isinstance(instant, str) else instant, zone=ZoneInfo(zone).key)


class Harmless(Func):
    """Words that no spreadsheet takes for a formula: such ones get an apostrophe, as `kit.tables.harmless` gives it."""

    template = (
        f"CASE WHEN left(ltrim(%(expressions)s, ''''), 1) IN ({', '.join(f"'{sign}'" for sign in FORMULA)})"
        " THEN '''' || %(expressions)s ELSE nullif(%(expressions)s, '') END"
    )
    output_field = CharField()

    def __init__(self, column: str) -> None:
        super().__init__(F(column))
