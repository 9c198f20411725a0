# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What Go is set to."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.clients.configuration.go import Proxy, read_go
from paddock.engine.clients.credentials import basic
from tests.engine.clients.machine import machine


def test_commas_and_bars(tmp_path: Path) -> None:
    found = read_go(machine(tmp_path, GOPROXY="https://a.example|https://u:p@b.example,direct,https://never.example"))
    assert found.proxies == (
        Proxy("https://a.example", on_any_error=True),
        Proxy("https://b.example", on_any_error=False),
        Proxy("direct", on_any_error=False),
    )
    assert [one.value for one in found.access.credentials] == [basic("u", "p")]


def test_variables_win_over_the_file_that_go_env_writes_and_that_over_the_toolchain(tmp_path: Path) -> None:
    system = {"go/go.env": "# defaults\nGOPROXY=https://default.example,direct\n"}
    surroundings = machine(tmp_path, {}, {}, system, GOROOT=f"{tmp_path}/system/go")
    assert read_go(surroundings).proxies == (Proxy("https://default.example", False), Proxy("direct", False))
    home = {".config/go/env": "GOPROXY=off\nGOMODCACHE=/cache\n"}
    surroundings = machine(tmp_path, home, GOROOT=f"{tmp_path}/system/go")
    assert read_go(surroundings).proxies == (Proxy("off", False),)
    assert read_go(surroundings).module_cache == "/cache"
    assert read_go(machine(tmp_path, GOPROXY="https://v.example")).proxies == (Proxy("https://v.example", False),)
    assert read_go(machine(tmp_path, GOENV="off", GOPATH="/a:/b")).module_cache == "/a/pkg/mod"


@pytest.mark.parametrize(
    ("patterns", "module", "private"),
    [
        ("example.org", "example.org/a/b", True),
        ("example.org/team", "example.org/team", True),
        ("example.org/team", "example.org/teamwork", False),
        ("*.corp.example", "git.corp.example/x", True),
        ("*.corp.example", "corp.example/x", False),
        ("a.example, b.example/*/c", "b.example/x/c/d", True),
        ("none", "none/x", False),
        ("", "a", False),
    ],
)
def test_private_modules(tmp_path: Path, patterns: str, module: str, *, private: bool) -> None:
    assert read_go(machine(tmp_path, GOPRIVATE=patterns)).is_private(module) is private
    assert read_go(machine(tmp_path, GONOPROXY=patterns or "x", GOPRIVATE="*")).is_private(module) is private


@given(st.text(max_size=200), st.text(max_size=40))
def test_settings_may_be_anything(tmp_path_factory, text: str, module: str) -> None:  # type: ignore[no-untyped-def]
    home = {".config/go/env": f"GOPROXY={text}\n{text}".encode("utf-8", "surrogatepass")}
    found = read_go(machine(tmp_path_factory.mktemp("go"), home, GOPRIVATE=text.replace("\0", "")))
    found.is_private(module)
