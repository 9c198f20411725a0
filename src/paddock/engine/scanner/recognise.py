# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The recognition of licence texts as a detector: knows its index by path, so that other processes open it anew."""

from pathlib import Path

from paddock.engine.model.licensing import LicenseFindings
from paddock.engine.scanner.licenses.default_index import open_once
from paddock.engine.scanner.licenses.findings import find_in_text
from paddock.engine.scanner.licenses.index import Index
from paddock.engine.scanner.licenses.text import FileText, read_text
from paddock.engine.scanner.tags import without_ignored


class TextDetector:
    """Recognises licences in text by an index file. Raises MissingIndex or Unreadable when made, never when called."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.version = self._index().version

    @property
    def identity(self) -> str:
        """What findings depend on, for whoever keeps them."""
        return f"texts {self.version}"

    def __call__(self, data: bytes, path: str) -> LicenseFindings:
        """See Detector."""
        file = read_text(data, path)
        if file.text:
            file = FileText(without_ignored(file.text))
        return find_in_text(file, self._index())

    def _index(self) -> Index:
        return open_once(Path(self.path))
