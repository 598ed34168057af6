"""The hour in a text, as SQL: 08:30, 8:30:00, 上午8:30, 5:00 PM, 8时30分."""

_MORNING = "('上午', '凌晨', '早上', 'am')"
_LATER = "('下午', '晚上', 'pm')"

#: Groups: half of the day before, hour, minute, half of the day after.
CLOCK = (
    r"(上午|下午|凌晨|早上|中午|晚上|[AaPp][Mm])? *(\d{1,2}) *(?:[:时点]) *(\d{2})分?(?::\d{2}(?:[.,]\d+)?|\d{2}秒)?"
    r" *([AaPp][Mm])?"
)
GROUPS = "'half', 'hour', 'minute', 'after'"


def clock(found: str) -> str:
    """HH:MM of a struct of CLOCK's groups; NULL where no such hour is on the clock."""
    half = f"lower({found}.half || {found}.after)"
    hour = f"try_cast({found}.hour as int)"
    minute = f"try_cast({found}.minute as int)"
    whole = (
        f"case when {half} in {_LATER} and {hour} < 12 then {hour} + 12 "
        f"when {half} = '中午' and {hour} < 3 then {hour} + 12 "
        f"when {half} in {_MORNING} and {hour} = 12 then 0 else {hour} end"
    )
    return (
        f"case when {hour} <= 23 and {minute} <= 59 "
        f"then lpad(({whole})::varchar, 2, '0') || ':' || lpad({minute}::varchar, 2, '0') end"
    )


def of_fraction(fraction: str) -> str:
    """HH:MM of a share of the day, as spreadsheets keep hours."""
    minutes = f"(round({fraction} * 1440)::int % 1440)"
    return f"lpad(({minutes} // 60)::varchar, 2, '0') || ':' || lpad(({minutes} % 60)::varchar, 2, '0')"
