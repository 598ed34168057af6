"""A suite's file: what relations promise, and the recounts, each with its SQL file in expectations/recounts/<suite>."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files

import yaml

from expectations.outcome import Check, Expectation
from expectations.suites.structure import Grave, Many, Relation, Strict, checks_of


class Recount(Strict):
    """What the recount <name>.sql says of its relation. The file says in its head what it proves."""

    relation: str
    severity: Grave
    title_zh: str


class SuiteFile(Strict):
    """<suite>.yml"""

    relations: Many[Relation]
    recounts: Mapping[str, Recount]


def suite_checks(suite: str, named: Callable[[Relation], Relation] = lambda said: said) -> list[Check]:
    """The checks of a suite's file. Raises ValueError when file and SQL files do not fit together.

    named  adds what the file leaves to another place: keys and names
    """
    text = files("expectations.suites").joinpath(f"{suite}.yml").read_text(encoding="utf-8")
    said = SuiteFile.model_validate(yaml.safe_load(text))
    promised = [check for relation in said.relations for check in checks_of(suite, named(relation))]
    return [*promised, *_recounts(suite, said)]


def _recounts(suite: str, said: SuiteFile) -> Iterator[Check]:
    folder = files("expectations").joinpath("recounts", suite)
    written = {file.name.removesuffix(".sql") for file in folder.iterdir()}
    if written != set(said.recounts):
        raise ValueError(
            f"{suite}.yml and recounts/{suite} differ in {', '.join(sorted(written ^ {*said.recounts}))}"
        )
    for name, recount in said.recounts.items():
        sql = folder.joinpath(f"{name}.sql").read_text(encoding="utf-8")
        yield Check(
            suite=suite,
            name=name,
            relation=recount.relation,
            expectation=Expectation("unexpected_rows_expectation", {"unexpected_rows_query": _query(sql)}),
            severity=recount.severity,
            title_zh=recount.title_zh,
        )


def _query(sql: str) -> str:
    """The recount over `batch`, the rows of its relation, with the place of the reference lists.

    Great Expectations fills in {batch} as a select, with an alias or without, by whether the text has a join.
    """
    reference = str(files("expectations.reference")).replace("'", "''")
    escaped = reference.replace("{", "{{").replace("}", "}}")
    recount = sql.replace("{reference}", escaped)
    return f"with batch as (select * from {{batch}}) select record from (\n{recount}) as unexpected order by record"
