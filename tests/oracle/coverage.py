"""Which states of which rules the random sources reach, and which of the reachable ones they do not.

A rule without a word here can be in every state: also undetermined, since any cell that decides may be unreadable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .judging import BREACH, NOT_APPLICABLE, RULES, STATES, UNDETERMINED, WARNING, Verdict

# Rules that only warn, besides the -p rules.
_NO_BREACH = {
    *("R3.10-a", "R5.2.4", "R5.3.2", "R5.4.3.3-c", "RB-1", "R5.6.3.2-2", "R5.7.3-1", "R5.12.5", "R6.2.4-d"),
    *("R7.1-b", "RD-1", "ICAS-6.4.2.1-b", "ZQHX-3.2.2-b"),
}
# Rules that know no warning.
_NO_WARNING = {
    *("R3.1-a", "R3.1-b", "R3.6-b", "R3.6-c", "R3.6-d", "R3.9-b", "R3.11-a"),
    *("R5.1.2-1", "R5.1.2-2", "R5.1.2-3", "R5.1.2-4", "R5.1.2-5", "R5.1.2-6", "R5.1.2-7"),
    *(
        "R5.2.1",
        "R5.2.3",
        "R5.3.1-a",
        "R5.3.1-b",
        "R5.4.1.5",
        "R5.4.2-c",
        "R5.4.2-d",
        "R5.4.2.4",
        "R5.4.2.4-b",
    ),
    *("R5.4.3.2", "R5.4.3.3-a", "R5.4.3.3-b", "R5.4.3.4-b", "R5.4.4.1-a", "R5.4.4.1-d", "R5.4.4.1-e"),
    *("R5.4.4.2", "R5.4.4.3", "R5.4.4.4", "R11.4.2", "R5.4.5.1", "R5.4.5.3"),
    *("R5.5.3", "R5.5.4", "R5.5.5", "R5.6-a", "R5.6.1-a", "R5.6.2.2", "R5.6.2.2-b", "R5.6.3.2", "R5.8.2-a"),
    *("R5.10.4", "R5.11.1", "R5.12.1-a", "R5.12.1-b", "R5.12.1-c", "R5.12.2-1", "R5.12.3", "R5.12.4-b"),
    *(
        "R6.2.1",
        "R6.2.2",
        "R6.2.2-b",
        "R6.2.3",
        "R6.2.4-a",
        "R6.2.4-b",
        "R6.2.4-c",
        "R6.2.6",
        "RC.2-a",
        "RC.4",
    ),
    *("R7.1", "R7.2.2", "R7.2.3", "R7.4", "R7.4-b", "R7-seq", "R8.3-b", "R9.3-b"),
    *("R10.1", "R10.2", "R10.3", "R10.4", "ICAS-6.4.2.1-a", "ICAS-6.7.1.1", "ICAS-10.2", "ZDQY-5.3"),
}
# Looked at on as_of (which is in force), or on terms and months that all lie in force; no client abroad.
_NEVER_NOT_APPLICABLE = {
    *("R3.6-a", "R3.6-b", "R3.9-a", "R3.10-a", "R3.10-b", "R6.2.4-d", "R11.2", "RD-1"),
    *("ZQHX-3.2.2", "ZQHX-3.2.2-b"),
}
# Its only transition ended before the rule was in force.
_ONLY_NOT_APPLICABLE = {"R11.1"}
# Too long a story for chance to tell in every run.
_RARE = {("R5.4.1.4-b", UNDETERMINED), *(("ICAS-6.4.8-e", state) for state in STATES)}


def reachable(rule_id: str) -> set[str]:
    """The states that a rule can have."""
    if rule_id in _ONLY_NOT_APPLICABLE:
        return {NOT_APPLICABLE}
    states = set(STATES)
    if rule_id in _NO_BREACH or rule_id.endswith("-p"):
        states.discard(BREACH)
    if rule_id in _NO_WARNING:
        states.discard(WARNING)
    if rule_id in _NEVER_NOT_APPLICABLE:
        states.discard(NOT_APPLICABLE)
    return states


def counted(verdicts: Iterable[Verdict]) -> Counter[tuple[str, str]]:
    """Subjects per rule and state."""
    return Counter((verdict.rule_id, verdict.state) for verdict in verdicts)


def missing(counts: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    """Reachable pairs of rule and state that did not occur."""
    return [
        (rule_id, state)
        for rule_id in RULES
        for state in sorted(reachable(rule_id))
        if not counts[rule_id, state] and (rule_id, state) not in _RARE
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
