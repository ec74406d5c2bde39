"""Who reads which step, and with which words."""

from datetime import UTC, datetime

from hues.engines.cases.rules.timeline import Reader, Told, told
from hues.engines.cases.rules.workflow import Side, Verb

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def a_step(seq: int, verb: Verb) -> Told:
    return Told(
        seq=seq,
        at=NOON,
        verb=verb,
        side=Side.AGENCY,
        agency_id=None,
        text=f"said {seq}",
        internal=f"note {seq}",
        facts={"outcome": "fixed", "proofs": 2, "stars": 4},
    )


STORY = tuple(
    a_step(seq, verb)
    for seq, verb in enumerate(
        (
            Verb.OPEN,
            Verb.ACCEPT,
            Verb.TAKE,
            Verb.ASK,
            Verb.REPLY,
            Verb.NOTE,
            Verb.ANSWER,
            Verb.RETURN,
            Verb.ANSWER,
        )
    )
)


def test_staff_read_everything() -> None:
    assert told(STORY, Reader.STAFF) == STORY


def test_an_answer_is_silent_until_it_is_published_and_a_returned_one_for_ever() -> None:
    for reader in (Reader.PUBLIC, Reader.REPORTER):
        assert Verb.ANSWER not in [step.verb for step in told(STORY, reader)]
        shown = [step for step in told((*STORY, a_step(9, Verb.PUBLISH)), reader) if step.verb == Verb.ANSWER]
        assert [step.text for step in shown] == ["said 8"]


def test_the_reporter_reads_questions_but_no_notes() -> None:
    seen = told(STORY, Reader.REPORTER)
    assert [step.verb for step in seen] == [Verb.OPEN, Verb.ACCEPT, Verb.TAKE, Verb.ASK, Verb.REPLY]
    assert not any(step.internal for step in seen)
    assert seen[3].text == "said 3"


def test_the_public_reads_neither_questions_nor_replies_nor_words_between_offices() -> None:
    seen = told((*STORY, a_step(9, Verb.PUBLISH), a_step(10, Verb.RATE)), Reader.PUBLIC)
    assert [step.verb for step in seen] == [Verb.OPEN, Verb.ACCEPT, Verb.TAKE, Verb.ANSWER, Verb.PUBLISH]
    assert [step.text for step in seen] == ["", "", "", "said 8", "said 9"]
    assert all(set(step.facts) <= {"outcome"} for step in seen)
