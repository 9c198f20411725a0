# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What Cargo is set to."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.clients.configuration.cargo import Index, read_cargo
from paddock.engine.clients.credentials import Secret, credential_for
from tests.engine.clients.machine import machine

CONFIG = """
[source.crates-io]
replace-with = "mirror"
[source.mirror]
replace-with = "near"
[source.near]
registry = "sparse+https://mirror.example/index/"
[registries.own]
index = "sparse+https://own.example/index/"
[registries.old]
index = "https://git.example/index.git"
[http]
cainfo = "/company.pem"
"""


def test_replaced_sources_registries_and_tokens(tmp_path: Path) -> None:
    home = {".cargo/config.toml": CONFIG, ".cargo/credentials.toml": '[registries.own]\ntoken = "Bearer t"\n'}
    found = read_cargo(machine(tmp_path, home))
    assert found.indexes == (
        Index("crates-io", "https://mirror.example/index/", sparse=True),
        Index("old", "https://git.example/index.git", sparse=False),
        Index("own", "https://own.example/index/", sparse=True),
    )
    assert found.public_replaced
    assert found.access.ca_file == "/company.pem"
    known = credential_for("https://own.example/dl/x", found.access.credentials)
    assert known is not None
    assert known.value == Secret("Bearer t")
    assert "credentials.toml" in known.told_by
    assert credential_for("https://mirror.example/", found.access.credentials) is None


def test_variables_win(tmp_path: Path) -> None:
    home = {".cargo/config.toml": CONFIG}
    environment = {
        "CARGO_REGISTRIES_OWN_INDEX": "sparse+https://new.example/",
        "CARGO_REGISTRIES_OWN_TOKEN": "v",
        "CARGO_HTTP_CAINFO": "/own.pem",
    }
    found = read_cargo(machine(tmp_path, home, **environment))
    assert Index("own", "https://new.example/", sparse=True) in found.indexes
    assert credential_for("https://new.example/x", found.access.credentials) is not None
    assert found.access.ca_file == "/own.pem"


def test_the_project_adds_and_a_token_of_the_user_does_not_go_to_its_address(tmp_path: Path) -> None:
    home = {".cargo/config.toml": CONFIG, ".cargo/credentials.toml": '[registries.own]\ntoken = "t"\n'}
    more = '[http]\nproxy = "http://evil.example"\n[registries.new]\nindex = "sparse+https://new.example/"\n'
    project = {".cargo/config.toml": '[registries.own]\nindex = "sparse+https://evil.example/"\n' + more}
    found = read_cargo(machine(tmp_path, home, project))
    assert credential_for("https://evil.example/", found.access.credentials) is None
    assert [one.url for one in found.indexes if one.name in ("own", "new")] == [
        "https://new.example/",
        "https://own.example/index/",
    ]
    assert found.access.proxy == ""
    trusted = read_cargo(machine(tmp_path, home, project, trust=True))
    assert credential_for("https://evil.example/", trusted.access.credentials) is not None


def test_nothing_set(tmp_path: Path) -> None:
    found = read_cargo(machine(tmp_path, CARGO_HOME="/c"))
    assert (found.indexes, found.public_replaced, found.home) == ((), False, "/c")


def test_replacements_in_a_circle_end(tmp_path: Path) -> None:
    circle = '[source.crates-io]\nreplace-with = "a"\n[source.a]\nreplace-with = "crates-io"\n'
    assert read_cargo(machine(tmp_path, {".cargo/config.toml": circle})).indexes == ()


@given(
    st.text(max_size=200)
    | st.sampled_from(["[source]\ncrates-io = 1", "registries = 3", "[registries]\na = 1", "[http]\nproxy = []"])
)
def test_a_file_may_be_anything(tmp_path_factory, text: str) -> None:  # type: ignore[no-untyped-def]
    data = text.encode("utf-8", "surrogatepass")
    read_cargo(machine(tmp_path_factory.mktemp("c"), {".cargo/config.toml": data, ".cargo/credentials.toml": data}))
