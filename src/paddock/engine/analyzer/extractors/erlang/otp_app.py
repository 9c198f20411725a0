# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""OTP application files (`ebin/name.app`): an application as built, with its version.

Format: https://www.erlang.org/doc/apps/kernel/app.html
"""

from paddock.engine.analyzer.claims import Claims
from paddock.engine.analyzer.draft import Draft
from paddock.engine.analyzer.extractor import Extraction, Extractor, Fact
from paddock.engine.analyzer.extractors.erlang.term import Tuple, items_in, read_terms, text_in
from paddock.engine.downloader.tree import SourceFile
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin
from paddock.engine.model.purl import make_purl

NAME = "erlang/otp_app"


def extract(file: SourceFile) -> Extraction:
    """The application the file describes."""
    found = [term for term in read_terms(file.text()) if isinstance(term, Tuple) and term.is_a("application", 3)]
    if not found or not text_in(found[0].items[1]):
        raise Unreadable("not an OTP application file: no `{application, Name, Keys}`")
    draft = Draft(file, NAME)
    name = text_in(found[0].items[1])
    keys = {
        text_in(pair.items[0]): pair.items[1]
        for pair in items_in(found[0].items[2])
        if isinstance(pair, Tuple) and len(pair.items) == 2
    }
    version = text_in(keys.get("vsn"))
    licenses = tuple(text for text in (text_in(item) for item in items_in(keys.get("licenses"))) if text)
    description = text_in(keys.get("description"))
    ref = draft.add(make_purl("otp", name, version), line=found[0].line, licenses=licenses, description=description)
    draft.project(origin=Origin.INSTALLED, name=name, version=version).use(ref)
    if not version:
        draft.issue(f"the application {name} states no version", line=found[0].line)
    return draft.finish()


EXTRACTOR = Extractor(
    name=NAME,
    title="OTP application file (ebin/*.app)",
    claims=Claims(patterns=("ebin/*.app",)),
    tells=frozenset({Fact.VERSIONS, Fact.LINES}),
    cannot_tell=(
        "Where the application was fetched from, and whether it is somebody else's.",
        "Versions of the applications it names.",
    ),
    delivered=True,
    extract=extract,
)
