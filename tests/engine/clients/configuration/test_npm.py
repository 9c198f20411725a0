# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What npm is set to."""

import base64
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.clients.configuration.npm import read_npm
from paddock.engine.clients.credentials import Secret, basic, bearer, credential_for
from tests.engine.clients.machine import machine


def test_registries_of_scopes_and_tokens(tmp_path: Path) -> None:
    password = base64.b64encode(b"pw").decode()
    rc = f"""
    ; the company's
    registry = https://npm.example/all/
    @own:registry=https://own.example/npm/
    //own.example/npm/:_authToken="${{OWN_TOKEN}}"
    //npm.example/all/:username = ann
    //npm.example/all/:_password = {password}
    //b.example/:_auth=YTpi
    cafile=/company.pem
    """
    found = read_npm(machine(tmp_path, {".npmrc": rc}, OWN_TOKEN="t0ken"))
    assert found.registry == "https://npm.example/all/"
    assert dict(found.scopes) == {"@own": "https://own.example/npm/"}
    assert found.access.ca_file == "/company.pem"
    urls = (
        "https://own.example/npm/x",
        "https://npm.example/all/x",
        "https://b.example/y",
        "https://npm.example/other",
    )
    known = [credential_for(url, found.access.credentials) for url in urls]
    values = [one.value if one else None for one in known]
    assert values == [bearer("t0ken"), basic("ann", "pw"), Secret("Basic YTpi"), None]


def test_a_variable_that_is_not_set_gives_no_credential(tmp_path: Path) -> None:
    found = read_npm(
        machine(tmp_path, {".npmrc": "//a.example/:_authToken=${NONE}\n//b.example/:_authToken=${NONE?}x"})
    )
    assert credential_for("https://a.example/", found.access.credentials) is None
    assert credential_for("https://b.example/", found.access.credentials) is not None


def test_the_project_may_name_registries_but_takes_no_variables(tmp_path: Path) -> None:
    project = {".npmrc": "registry=https://evil.example/\n//evil.example/:_authToken=${SECRET}\n"}
    found = read_npm(machine(tmp_path, {}, project, SECRET="s"))
    assert found.registry == "https://evil.example/"
    assert found.access.credentials == ()
    assert len(found.access.withheld) == 1
    assert "_authToken" in found.access.withheld[0]
    trusted = read_npm(machine(tmp_path, {}, project, trust=True, SECRET="s"))
    assert [one.value for one in trusted.access.credentials] == [bearer("s")]


def test_the_project_gets_no_credential_of_the_user_and_chooses_no_proxy(tmp_path: Path) -> None:
    home = {".npmrc": "_authToken=t\nregistry=https://a.example/\n"}
    project = {".npmrc": "registry=https://evil.example/\nproxy=http://evil.example\ncafile=/x\ncache=/y\n"}
    found = read_npm(machine(tmp_path, home, project))
    assert found.registry == "https://evil.example/"
    assert credential_for("https://evil.example/x", found.access.credentials) is None
    assert credential_for("https://a.example/x", found.access.credentials) is not None
    assert (found.access.proxy, found.access.ca_file) == ("", "")
    assert found.cache == f"{tmp_path}/home/.npm"


def test_hosts_without_proxy_and_a_proxy_without_scheme(tmp_path: Path) -> None:
    home = {".npmrc": "https-proxy=proxy.example:8080\nnoproxy=corp.example\n"}
    found = read_npm(machine(tmp_path, home, NO_PROXY="other.example")).access
    assert (found.proxy, found.no_proxy) == ("http://proxy.example:8080", ("corp.example", "*.corp.example"))
    assert read_npm(machine(tmp_path, {".npmrc": "https-proxy=null\n"})).access.proxy == ""


def test_variables_win_over_files(tmp_path: Path) -> None:
    home = {".npmrc": "registry=https://a.example/"}
    assert read_npm(machine(tmp_path, home, NPM_CONFIG_REGISTRY="https://b.example/")).registry == "https://b.example/"
    assert read_npm(machine(tmp_path, home, npm_config_registry="https://c.example/")).registry == "https://c.example/"


def test_the_users_file_may_lie_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "rc").write_text("registry=https://a.example/")
    assert read_npm(machine(tmp_path, NPM_CONFIG_USERCONFIG=f"{tmp_path}/rc")).registry == "https://a.example/"


@given(st.text(max_size=300))
def test_a_file_may_be_anything(tmp_path_factory, text: str) -> None:  # type: ignore[no-untyped-def]
    rc = {".npmrc": text.encode("utf-8", "surrogatepass")}
    read_npm(machine(tmp_path_factory.mktemp("npm"), rc, rc))
