"""The files of a new rule, ready to be filled in: `make rule ID=R5.9.1-b CHAPTER=audit NAME=extended_without_audit`.

Writes the judgement, its catalogue entry and its boundary cases, and lists the rule in its chapter's results. What is still
to be said is marked TODO; until it is, tests/code_health and tests/rules fail and name it.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

SQL = """-- {clause} TODO: what the clause demands, in one sentence.
with judged as (
    select
        certificate_id,
        certificate_id as subject_id,
        org_id,
        body_id,
        is_abroad,
        issued_on as anchor_on,
        -- TODO: the judgement. What cannot be decided is undetermined, never a pass.
        case
            when expires_on is null then 'undetermined'
            when expires_on < issued_on then '{severity}'
            else 'pass'
        end as state,
        expires_on
    from {{{{ ref('int_certificate__itsms') }}}}
)

{{{{ judgement(
    'judged',
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    found=say('TODO {{expires_on}}'),
    evidence=['expires_on']
) }}}}
"""

ENTRY = """models:
  - name: {model}
    description: One row per TODO.
    config:
      meta:
        rule:
          id: {rule_id}
          profile: {profile}
          clause: "{clause}"
          title_zh: TODO
          title_en: TODO
          demand_zh: TODO
          decided_zh: TODO
          undetermined_when_zh: TODO
          severity: {severity}
          kind: condition
          subject_type: certificate
          anchor: issued_on
          anchor_kind: fact
          unit: 日期
          parameters: []
          reads: [certificate.issued_on, certificate.expires_on]
"""

CASES = """rule: {rule_id}
cases:
  - name: TODO_on_the_limit_passes
    pair: TODO_one_step
    given:
      certificate: [{{issued_on: 2026-04-01, expires_on: 2029-04-01}}]
    expect: {{pass: 1}}
  - name: TODO_one_step_beyond
    pair: TODO_one_step
    given:
      certificate: [{{issued_on: 2026-04-01, expires_on: 2026-03-31}}]
    expect: {{{severity}: [C1]}}
  - name: before_the_rule_is_not_applicable
    given:
      certificate: [{{issued_on: 2026-02-28, expires_on: 2029-02-28}}]
    expect: {{not_applicable: 1}}
  - name: other_systems_are_no_subjects
    given:
      certificate: [{{system: QMS, issued_on: 2026-04-01, expires_on: 2026-03-31}}]
    expect: {{}}
"""


def model_name(rule_id: str, name: str) -> str:
    """rule_5_9_1_b__extended_without_audit for R5.9.1-b; what the catalogue's own test asks for."""
    spelled = re.sub(r"[^a-z0-9]+", "_", rule_id.lower().removeprefix("r")).strip("_")
    return f"rule_{spelled}__{name}"


def write_rule(root: Path, rule_id: str, chapter: str, name: str, profile: str, severity: str) -> list[Path]:
    """The files written or changed. Raises SystemExit where the rule or the chapter does not fit."""
    model = model_name(rule_id, name)
    folder = root / "dbt" / "models" / "rules" / chapter
    results = root / "dbt" / "models" / "rules" / "results" / f"rule_results__{chapter}.sql"
    cases = root / "tests" / "rules" / "cases" / f"{rule_id}.yml"
    if not results.is_file():
        known = sorted(
            path.stem.removeprefix("rule_results__") for path in results.parent.glob("rule_results__*.sql")
        )
        raise SystemExit(f"No chapter {chapter}: there is {', '.join(known)}.")
    if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", name):
        raise SystemExit(
            f"NAME={name}: small letters, digits and single underscores, such as sites_not_audited."
        )
    if cases.exists() or list(folder.glob(f"{model_name(rule_id, '*')}")):
        raise SystemExit(f"{rule_id} is there already: {cases.relative_to(root)}")
    clause = re.sub(r"-\w+$", "", rule_id.removeprefix("R"))
    words = {"rule_id": rule_id, "model": model, "clause": clause, "profile": profile, "severity": severity}
    folder.mkdir(exist_ok=True)
    written = {folder / f"{model}.sql": SQL, folder / f"{model}.yml": ENTRY, cases: CASES}
    for path, template in written.items():
        path.write_text(template.format(**words), encoding="utf-8")
    results.write_text(
        results.read_text(encoding="utf-8").replace("\n]) }}", f"\n    '{model}',\n]) }}}}"), encoding="utf-8"
    )
    return [*written, results]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rule_id", help="R5.9.1-b; ICAS-..., ZQHX-..., ZDQY-... for a body's own procedure")
    parser.add_argument("chapter", help="folder below dbt/models/rules")
    parser.add_argument("name", help="what it is about: sites_not_audited")
    parser.add_argument("--profile", default="cnca")
    parser.add_argument("--severity", default="breach", choices=["breach", "warning"])
    wanted = parser.parse_args()
    for path in write_rule(
        ROOT, wanted.rule_id, wanted.chapter, wanted.name, wanted.profile, wanted.severity
    ):
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    sys.stdout.write("Next: fill in what is marked TODO, then docs/changing.md, 'A rule'.\n")


if __name__ == "__main__":
    main()
