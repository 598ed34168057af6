"""From a line of the error list to the cell: the link of each line leads where the line says."""

from __future__ import annotations

import openpyxl
import pytest

from tests.integration.submissions.conftest import Prepared
from tests.integration.submissions.sheets import table


@pytest.mark.parametrize(
    "key", [("monthly", "cnca-2016"), ("audit_plan", "cnca-2021"), ("status_change", "cnca-2016")]
)
def test_each_line_leads_to_its_cell(prepared: Prepared, key: tuple[str, str]) -> None:
    result = prepared[key]["B1"]
    lines = table(result.path / "errors.xlsx", "清单")
    sheet = openpyxl.load_workbook(result.path / "errors.xlsx")["清单"]
    checked = openpyxl.load_workbook(result.workbook)
    links = {cell.coordinate: cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert len(links) == len(lines) > 0
    for number, line in enumerate(lines, start=2):
        link = links[f"D{number}"]
        assert link.target == result.workbook.name
        assert link.location == f"'{line['工作表']}'!{line['列']}{line['行']}"
        # The column is the field's, the row the record's.
        assert checked[line["工作表"]][f"{line['列']}1"].value == line["字段"]
        place = checked[line["工作表"]][line["定位"]]
        key_column = {"审核计划信息表": "C", "证书信息表": "W", "审核结果信息表": "D"}[line["工作表"]]
        assert checked[line["工作表"]][f"{key_column}{place.row}"].value == line["记录"]


def test_the_error_list_holds_no_formula(prepared: Prepared) -> None:
    # A client's name that is a formula stands in the list as the cell's content.
    for key in (("monthly", "cnca-2016"), ("audit_plan", "cnca-2021")):
        workbook = openpyxl.load_workbook(prepared[key]["B1"].path / "errors.xlsx")
        for sheet in workbook:
            for row in sheet.iter_rows():
                assert all(cell.data_type != "f" for cell in row)
