# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A small set of licence rules of our own making, in the layout of the archive that the real ones are published in.

MEADOW is a permissive licence, BROOK the same with one clause more, HEDGEROW one with obligations, WEIDE a German one.
None of them exists outside of these tests. What stands for real licences are names and ids only.
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import yaml

MEADOW = """\
The Paddock Meadow Licence, Version 1.0

Permission is hereby granted, without any charge, to every person who obtains a copy of the software, to graze
on it, that is to run, copy, modify, redistribute and sublicense the software, in source and in binary shape,
as long as the licensee fulfils the conditions below.

1. Redistributions retain every copyright notice that stands on the gate of the meadow, together with this list
   of conditions and the disclaimer that follows.
2. A modified meadow carries a plain statement by the licensee that it was modified, and on which day.

Disclaimer of warranty. The meadow is handed over exactly as it grows, and the licensor gives no warranty of any
sort, neither express nor tacit, for its fitness to feed a herd, for merchantability of the hay or for fences that
hold. Under no circumstance is the licensor liable for damages, lost cattle or spoilt milk included, whatever the
theory of liability may be, even if somebody had told the licensor that such damages might happen one day.
"""

ENDORSEMENT = """\
3. Nobody may use the name of the licensor, of a shepherd or of a contributor to endorse or promote products that
   were fed on the meadow, unless specific prior written permission was granted for that purpose.
"""

_DISCLAIMER = "\nDisclaimer of warranty."
BROOK = MEADOW.replace("Meadow Licence", "Brook Licence").replace(_DISCLAIMER, f"{ENDORSEMENT}{_DISCLAIMER}")

HEDGEROW = """\
Paddock Hedgerow General Licence
Second edition

Preamble. Hedges are meant to be shared between neighbours. Therefore whoever plants a cutting of a hedgerow that is
covered by this licence lets the neighbours take cuttings as well, under the very same obligations.

Article 1. A licensee may copy and convey verbatim cuttings of the covered hedgerow in any medium, provided that a
conspicuous copyright notice and a disclaimer of warranty are tied to each twig, and that a copy of this licence is
handed over along with it.

Article 2. A licensee may modify the covered hedgerow and convey the derivative hedge, provided that it is licensed as
a whole to all third parties under this licence, at no royalty, and that prominent notices tell which twigs were cut.

Article 3. Along with a hedge in binary shape the licensee conveys the complete corresponding roots, or a written
offer, valid for three years, to hand the roots over for a charge no more than the cost of digging.

Article 4. Each contributor grants every licensee a perpetual, irrevocable, royalty free patent grant for those patents
that the contribution alone would infringe. Whoever sues over patents loses the patent grant on that day.

Article 5. There is no warranty for the hedgerow, to the extent permitted by law; no contributor is liable for damages,
and the entire risk as to the thorns is with the licensee. Copyright and attribution notices must be retained.
"""

WEIDE = """\
Paddock-Weidelizenz

Hiermit wird jeder Person unentgeltlich gestattet, die überlassene Weide zu nutzen, zu vervielfältigen, zu verändern
und weiterzugeben, sofern dieser Urhebervermerk und dieser Haftungsausschluss auf jedem Zaunpfahl verbleiben. Die Weide
wird ohne jegliche Gewähr überlassen; für Schäden an Kühen, Schafen oder Käse haftet der Lizenzgeber nicht.
"""

_MEADOW_NOTICE = """\
This field is licensed under the {{Paddock Meadow Licence}}, Version 1.0. You may not graze on it except in compliance
with the licence, a copy of which is retained at the gate. Distributed without any warranty.
"""
_HEDGEROW_NOTICE = """\
This hedge is covered by the Paddock {{Hedgerow General Licence}}, second edition; you may redistribute and modify it
under the obligations of that licence, without warranty.
"""
MEADOW_NOTICE, HEDGEROW_NOTICE = (
    notice.replace("{{", "").replace("}}", "") for notice in (_MEADOW_NOTICE, _HEDGEROW_NOTICE)
)
"""The notices as they stand in files."""

_NOTICE, _REFERENCE, _TAG = {"is_license_notice": True}, {"is_license_reference": True}, {"is_license_tag": True}
_POINTER = {**_REFERENCE, "license_expression": "unknown-license-reference"}


def _of(expression: str, kind: Mapping[str, object], relevance: int = 100, **more: object) -> dict[str, object]:
    return {"license_expression": expression, **kind, "relevance": relevance, **more}


# REUSE-IgnoreStart
RULES: dict[str, tuple[Mapping[str, object], str]] = {
    "meadow_notice": (_of("meadow", _NOTICE), _MEADOW_NOTICE),
    "meadow_name": (_of("meadow", _REFERENCE), "Paddock Meadow Licence"),
    "meadow_tag": (_of("meadow", _TAG), "license: meadow"),
    "brook_name": (_of("brook", _REFERENCE), "Paddock Brook Licence"),
    "brook_notice": (_of("brook", _NOTICE), "Licensed under the {{Paddock Brook Licence}}"),
    "hedgerow_notice": (_of("hedgerow", _NOTICE), _HEDGEROW_NOTICE),
    "hedgerow_name": (_of("hedgerow", _REFERENCE), "Hedgerow General Licence"),
    "hedgerow_or_meadow": (
        _of("hedgerow OR meadow", _NOTICE),
        "At your choice covered by the Hedgerow General Licence or by the Paddock Meadow Licence",
    ),
    "mit_name": (_of("mit", _REFERENCE), "MIT License"),
    "mit_tag": (_of("mit", _TAG), "SPDX-License-Identifier: MIT"),
    "mit_bare": (_of("mit", _REFERENCE, 50), "MIT"),
    "apache_name": (_of("apache-2.0", _REFERENCE), "Apache License, Version 2.0"),
    "apache_short": (_of("apache-2.0", _REFERENCE), "Apache-2.0"),
    "bsd_name": (_of("bsd-new", _REFERENCE), "BSD-3-Clause"),
    "gpl2_name": (_of("gpl-2.0", _REFERENCE), "GPL-2.0"),
    "gpl2_plus_name": (_of("gpl-2.0-plus", _REFERENCE), "GPL 2.0 or later"),
    "gpl_bare": (_of("gpl-1.0-plus", _REFERENCE, 50), "GPL"),
    "mpl_name": (_of("mpl-2.0", _REFERENCE), "MPL-2.0"),
    "see_license": (
        {**_POINTER, "referenced_filenames": ["LICENSE", "LICENSE.txt"]},
        "see the LICENSE file for the terms",
    ),
    "see_meadow": (_of("meadow", _REFERENCE, referenced_filenames=["MEADOW.txt"]), "Meadow licence in MEADOW.txt"),
    "introduction": (
        {"is_license_intro": True, "license_expression": "unknown-license-reference", "relevance": 100},
        "is licensed under the following licence",
    ),
    "private_grazing": (
        {"is_license_clue": True, "license_expression": "proprietary-license"},
        "grazing licence for private herds",
    ),
    "license_plate": ({"is_false_positive": True}, "the licence plate of the MIT License van"),
    "old_rule": ({**_of("mit", _REFERENCE), "is_deprecated": True}, "MIT licence of former days"),
}
"""Facts and text of each rule by the name of its file."""

LICENSES: dict[str, tuple[Mapping[str, object], str]] = {
    "meadow": ({"name": "Paddock Meadow Licence 1.0", "category": "Permissive"}, MEADOW),
    "brook": ({"name": "Paddock Brook Licence 1.0", "category": "Permissive"}, BROOK),
    "hedgerow": ({"name": "Paddock Hedgerow General Licence", "category": "Copyleft"}, HEDGEROW),
    "weide": ({"name": "Paddock-Weidelizenz", "category": "Permissive", "language": "de"}, WEIDE),
    "mit": ({"name": "MIT License", "category": "Permissive", "spdx_license_key": "MIT"}, ""),
    "apache-2.0": (
        {
            "name": "Apache License 2.0",
            "category": "Permissive",
            "spdx_license_key": "Apache-2.0",
            "other_spdx_license_keys": ["LicenseRef-Apache", "LicenseRef-Apache-2.0"],
        },
        "",
    ),
    "bsd-new": ({"name": "BSD-3-Clause", "category": "Permissive", "spdx_license_key": "BSD-3-Clause"}, ""),
    "gpl-1.0-plus": ({"name": "GPL 1.0 or later", "category": "Copyleft", "spdx_license_key": "GPL-1.0-or-later"}, ""),
    "gpl-2.0": (
        {
            "name": "GNU General Public License 2.0",
            "category": "Copyleft",
            "spdx_license_key": "GPL-2.0-only",
            "other_spdx_license_keys": ["GPL-2.0"],
        },
        "",
    ),
    "gpl-2.0-plus": (
        {
            "name": "GNU General Public License 2.0 or later",
            "category": "Copyleft",
            "spdx_license_key": "GPL-2.0-or-later",
            "other_spdx_license_keys": ["GPL-2.0+"],
        },
        "",
    ),
    "mpl-2.0": ({"name": "MPL 2.0", "category": "Copyleft Limited", "spdx_license_key": "MPL-2.0"}, ""),
    "classpath-exception-2.0": (
        {
            "name": "Classpath exception 2.0",
            "category": "Copyleft Limited",
            "is_exception": True,
            "spdx_license_key": "Classpath-exception-2.0",
        },
        "",
    ),
    "hayloft": ({"name": "Hayloft Licence", "category": "Permissive", "is_deprecated": True}, "Hay and straw."),
    "unknown-spdx": ({"name": "Unknown SPDX licence", "category": "Unstated License"}, ""),
    "unknown-license-reference": ({"name": "Unknown licence reference", "category": "Unstated License"}, ""),
    "proprietary-license": ({"name": "Proprietary licence", "category": "Proprietary Free"}, ""),
}
# REUSE-IgnoreEnd


def as_file(facts: Mapping[str, object], text: str) -> str:
    """A rule as its file has it."""
    return f"---\n{yaml.safe_dump(dict(facts), sort_keys=False)}---\n\n{text}\n"


def write_archive(path: Path) -> Path:
    """The rules as a zip file laid out like the published one, with a file in between that is no data."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("licensedcode/__init__.py", "raise SystemExit('data only')\n")
        for name, (facts, text) in RULES.items():
            archive.writestr(f"licensedcode/data/rules/{name}.RULE", as_file(facts, text))
        for key, (facts, text) in LICENSES.items():
            archive.writestr(f"licensedcode/data/licenses/{key}.LICENSE", as_file({"key": key, **facts}, text))
        archive.writestr("licensedcode/data/licenses/README.md", "no licence\n")
    return path
