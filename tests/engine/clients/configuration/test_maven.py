# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What Maven is set to."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.clients.configuration.maven import Mirror, Repository, read_maven
from paddock.engine.clients.credentials import Secret, basic, credential_for
from tests.engine.clients.machine import machine

SETTINGS = """<settings xmlns="http://maven.apache.org/SETTINGS/1.0.0">
  <localRepository>${user.home}/repo</localRepository>
  <mirrors><mirror><id>company</id><url>https://mirror.example/maven</url><mirrorOf>external:*,!special</mirrorOf></mirror></mirrors>
  <servers>
    <server><id>company</id><username>ann</username><password>${env.PASSWORD}</password></server>
    <server><id>special</id><configuration><httpHeaders><property><name>Private-Token</name><value>tok</value></property>
      </httpHeaders></configuration></server>
    <server><id>locked</id><username>x</username><password>{COQLCE6DU6GtcS5P=}</password></server>
  </servers>
  <profiles>
    <profile><id>on</id><repositories><repository><id>special</id><url>https://special.example/r</url></repository></repositories></profile>
    <profile><id>off</id><repositories><repository><id>no</id><url>https://no.example/r</url></repository></repositories></profile>
  </profiles>
  <activeProfiles><activeProfile>on</activeProfile></activeProfiles>
  <proxies><proxy><host>proxy.example</host><port>3128</port></proxy></proxies>
</settings>"""
POM = "<project><repositories><repository><id>{id}</id><url>{url}</url></repository></repositories></project>"


def test_mirrors_profiles_servers_and_proxies(tmp_path: Path) -> None:
    found = read_maven(machine(tmp_path, {".m2/settings.xml": SETTINGS}, PASSWORD="pw"))
    assert found.local_repository == f"{tmp_path}/home/repo"
    assert found.addresses("https://central.example/maven2") == (
        "https://special.example/r",
        "https://mirror.example/maven",
    )
    known = credential_for("https://mirror.example/maven/a", found.access.credentials)
    assert known is not None
    assert known.value == basic("ann", "pw")
    special = credential_for("https://special.example/r/a", found.access.credentials)
    assert special is not None
    assert (special.value, special.header) == (Secret("tok"), "Private-Token")
    assert found.access.proxy == "http://proxy.example:3128"
    assert len(found.access.withheld) == 1
    assert "locked" in found.access.withheld[0]


def test_of_several_proxies_the_active_one_for_https_with_its_credential_and_exceptions(tmp_path: Path) -> None:
    proxies = """<settings><proxies>
    <proxy><id>old</id><active>false</active><protocol>https</protocol><host>old.example</host></proxy>
    <proxy><id>plain</id><protocol>http</protocol><host>plain.example</host><port>80</port></proxy>
    <proxy><id>own</id><protocol>https</protocol><host>own.example</host><port>3128</port><username>ann</username>
      <password>${env.PASSWORD}</password><nonProxyHosts>*.corp.example|localhost</nonProxyHosts></proxy>
    </proxies></settings>"""
    found = read_maven(machine(tmp_path, {".m2/settings.xml": proxies}, PASSWORD="p@w")).access
    # `protocol` is that of the repositories: the proxy itself speaks http
    assert found.proxy == "http://ann:p%40w@own.example:3128"
    assert found.no_proxy == ("*.corp.example", "localhost")
    locked = proxies.replace("${env.PASSWORD}", "{COQLCE6DU6GtcS5P=}")
    found = read_maven(machine(tmp_path, {".m2/settings.xml": locked})).access
    assert found.proxy == "http://own.example:3128"
    assert "proxy own" in found.withheld[0]


def test_a_variable_that_is_not_set_gives_no_credential(tmp_path: Path) -> None:
    found = read_maven(machine(tmp_path, {".m2/settings.xml": SETTINGS}))
    assert credential_for("https://mirror.example/maven/a", found.access.credentials) is None


def test_repositories_of_the_pom_do_not_get_the_credentials_of_a_server(tmp_path: Path) -> None:
    server = "<server><id>own</id><username>u</username><password>p</password></server>"
    settings = f"<settings><servers>{server}</servers></settings>"
    pom = {"pom.xml": POM.format(id="own", url="https://evil.example/r")}
    found = read_maven(machine(tmp_path, {".m2/settings.xml": settings}, pom))
    assert "https://evil.example/r" in found.addresses("")
    assert credential_for("https://evil.example/r", found.access.credentials) is None
    trusted = read_maven(machine(tmp_path, {".m2/settings.xml": settings}, pom, trust=True))
    assert credential_for("https://evil.example/r", trusted.access.credentials) is not None
    filled = {"pom.xml": POM.format(id="x", url="https://evil.example/${env.PASSWORD}")}
    assert read_maven(machine(tmp_path, {}, filled, PASSWORD="s")).addresses("") == ()


@pytest.mark.parametrize(
    ("of", "id", "url", "stands"),
    [
        ("*", "a", "https://a.example", True),
        ("a,b", "b", "https://a.example", True),
        ("a,b", "c", "https://a.example", False),
        ("*,!a", "a", "https://a.example", False),
        ("external:*", "a", "http://localhost:8080/x", False),
        ("external:http:*", "a", "http://a.example", True),
        ("external:http:*", "a", "https://a.example", False),
        ("central", "central", "", True),
    ],
)
def test_what_a_mirror_stands_for(of: str, id: str, url: str, *, stands: bool) -> None:
    assert Mirror("m", "https://m.example", of).stands_for(Repository(id, url)) is stands


def test_without_settings_there_is_central(tmp_path: Path) -> None:
    found = read_maven(machine(tmp_path))
    assert found.addresses("https://central.example") == ("https://central.example",)
    assert found.addresses("") == ()


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><settings><localRepository>&e;</localRepository></settings>'
)


@given(st.text(max_size=200) | st.sampled_from([ENTITIES, SETTINGS[:900], "<settings>" * 500]))
def test_a_file_may_be_anything(tmp_path_factory, text: str) -> None:  # type: ignore[no-untyped-def]
    data = text.encode("utf-8", "surrogatepass")
    found = read_maven(machine(tmp_path_factory.mktemp("m"), {".m2/settings.xml": data}, {"pom.xml": data}))
    assert "root:" not in found.local_repository
