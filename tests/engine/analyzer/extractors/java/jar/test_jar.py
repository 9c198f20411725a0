# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Java archives: metadata, manifests, file names, nesting, and archives that mean harm."""

import hashlib
import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer import archive
from paddock.engine.analyzer.extractors.java.jar import EXTRACTOR
from paddock.engine.analyzer.extractors.java.manifest import default_symbolic_name, read_file_name, read_manifest
from paddock.engine.model.component import Hash
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import edges, extract, refs, survives, usages

PROPERTIES = "META-INF/maven/{0}/{1}/pom.properties"
MANIFEST = "META-INF/MANIFEST.MF"


def jar(entries: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as packed:
        for name, content in entries.items():
            packed.writestr(zipfile.ZipInfo(name), content, method)
    return target.getvalue()


def maven(group: str, artifact: str, version: str, more: str = "") -> dict[str, str | bytes]:
    folder = f"META-INF/maven/{group}/{artifact}"
    pom = (
        f"<project><groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version>"
        f"<licenses><license><name>Licence of {artifact}</name></license></licenses>{more}</project>"
    )
    return {
        f"{folder}/pom.properties": f"#Generated\nversion={version}\ngroupId={group}\nartifactId={artifact}\n",
        f"{folder}/pom.xml": pom,
    }


def test_a_jar_is_what_its_maven_metadata_says() -> None:
    data = jar(maven("org.net", "http", "2.0"))
    found = extract(EXTRACTOR, {"lib/whatever.jar": data})
    (component,) = found.components
    assert component.ref == "pkg:maven/org.net/http@2.0"
    assert component.declared_licenses == ("Licence of http",)
    assert component.hashes == (
        Hash("sha1", hashlib.sha1(data, usedforsecurity=False).hexdigest()),
        Hash("sha256", hashlib.sha256(data).hexdigest()),
    )
    assert [(project.id, project.origin) for project in found.projects] == [("lib/*.jar", Origin.INSTALLED)]
    assert usages(found, "lib/*.jar")[component.ref].direct is None
    assert found.issues == ()


def test_a_shaded_jar_is_its_own_and_contains_the_others() -> None:
    entries = maven("org.net", "http", "2.0") | maven("org.log", "log", "3.0")
    found = extract(EXTRACTOR, {"http-2.0.jar": jar(entries)})
    assert edges(found) == {("pkg:maven/org.net/http@2.0", "pkg:maven/org.log/log@3.0")}
    assert usages(found, "*.jar")["pkg:maven/org.log/log@3.0"].direct is False
    hashed = [component.ref for component in found.components if component.hashes]
    assert hashed == ["pkg:maven/org.net/http@2.0"]


def test_a_file_name_that_begins_with_the_group_names_the_archive_too() -> None:
    entries = maven("org.net", "http", "2.0") | maven("org.other", "http", "2.0") | maven("org.net", "http-core", "2.0")
    for name in ("org.net-http-2.0.jar", "org.net.http-2.0.jar"):
        found = extract(EXTRACTOR, {name: jar(entries)})
        assert [component.ref for component in found.components if component.hashes] == ["pkg:maven/org.net/http@2.0"]
        assert found.issues == ()


def test_a_pom_without_licences_leaves_them_to_the_manifest() -> None:
    entries = {
        "META-INF/maven/org.net/http/pom.properties": "version=2.0\ngroupId=org.net\nartifactId=http\n",
        "META-INF/maven/org.net/http/pom.xml": "<project><parent><groupId>org</groupId></parent></project>",
        MANIFEST: "Bundle-License: https://example.org/epl, MIT\n",
    }
    (component,) = extract(EXTRACTOR, {"http-2.0.jar": jar({**entries})}).components
    assert component.declared_licenses == ("https://example.org/epl", "MIT")
    stated = {**maven("org.net", "http", "2.0"), MANIFEST: "Bundle-License: MIT\n"}
    (component,) = extract(EXTRACTOR, {"http-2.0.jar": jar(stated)}).components
    assert component.declared_licenses == ("Licence of http",)


def test_archives_in_archives_are_read() -> None:
    log = jar(maven("org.log", "log", "3.0"))
    inner = jar({**maven("org.net", "http", "2.0"), "lib/log.jar": log})
    app = jar({**maven("org.example", "app", "1"), "BOOT-INF/lib/http-2.0.jar": inner})
    found = extract(EXTRACTOR, {"app.war": app})
    assert refs(found) == [
        "pkg:maven/org.example/app@1?type=war",
        "pkg:maven/org.log/log@3.0",
        "pkg:maven/org.net/http@2.0",
    ]
    assert edges(found) == {
        ("pkg:maven/org.example/app@1?type=war", "pkg:maven/org.net/http@2.0"),
        ("pkg:maven/org.net/http@2.0", "pkg:maven/org.log/log@3.0"),
    }
    inside = {component.purl.name: component.properties for component in found.components}
    assert inside["log"] == (("inside", "BOOT-INF/lib/http-2.0.jar!/lib/log.jar"),)
    digests = {component.purl.name: component.hashes[1].value for component in found.components}
    assert digests["log"] == hashlib.sha256(log).hexdigest()


def test_a_classifier_in_the_file_name_is_kept() -> None:
    found = extract(EXTRACTOR, {"http-2.0-sources.jar": jar(maven("org.net", "http", "2.0"))})
    assert refs(found) == ["pkg:maven/org.net/http@2.0?classifier=sources"]


def test_a_pom_without_properties_tells_too() -> None:
    entries = maven("org.net", "http", "2.0")
    del entries[PROPERTIES.format("org.net", "http")]
    assert refs(extract(EXTRACTOR, {"x.jar": jar(entries)})) == ["pkg:maven/org.net/http@2.0"]


def test_a_file_name_alone_tells_name_and_version_and_that_is_said() -> None:
    found = extract(EXTRACTOR, {"log4j-1.2.17.jar": jar({"a.class": b"x"})})
    assert refs(found) == ["pkg:generic/log4j@1.2.17"]
    (issue,) = found.issues
    assert issue.severity is Severity.WARNING
    assert "log4j 1.2.17, by its file name" in issue.message


def test_the_group_is_taken_from_a_manifest_that_maven_made() -> None:
    manifest = "Manifest-Version: 1.0\nCreated-By: Apache Maven Bundle Plugin\nBundle-SymbolicName: org.net.http;x=1\n"
    found = extract(EXTRACTOR, {"net-http-2.0.jar": jar({MANIFEST: manifest})})
    assert refs(found) == ["pkg:maven/org.net/net-http@2.0"]
    assert "file name and manifest" in found.issues[0].message


def test_a_symbolic_name_that_fits_several_groups_gives_none() -> None:
    manifest = "Created-By: Apache Maven Bundle Plugin\nBundle-SymbolicName: org.net.http\n"
    assert refs(extract(EXTRACTOR, {"http-2.0.jar": jar({MANIFEST: manifest})})) == ["pkg:generic/http@2.0"]


def test_the_vendor_id_that_maven_writes_is_the_group() -> None:
    manifest = "Archiver-Version: Plexus Archiver\nImplementation-Vendor-Id: org.net\n"
    assert refs(extract(EXTRACTOR, {"http-2.0.jar": jar({MANIFEST: manifest})})) == ["pkg:maven/org.net/http@2.0"]


def test_a_manifest_of_another_tool_gives_no_group() -> None:
    manifest = "Created-By: Ant\nBundle-SymbolicName: org.net.http\nImplementation-Vendor-Id: org.net\n"
    assert refs(extract(EXTRACTOR, {"http-2.0.jar": jar({MANIFEST: manifest})})) == ["pkg:generic/http@2.0"]


def test_a_bundle_whose_file_name_tells_nothing_is_called_by_its_symbolic_name() -> None:
    manifest = 'Bundle-SymbolicName: org.net.http\nBundle-Version: 2.0.1\nBundle-License: MIT;link="a,b", EPL-2.0\n'
    found = extract(EXTRACTOR, {"classes.jar": jar({MANIFEST: manifest})})
    assert refs(found) == ["pkg:generic/org.net.http@2.0.1"]
    assert found.components[0].declared_licenses == ("MIT", "EPL-2.0")


def test_an_archive_that_nothing_names_is_an_issue() -> None:
    found = extract(EXTRACTOR, {"§.jar": jar({"a.class": b"x"})})
    assert refs(found) == []
    assert "nothing tells the identity of 1 archive: §.jar" in found.issues[0].message


def test_properties_that_were_never_filled_in_do_not_count() -> None:
    entries: dict[str, str | bytes] = {"pom.properties": "groupId=${g}\nartifactId=a\nversion=1\n"}
    assert refs(extract(EXTRACTOR, {"thing-4.jar": jar(entries)})) == ["pkg:generic/thing@4"]


def test_the_wrapper_is_a_build_tool() -> None:
    found = extract(EXTRACTOR, {"gradle/wrapper/gradle-wrapper.jar": jar(maven("org.gradle", "wrapper", "8"))})
    assert [usage.scope for usage in usages(found, "gradle/wrapper/*.jar").values()] == [Scope.BUILD]


def test_nesting_without_end_is_cut_off() -> None:
    data = jar(maven("org.deep", "deep", "1"))
    for _ in range(archive.MAX_DEPTH + 5):
        data = jar({"next.jar": data})
    found = extract(EXTRACTOR, {"next.jar": data})
    assert refs(found) == []
    assert any("nested more than" in issue.message and issue.severity is Severity.ERROR for issue in found.issues)


def test_a_nested_archive_that_is_broken_is_an_issue_and_the_rest_is_read() -> None:
    entries: dict[str, str | bytes] = {**maven("org.net", "http", "2.0"), "a.jar": b"nonsense"}
    found = extract(EXTRACTOR, {"x.jar": jar(entries)})
    assert refs(found) == ["pkg:maven/org.net/http@2.0"]
    assert [(issue.severity, issue.message[:6]) for issue in found.issues] == [(Severity.ERROR, "a.jar:")]


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 1_000_000)
    bomb = jar({"zeros.txt": b"\0" * 900_000})
    found = extract(EXTRACTOR, {"x.jar": jar({f"{number}.jar": bomb + b"\0" * 400_000 for number in range(9)})})
    assert any("unpacks to more than 1,000,000 bytes" in issue.message for issue in found.issues)


def test_metadata_larger_than_any_real_one_is_not_read() -> None:
    large = b"groupId=a\n" + b"#" * (archive.MAX_METADATA_BYTES + 1)
    found = extract(EXTRACTOR, {"x-1.jar": jar({"META-INF/maven/a/a/pom.properties": large})})
    assert found.issues[0].severity is Severity.ERROR
    assert "are not read" in found.issues[0].message


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 10)
    with pytest.raises(Unreadable, match="over 10 entries"):
        extract(EXTRACTOR, {"x.jar": jar({str(number): b"" for number in range(11)})})


def test_a_table_of_contents_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_DIRECTORY_BYTES", 100)
    with pytest.raises(Unreadable, match="table of contents"):
        extract(EXTRACTOR, {"x.jar": jar({str(number): b"" for number in range(11)})})


def test_an_entry_that_lies_about_its_size_is_an_issue() -> None:
    name = PROPERTIES.format("a", "a")
    data = bytearray(jar({name: b"#" * 500 + b"\ngroupId=a\n"}))
    header = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, header + 24, 10)
    found = extract(EXTRACTOR, {"x-1.jar": bytes(data)})
    assert refs(found) == ["pkg:generic/x@1"]
    assert any(issue.severity is Severity.ERROR and "cannot be unpacked" in issue.message for issue in found.issues)


def test_names_that_climb_out_are_only_names() -> None:
    entries: dict[str, str | bytes] = {"../../pom.properties": "groupId=a\nartifactId=b\nversion=1\n"}
    assert refs(extract(EXTRACTOR, {"x.jar": jar(entries)})) == ["pkg:maven/a/b@1"]


@pytest.mark.parametrize("data", [b"", b"PK", b"no archive at all"])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"x.jar": data})


def test_continuation_lines_are_joined_and_sections_left_out() -> None:
    found = read_manifest("Bundle-Name: Grü\r\n ße\r\nX: 1\r\n\r\nName: a/b\r\nX: 2\r\n".encode())
    assert found == {"bundle-name": "Grüße", "x": "1"}


def test_a_character_split_over_two_lines_is_whole_again() -> None:
    assert read_manifest(b"A: \xc3\n \xbc\n") == {"a": "ü"}


@pytest.mark.parametrize(
    ("name", "artifact", "version", "classifier"),
    [
        ("commons-io-2.11.0.jar", "commons-io", "2.11.0", ""),
        ("guava-31.1-jre.jar", "guava", "31.1-jre", ""),
        ("http-2.0-sources.jar", "http", "2.0", "sources"),
        ("org.eclipse.osgi_3.18.0.v2022.jar", "org.eclipse.osgi", "3.18.0.v2022", ""),
        ("nested_at_10.jar", "nested_at_10", "", ""),
        ("log4j-over-slf4j-1.7.jar", "log4j-over-slf4j", "1.7", ""),
        ("ümlaut.jar", "", "", ""),
    ],
)
def test_file_names(name: str, artifact: str, version: str, classifier: str) -> None:
    found = read_file_name(name)
    assert (found.artifact, found.version, found.classifier) == (artifact, version, classifier)


@pytest.mark.parametrize(
    ("group", "artifact", "symbolic"),
    [
        ("org.net", "http", "org.net.http"),
        ("org.net.http", "http", "org.net.http"),
        ("org.net.http", "http-core", "org.net.http.core"),
        ("org.net", "org.net.http", "org.net.http"),
    ],
)
def test_default_symbolic_names(group: str, artifact: str, symbolic: str) -> None:
    assert default_symbolic_name(group, artifact) == symbolic


@given(st.binary(max_size=300))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"x.jar": data})


NAMES = st.sampled_from(
    [
        MANIFEST,
        "pom.properties",
        "META-INF/maven/a/a/pom.xml",
        "META-INF/maven/a/a/pom.properties",
        "b-1.jar",
        "../c.war",
        "/",
    ]
)
CONTENTS = st.binary(max_size=40) | st.sampled_from(
    [
        b"groupId=a\nartifactId=a\nversion=1",
        b"<project><groupId>a</groupId><artifactId>b</artifactId><version>2</version></project>",
        b"Bundle-SymbolicName: a.b\nCreated-By: Maven\nBundle-Version: 1",
        jar({"pom.properties": b"groupId=x\nartifactId=y\nversion=1"}),
    ]
)


@given(st.dictionaries(NAMES, CONTENTS), st.sampled_from(["x.jar", "x-1.jar", "a.b-1-sources.jar", "-1.jar", ".jar"]))
def test_any_entries_give_an_extraction(entries: dict[str, str | bytes], name: str) -> None:
    assert survives(EXTRACTOR, {name: jar(entries)}) is not None


WHOLE = jar({**maven("a", "b", "1"), "c.jar": jar(maven("c", "d", "2"))})


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(WHOLE)))
def test_a_damaged_archive_gives_an_extraction_or_unreadable(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(WHOLE)
    for position, value in changes:
        data[position] = value
    survives(EXTRACTOR, {"x.jar": bytes(data)})
    survives(EXTRACTOR, {"x.jar": bytes(data[:cut])})
