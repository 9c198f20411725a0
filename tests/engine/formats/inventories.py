# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Inventories of every shape, for tests that write documents and read them back."""

from hypothesis import strategies as st

from paddock.engine.formats.bill.identity import MADE_UP
from paddock.engine.model.component import Component, Hash, Location
from paddock.engine.model.inventory import Edge, Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import InvalidPurl, PackageURL, make_purl, parse_purl

TEXTS = st.text(max_size=12)
WORDS = st.text(min_size=1, max_size=12)
LICENSES = st.one_of(
    st.sampled_from(["MIT", "Apache-2.0", "GPL-2.0+", "MIT OR Apache-2.0", "LicenseRef-house", "BSD", "(MIT"]), TEXTS
)
NUMBERS = st.integers(min_value=0, max_value=100_000)
URLS = st.one_of(st.sampled_from(["https://example.org/a", "git+https://example.org/a.git@v1", "git@host:x/y"]), TEXTS)
NAMES = st.one_of(
    st.sampled_from(
        ["cpe", "type", "purl", "version", "publisher", "external", "version-range", "reference:vcs", "paddock:purl"]
    ),
    TEXTS,
)
VALUES = st.one_of(
    st.sampled_from(["cpe:2.3:a:b:c:1:*:*:*:*:*:*:*", "file", "application", "true", "https://example.org/"]), TEXTS
)


@st.composite
def purls(draw: st.DrawFn) -> PackageURL:
    """A package URL in its canonical form."""
    parts = {
        "namespace": draw(st.one_of(st.none(), WORDS)),
        "qualifiers": draw(st.one_of(st.none(), st.just({"arch": "x86"}), st.fixed_dictionaries({"tag": WORDS}))),
        "subpath": draw(st.one_of(st.none(), st.just("a/b"))),
    }
    kind = draw(st.sampled_from(["npm", "pypi", "maven", "generic", "golang", "deb"]))
    try:
        return parse_purl(make_purl(kind, draw(WORDS), draw(st.one_of(st.none(), WORDS)), **parts).to_string())
    except InvalidPurl:
        return make_purl(kind, "name", "1.0")


@st.composite
def components(draw: st.DrawFn, purl: PackageURL) -> Component:
    """A component with any facts."""
    properties = draw(st.sets(st.tuples(NAMES, VALUES), max_size=3))
    if draw(st.booleans()):
        properties.add(MADE_UP)
    hashes = st.one_of(
        st.builds(Hash, st.sampled_from(["sha512", "blake2b512"]), st.just("0f" * 64)), st.builds(Hash, TEXTS, TEXTS)
    )
    return Component(
        purl=purl,
        declared_licenses=tuple(draw(st.lists(LICENSES, max_size=3))),
        concluded_license=draw(LICENSES),
        copyrights=tuple(draw(st.lists(TEXTS, max_size=2))),
        authors=tuple(draw(st.lists(st.one_of(st.just("Ada <ada@example.org>"), TEXTS), max_size=2))),
        supplier=draw(TEXTS),
        description=draw(TEXTS),
        homepage=draw(URLS),
        download_url=draw(URLS),
        vcs_url=draw(URLS),
        hashes=tuple(sorted(draw(st.sets(hashes, max_size=2)))),
        locations=tuple(draw(st.lists(st.builds(Location, TEXTS, st.one_of(st.none(), NUMBERS)), max_size=2))),
        license_files=tuple(draw(st.lists(TEXTS, max_size=2))),
        modified=draw(st.sampled_from([None, True, False])),
        properties=tuple(sorted(properties)),
    )


@st.composite
def inventories(draw: st.DrawFn) -> Inventory:
    """Up to three projects over up to four components, with usages and edges between any of them."""
    distinct = {purl.to_string(): purl for purl in draw(st.lists(purls(), max_size=4))}
    found = [draw(components(distinct[ref])) for ref in sorted(distinct)]
    ids = draw(st.sets(WORDS.filter(lambda text: not text.startswith("pkg:")), max_size=3))
    nodes = [*distinct, *ids]
    pairs = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)) if nodes else st.nothing()
    edges = draw(st.sets(pairs, max_size=6)) if nodes else set()
    return Inventory(
        name=draw(TEXTS),
        projects=tuple(draw(projects(key, [node for node in nodes if node != key])) for key in sorted(ids)),
        components=tuple(found),
        edges=tuple(sorted(Edge(source, target) for source, target in edges if source != target)),
        issues=tuple(draw(st.lists(issues(), max_size=2))),
        files_seen=draw(NUMBERS),
        files_read=draw(NUMBERS),
    )


@st.composite
def projects(draw: st.DrawFn, id: str, nodes: list[str]) -> Project:
    """A project that uses any of the nodes."""
    refs = sorted(draw(st.sets(st.sampled_from(nodes)))) if nodes else []
    usages = st.builds(
        Usage, st.just(""), st.sampled_from(Scope), st.sampled_from([None, True, False]), st.one_of(st.just(""), TEXTS)
    )
    drawn = [(ref, draw(usages)) for ref in refs]
    return Project(
        id=id,
        origin=draw(st.sampled_from(Origin)),
        name=draw(TEXTS),
        version=draw(TEXTS),
        purl=draw(st.one_of(st.none(), purls())),
        declared_licenses=tuple(draw(st.lists(LICENSES, max_size=2))),
        definition_files=tuple(draw(st.lists(TEXTS, max_size=2))),
        usages=tuple(Usage(ref, usage.scope, usage.direct, usage.requirement) for ref, usage in drawn),
    )


def issues() -> st.SearchStrategy[Issue]:
    """Any issue."""
    return st.builds(Issue, st.sampled_from(Severity), TEXTS, TEXTS, TEXTS, st.one_of(st.none(), NUMBERS))
