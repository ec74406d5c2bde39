"""Everything that can be done to a case: one verb, one function, one transaction."""

from hues.engines.cases.actions.answering import (
    answer_case,
    ask_citizen,
    ask_extension,
    give_back,
    note,
    resume,
    take,
)
from hues.engines.cases.actions.assigning import assign, put_down_all
from hues.engines.cases.actions.catalogue import import_catalogue
from hues.engines.cases.actions.citizen import (
    add_words,
    rate,
    reopen,
    reply,
    support,
    withdraw_support,
)
from hues.engines.cases.actions.closing import close_old, resume_waiting, ring
from hues.engines.cases.actions.covering import cover_photo, see_original, uncover_photo
from hues.engines.cases.actions.drafts import add_to_draft, choose_page, drop_draft, keep_page, save_draft, send_draft
from hues.engines.cases.actions.exporting import note_export
from hues.engines.cases.actions.folding import fold_map
from hues.engines.cases.actions.importing import PreparedCase, PreparedMove, import_cases, unfit
from hues.engines.cases.actions.lawful import lift_seal, open_sealed, seal_case
from hues.engines.cases.actions.linking import link_recurrence
from hues.engines.cases.actions.merging import unmerge
from hues.engines.cases.actions.moving import Moved
from hues.engines.cases.actions.opening import CaseReceipt, open_case
from hues.engines.cases.actions.passing import close_passes, send_pass, send_pass_again
from hues.engines.cases.actions.promising import check_promise, keep_promise
from hues.engines.cases.actions.routing import (
    accept_and_route,
    decide_extension,
    publish,
    refuse,
    return_answer,
)
from hues.engines.cases.actions.sealing import Reporter, unseal
from hues.engines.cases.actions.setting import change_category, change_time
from hues.engines.cases.actions.splitting import edit_answer, join, split
from hues.engines.cases.actions.succeeding import pass_on, send_first_pass
from hues.engines.cases.actions.template_files import Brought, bring_templates
from hues.engines.cases.actions.templating import (
    add_template,
    change_template,
    remove_template,
    restore_template,
    seed_templates,
)
from hues.engines.cases.actions.weekly import begin_week, keep_weekly
from hues.engines.cases.actions.words import cover_words, see_words, uncover_words
from hues.engines.cases.rules.intake import Place
from hues.engines.cases.rules.splitting import Share

__all__ = [
    "CaseReceipt",
    "Moved",
    "Place",
    "PreparedCase",
    "PreparedMove",
    "Reporter",
    "Share",
    "add_template",
    "change_template",
    "remove_template",
    "restore_template",
    "Brought",
    "bring_templates",
    "seed_templates",
    "lift_seal",
    "open_sealed",
    "seal_case",
    "accept_and_route",
    "add_to_draft",
    "add_words",
    "answer_case",
    "ask_citizen",
    "ask_extension",
    "assign",
    "begin_week",
    "change_category",
    "change_time",
    "check_promise",
    "choose_page",
    "close_old",
    "close_passes",
    "cover_photo",
    "cover_words",
    "decide_extension",
    "drop_draft",
    "fold_map",
    "edit_answer",
    "give_back",
    "import_cases",
    "unfit",
    "import_catalogue",
    "join",
    "keep_page",
    "keep_promise",
    "keep_weekly",
    "link_recurrence",
    "note",
    "note_export",
    "open_case",
    "pass_on",
    "publish",
    "put_down_all",
    "rate",
    "refuse",
    "reopen",
    "reply",
    "resume",
    "resume_waiting",
    "return_answer",
    "ring",
    "save_draft",
    "see_original",
    "split",
    "send_first_pass",
    "send_draft",
    "send_pass",
    "send_pass_again",
    "see_words",
    "support",
    "take",
    "uncover_photo",
    "uncover_words",
    "unmerge",
    "unseal",
    "withdraw_support",
]
