# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The deep scan, against a registry of every ecosystem on loopback: found, verified, scanned, kept, never twice."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from paddock.engine.clients.configuration.public import public_registry
from paddock.engine.clients.http import Limits
from paddock.engine.downloader.cache import DiskCache
from paddock.engine.formats.result import read_result, write_result
from paddock.engine.model.component import Component, Hash
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.licensing import ComponentLicense, PackageSource
from paddock.engine.model.purl import parse_purl
from paddock.engine.model.result import Result
from paddock.engine.pipeline.deepen import deepen
from paddock.engine.reporter.notice import notice_content
from tests.engine.clients.registry.published import ECOSYSTEMS, Published, maven, npm, pypi
from tests.engine.clients.server import Reply, Server
from tests.engine.downloader.archives import tar, zipped
from tests.engine.pipeline.deep import look_deep, machine_of, result_of, settings, with_component


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        yield running


def package(result: Result, ref: str = "") -> PackageSource:
    assert result.scan is not None
    return next(one for one in result.scan.packages if not ref or one.ref == ref)


def fact(result: Result) -> ComponentLicense:
    assert result.scan is not None
    return result.scan.components[0]


def issues(result: Result, *, hints: bool = False) -> list[Issue]:
    assert result.scan is not None
    return [one for one in result.scan.issues if hints or one.severity is not Severity.HINT]


@pytest.mark.parametrize("type", ECOSYSTEMS)
def test_every_ecosystem(server: Server, tmp_path: Path, type: str) -> None:
    published = ECOSYSTEMS[type](server)
    result = look_deep(tmp_path, [published])
    assert issues(result) == []
    known = fact(result)
    assert known.declared == ("" if type == "golang" else "MIT")  # Go modules declare nothing
    assert known.detected == "Apache-2.0"
    assert known.effective == ("Apache-2.0" if type == "golang" else "MIT AND Apache-2.0")
    source = package(result)
    assert [origin.url for origin in source.origins] == [server.url + path for path in published.files]
    assert all(origin.verified in ("lock file", "registry") for origin in source.origins)
    in_metadata = ("Copyright 2020 A",) if type == "deb" else ()
    assert source.copyrights == (*in_metadata, "2020 Ada Example")
    found = {(one.role, one.license_expression_spdx, one.examples) for one in source.found}
    assert found == {("source", "Apache-2.0", ("src/demo.c",)), ("test", "GPL-3.0-only", ("tests/demo_test.c",))}
    texts = [text.text for text in result.scan.texts] if result.scan else []
    assert "The text of the licence.\n" in texts
    assert read_result(write_result(result)) == result


def test_the_notice_has_texts_and_copyrights(server: Server, tmp_path: Path) -> None:
    content = notice_content(look_deep(tmp_path, [npm(server)]))
    (shown,) = content["packages"]  # type: ignore[misc]
    assert shown.copyrights == ("2020 Ada Example",)
    assert shown.texts == (1,)
    assert content["without_text"] == []


def test_a_second_scan_asks_nobody_and_reads_no_archive(server: Server, tmp_path: Path) -> None:
    published = [make(server) for make in ECOSYSTEMS.values()]
    first = look_deep(tmp_path, published)
    asked = len(server.asked)
    for path in (tmp_path / "cache" / "artifacts").rglob("*"):
        if path.is_file():
            path.unlink()
    steps: list[tuple[str, int, int]] = []
    with settings(tmp_path, machine_of(tmp_path, published)) as deep:
        second = deepen(
            result_of([one.component for one in published]), deep, progress=lambda *step: steps.append(step)
        )
    assert second == first
    assert len(server.asked) == asked
    assert steps[-1] == ("Looking into the cache", len(published), len(published))


def test_another_registry_is_another_question(server: Server, tmp_path: Path) -> None:
    published = pypi(server)
    look_deep(tmp_path, [published])
    published.environment["PIP_INDEX_URL"] = f"{server.url}/other"
    result = look_deep(tmp_path, [published])
    assert "no configured registry has it" in issues(result)[0].message


def test_another_scanner_scans_again_but_fetches_nothing(server: Server, tmp_path: Path) -> None:
    published = pypi(server)
    look_deep(tmp_path, [published])
    asked = len(server.asked)
    with settings(tmp_path, machine_of(tmp_path, [published])) as deep:
        deep.cache.keep_record("x", "0" * 64, b"")
        newer = msgspec.structs.replace(deep, identity="a newer Paddock")
        result = deepen(result_of([published.component]), newer)
    assert fact(result).detected == "Apache-2.0"
    assert [path for path in server.paths[asked:] if path.startswith("/files")] == []


@pytest.mark.parametrize("type", ["pypi", "npm", "cargo", "gem", "composer", "nuget", "golang"])
def test_the_wrong_content_is_not_used(server: Server, tmp_path: Path, type: str) -> None:
    published = ECOSYSTEMS[type](server)
    other = zipped({"a/LICENSE": "evil"}) if type in ("golang", "nuget", "composer") else tar({"a/LICENSE": "evil"})
    server.put(published.files[0], other)
    result = look_deep(tmp_path, [published])
    (issue,) = issues(result)
    assert issue.severity is Severity.ERROR
    assert issue.path == published.component.ref
    assert "is not used" in issue.message
    assert fact(result).effective == ""
    assert result.scan is not None
    assert result.scan.packages == ()


def test_the_lock_file_wins_over_the_registry(server: Server, tmp_path: Path) -> None:
    published = with_component(npm(server), hashes=(Hash("sha512", "0" * 128),))
    (issue,) = issues(look_deep(tmp_path, [published]))
    assert issue.severity is Severity.ERROR
    assert "its sha512 is" in issue.message


def test_of_python_the_file_that_the_lock_file_means(server: Server, tmp_path: Path) -> None:
    published = pypi(server)
    wheel = server.take("/files/demo-1.0-py3-none-any.whl")
    assert wheel is not None
    digest = Hash("sha256", hashlib.sha256(wheel.body).hexdigest())
    result = look_deep(tmp_path, [with_component(published, hashes=(digest,))])
    assert package(result).origins[0].kind == "wheel"
    assert package(result).origins[0].verified == "lock file"
    assert any("has no source distribution" in one.message for one in issues(result, hints=True))
    (issue,) = issues(look_deep(tmp_path, [with_component(published, hashes=(Hash("sha256", "0" * 64),))]))
    assert issue.severity is Severity.ERROR
    assert "has a digest that the lock file states" in issue.message


def test_python_indexes_in_html(server: Server, tmp_path: Path) -> None:
    published = pypi(server)
    data = server.take("/files/demo-1.0.tar.gz")
    assert data is not None
    anchor = f'<a href="/files/demo-1.0.tar.gz#sha256={hashlib.sha256(data.body).hexdigest()}">demo-1.0.tar.gz</a>'
    server.put(
        "/simple/demo/", f"<!DOCTYPE html><html><body>{anchor}<br/><a>x</a><a href='http://[x'>y</a></body></html>"
    )
    result = look_deep(tmp_path, [published])
    assert package(result).origins[0].kind == "source distribution"


def test_a_jar_where_there_are_no_sources(server: Server, tmp_path: Path) -> None:
    published = maven(server)
    del server.replies[published.files[0]]
    result = look_deep(tmp_path, [published])
    assert package(result).origins[0].kind == "jar"
    assert any("has no sources" in one.message for one in issues(result, hints=True))
    assert [text.text for text in result.scan.texts] == ["the text"] if result.scan else False


def test_what_the_pom_says_is_asked_again_when_it_could_not_be_read(server: Server, tmp_path: Path) -> None:
    published = maven(server)
    pom = published.files[0].replace("-sources.jar", ".pom")
    whole = server.take(pom)
    server.put(pom, "", status=500)
    assert fact(look_deep(tmp_path, [published])).declared == ""
    server.replies[pom] = whole or Reply()
    assert fact(look_deep(tmp_path, [published])).declared == "MIT"


def test_what_is_not_there_is_told_with_the_package(server: Server, tmp_path: Path) -> None:
    published = npm(server)
    server.replies.clear()
    (issue,) = issues(look_deep(tmp_path, [published]))
    assert (issue.severity, issue.path) == (Severity.WARNING, published.component.ref)
    assert "is not there (404)" in issue.message


def test_a_refusal_says_which_setting_holds_the_credential(server: Server, tmp_path: Path) -> None:
    published = npm(server)
    for path in list(server.replies):
        reply = server.take(path)
        assert reply is not None
        server.replies[path] = Reply(reply.body, authorization="Bearer right")
    (issue,) = issues(look_deep(tmp_path, [published]))
    assert "goes into //host/:_authToken in ~/.npmrc" in issue.message
    host = server.url.removeprefix("http:")
    published.home[".npmrc"] += f"{host}/npm/:_authToken=wrong-s3cret\n"
    (issue,) = issues(look_deep(tmp_path, [published]))
    assert ".npmrc is not accepted" in issue.message
    assert "s3cret" not in issue.message
    (tmp_path / "project" / ".npmrc").write_text(f"{host}/other/:_authToken=${{TOKEN}}\n")
    published.home[".npmrc"] = published.home[".npmrc"].splitlines()[0] + "\n"
    (issue,) = issues(look_deep(tmp_path, [published]))
    assert "not used:" in issue.message
    assert "--trust-project-settings" in issue.message
    published.home[".npmrc"] += f"{host}/npm/:_authToken=right\n"
    assert issues(look_deep(tmp_path, [published])) == []


def test_a_half_download_is_never_taken_for_whole(server: Server, tmp_path: Path) -> None:
    published = pypi(server)
    whole = server.take("/files/demo-1.0.tar.gz")
    assert whole is not None
    server.replies["/files/demo-1.0.tar.gz"] = Reply(whole.body, break_after=10)
    (issue,) = issues(look_deep(tmp_path, [published]))
    assert issue.severity is Severity.WARNING
    cache = DiskCache(str(tmp_path / "cache"))
    assert (cache.size().artifacts, cache.size().partial) == (0, 2)
    server.replies["/files/demo-1.0.tar.gz"] = whole
    server.asked.clear()
    assert issues(look_deep(tmp_path, [published])) == []
    assert any("range" in one.headers for one in server.asked)
    assert (cache.size().artifacts, cache.size().partial) == (1, 0)


def test_a_file_that_changed_between_two_attempts_is_fetched_anew(server: Server, tmp_path: Path) -> None:
    published = pypi(server)
    whole = server.take("/files/demo-1.0.tar.gz")
    assert whole is not None
    server.replies["/files/demo-1.0.tar.gz"] = Reply(b"x" * 5000, break_after=10, etag=False)
    assert len(issues(look_deep(tmp_path, [published]))) == 1
    server.replies["/files/demo-1.0.tar.gz"] = Reply(whole.body, etag=False)
    assert issues(look_deep(tmp_path, [published])) == []


def test_a_hostile_archive_is_told_and_the_rest_is_scanned(server: Server, tmp_path: Path) -> None:
    published = ECOSYSTEMS["golang"](server)
    evil = zipped({"example.org/Own/demo@v1.0.0/LICENSE": "x", "../../evil": "y"})
    server.put(published.files[0], evil)
    result = look_deep(tmp_path, [with_component(published, properties=())])
    (issue,) = issues(result)
    assert "a path that climbs" in issue.message
    assert issue.path.startswith(f"{published.component.ref}!/")
    assert [path.name for path in tmp_path.iterdir() if "evil" in path.name] == []


def test_no_archive_at_all_is_told(server: Server, tmp_path: Path) -> None:
    published = maven(server)
    server.put(published.files[0], "<html>Please log in</html>")
    del server.replies[published.files[0] + ".sha1"]
    result = look_deep(tmp_path, [published])
    (issue,) = issues(result)
    assert "neither a zip nor a tar archive" in issue.message
    assert any("states a digest" in one.message for one in issues(result, hints=True))


def test_too_large_is_not_fetched(server: Server, tmp_path: Path) -> None:
    (issue,) = issues(look_deep(tmp_path, [npm(server)], limits=Limits(tries=1, artifact=10)))
    assert "over 10 are not fetched" in issue.message


def test_what_cannot_be_asked_for_is_one_issue_each(server: Server, tmp_path: Path) -> None:
    purls = [
        "pkg:conan/a@1",
        "pkg:conan/b@1",
        "pkg:npm/a",
        "pkg:npm/b@1?vcs_url=git%2Bhttps://x.example/b",
        "pkg:golang/stdlib@1.22",
    ]
    published = [Published(Component(purl=parse_purl(purl))) for purl in purls]
    found = issues(look_deep(tmp_path, published), hints=True)
    assert sorted((one.severity.value, one.message.partition(":")[0]) for one in found) == [
        ("hint", "it comes with the toolchain and is no module"),
        ("warning", "1 package not looked into"),
        ("warning", "1 package not looked into"),
        ("warning", "2 packages not looked into"),
    ]
    assert server.asked == []


def test_a_goproxy_that_is_off_or_private_fetches_nothing(server: Server, tmp_path: Path) -> None:
    published = ECOSYSTEMS["golang"](server)
    published.environment |= {"GOPRIVATE": "example.org"}
    (issue,) = issues(look_deep(tmp_path, [published]))
    assert "GOPRIVATE" in issue.message
    published.environment = {"GOPROXY": "off"}
    (issue,) = issues(look_deep(tmp_path, [published]))
    assert "GOPROXY is off" in issue.message
    published.environment = {"GOPROXY": "direct"}
    (issue,) = issues(look_deep(tmp_path, [published]))
    assert "GOPROXY names no proxy, and it is not fetched from version control" in issue.message
    assert server.asked == []


def test_go_asks_the_next_proxy_after_a_bar_only(server: Server, tmp_path: Path) -> None:
    published = ECOSYSTEMS["golang"](server)
    server.put("/none/example.org/!own/demo/@v/v1.0.0.zip", "", status=500)
    (issue,) = issues(look_deep(tmp_path, [published]))
    assert "fails (500)" in issue.message
    published.environment["GOPROXY"] = published.environment["GOPROXY"].replace(",", "|", 1)
    assert issues(look_deep(tmp_path, [published])) == []


def test_the_public_index_of_crates_is_asked_and_the_site_only_where_it_is_silent(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = ECOSYSTEMS["cargo"](server)
    published.home = {}
    monkeypatch.setattr("paddock.engine.clients.registry.cargo.public_index", lambda _: f"{server.url}/index")
    monkeypatch.setattr(
        "paddock.engine.clients.registry.cargo.download_address", lambda _: f"{server.url}/site/a/1/download"
    )
    result = look_deep(tmp_path, [published])
    assert issues(result) == []
    assert package(result).origins[0].url == server.url + published.files[0]
    assert package(result).origins[0].verified == "registry"
    assert not any(path.startswith("/site") for path in server.paths)
    crate = server.take(published.files[0])
    assert crate is not None
    server.put("/index/config.json", "", status=403)
    server.replies["/site/demo/1.0.0/download"] = crate
    (tmp_path / "other").mkdir()
    assert package(look_deep(tmp_path / "other", [published])).origins[0].url.endswith("/site/demo/1.0.0/download")


def test_npm_lock_files_name_the_public_registry_and_ours_is_asked(server: Server, tmp_path: Path) -> None:
    published = npm(server)
    tarball = server.take(published.files[0])
    assert tarball is not None
    stated = with_component(
        published,
        download_url=f"{public_registry('npm')}/@own/demo/-/demo-1.0.0.tgz",
        hashes=(Hash("sha512", hashlib.sha512(tarball.body).hexdigest()),),
    )
    server.replies["/@own/demo/-/demo-1.0.0.tgz"] = tarball
    stated.home[".npmrc"] = f"@own:registry={server.url}\n"
    assert issues(look_deep(tmp_path, [stated])) == []


def test_two_packages_with_the_same_file_are_fetched_once(server: Server, tmp_path: Path) -> None:
    first, second = ECOSYSTEMS["deb"](server), ECOSYSTEMS["deb"](server)
    purl = "pkg:deb/debian/demo-doc@1:1.0-2?upstream=libdemo"
    result = look_deep(tmp_path, [first, with_component(second, purl=parse_purl(purl))], jobs=1)
    assert len(result.scan.packages) == 2 if result.scan else False
    assert [server.paths.count(path) for path in first.files] == [1, 1]
