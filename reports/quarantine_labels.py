"""Why records were held back or changed on their way in, in the reader's words, and what to do about it."""

from __future__ import annotations

REASON = {
    "field_count": "字段数与表头不一致",
    "malformed_quotes": "引号不成对",
    "missing_required": "必填项为空",
    "not_in_list": "不在允许的取值内",
    "date_two_digit_year": "年份只有两位",
    "date_has_time": "日期带有时刻",
    "date_unreadable": "不是日期",
    "date_impossible": "日期不存在",
    "date_out_of_range": "日期超出范围",
    "int_unreadable": "不是整数",
    "number_unreadable": "不是数字",
    "number_too_large": "数值过大",
    "decimal_precision": "数值位数过多",
    "bool_unreadable": "不是“是”或“否”",
    "duplicate_key": "编号重复",
    "broken_reference": "所指记录不存在",
    "depends_on_quarantined": "所指记录已被隔离",
}

REMEDY = {
    "field_count": "在来源文件该行补齐或去掉多余的分隔符。",
    "malformed_quotes": "在来源文件该行把引号配成对。",
    "missing_required": "在来源系统补填该列。",
    "not_in_list": "改为允许的取值；若是本机构自己的叫法，在取值对照中加一行。",
    "date_two_digit_year": "写成四位年份。",
    "date_has_time": "只保留日期。",
    "date_unreadable": "写成“年-月-日”。",
    "date_impossible": "核对原始记录后改正日期。",
    "date_out_of_range": "核对原始记录后改正日期。",
    "int_unreadable": "只填整数。",
    "number_unreadable": "只填数字和小数点，单位和千分位去掉。",
    "number_too_large": "核对单位后改正。",
    "decimal_precision": "按要求的位数填写。",
    "bool_unreadable": "填“是”或“否”。",
    "duplicate_key": "查明哪一行是对的，其余的改编号或删除：重复的各行都没有采用。",
    "broken_reference": "补上所指的记录，或改正编号。",
    "depends_on_quarantined": "先改正所指的那条记录，本行随之进入。",
}
"""What a clerk does about a quarantined record; afterwards the run is repeated."""

REPAIR = {
    "trimmed": "去掉首尾空白",
    "full_width": "全角改半角",
    "null_word": "“无”“空”等字样按空值读入",
    "date_form": "日期写法统一",
    "excel_serial": "表格软件的日期序号换成日期",
    "midnight_time": "去掉零点时刻",
    "number_form": "数字写法统一",
    "bool_form": "“是”“否”写法统一",
    "list_form": "多值分隔符统一",
    "value_alias": "按取值对照换成代码",
    "value_case": "代码大小写统一",
    "broken_reference": "所指记录不存在，按空值读入",
    "depends_on_quarantined": "所指记录已被隔离，按空值读入",
}
