"""What came in: the run, its files, the rows of each table, the years whose working days are known."""

from __future__ import annotations

from reports.columns import Column, Link
from reports.dashboard.blocks import Section, Table
from reports.labels import PROFILE
from reports.labels import TABLE as TABLE_NAMES

_PROFILES = " ".join(f"when '{profile}' then '{name}'" for profile, name in PROFILE.items())

SECTION = Section(
    slug="quality-intake",
    title="本次数据",
    intro="每张表：来源行数 = 入库 + 搁置 + 合并；占位另计。同样的文件得到同样的批次号，同样的批次得到同样的数字。",
    blocks=(
        Table(
            name="landing",
            title="各表入库情况",
            source="meta.manifest_table, meta.fate",
            query="""
                with repairs as (
                    select table_name, sum(cells) as listed from meta.fate where fate = 'repaired' group by table_name
                )

                select
                    counts.table_name,
                    counts.rows_in,
                    counts.landed,
                    counts.set_aside,
                    counts.merged,
                    counts.stubs,
                    counts.emptied,
                    counts.missing,
                    coalesce(repairs.listed, 0) as listed
                from meta.manifest_table as counts
                left join repairs on counts.table_name = repairs.table_name
                order by counts.set_aside + counts.emptied + counts.missing + counts.stubs desc, counts.table_name""",
            columns=(
                Column("table_name", "表", kind="code", labels=TABLE_NAMES),
                Column("rows_in", "来源行数", kind="number", unit="行"),
                Column("landed", "入库", kind="number", unit="行"),
                Column(
                    "set_aside",
                    "搁置",
                    kind="number",
                    unit="行",
                    link=Link("quarantine", {"table_name": "table_name"}),
                ),
                Column("merged", "合并", kind="number", unit="行", wide=True),
                Column(
                    "stubs",
                    "占位",
                    kind="number",
                    unit="条",
                    wide=True,
                    link=Link("stubs", {"table_name": "table_name"}),
                ),
                Column("emptied", "置空", kind="number", unit="格", wide=True),
                Column("missing", "必填为空", kind="number", unit="格", wide=True),
                Column(
                    "listed",
                    "入库但有改动的单元格",
                    kind="number",
                    unit="处",
                    wide=True,
                    link=Link("repairs", {"table_name": "table_name"}),
                ),
            ),
        ),
        Table(
            name="files",
            title="文件",
            source="meta.manifest_file",
            note="SHA-256 可与来源文件核对：相同即是同一份文件。",
            query="""
                select file, table_name, row_count, byte_count, sha256
                from meta.manifest_file
                order by position""",
            columns=(
                Column("file", "文件"),
                Column("table_name", "表", kind="code", labels=TABLE_NAMES, filter=True),
                Column("row_count", "行数", kind="number", unit="行"),
                Column("byte_count", "大小", kind="number", unit="字节", wide=True),
                Column("sha256", "SHA-256", wide=True),
            ),
        ),
        Table(
            name="run",
            title="批次与版本",
            source="marts.dim_run, marts.dim_rule",
            query=f"""
                with run as (select * from marts.dim_run),

                profiles as (
                    select string_agg(case profile {_PROFILES} else profile end, '、' order by place) as names
                    from (
                        select unnest(string_split(profiles, ',')) as profile,
                            generate_subscripts(string_split(profiles, ','), 1) as place
                        from run
                    )
                ),

                facts as (
                    select 1 as place, '截止日' as item, cast(as_of as varchar) as value from run
                    union all select 2, '数据批次', batch_id from run
                    union all select 3, '数据契约版本', contract_version from run
                    union all select 4, '规则集版本', rule_set_version from run
                    union all select 5, '启用的规则', names from profiles
                    union all
                    select 6, '规则条数', count(*) filter (where is_enabled) || ' 条启用，共 ' || count(*) || ' 条'
                    from marts.dim_rule
                )

                select item, value from facts order by place""",
            columns=(Column("item", "项目"), Column("value", "值")),
        ),
        Table(
            name="calendar_years",
            title="工作日历覆盖的年份",
            source="meta.calendar_year",
            note="以工作日计的期限（条款 9.4）要用到；未知年份的期限无法判定，须补充工作日历。",
            query="""
                with years as (
                    select unnest(generate_series(
                        (select min(year) from meta.calendar_year),
                        (select greatest(max(year), (select year(as_of) + 1 from marts.dim_run))
                            from meta.calendar_year)
                    )) as year
                )

                select
                    cast(years.year as varchar) as year,
                    known.days,
                    known.working_days,
                    coalesce(known.sources, '未知') as sources
                from years
                left join meta.calendar_year as known on years.year = known.year
                order by years.year desc""",
            columns=(
                Column("year", "年份"),
                Column("days", "已知天数", kind="number", unit="天"),
                Column("working_days", "工作日", kind="number", unit="天"),
                Column("sources", "来源", filter=True, wide=True),
            ),
        ),
    ),
)
