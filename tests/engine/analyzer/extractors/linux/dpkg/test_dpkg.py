# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""dpkg: status and status.d, the distribution, edges, licences, what was asked for."""

from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import linux, python
from paddock.engine.analyzer.extractors.linux.dpkg import EXTRACTOR
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import edges, extract, inventory, refs, survives, usages

STATUS = """Package: shell
Status: install ok installed
Maintainer: Somebody <somebody@example.org>
Architecture: amd64
Source: shell-src (1.0-2)
Version: 1.0-2+b1
Provides: posix-shell
Pre-Depends: libbase (>= 2), absent | init-tools [linux-any]
Description: a shell
 with more words
Homepage: https://example.org/shell

Package: libbase
Status: install ok installed
Architecture: amd64
Multi-Arch: same
Version: 1:2.36-9
Source: base

Package: libbase
Status: install ok installed
Architecture: i386
Version: 1:2.36-9

Package: game
Status: install ok half-configured
Architecture: i386
Version: 3
Depends: posix-shell, libbase:i386

Package: init-tools
Status: hold ok installed
Architecture: all
Version: 4

Package: gone
Status: deinstall ok config-files
Architecture: amd64
Version: 1
"""
RELEASE = 'NAME="Some Linux"\nID=debian\nVERSION_ID="12"\n'
FILES: dict[str, str | bytes] = {"image/var/lib/dpkg/status": STATUS, "image/etc/os-release": RELEASE}
SHELL = "pkg:deb/debian/shell@1.0-2%2Bb1?arch=amd64&distro=debian-12&upstream=shell-src%401.0-2"
BASE = "pkg:deb/debian/libbase@1:2.36-9?arch={}&distro=debian-12"


def test_installed_packages_with_architecture_distribution_and_source() -> None:
    found = extract(EXTRACTOR, FILES)
    assert refs(found) == [
        "pkg:deb/debian/game@3?arch=i386&distro=debian-12",
        "pkg:deb/debian/init-tools@4?arch=all&distro=debian-12",
        BASE.format("amd64") + "&upstream=base",
        BASE.format("i386"),
        SHELL,
    ]
    shell = found.components[-1]
    assert (shell.description, shell.homepage, shell.locations[0].line) == ("a shell", "https://example.org/shell", 1)
    assert found.projects[0].name == "debian-12"


def test_what_is_not_fully_installed_is_said() -> None:
    assert [(issue.severity, issue.message) for issue in extract(EXTRACTOR, FILES).issues] == [
        (Severity.HINT, "game is half-configured, not fully installed"),
    ]


def test_edges_lead_to_the_installed_alternative_of_the_same_architecture() -> None:
    game = "pkg:deb/debian/game@3?arch=i386&distro=debian-12"
    assert edges(extract(EXTRACTOR, FILES)) == {
        (SHELL, BASE.format("amd64") + "&upstream=base"),
        (SHELL, "pkg:deb/debian/init-tools@4?arch=all&distro=debian-12"),
        (game, BASE.format("i386")),
        (game, SHELL),
    }


COPYRIGHT = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
License: GPL-2+

Files: *
Copyright: somebody
License: GPL-2+
 the text

Files: lib/*
License: Expat or BSD-3-clause

License: Artistic
 only the text of a licence that is named elsewhere
"""


def test_licences_come_from_machine_readable_copyright_files() -> None:
    files = FILES | {
        "image/usr/share/doc/shell/copyright": COPYRIGHT,
        "image/usr/share/doc/game/copyright": "This is free text.\n\nLicense: not a field of anything\n",
    }
    found = {component.purl.name: component for component in extract(EXTRACTOR, files).components}
    assert found["shell"].declared_licenses == ("GPL-2+", "Expat or BSD-3-clause")
    assert found["shell"].license_files == ("image/usr/share/doc/shell/copyright",)
    assert found["game"].declared_licenses == ()
    assert found["game"].license_files == ("image/usr/share/doc/game/copyright",)


def test_licences_that_hold_side_by_side_are_listed_side_by_side() -> None:
    names = ("BSL-1.0 and Odd-one", "GPL-2+ or Artistic, and Unicode", "MIT and/or ISC", "GPL-2+ and MIT or ISC", "MIT")
    text = "Format: x\n\n" + "\n\n".join(f"Files: {name}\nLicense: {name}" for name in names)
    found = extract(EXTRACTOR, FILES | {"image/usr/share/doc/shell/copyright": text})
    (shell,) = (component for component in found.components if component.purl.name == "shell")
    assert shell.declared_licenses == (
        "BSL-1.0",
        "Odd-one",
        "GPL-2+ or Artistic",
        "Unicode",
        "MIT and/or ISC",
        "GPL-2+ and MIT or ISC",
        "MIT",
    )


def test_documentation_of_packages_declares_nothing() -> None:
    files = FILES | {"image/usr/share/doc/shell/examples/requirements.txt": "stranger==1\n"}
    found = inventory((EXTRACTOR, *python.EXTRACTORS), files)
    assert not [ref for ref in refs(found) if ref.startswith("pkg:pypi/")]


def test_apt_tells_what_was_asked_for() -> None:
    marked = (("libbase", "i386"), ("init-tools", "amd64"))
    states = "\n".join(f"Package: {name}\nArchitecture: {arch}\nAuto-Installed: 1\n" for name, arch in marked)
    found = extract(EXTRACTOR, FILES | {"image/var/lib/apt/extended_states": states})
    direct = {usage.ref: usage.direct for usage in usages(found, "image/var/lib/dpkg/status").values()}
    assert direct[BASE.format("i386")] is False
    assert direct["pkg:deb/debian/init-tools@4?arch=all&distro=debian-12"] is False
    assert direct[SHELL] is True
    assert all(
        usage.direct is None for usage in usages(extract(EXTRACTOR, FILES), "image/var/lib/dpkg/status").values()
    )


def test_without_os_release_the_namespace_is_not_guessed() -> None:
    found = extract(EXTRACTOR, {"var/lib/dpkg/status": "Package: a\nStatus: install ok installed\nVersion: 1\n"})
    assert refs(found) == ["pkg:deb/a@1"]
    assert "distribution" in found.issues[0].message


def test_status_d_is_one_system_with_edges_between_its_files() -> None:
    files: dict[str, str | bytes] = {
        "var/lib/dpkg/status.d/base": "Package: base\nArchitecture: amd64\nVersion: 1\n",
        "var/lib/dpkg/status.d/base.md5sums": "00  usr/x\n",
        "var/lib/dpkg/status.d/tool": "Package: tool\nArchitecture: amd64\nVersion: 2\nDepends: base\n",
        "usr/lib/os-release": RELEASE,
    }
    found = inventory(linux.EXTRACTORS, files)
    assert [project.id for project in found.projects] == ["var/lib/dpkg/status.d"]
    base, tool = (f"pkg:deb/debian/{name}?arch=amd64&distro=debian-12" for name in ("base@1", "tool@2"))
    assert (refs(found), edges(found)) == ([base, tool], {(tool, base)})
    assert found.components[1].locations[0].path == "var/lib/dpkg/status.d/tool"
    assert found.issues == ()


def test_a_stanza_without_version_and_a_stray_line_are_issues() -> None:
    found = extract(
        EXTRACTOR,
        FILES | {"image/var/lib/dpkg/status": "what\nPackage: a\n\nPackage: b\nVersion: 1\n"},
        "image/var/lib/dpkg/status",
    )
    assert [component.purl.name for component in found.components] == ["b"]
    assert [issue.line for issue in found.issues] == [1, 1]


@given(st.binary(max_size=200), st.binary(max_size=100))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes, other: bytes) -> None:
    survives(EXTRACTOR, {"var/lib/dpkg/status": data, "etc/os-release": other})
    survives(EXTRACTOR, {"var/lib/dpkg/status.d/a": data, "var/lib/dpkg/status.d/b": other})


@given(st.text(max_size=10), st.text(alphabet="ab|,:([)] >=1\n", max_size=40), st.text(max_size=60))
def test_any_fields_give_an_extraction(name: str, relations: str, text: str) -> None:
    status = f"Package: {name}\nVersion: {text}\nSource: {text}\nDepends: {relations}\nProvides: {relations}\n\n"
    files: dict[str, str | bytes] = {
        "var/lib/dpkg/status": status + "Package: a\nVersion: 1\nDepends: b",
        "etc/os-release": f"ID={text}\nVERSION_ID={name}",
        "usr/share/doc/a/copyright": f"Format: x\nLicense: {text}\n{text}",
        "var/lib/apt/extended_states": f"Package: a\n{text}\nAuto-Installed: 1",
    }
    survives(EXTRACTOR, files)
