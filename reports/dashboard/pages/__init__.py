"""The pages, in the order of the navigation: one file per page, one HTML per page.

A page is data: sections of blocks. Names of blocks are unique across pages, as links name a block only.
"""

from reports.dashboard.blocks import Page, Record
from reports.dashboard.pages.auditor import RECORD as AUDITOR
from reports.dashboard.pages.auditors import PAGE as AUDITORS
from reports.dashboard.pages.capacity import PAGE as CAPACITY
from reports.dashboard.pages.certificate import RECORD as CERTIFICATE
from reports.dashboard.pages.certificates import PAGE as CERTIFICATES
from reports.dashboard.pages.overview import PAGE as OVERVIEW
from reports.dashboard.pages.quality import PAGE as QUALITY
from reports.dashboard.pages.rules import PAGE as RULES
from reports.dashboard.pages.submissions import PAGE as SUBMISSIONS
from reports.dashboard.pages.surveillance import PAGE as SURVEILLANCE

PAGES: tuple[Page, ...] = (
    OVERVIEW,
    CERTIFICATES,
    SURVEILLANCE,
    AUDITORS,
    CAPACITY,
    RULES,
    SUBMISSIONS,
    QUALITY,
)

RECORDS: tuple[Record, ...] = (CERTIFICATE, AUDITOR)
"""Pages of single records, reached from the lists."""


def places(pages: tuple[Page, ...] = PAGES) -> dict[str, str]:
    """Which page a link's `go=` leads to: slug by block or section name. Raises ValueError on a name used twice."""
    found: dict[str, str] = {}
    for page in pages:
        for name in page.anchors:
            if name in found:
                raise ValueError(f"Block name {name!r} is on {found[name]} and on {page.slug}.")
            found[name] = page.slug
    return found
