"""The pages and what stands on them. One file per section; a further page is one more `Page` in the list."""

from reports.dashboard.blocks import Page
from reports.dashboard.sections.auditors import SECTION as AUDITORS
from reports.dashboard.sections.bodies import SECTION as BODIES
from reports.dashboard.sections.certificates import SECTION as CERTIFICATES
from reports.dashboard.sections.indicators import INDICATORS
from reports.dashboard.sections.quality import SECTION as QUALITY
from reports.dashboard.sections.rules import SECTION as RULES
from reports.dashboard.sections.submissions import SECTION as SUBMISSIONS
from reports.dashboard.sections.surveillance import SECTION as SURVEILLANCE

PAGES = (
    Page(
        slug="index",
        title="认证监控日报",
        indicators=INDICATORS,
        sections=(SURVEILLANCE, CERTIFICATES, AUDITORS, BODIES, RULES, SUBMISSIONS, QUALITY),
    ),
)
