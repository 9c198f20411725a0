# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What pip is set to."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.clients.configuration.pip import read_pip
from paddock.engine.clients.credentials import basic, credential_for
from tests.engine.clients.machine import machine


def test_files_in_order_and_variables_win(tmp_path: Path) -> None:
    system = {"etc/pip.conf": "[global]\nindex-url = https://a.example/simple\ncert = /system.pem\n"}
    home = {
        ".config/pip/pip.conf": "[global]\nindex-url = https://b.example/simple\n[install]\n"
        "extra-index-url =\n  https://c.example/s\n  https://d.example/s\n"
    }
    found = read_pip(machine(tmp_path, home, {}, system))
    assert found.index_urls == ("https://b.example/simple", "https://c.example/s", "https://d.example/s")
    assert found.access.ca_file == "/system.pem"
    found = read_pip(machine(tmp_path, PIP_INDEX_URL="https://e.example/simple", PIP_CERT="/own.pem"))
    assert found.index_urls[0] == "https://e.example/simple"
    assert found.access.ca_file == "/own.pem"


def test_nothing_set_is_nothing_said(tmp_path: Path) -> None:
    found = read_pip(machine(tmp_path))
    assert found.index_urls == ()
    assert not found.no_index


def test_credentials_in_addresses_and_netrc(tmp_path: Path) -> None:
    found = read_pip(
        machine(
            tmp_path, {".netrc": "machine b.example login u password p"}, PIP_INDEX_URL="https://ann:pw@a.example/s"
        )
    )
    assert found.index_urls == ("https://a.example/s",)
    known = credential_for("https://a.example/s/x", found.access.credentials)
    assert known is not None
    assert (known.value, known.told_by) == (basic("ann", "pw"), "PIP_INDEX_URL")
    assert credential_for("https://b.example/", found.access.credentials) is not None
    assert credential_for("https://files.example/", found.access.credentials) is None


def test_local_folders_and_no_index(tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    found = read_pip(machine(tmp_path, PIP_FIND_LINKS=f"{tmp_path}/wheels file:///etc /none", PIP_NO_INDEX="1"))
    assert found.find_links == (f"{tmp_path}/wheels",)
    assert found.no_index


def test_other_addresses_than_web_addresses_are_none(tmp_path: Path) -> None:
    assert read_pip(machine(tmp_path, PIP_INDEX_URL="file:///etc/passwd ftp://a.example")).index_urls == ()


def test_the_configuration_file_of_the_environment(tmp_path: Path) -> None:
    (tmp_path / "own.conf").write_text("[global]\nindex-url: https://o.example/simple\n")
    home = {".config/pip/pip.conf": "[global]\nindex-url = https://b.example/simple\n"}
    assert read_pip(machine(tmp_path, home, PIP_CONFIG_FILE=f"{tmp_path}/own.conf")).index_urls == (
        "https://o.example/simple",
    )
    assert read_pip(machine(tmp_path, home, PIP_CONFIG_FILE="/dev/null")).index_urls == ()


def test_the_variables_of_uv_where_pip_has_none(tmp_path: Path) -> None:
    found = read_pip(machine(tmp_path, UV_DEFAULT_INDEX="https://u.example/s", UV_INDEX="own=https://v.example/s"))
    assert found.index_urls == ("https://u.example/s", "https://v.example/s")


@given(st.text(max_size=300))
def test_a_file_may_be_anything(tmp_path_factory, text: str) -> None:  # type: ignore[no-untyped-def]
    read_pip(machine(tmp_path_factory.mktemp("pip"), {".config/pip/pip.conf": text.encode("utf-8", "surrogatepass")}))
