"""Every read of cases, cut to what the asker may see."""

from hues.engines.cases.queries.aftermath import Chain, PromiseRow, PromiseTally
from hues.engines.cases.queries.cards import (
    Access,
    CaseRow,
    Clock,
    DeskCase,
    MyCase,
    PhotoRef,
    PublicCase,
    PublicRow,
    TimelineStep,
)
from hues.engines.cases.queries.catalogue import (
    case_type,
    categories,
    category,
    deadlines,
    law,
    outcomes,
    suggested_agency,
    unknown_categories,
)
from hues.engines.cases.queries.choices import CaseFilters, CategoryCard, OutcomeCard, Question
from hues.engines.cases.queries.counted import Burden, Counts, MapCell, MapPoint, Tally
from hues.engines.cases.queries.covering import (
    ADDRESS,
    ANSWER,
    PUBLIC_ADDRESS,
    PUBLIC_TEXT,
    TASK,
    TEXT,
    photo_covered,
    words_are_covered,
    words_to_cover,
)
from hues.engines.cases.queries.desk import desk_case, desk_inbox, ops_case, ops_queue, place_of, whole_texts
from hues.engines.cases.queries.divided import PartCard, WholeCard
from hues.engines.cases.queries.doubted import Doubted
from hues.engines.cases.queries.doubts import doubts_about
from hues.engines.cases.queries.figures import burdens, counts, desk_counts, how_many, opened_at, public_figures
from hues.engines.cases.queries.kept import kept_numbers
from hues.engines.cases.queries.map import map_cells, map_points
from hues.engines.cases.queries.mine import DraftCard, draft, follows, my_case, my_cases, number_sent, supported
from hues.engines.cases.queries.nearby import Near, near_duplicates, nearby_case
from hues.engines.cases.queries.open311 import (
    OpenRequest,
    OpenUpdate,
    open_requests,
    open_requests_between,
    open_updates,
)
from hues.engines.cases.queries.passes import PassCard, SentCard, pass_of, passed_case
from hues.engines.cases.queries.public import public_case, public_cases
from hues.engines.cases.queries.register import promise_tallies, promises
from hues.engines.cases.queries.tables import (
    desk_about,
    desk_rows,
    desk_table,
    ops_about,
    ops_rows,
    ops_table,
    public_table,
)
from hues.kit.pages import Page

__all__ = [
    "desk_table",
    "ops_table",
    "public_table",
    "ADDRESS",
    "ANSWER",
    "PUBLIC_ADDRESS",
    "PUBLIC_TEXT",
    "TASK",
    "TEXT",
    "Burden",
    "Access",
    "CaseFilters",
    "CaseRow",
    "CategoryCard",
    "Chain",
    "Clock",
    "Counts",
    "DeskCase",
    "Doubted",
    "DraftCard",
    "MapCell",
    "MapPoint",
    "MyCase",
    "Near",
    "OpenRequest",
    "OpenUpdate",
    "OutcomeCard",
    "Page",
    "PartCard",
    "PassCard",
    "PhotoRef",
    "PromiseRow",
    "PromiseTally",
    "PublicCase",
    "PublicRow",
    "Question",
    "SentCard",
    "Tally",
    "TimelineStep",
    "WholeCard",
    "burdens",
    "case_type",
    "categories",
    "category",
    "counts",
    "deadlines",
    "desk_about",
    "desk_case",
    "desk_counts",
    "desk_inbox",
    "desk_rows",
    "doubts_about",
    "draft",
    "follows",
    "how_many",
    "kept_numbers",
    "law",
    "map_cells",
    "map_points",
    "my_case",
    "my_cases",
    "opened_at",
    "near_duplicates",
    "nearby_case",
    "number_sent",
    "open_requests",
    "open_requests_between",
    "open_updates",
    "ops_about",
    "ops_case",
    "ops_queue",
    "ops_rows",
    "outcomes",
    "pass_of",
    "passed_case",
    "place_of",
    "promise_tallies",
    "promises",
    "photo_covered",
    "public_case",
    "public_cases",
    "public_figures",
    "suggested_agency",
    "supported",
    "unknown_categories",
    "whole_texts",
    "words_are_covered",
    "words_to_cover",
]
