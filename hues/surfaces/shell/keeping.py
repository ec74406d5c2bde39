"""Parts of a page that are drawn once for each set of values that they are made of: {% kept shown %}…{% endkept %}."""

from functools import lru_cache
from typing import Any, Final

from django.template import Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.utils.translation import get_language

MOST: Final = 32  # of one part that are kept in a process


class KeptPart(Node):
    """What stands between the tags, as it was drawn for these very values in this language."""

    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist, self._values = nodelist, values
        self._drawn = lru_cache(maxsize=MOST)(_Drawn)

    def render(self, context: Context) -> str:
        """Return it as it was drawn."""
        return self.kept(context)

    def kept(self, context: Context) -> str:
        """Return it as it was drawn; two requests at once may both draw it."""
        values = tuple(value.resolve(context) for value in self._values)
        kept = self._drawn(get_language(), context.autoescape, values)
        if kept.words is None:
            kept.words = self.nodelist.render(context)
        return kept.words


class _Drawn:
    """What was drawn, or is about to be."""

    __slots__ = ("words",)

    def __init__(self, *_of: Any) -> None:
        self.words: str | None = None


def kept(parser: Parser, token: Token) -> KeptPart:
    """
    Keep a part of a page: everything that differs inside of it must be among the values, and they cannot be changed.

    No token of a form, no block and nothing of the request may stand in it: what is kept is shown to anybody.
    """
    values = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    kinds = {type(node).__name__ for node in nodelist.get_nodes_by_type(Node)}
    if wrong := kinds & {"BlockNode", "CsrfTokenNode"}:
        raise TemplateSyntaxError(f"{wrong} cannot be kept: it is not the same for everybody")
    return KeptPart(nodelist, values)
