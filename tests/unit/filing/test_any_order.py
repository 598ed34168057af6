"""Steps in any order by any persons, held against a model that is a few lines long.

A failure means that some sequence of steps leads where the life cycle must not lead.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from dagster_project.filing import steps
from dagster_project.filing.errors import StepRefused
from dagster_project.filing.verifying import verify
from tests.support.filed import REJECTED, SERIES, WARNING, open_ledger, registered, scratch

PERSONS = {"Li": "li", " lI ": "li", "ＬＩ": "li", "王": "王", "王 ": "王", "Zhao": "zhao", "钱": "钱"}
persons = st.sampled_from(sorted(PERSONS))
days = st.integers(0, 6).map(lambda n: date(2026, 11, 10) + timedelta(n))
which = st.integers(0, 1)


class Model:
    """One version as a clerk would keep it on paper."""

    def __init__(self, *, has_warning: bool, has_error: bool) -> None:
        self.state = "prepared"
        self.may_be_checked = not has_error
        self.waits_for_words = has_warning
        self.has_warning = has_warning
        self.approvers: list[str] = []
        self.day = date.min


class AnyOrder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = scratch()
        self.ledger = open_ledger(Path(self.folder.name))
        self.versions: list[Model] = []
        self.preparers: set[str] = set()

    def teardown(self) -> None:
        assert not verify(self.ledger).faults
        self.ledger.close()
        self.folder.cleanup()

    def _chosen(self, back: int) -> tuple[str, Model, bool]:
        number = max(len(self.versions) - back, 1)
        return f"{SERIES}/v{number}", self.versions[number - 1], number == len(self.versions)

    def _expect(self, legal: bool, do) -> bool:  # type: ignore[no-untyped-def]
        before = self.ledger.head
        try:
            do()
        except StepRefused:
            assert not legal
            assert self.ledger.head == before
            return False
        assert legal
        assert self.ledger.head.entries == before.entries + 1
        return True

    @precondition(lambda self: len(self.versions) < 3)
    @rule(by=persons, has_warning=st.booleans(), has_error=st.sampled_from([False, False, False, True]))
    def prepare(self, by: str, has_warning: bool, has_error: bool) -> None:
        registered(
            self.ledger,
            len(self.versions) + 1,
            by=by,
            warnings=[WARNING] if has_warning else [],
            errors=int(has_error),
        )
        self.versions.append(Model(has_warning=has_warning, has_error=has_error))
        self.preparers.add(PERSONS[by])

    @precondition(lambda self: self.versions)
    @rule(back=which, by=persons)
    def justify(self, back: int, by: str) -> None:
        name, model, is_latest = self._chosen(back)
        legal = is_latest and model.state == "prepared" and model.has_warning
        if self._expect(
            legal, lambda: steps.justify(self.ledger, name, by=by, warnings=[WARNING], because="客户无邮箱")
        ):
            model.waits_for_words = False

    @precondition(lambda self: self.versions)
    @rule(back=which, by=persons, on=days)
    def check(self, back: int, by: str, on: date) -> None:
        name, model, is_latest = self._chosen(back)
        legal = is_latest and model.state == "prepared" and model.may_be_checked and not model.waits_for_words
        if self._expect(legal, lambda: steps.check(self.ledger, name, by=by, on=on)):
            model.state, model.day = "checked", on

    @precondition(lambda self: self.versions)
    @rule(back=which, by=persons, on=days)
    def approve(self, back: int, by: str, on: date) -> None:
        name, model, is_latest = self._chosen(back)
        person = PERSONS[by]
        legal = (
            is_latest
            and model.state == "checked"
            and on >= model.day
            and person not in self.preparers
            and person not in model.approvers
        )
        if self._expect(legal, lambda: steps.approve(self.ledger, name, by=by, on=on)):
            model.approvers.append(person)
            model.state, model.day = ("approved" if len(model.approvers) == 2 else "checked"), on

    @precondition(lambda self: self.versions)
    @rule(back=which, by=persons, on=days)
    def send(self, back: int, by: str, on: date) -> None:
        name, model, is_latest = self._chosen(back)
        legal = is_latest and model.state == "approved" and on >= model.day
        if self._expect(legal, lambda: steps.sent(self.ledger, name, by=by, channel="网上", on=on)):
            model.state, model.day = "sent", on

    @precondition(lambda self: self.versions)
    @rule(back=which, by=persons, on=days, result=st.sampled_from(["accepted", "partly", "rejected"]))
    def answer(self, back: int, by: str, on: date, result: str) -> None:
        name, model, _ = self._chosen(back)
        rows = REJECTED if result == "partly" else ()
        legal = model.state == "sent" and on >= model.day
        if self._expect(
            legal,
            lambda: steps.receipt(
                self.ledger, name, by=by, result=result, receipt_no="N1", rejected=rows, on=on
            ),
        ):
            model.state = "partly_accepted" if result == "partly" else result

    @precondition(lambda self: self.versions)
    @rule(on=days)
    def take_the_next_legal_step(self, on: date) -> None:
        """Chance alone rarely comes far."""
        name, model, _ = self._chosen(0)
        free = [person for person in ("钱", "孙", "李") if person not in {*model.approvers, *self.preparers}]
        day = max(on, model.day)
        if model.state == "prepared" and model.may_be_checked:
            if model.waits_for_words:
                steps.justify(self.ledger, name, by="周", warnings=[WARNING], because="客户无邮箱")
                model.waits_for_words = False
            steps.check(self.ledger, name, by="周", on=day)
            model.state, model.day = "checked", day
        elif model.state == "checked":
            steps.approve(self.ledger, name, by=free[0], on=day)
            model.approvers.append(free[0])
            model.state, model.day = ("approved" if len(model.approvers) == 2 else "checked"), day
        elif model.state == "approved":
            steps.sent(self.ledger, name, by="周", channel="网上", on=day)
            model.state, model.day = "sent", day

    @invariant()
    def states_are_those_of_the_model(self) -> None:
        found = [
            (filing.phase.replace("half_approved", "checked"), filing.state)
            for filing in self.ledger.filings()
        ]
        last = len(self.versions) - 1
        assert found == [
            (model.state, model.state if place == last else "superseded")
            for place, model in enumerate(self.versions)
        ]


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, derandomize=True, print_blob=False
)
