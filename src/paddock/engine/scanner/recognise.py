# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The recognition of licence texts as a detector: knows its index by path, so that other processes open it anew."""

from functools import cached_property
from pathlib import Path

import msgspec

from paddock.engine.model.licensing import LicenseFindings
from paddock.engine.scanner.debian_copyright import is_debian_copyright, read_debian_copyright
from paddock.engine.scanner.licenses.default_index import open_once
from paddock.engine.scanner.licenses.findings import find_in_text
from paddock.engine.scanner.licenses.index import Index
from paddock.engine.scanner.licenses.tag_lines import key_expression
from paddock.engine.scanner.licenses.text import FileText, read_text
from paddock.engine.scanner.tags import without_ignored

METHOD = 2
"""Raised whenever the same index finds something else than before, so that what was remembered is looked at anew."""


class TextDetector:
    """Recognises licences in text by an index file. Raises MissingIndex or Unreadable when made, never when called."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.version = self._index.version

    def __getstate__(self) -> dict[str, str]:
        """What other processes need; the index is opened there, once."""
        return {"path": self.path, "version": self.version}

    @property
    def identity(self) -> str:
        """What findings depend on, for whoever keeps them."""
        return f"texts {self.version} {METHOD}"

    def __call__(self, data: bytes, path: str) -> LicenseFindings:
        """See Detector."""
        file = read_text(data, path)
        if not file.text:
            return find_in_text(file, self._index)
        if is_debian_copyright(file.text, path):
            found = read_debian_copyright(file.text.decode("utf-8", "replace"), self._recognise)
            if found.licenses:
                return self._in_keys(found)
        return self._recognise(without_ignored(file.text))

    def _recognise(self, text: bytes) -> LicenseFindings:
        return find_in_text(FileText(text), self._index)

    def _in_keys(self, found: LicenseFindings) -> LicenseFindings:
        """Findings that are stated in SPDX ids, with the keys of the rule data as well."""
        index = self._index
        licenses = tuple(
            msgspec.structs.replace(match, license_expression=key_expression(match.license_expression_spdx, index))
            for match in found.licenses
        )
        return LicenseFindings(licenses=licenses)

    @cached_property
    def _index(self) -> Index:
        return open_once(Path(self.path))
