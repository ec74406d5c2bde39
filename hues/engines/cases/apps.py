"""The cases engine."""

from typing import ClassVar

from hues.kernel.registry import EngineConfig, Retention


class CasesConfig(EngineConfig):
    name = "hues.engines.cases"
    label = "cases"
    retention: ClassVar[tuple[Retention, ...]] = (
        Retention(model="cases.Category", days=None, reason="the city's list of kinds of trouble"),
        Retention(model="cases.Route", days=None, reason="the city's rules of who answers for what"),
        Retention(model="cases.AnswerTime", days=None, reason="how long an answer may take, as the desk set it"),
        Retention(model="cases.AnswerTemplate", days=None, reason="the city's own words for answers; names nobody"),
        Retention(model="cases.Edition", days=None, reason="one row: which list is in force"),
        Retention(model="cases.Case", days=None, reason="the public record; holds no reporter"),
        Retention(model="cases.PastPromise", days=None, reason="a promise in the register, kept with its case"),
        Retention(model="cases.CaseSeal", days=None, reason="for as long as the reporter keeps the account"),
        Retention(model="cases.SealedWords", days=None, reason="covered words, under seal for as long as the case"),
        Retention(model="cases.Step", days=None, reason="the history of a case, kept with it"),
        Retention(model="cases.CasePhoto", days=None, reason="evidence, kept with its case"),
        Retention(model="cases.MapTally", days=None, reason="counts of published cases by place; names none"),
        Retention(model="cases.ProofDoubt", days=None, reason="why a proof was looked at twice, kept with its case"),
        Retention(model="cases.Pass", days=90, reason="a link opens nothing for long, and says so for a while"),
        Retention(model="cases.Support", days=None, reason="for as long as the supporter keeps the account"),
        Retention(model="cases.Draft", days=90, reason="an unfinished report or answer is forgotten"),
        Retention(model="cases.Key", days=30, reason="no browser sends the same report again after that"),
    )
