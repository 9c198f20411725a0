# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether Paddock finds the vulnerabilities that others find, on the same data.

    ./dev bench advisory_agreement [--data DIR] [--osv-scanner PROGRAM] [--pip-audit PROGRAM] [--names] [--runs 3]

- Recorded answers: what osv.dev answered to osv-scanner's own tests (`fixtures/osv-scanner-source-e2e.tar.xz`). Of
  each answer those advisories count that the data have (`osv/*/all.zip`).
- Expected reports: the tables of the same tests, each line asked for by package and version, and each file audited.
- grype's fixtures: what its reports and the advisories of its feeds say about versions.
- Labels: what people said about findings of another tool (`detection/vulnerability-match-labels.tar.xz`), where the
  data have the vulnerability and a package of that name. Labels name no ecosystem: every package of the name is asked.
- With `--osv-scanner`: the projects of the data (`projects/*.manifests.tar.xz`) and a made-up bill of materials of
  10,000 packages, both programs on the same files and the same advisories without network, as whole processes one after
  the other; and once more the projects with npm packages with 200,000 made-up advisories beside the real ones, as many
  as npm's dump has.
- With `--pip-audit`: the requirements that projects of the data have locked, and a made-up list, both programs on the
  same advisories.

Differences are counted by their reasons (advisory_agreement.toml); each is printed with `--names`, and one without a
reason always.
"""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.advisory_agreement.grype import grype_fixtures
from benchmarks.advisory_agreement.labels import labels
from benchmarks.advisory_agreement.osv_recordings import recorded_answers, snapshots
from benchmarks.advisory_agreement.osv_scanner import beside_osv_scanner
from benchmarks.advisory_agreement.pip_audit import beside_pip_audit
from paddock.engine.advisor.database import AdvisoryDatabase
from paddock.engine.pipeline.advisories.files import import_files

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def main() -> int:
    """Every comparison that the data allow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--osv-scanner", type=Path)
    parser.add_argument("--pip-audit", type=Path)
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    archives = sorted((options.data / "osv").glob("*/all.zip"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "advisories.db")
        import_files(path, archives, now=datetime.now(UTC))
        with AdvisoryDatabase(path) as database:
            newest = max((one.modified for one in database.data().sources if one.modified), default=None)
            print(f"{database.data().records:,} advisories, the newest of {newest:%Y-%m-%d}")
            recorded_answers(database, options.data, names=options.names)
            snapshots(database, options.data, names=options.names)
            grype_fixtures(database, options.data, names=options.names)
            labels(database, options.data, names=options.names)
        if options.osv_scanner:
            beside_osv_scanner(options, Path(folder))
        if options.pip_audit:
            beside_pip_audit(options, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
