# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""VEX documents that another scanner filters by, where they are present: the same findings are settled."""

import tarfile
from pathlib import Path

import pytest

from paddock.engine.formats.vex import read_vex
from paddock.engine.model.purl import parse_purl
from paddock.engine.vex.apply import NamedDocument, Subject, apply
from paddock.engine.vex.statement import Status

ALPINE = "pkg:oci/alpine@sha256:124c7d2707904eea7431fffe91522a01e5a861a624ee31d03372cc1d138a3126"
OTHER = "pkg:oci/alpine@sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
DEBIAN = "pkg:oci/debian@sha256:124c7d2707904eea7431fffe91522a01e5a861a624ee31d03372cc1d138a3126"
CRYPTO = "pkg:apk/alpine/libcrypto3@3.0.8-r3?arch=x86_64&upstream=openssl&distro=alpine-3.17.3"
VNC = "pkg:apk/alpine/libvncserver@0.9.9?arch=x86_64&distro=alpine-3.12.0"
DOCUMENTS, INTEGRATION = "grype/vex/testdata/vex-docs/", "test/integration/testdata/vex/"
FIXED, NOT_AFFECTED = Status.FIXED, Status.NOT_AFFECTED
AFFECTED, INVESTIGATED = Status.AFFECTED, Status.UNDER_INVESTIGATION

CASES = [
    ("openvex-demo1.json", "CVE-2023-1255", CRYPTO, ALPINE, FIXED),
    ("openvex-demo1.json", "CVE-2023-1255", CRYPTO, DEBIAN, None),
    ("openvex-demo1.json", "CVE-2023-9999", CRYPTO, ALPINE, None),
    ("openvex-demo1.json", "CVE-2023-1255", "pkg:apk/alpine/musl@1.2.3-r4", ALPINE, None),
    ("openvex-demo2.json", "CVE-2023-3446", CRYPTO, ALPINE, NOT_AFFECTED),
    ("openvex-demo2.json", "CVE-2023-2975", CRYPTO, ALPINE, FIXED),
    ("openvex-image-no-subcomponents.json", "CVE-2023-1255", CRYPTO, ALPINE, FIXED),
    ("openvex-image-no-subcomponents.json", "CVE-2023-1255", CRYPTO, DEBIAN, None),
    ("openvex-package-product.json", "CVE-2023-1255", CRYPTO, ALPINE, FIXED),
    ("openvex-debian.json", "CVE-2014-fake-1", "pkg:deb/debian/dpkg@1.20", DEBIAN, FIXED),
    ("csaf-demo1.json", "CVE-2023-1255", CRYPTO, ALPINE, FIXED),
    ("csaf-demo1.json", "CVE-2023-1255", "pkg:apk/alpine/libcrypto3@3.0.8-r4", ALPINE, None),
    ("csaf-demo2.json", "CVE-2023-3817", CRYPTO, ALPINE, NOT_AFFECTED),
    ("openvex/affected.openvex.json", "CVE-2024-0000", VNC, OTHER, AFFECTED),
    ("openvex/under_investigation.openvex.json", "CVE-2024-0000", VNC, OTHER, INVESTIGATED),
    ("csaf/affected.csaf.json", "CVE-2024-0000", VNC, ALPINE, AFFECTED),
    ("csaf/under_investigation.csaf.json", "CVE-2024-0000", VNC, ALPINE, INVESTIGATED),
]


@pytest.fixture(scope="module")
def files(shared_data: Path) -> dict[str, bytes]:
    archive = shared_data / "fixtures" / "grype-fixtures.tar.xz"
    if not archive.is_file():
        pytest.skip(f"the documents are not present at {archive}")
    with tarfile.open(archive) as tar:
        found = {}
        for member in tar:
            stream = tar.extractfile(member) if member.isfile() and "/vex" in member.name else None
            if stream is not None:
                found[member.name.removesuffix(".bin")] = stream.read()
    return found


@pytest.mark.parametrize(("name", "vulnerability", "component", "product", "status"), CASES)
def test_the_same_is_settled(name, vulnerability, component, product, status, files: dict[str, bytes]) -> None:
    data = next(data for path, data in files.items() if path.endswith((DOCUMENTS + name, INTEGRATION + name)))
    subject = Subject(ids=(vulnerability,), component=parse_purl(component), products=(parse_purl(product),))
    decision = apply([subject], [NamedDocument(name, read_vex(data))]).decisions[0]
    assert (decision and decision.statement.status) is status
