"""Cases, their sealed reporters, every step that was taken, and the city's catalogue."""

from hues.engines.cases.models.case import Case, CasePhoto, PastPromise, ProofDoubt, Step
from hues.engines.cases.models.catalogue import AnswerTemplate, AnswerTime, Category, Edition, Route
from hues.engines.cases.models.map import MapTally
from hues.engines.cases.models.passes import Pass
from hues.engines.cases.models.people import CaseSeal, Draft, Key, SealedWords, Support

__all__ = [
    "AnswerTemplate",
    "AnswerTime",
    "Case",
    "CasePhoto",
    "CaseSeal",
    "Category",
    "Draft",
    "Edition",
    "Key",
    "MapTally",
    "Pass",
    "PastPromise",
    "ProofDoubt",
    "Route",
    "SealedWords",
    "Step",
    "Support",
]
