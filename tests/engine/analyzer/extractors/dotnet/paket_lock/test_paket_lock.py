# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""paket.lock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.dotnet.paket_lock import EXTRACTOR
from paddock.engine.model.component import Location
from paddock.engine.model.errors import Unreadable
from tests.engine.analyzer.extractors.extraction import edges, extract, refs, survives, usages

LOCK = """\
STORAGE: NONE
RESTRICTION: == net8.0
NUGET
  remote: https://nuget.example.org/v3/index.json
    Acme.Web (2.0)
      acme.base (>= 1.0) - restriction: >= net6.0
    Acme.Base (1.1) - restriction: >= net6.0
GITHUB
  remote: acme/scripts
    tools/build.fsx (0123abc)
GIT
  remote: https://example.org/own.git
     (4567def)
      build: build.cmd
HTTP
  remote: https://example.org/file.fs
    file.fs (1)

GROUP Test
NUGET
  remote: https://nuget.example.org/v3/index.json
    Acme.Base (9.0)
"""
MANIFEST = "source https://nuget.example.org/v3/index.json\nnuget Acme.Web ~> 2.0\n\ngroup Test\n  nuget acme.base\n"


def test_groups_edges_sources_and_lines() -> None:
    found = extract(EXTRACTOR, {"paket.lock": LOCK, "paket.dependencies": MANIFEST})
    assert refs(found) == [
        "pkg:generic/file.fs@1",
        "pkg:generic/own@4567def",
        "pkg:github/acme/scripts@0123abc",
        "pkg:nuget/Acme.Base@1.1",
        "pkg:nuget/Acme.Base@9.0",
        "pkg:nuget/Acme.Web@2.0",
    ]
    assert found.components[1].vcs_url == "git+https://example.org/own.git@4567def"
    assert edges(found) == {("pkg:nuget/Acme.Web@2.0", "pkg:nuget/Acme.Base@1.1")}
    used = usages(found, "paket.dependencies")
    assert (used["pkg:nuget/Acme.Web@2.0"].direct, used["pkg:nuget/Acme.Web@2.0"].requirement) == (True, "~> 2.0")
    assert used["pkg:nuget/Acme.Base@9.0"].direct is True
    assert used["pkg:nuget/Acme.Base@1.1"].direct is None
    assert found.components[5].locations == (Location("paket.lock", 5),)


def test_what_is_no_lock_file_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"paket.lock": "This is something else\n"})


LINES = st.sampled_from(
    [
        "NUGET",
        "GITHUB",
        "GIT",
        "HTTP",
        "  remote: /",
        "  remote: a/b",
        "    / (1)",
        "    a (1)",
        "      a",
        "     (1)",
        "GROUP x",
        "x: y",
        "x",
    ]
)


@given(st.lists(LINES, max_size=15).map("\n".join), st.text(max_size=50))
def test_any_lines_give_an_extraction_or_unreadable(lock: str, manifest: str) -> None:
    survives(EXTRACTOR, {"paket.lock": lock, "paket.dependencies": manifest.encode()})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"paket.lock": data})
