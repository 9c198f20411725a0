# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What NuGet, RubyGems and Bundler, Composer, and apt are set to; and where the public registries are."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.clients.configuration.apt import AptArchive, read_apt
from paddock.engine.clients.configuration.composer import read_composer
from paddock.engine.clients.configuration.gem import read_gem
from paddock.engine.clients.configuration.nuget import read_nuget
from paddock.engine.clients.configuration.public import download_address, public_registry
from paddock.engine.clients.credentials import basic, bearer, credential_for
from paddock.engine.clients.surroundings import web_address
from tests.engine.clients.machine import machine

NUGET = """<configuration><packageSources><clear/>
<add key="Our Feed" value="https://nuget.example/v3/index.json"/><add key="off" value="https://off.example/index.json"/>
<add key="local" value="C:\\packages"/></packageSources>
<disabledPackageSources><add key="off" value="true"/></disabledPackageSources>
<packageSourceCredentials><Our_x0020_Feed><add key="Username" value="ann"/>
<add key="ClearTextPassword" value="%TOKEN%"/></Our_x0020_Feed>
<off><add key="Username" value="x"/><add key="Password" value="AQAAANCM"/></off></packageSourceCredentials>
</configuration>"""


def test_nuget(tmp_path: Path) -> None:
    found = read_nuget(machine(tmp_path, {".nuget/NuGet/NuGet.Config": NUGET}, TOKEN="t"))
    assert found.sources == ("https://nuget.example/v3/index.json",)
    known = credential_for("https://nuget.example/v3/x", found.access.credentials)
    assert known is not None
    assert known.value == basic("ann", "t")
    assert any("encrypted" in one for one in found.access.withheld)


def test_nuget_settings_of_the_project_take_no_variables(tmp_path: Path) -> None:
    found = read_nuget(machine(tmp_path, {}, {"nuget.config": NUGET}, TOKEN="t"))
    assert found.sources == ("https://nuget.example/v3/index.json",)
    assert found.access.credentials == ()
    assert any("Our Feed" in one for one in found.access.withheld)
    trusted = read_nuget(machine(tmp_path, {}, {"nuget.config": NUGET}, trust=True, TOKEN="t"))
    assert credential_for("https://nuget.example/v3/x", trusted.access.credentials) is not None


def test_a_source_of_the_project_gets_no_credential_by_its_name(tmp_path: Path) -> None:
    project = {"nuget.config": NUGET.replace("nuget.example", "evil.example").replace("%TOKEN%", "")}
    found = read_nuget(machine(tmp_path, {".nuget/NuGet/NuGet.Config": NUGET}, project, TOKEN="t"))
    assert found.sources == ("https://evil.example/v3/index.json",)
    assert credential_for("https://evil.example/v3/x", found.access.credentials) is None


def test_gems(tmp_path: Path) -> None:
    home = {
        ".gemrc": "---\n:sources:\n- https://u:p@gems.example/\n- https://two.example/\n:backtrace: true\n",
        ".bundle/config": '---\nBUNDLE_MIRROR__HTTPS://GEMS__EXAMPLE/: "https://mirror.example/"\n'
        'BUNDLE_GEMS__OWN___TEAM__EXAMPLE: "ann:pw"\n',
    }
    found = read_gem(machine(tmp_path, home))
    assert found.addresses("https://public.example") == ("https://mirror.example/", "https://two.example/")
    assert credential_for("https://gems.example/x", found.access.credentials) is not None
    known = credential_for("https://gems.own-team.example/x", found.access.credentials)
    assert known is not None
    assert known.value == basic("ann", "pw")


def test_gems_where_nothing_is_set(tmp_path: Path) -> None:
    assert read_gem(machine(tmp_path)).addresses("https://public.example") == ("https://public.example",)
    everything = machine(tmp_path, BUNDLE_MIRROR__ALL="https://m.example")
    assert read_gem(everything).addresses("https://public.example") == ("https://m.example",)


def test_composer(tmp_path: Path) -> None:
    own, vcs = {"type": "composer", "url": "https://own.example"}, {"type": "vcs", "url": "https://v.example"}
    project = {"composer.json": json.dumps({"repositories": [own, vcs, {"packagist": False}]})}
    home = {
        ".config/composer/auth.json": json.dumps({"http-basic": {"own.example": {"username": "a", "password": "b"}}})
    }
    environment = {"COMPOSER_AUTH": json.dumps({"bearer": {"two.example": "t"}})}
    found = read_composer(machine(tmp_path, home, project, **environment))
    assert found.repositories == ("https://own.example",)
    assert found.without_public
    by_url = [
        credential_for(url, found.access.credentials) for url in ("https://own.example/p", "https://two.example/")
    ]
    assert [one and one.value for one in by_url] == [basic("a", "b"), bearer("t")]
    assert not read_composer(machine(tmp_path, {}, {"composer.json": "[]"})).without_public


def test_apt(tmp_path: Path) -> None:
    system = {
        "etc/apt/sources.list": "# comment\n"
        "deb [arch=amd64] https://u:p@a.example/debian/ bookworm main contrib # more\n"
        "deb-src https://a.example/debian bookworm non-free\ndeb cdrom:[x]/ bookworm main\n",
        "etc/apt/sources.list.d/b.sources": "Types: deb\nURIs: https://b.example/debian\n https://c.example/debian\n"
        "Suites: x\nComponents:\n main\n\nEnabled: no\nURIs: https://off.example\n",
        "etc/apt/auth.conf.d/own.conf": "machine https://b.example/debian login ann password pw\n",
    }
    found = read_apt(machine(tmp_path, {}, {}, system))
    assert found.archives == (
        AptArchive("https://a.example/debian", ("main", "contrib", "non-free")),
        AptArchive("https://b.example/debian", ("main",)),
        AptArchive("https://c.example/debian", ("main",)),
    )
    assert credential_for("https://a.example/debian/x", found.access.credentials) is not None
    assert credential_for("https://b.example/debian/x", found.access.credentials) is not None
    assert credential_for("https://c.example/debian/x", found.access.credentials) is None


@pytest.mark.parametrize("type", ["npm", "pypi", "maven", "golang", "gem", "composer", "deb"])
def test_the_library_knows_the_public_registries(type: str) -> None:
    found = public_registry(type)
    assert web_address(found) == found
    assert not found.endswith("/")


@pytest.mark.parametrize("type", ["cargo", "nuget"])
def test_the_library_knows_addresses_for_downloads(type: str) -> None:
    assert web_address(download_address(type))


@given(
    st.text(max_size=200)
    | st.sampled_from(['{"repositories": 1}', '{"repositories": {"a": 1}}', '{"http-basic": {"h": 1}}', "[" * 5000])
)
def test_files_may_be_anything(tmp_path_factory, text: str) -> None:  # type: ignore[no-untyped-def]
    data = text.encode("utf-8", "surrogatepass")
    home = dict.fromkeys([".nuget/NuGet/NuGet.Config", ".gemrc", ".bundle/config", ".config/composer/auth.json"], data)
    system = dict.fromkeys(["etc/apt/sources.list", "etc/apt/sources.list.d/a.sources", "etc/apt/auth.conf"], data)
    surroundings = machine(tmp_path_factory.mktemp("any"), home, {"composer.json": data, "nuget.config": data}, system)
    for read in (read_nuget, read_gem, read_composer, read_apt):
        read(surroundings)
