# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every kind of document that a release can be handed out as, in one table."""

from collections.abc import Callable

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from paddock.engine.reporter.reports import REPORTS
from paddock.hub.core.errors import NotFound
from paddock.hub.documents.summary import make_summary
from paddock.hub.documents.types import Download, Source

PEOPLE, NOTICES, BILLS, PROGRAMS = (
    _("For people"), _("Notices"), _("Bills of materials"), _("For other programs"),
)  # fmt: skip

_NOTICE = _("Goes with the product: names every package that is delivered, with copyright and licence texts.")
_CYCLONEDX = _("What customers and authorities ask for most; with known vulnerabilities, where they were looked up.")
_SPDX = _("ISO/IEC 5962, for partners who exchange licence facts.")


def _report(name: str) -> Callable[[Source], bytes]:
    def make(source: Source) -> bytes:
        return REPORTS[name].write(source.result)

    return make


def _bill(name: str, title: str, purpose: str, content_type: str) -> Download:
    return Download(name, title, BILLS, purpose, REPORTS[name].suffix, content_type, _report(name))


_ALL = (
    Download(
        "summary", _("Summary (PDF)"), PEOPLE,
        _("The verdict, its causes and all components, to read, print, sign or file. Accessible (PDF/UA)."),
        ".pdf", "application/pdf", make_summary,
    ),
    Download(
        "report", _("Report (HTML)"), PEOPLE,
        _("One file to explore without the hub: causes, packages, licences, how each package gets in."),
        ".report.html", "text/html; charset=utf-8", _report("html"),
    ),
    Download(
        "notice", _("Notice (plain text)"), NOTICES, _NOTICE, ".NOTICE.txt", "text/plain; charset=utf-8",
        _report("notice"),
    ),
    Download(
        "notice-html", _("Notice (HTML)"), NOTICES, _NOTICE, ".NOTICE.html", "text/html; charset=utf-8",
        _report("notice-html"),
    ),
    _bill("cyclonedx", "CycloneDX 1.6 (JSON)", _CYCLONEDX, "application/vnd.cyclonedx+json; version=1.6"),
    _bill("cyclonedx-xml", "CycloneDX 1.6 (XML)", _CYCLONEDX, "application/vnd.cyclonedx+xml; version=1.6"),
    _bill("cyclonedx-1.7", "CycloneDX 1.7 (JSON)", _CYCLONEDX, "application/vnd.cyclonedx+json; version=1.7"),
    _bill("cyclonedx-xml-1.7", "CycloneDX 1.7 (XML)", _CYCLONEDX, "application/vnd.cyclonedx+xml; version=1.7"),
    _bill("spdx", "SPDX 2.3 (JSON)", _SPDX, "application/spdx+json; version=2.3"),
    _bill("spdx-tag-value", "SPDX 2.3 (tag-value)", _SPDX, "text/spdx; charset=utf-8"),
    _bill("spdx3", "SPDX 3.0.1 (JSON-LD)", _("The newest SPDX, as linked data."), "application/ld+json"),
    Download(
        "result", _("Result (JSON)"), PROGRAMS,
        _("Everything that Paddock knows about the release, for other programs and for the paddock command."),
        ".paddock.json", "application/json", _report("json"),
    ),
)  # fmt: skip

DOWNLOADS: dict[str, Download] = {download.slug: download for download in _ALL}


def find_download(slug: str) -> Download:
    """The kind of document with this name. Raises NotFound, listing all."""
    if slug not in DOWNLOADS:
        raise NotFound(
            gettext("There is no document called so. There are: %(kinds)s, original.") % {"kinds": ", ".join(DOWNLOADS)}
        )
    return DOWNLOADS[slug]
