# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The file of the advisory database: SQLite (https://www.sqlite.org/fileformat.html), written once and then only read.

record    one advisory: its family (all records that are one vulnerability), digest and facts
family    the vulnerability that the records of a family are, made ready
raw       the advisory as it was published, packed
holds     which sources contain which records; a record that no source contains any more goes
alias     every name that ties records together
package   "ecosystem:name" -> number
affected  (package, record) -> entries, see entries.py: what lookups read
kev, epss, fact   what catalogues say, by CVE
source    where the data came from, and the marks with which to ask for what is new
meta      single facts about the database

A reader opens the file as immutable, so it must never be changed in place: a change is made to a copy, which then takes
the file's name in one step.
"""

import hashlib
import zlib
from functools import cache

from paddock.engine.versions.order import ORDERS

APPLICATION_ID = 0x50444B41
"""Marks the file as Paddock's advisory database ("PDKA"), at byte 68 of the file."""
FORMAT = 1
"""Raised when the tables change; an older database has to be built anew."""
_SAMPLES = ("0", "1", "1.0", "1.2.3", "1:2.0-3", "1.10rc1", "1.0.0-alpha.1+build.5", "2.0~beta", "v3.0.0-20200101", "a")


@cache
def fingerprint_of_orders() -> str:
    """A digest that changes with the sort keys of versions: a database keeps keys, and older ones compare wrongly."""
    digest = hashlib.blake2b(digest_size=8)
    for name, order in sorted(ORDERS.items()):
        digest.update(name.encode())
        for version in _SAMPLES:
            digest.update(order.key(version) + b"\xff")
    return digest.hexdigest()


TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, mark TEXT NOT NULL DEFAULT '',
  records INTEGER NOT NULL DEFAULT 0, modified TEXT, fetched TEXT
);
CREATE TABLE record (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, family INTEGER NOT NULL, modified TEXT NOT NULL,
  digest INTEGER NOT NULL, facts BLOB NOT NULL
);
CREATE TABLE family (id INTEGER PRIMARY KEY, vulnerability BLOB NOT NULL);
CREATE TABLE raw (record INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE holds (source INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (source, record)) WITHOUT ROWID;
CREATE TABLE alias (name TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (name, record)) WITHOUT ROWID;
CREATE TABLE package (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE affected (
  package INTEGER NOT NULL, record INTEGER NOT NULL, entries BLOB NOT NULL, PRIMARY KEY (package, record)
) WITHOUT ROWID;
CREATE TABLE kev (cve TEXT PRIMARY KEY, entry BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE epss (cve TEXT PRIMARY KEY, probability REAL NOT NULL, percentile REAL) WITHOUT ROWID;
CREATE TABLE fact (cve TEXT NOT NULL, source INTEGER NOT NULL, facts BLOB NOT NULL, PRIMARY KEY (cve, source))
  WITHOUT ROWID;
CREATE INDEX record_family ON record (family);
CREATE INDEX record_digest ON record (digest);
CREATE INDEX holds_record ON holds (record);
CREATE INDEX affected_record ON affected (record);
"""

DICTIONARY = (
    b'"database_specific":{"converted_from":"cwe_ids":["CWE-79","CWE-20","CWE-400"],"github_reviewed":true,'
    b'"nvd_published_at":"last_known_affected_version_range":"<= ","severity":"MODERATE","HIGH","CRITICAL","LOW"'
    b'"ecosystem_specific":{"imports":[{"path":"github.com/","symbols":["urgency":"not yet assigned"'
    b'"credits":[{"name":"contact":["https://github.com/","type":"REPORTER"}]'
    b'"references":[{"type":"ADVISORY","url":"https://nvd.nist.gov/vuln/detail/CVE-20"},{"type":"PACKAGE","url":"'
    b'"},{"type":"WEB","url":"https://github.com/"},{"type":"FIX","url":"/commit/"},{"type":"REPORT","url":"/issues/'
    b"/security/advisories/GHSA-/pull//releases/tag/v/blob/master/advisories/https://www.debian.org/security/"
    b"A vulnerability allows remote attackers to execute arbitrary code via a crafted request. The issue has been "
    b"fixed in version. Users are advised to upgrade. There are no known workarounds for this vulnerability. "
    b"### Impact\\n\\n### Patches\\n\\n### Workarounds\\n\\n### References\\n\\n denial of service cross-site "
    b'"severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],"CVSS:4.0/AV:N/AC:L/AT:N'
    b'/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N","withdrawn":"published":"2024-","modified":"2025-T00:00:00Z",'
    b'"versions":["0.1.0","1.0.0","1.0.1","2.0.0"],"affected":[{"package":{"ecosystem":"crates.io","PyPI","npm","Maven",'
    b'"Go","name":"","purl":"pkg:npm/pypi/maven/golang/"},"ranges":[{"type":"ECOSYSTEM","SEMVER","GIT","repo":"https://'
    b'github.com/","events":[{"introduced":"0"},{"fixed":"1.0.0"},{"last_affected":"'
    b'{"schema_version":"1.7.0","id":"GHSA-","aliases":["CVE-2023-","related":[],"upstream":[],"summary":"","details":"'
)
"""Texts that most records share: zlib packs small records half as large with it. Part of the format."""


def pack_raw(data: bytes) -> bytes:
    """A record as it was published, packed (zlib with DICTIONARY)."""
    packer = zlib.compressobj(6, zdict=DICTIONARY)
    return packer.compress(data) + packer.flush()


def unpack_raw(data: bytes) -> bytes:
    """What `pack_raw` packed. Raises zlib.error."""
    unpacker = zlib.decompressobj(zdict=DICTIONARY)
    return unpacker.decompress(data) + unpacker.flush()
