"""Stand-ins for the project's dbt macros, so that the SQL linter sees plain SQL without a database.

Every macro below dbt/macros becomes a function of the same name. What it returns has the kind of SQL that
the macro renders to: an expression, or a whole select.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

MACROS = Path(__file__).resolve().parents[2] / "dbt" / "macros"
# Macros that render to a select from the relation that they are given.
SELECTS = (
    "judgement",
    "rule_results",
    "day_loads",
    "monthly_certificates_by",
    "figures_of",
    "certificate_information",
)
# Macros that render to common table expressions, of which the last one has this name.
TABLES = {"ground_rule": "answered", "overdue_rule": "answered"}
# Macros that give a value to loop over or to read from.
VALUES: dict[str, Any] = {
    "rule_catalogue": [],
    "record_kinds": dict.fromkeys(
        ("audit_plan", "sign_in_sheet", "onsite_record", "nc_report", "audit_report"), "word"
    ),
    "surveillance_horizons": [{"step": "near", "days": "1"}],
    "values_of_parameters": ["1"],
    "forms_of_a_value": ["percent", "years", "next", "month_day"],
}
# Macros that render to a condition or a number instead of a value.
RENDERED = {
    "parameter": "1",
    "list_has": "is_listed",
    "is_blank": "is_blank",
    "matches": "is_matching",
}


class _Anything:
    """Answers to every attribute and call with a name: dbt.type_string(), modules.re, graph.nodes."""

    def __getattr__(self, name: str) -> "_Anything":
        if name.startswith("_") or name in ("unsafe_callable", "alters_data"):
            raise AttributeError(name)
        return self

    def __call__(self, *_arguments: Any, **_named: Any) -> str:
        return "varchar"


def _stub(name: str) -> Callable[..., Any]:
    def rendered(*arguments: Any, **_named: Any) -> Any:
        if name in VALUES:
            return VALUES[name]
        if name in SELECTS:
            return f"select 1 as one from {arguments[0] if isinstance(arguments[0], str) else 'rules'}"
        if name in TABLES:
            return f"{TABLES[name]} as (select 1 as one from {arguments[0]})"
        return RENDERED.get(name, "some_value")

    return rendered


for _path in MACROS.rglob("*.sql"):
    for _name in re.findall(r"{%-?\s*macro\s+(\w+)", _path.read_text(encoding="utf-8")):
        globals()[_name] = _stub(_name)
dbt = _Anything()
adapter = _Anything()
