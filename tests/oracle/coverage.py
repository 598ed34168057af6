"""Which states of which rules the random sources reach, and which of the reachable ones they do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .judging import BREACH, NOT_APPLICABLE, PASS, RULES, STATES, UNDETERMINED, WARNING, Verdict

# What a rule's judgement can say in force; not_applicable needs an anchor before that.
_PB = {PASS, BREACH}
_PBU = {PASS, BREACH, UNDETERMINED}
_PWB = {PASS, WARNING, BREACH}
_ALL = {PASS, WARNING, BREACH, UNDETERMINED}
_PWU = {PASS, WARNING, UNDETERMINED}
_PW = {PASS, WARNING}
_JUDGED: dict[str, set[str]] = {
    **dict.fromkeys(
        (
            *("R3.6-b", "R3.9-b", "R5.3.1-a", "R5.12.1-b", "R6.2.1", "R6.2.3", "R6.2.4-a", "R6.2.4-c"),
            *("R7.2.2", "R7.4", "R7-seq", "R10.1", "R10.2", "R10.4"),
        ),
        _PB,
    ),
    **dict.fromkeys(
        (
            *("R3.6-a", "R3.9-a", "R3.10-a", "R3.10-b", "R5.4.1.4-a", "R5.4.1.4-b", "R7.2.1-5", "R7.2.1-6"),
            *("R7.3-1", "R7.3-2", "R7.3-3", "R8.3-a", "R9.1-a", "R9.1-b", "R9.2", "R9.3", "R11.2"),
            *("ZDQY-5.2-a", "ZDQY-5.2-b", "ZQHX-3.2.2"),
        ),
        _PWB,
    ),
    **dict.fromkeys(
        (
            *("R5.4.4.1-c", "R5.12.4", "R5.6.1-b", "R5.10.3", "R7.2.1-12", "R9.4-a"),
            *("ICAS-6.4.8-a", "ICAS-6.4.8-b"),
        ),
        _ALL,
    ),
    **dict.fromkeys(("R5.4.3.3-c", "ICAS-6.4.2.1-b", "R5.6.3.2-2", "R9.4-b"), _PWU),
    "R6.2.4-d": _PW,
}
_NEVER_NOT_APPLICABLE = {
    # Looked at on as_of (which is in force), or on terms and months that all lie in force.
    *(
        "R3.6-a",
        "R3.6-b",
        "R3.9-a",
        "R3.10-a",
        "R3.10-b",
        "R6.2.4-d",
        "R9.1-a",
        "R9.1-b",
        "R11.2",
        "ZQHX-3.2.2",
    ),
}


def reachable(rule_id: str) -> set[str]:
    """The states that a rule can have on contract-conforming records."""
    judged = _JUDGED.get(rule_id, _PBU)
    return judged if rule_id in _NEVER_NOT_APPLICABLE else judged | {NOT_APPLICABLE}


def counted(verdicts: Iterable[Verdict]) -> Counter[tuple[str, str]]:
    """Subjects per rule and state."""
    return Counter((verdict.rule_id, verdict.state) for verdict in verdicts)


def missing(counts: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    """Reachable pairs of rule and state that did not occur."""
    return [
        (rule_id, state)
        for rule_id in RULES
        for state in sorted(reachable(rule_id))
        if not counts[rule_id, state]
    ]


def unexpected(counts: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs that occurred although they were thought to be out of reach."""
    return sorted(pair for pair in counts if pair[1] not in reachable(pair[0]))


def report(counts: Counter[tuple[str, str]]) -> str:
    """A table of rule x state."""
    lines = [f"{'rule':18}" + "".join(f"{state:>16}" for state in STATES)]
    lines += [
        f"{rule_id:18}" + "".join(f"{counts[rule_id, state]:16}" for state in STATES)
        for rule_id in sorted(RULES)
    ]
    return "\n".join(lines)
