"""What else must fail when a field's own check is broken: rules between fields that look at the same one.

Key: profile, sheet, field, check. Whatever is not listed must fail alone.
"""

from __future__ import annotations

CONSEQUENCES: dict[str, set[str]] = {
    "cnca-2016:102010:AUDIT_INSPECTOR:length": {"AUDIT_INSPECTOR:102010-05-a"},
    "cnca-2021:102010:AUDIT_INSPECTOR:length": {"AUDIT_INSPECTOR:102010-06-a"},
    "cnca-2016:102010:AUDIT_INSPECTOR:pattern": {"AUDIT_INSPECTOR:102010-05-a"},
    "cnca-2021:102010:AUDIT_INSPECTOR:pattern": {"AUDIT_INSPECTOR:102010-06-a"},
    "cnca-2016:102010:ORG_COUNTRY:length": {"ORG_CODE:102010-09-b", "ORG_DISTRICT:102010-08-b"},
    "cnca-2016:102010:ORG_COUNTRY:pattern": {"ORG_CODE:102010-09-b", "ORG_DISTRICT:102010-08-b"},
    "cnca-2016:103010:ORG_COUNTRY:length": {"ORG_CODE:103010-06-b", "ORG_DISTRICT:103010-09-b"},
    "cnca-2016:103010:ORG_COUNTRY:pattern": {"ORG_CODE:103010-06-b", "ORG_DISTRICT:103010-09-b"},
    "cnca-2016:103010:ORG_PEOP_NUM:negative": {"RELA_PEOP_NUM:103010-19-a"},
    "cnca-2016:103010:RELA_PEOP_NUM:precision": {"RELA_PEOP_NUM:103010-19-a"},
    "cnca-2016:103010:AUTH_PROJ_CODE:length": {"Service_area_code:103010-63-a"},
    "cnca-2016:103010:AUTH_PROJ_CODE:code": {"Service_area_code:103010-63-a"},
    "cnca-2016:103010:QMS_COVERAGE:length": {"QMS_COVERAGE:103010-28-b"},
    "cnca-2016:103010:ORG_EN_BORDER:length": {"ORG_EN_BORDER:103010-29-b"},
    "cnca-2016:103010:PAUSE_CAUSE:length": {"PAUSE_CAUSE:103010-42-b"},
    "cnca-2016:103010:PAUSE_CAUSE:code": {"PAUSE_CAUSE:103010-42-b"},
    "cnca-2016:103010:CANCEL_CAUSE:length": {"CANCEL_CAUSE:103010-45-b"},
    "cnca-2016:103010:CANCEL_CAUSE:code": {"CANCEL_CAUSE:103010-45-b"},
    "cnca-2016:103010:M_CERTI_NUM:length": {"M_CERTI_NUM:103010-48-b"},
    "cnca-2016:103010:CHG_DATE:date": {"CHG_DATE:103010-49-b"},
    "cnca-2016:103010:CHG_TYP_CODE:length": {"CHG_DATE:103010-49-a"},
    "cnca-2016:103010:CHG_TYP_CODE:code": {"CHG_DATE:103010-49-a"},
    "cnca-2016:103010:EXCHANGE_DATE:date": {"EXCHANGE_DATE:103010-52-b"},
    "cnca-2016:103010:EXCHANGE_CAUSE:length": {"EXCHANGE_CAUSE:103010-53-b"},
    "cnca-2016:103010:EXCHANGE_CAUSE:code": {"EXCHANGE_CAUSE:103010-53-b"},
    "cnca-2016:103010:O_AWARD_JG:length": {"O_AWARD_JG:103010-54-b"},
    "cnca-2016:103010:O_CERTI_NUM:length": {"O_CERTI_NUM:103010-55-b"},
    "cnca-2016:103010:RISK_PARAM:length": {"RISK_PARAM:103010-58-b"},
    "cnca-2016:103010:ATTACHMENTS:length": {"ATTACHMENTS:103010-62-b"},
    "cnca-2016:103010:ATTACHMENTS:pattern": {"ATTACHMENTS:103010-62-b"},
    "cnca-2016:103011:ID_CODE:length": {"ID_CODE:103011-08-a"},
}
