"""The life cycle of one version: which step is legal in which phase, and what a refusal says.

    prepared → checked → approved by one → approved by two → sent → accepted | partly accepted | rejected

A later version of the same submission supersedes this one at once, whatever its phase. Then nothing more
may be done with it, except that the answer to a version that was sent is still recorded.

An answer that was recorded wrongly, or that the authority takes back, is not changed: another answer with the
reason follows it, and counts from then on.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from dagster_project.filing.errors import StepRefused


class Phase(StrEnum):
    """How far a version has come."""

    PREPARED = "prepared"
    CHECKED = "checked"
    HALF_APPROVED = "half_approved"
    APPROVED = "approved"
    SENT = "sent"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"


SUPERSEDED = "superseded"


class Step(StrEnum):
    """What a person does with a prepared version. The three answers are one entry, `receipt`."""

    JUSTIFY = "justify"
    CHECK = "check"
    APPROVE = "approve"
    SEND = "sent"
    ACCEPT = "receipt accepted"
    ACCEPT_PARTLY = "receipt partly"
    REJECT = "receipt rejected"


ANSWERS = frozenset({Step.ACCEPT, Step.ACCEPT_PARTLY, Step.REJECT})
ANSWERED = frozenset({Phase.ACCEPTED, Phase.PARTLY_ACCEPTED, Phase.REJECTED})

TRANSITIONS: Mapping[tuple[Phase, Step], Phase] = MappingProxyType(
    {
        (Phase.PREPARED, Step.JUSTIFY): Phase.PREPARED,
        (Phase.PREPARED, Step.CHECK): Phase.CHECKED,
        (Phase.CHECKED, Step.APPROVE): Phase.HALF_APPROVED,
        (Phase.HALF_APPROVED, Step.APPROVE): Phase.APPROVED,
        (Phase.APPROVED, Step.SEND): Phase.SENT,
        (Phase.SENT, Step.ACCEPT): Phase.ACCEPTED,
        (Phase.SENT, Step.ACCEPT_PARTLY): Phase.PARTLY_ACCEPTED,
        (Phase.SENT, Step.REJECT): Phase.REJECTED,
    }
)

# phase: what it is, in Chinese, what comes next
_NEXT: Mapping[Phase, tuple[str, str, str]] = {
    Phase.PREPARED: (
        "prepared, not checked",
        "已生成，尚未校验",
        "Check it, once its warnings are justified: certhouse submission check {id} --by NAME",
    ),
    Phase.CHECKED: (
        "checked, not approved",
        "已校验，尚未批准",
        "Two people who did not prepare it approve it: certhouse submission approve {id} --by NAME",
    ),
    Phase.HALF_APPROVED: (
        "approved by one person only",
        "仅有一人批准",
        "A second person approves it: certhouse submission approve {id} --by NAME",
    ),
    Phase.APPROVED: (
        "approved by two people, not sent",
        "已由两人批准，尚未报送",
        "Upload it, then record that: certhouse submission sent {id} --by NAME --on DAY --channel TEXT",
    ),
    Phase.SENT: (
        "sent, not answered",
        "已报送，尚无回执",
        "Record the answer: certhouse submission receipt {id} --by NAME --result RESULT --on DAY",
    ),
    Phase.ACCEPTED: (
        "accepted",
        "已接收",
        "It is done. A correction is a new version: correct the records, run, and prepare it again",
    ),
    Phase.PARTLY_ACCEPTED: (
        "accepted but for rejected rows",
        "已部分接收",
        "Correct the rejected rows in the records (certhouse submission work-list), run, and prepare it again",
    ),
    Phase.REJECTED: (
        "rejected",
        "已被退回",
        "Correct the records (certhouse submission work-list), run, and prepare it again",
    ),
}

_STEP_WORDS: Mapping[Step, tuple[str, str]] = {
    Step.JUSTIFY: ("have a warning justified", "说明提示"),
    Step.CHECK: ("be checked", "校验"),
    Step.APPROVE: ("be approved", "批准"),
    Step.SEND: ("be recorded as sent", "登记报送"),
    Step.ACCEPT: ("be recorded as accepted", "登记接收回执"),
    Step.ACCEPT_PARTLY: ("be recorded as partly accepted", "登记部分接收回执"),
    Step.REJECT: ("be recorded as rejected", "登记退回回执"),
}


def after(
    submission_id: str, phase: Phase, superseded_by: int | None, step: Step, *, corrects: bool = False
) -> Phase:
    """The phase that the step leads to. Raises StepRefused with the reason and the way on.

    corrects  the answer takes the place of one that was recorded before: by mistake, or CNCA thought again
    """
    can_step, can_step_zh = _STEP_WORDS[step]
    if corrects and phase in ANSWERED and step in ANSWERS:
        return TRANSITIONS[Phase.SENT, step]
    if superseded_by is not None and not (phase is Phase.SENT and step in ANSWERS):
        newer = f"{submission_id.rpartition('/')[0]}/v{superseded_by}"
        raise StepRefused(
            f"{submission_id} was superseded by version {superseded_by}: it can no longer {can_step}.",
            f"该版本已被第{superseded_by}版取代，不能再{can_step_zh}。",
            f"Go on with the newer one: certhouse submission show {newer}",
        )
    following = TRANSITIONS.get((phase, step))
    if following is None:
        state, state_zh, way_on = _NEXT[phase]
        raise StepRefused(
            f"{submission_id} is {state}: it cannot {can_step}.",
            f"该版本{state_zh}，不能{can_step_zh}。",
            f"{way_on.format(id=submission_id)}.",
        )
    return following


def way_on(submission_id: str, phase: Phase) -> str:
    """What comes next, for whoever has just done a step."""
    return _NEXT[phase][2].format(id=submission_id)
