# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Scanning a tree: REUSE information, whose files are whose, and the four answers about each component."""

from paddock.engine.downloader.tree import MemoryTree
from paddock.engine.model.component import Component, Location
from paddock.engine.model.inventory import Inventory, Origin, Project, Usage
from paddock.engine.model.issue import Severity
from paddock.engine.model.licensing import ComponentLicense, ScanFindings
from paddock.engine.model.purl import make_purl
from paddock.engine.policy.configuration import Configuration, Curation, FindingCuration
from paddock.engine.policy.pattern import parse_pattern
from paddock.engine.scanner.scan import scan

# REUSE-IgnoreStart
MIT = "// SPDX-License-Identifier: MIT\n"


def run(files: dict[str, str | bytes], inventory: Inventory | None = None) -> ScanFindings:
    tree = MemoryTree({path: text.encode() if isinstance(text, str) else text for path, text in files.items()})
    return scan(list(tree.files()), inventory or Inventory())


def found(result: ScanFindings) -> dict[str, list[str]]:
    return {
        file.path: [match.license_expression_spdx for match in file.findings.licenses]
        for file in result.files
        if file.findings.licenses
    }


def toml(path: str, license: str, precedence: str = "closest") -> str:
    return (
        f'version = 1\n[[annotations]]\npath = "{path}"\nprecedence = "{precedence}"\n'
        f'SPDX-License-Identifier = "{license}"\nSPDX-FileCopyrightText = "2020 A"\n'
    )


def test_reuse_toml_speaks_for_files_without_tags() -> None:
    result = run(
        {"REUSE.toml": toml("data/**", "CC0-1.0"), "data/a/b.bin": b"\0", "data/x.c": MIT, "src/y.c": "int y;"}
    )
    assert found(result) == {"data/a/b.bin": ["CC0-1.0"], "data/x.c": ["MIT"]}


def test_precedence_says_whether_the_file_or_the_table_wins() -> None:
    files = {"x.c": MIT}
    assert found(run({"REUSE.toml": toml("*.c", "CC0-1.0", "override"), **files})) == {"x.c": ["CC0-1.0"]}
    assert found(run({"REUSE.toml": toml("*.c", "CC0-1.0", "aggregate"), **files})) == {"x.c": ["CC0-1.0", "MIT"]}
    assert found(run({"REUSE.toml": toml("*.c", "CC0-1.0"), **files})) == {"x.c": ["MIT"]}


def test_one_star_stays_in_its_folder() -> None:
    result = run({"REUSE.toml": toml("*.txt", "CC0-1.0"), "a.txt": "a", "deep/b.txt": "b"})
    assert found(result) == {"a.txt": ["CC0-1.0"]}


def test_the_closest_reuse_toml_decides() -> None:
    files = {"REUSE.toml": toml("**", "MIT"), "sub/REUSE.toml": toml("**", "ISC"), "sub/a.txt": "", "b.txt": ""}
    result = found(run(files))
    assert (result["sub/a.txt"], result["b.txt"]) == (["ISC"], ["MIT"])


def test_dep5_and_sidecars_are_honoured() -> None:
    dep5 = "Format: x\n\nFiles: img/*\nCopyright: 2020 A\nLicense: CC-BY-4.0\n"
    result = run({".reuse/dep5": dep5, "img/deep/a.png": b"\x89PNG", "b.png": b"\x89PNG", "b.png.license": MIT})
    assert found(result) == {"img/deep/a.png": ["CC-BY-4.0"], "b.png": ["MIT"]}


def test_a_broken_reuse_toml_is_an_issue_and_the_rest_is_scanned() -> None:
    result = run({"REUSE.toml": "version = 9", "x.c": MIT})
    assert found(result) == {"x.c": ["MIT"]}
    assert [(issue.path, issue.severity) for issue in result.issues] == [("REUSE.toml", Severity.WARNING)]


def test_a_tag_that_cannot_be_read_is_an_issue() -> None:
    result = run({"x.c": "// SPDX-License-Identifier: whatever you like\n"})
    assert "whatever you like" in result.issues[0].message


def test_binary_files_and_license_texts_are_passed_over_and_the_far_end_of_a_file_is_not() -> None:
    result = run({"a.bin": b"\0" + MIT.encode(), "LICENSES/MIT.txt": MIT, "large.c": b" " * 2_000_000 + MIT.encode()})
    assert found(result) == {"large.c": ["MIT"]}
    assert result.files_scanned == 3


def test_each_kind_of_file_that_is_not_looked_into_is_one_hint() -> None:
    files = {"a.bin": b"\0", "b.bin": b"\0", "c.pdf": b"%PDF-1.7 " + MIT.encode(), "d.png": b"\x89PNG", "x.c": MIT}
    result = run(files)
    assert [(issue.severity, issue.path, issue.message) for issue in result.issues] == [
        (Severity.HINT, "", "PDF documents were not searched for licences: 1 file"),
        (Severity.HINT, "", "other binary files were not searched for licences: 2 files"),
        (Severity.HINT, "", "pictures were not searched for licences: 1 file"),
    ]


def component(name: str, *licenses: str, path: str = "", concluded: str = "", type: str = "npm") -> Component:
    places = (Location(path),) if path else ()
    return Component(
        purl=make_purl(type, name, "1"), declared_licenses=licenses, concluded_license=concluded, locations=places
    )


def facts(result: ScanFindings) -> dict[str, ComponentLicense]:
    return {fact.ref: fact for fact in result.components}


def test_declared_detected_and_concluded_are_kept_apart() -> None:
    installed = component("a", "Apache License, Version 2.0", path="node_modules/a/package.json")
    project = Project(id="node_modules", origin=Origin.INSTALLED, usages=(Usage(installed.ref),))
    inventory = Inventory(components=(installed,), projects=(project,))
    fact = facts(run({"node_modules/a/package.json": "{}", "node_modules/a/lib/x.js": MIT}, inventory))[installed.ref]
    assert (fact.declared, fact.detected, fact.concluded) == ("Apache-2.0", "MIT", "")
    assert (fact.effective, fact.basis) == ("Apache-2.0 AND MIT", "declared AND detected")


def test_a_conclusion_decides_and_a_curation_beats_a_document() -> None:
    one = component("a", "MIT", concluded="ISC")
    inventory = Inventory(components=(one,))
    assert facts(run({}, inventory))[one.ref].effective == "ISC"
    curation = Curation(pattern=parse_pattern("pkg:npm/a"), concluded_license="BSD-3-Clause")
    corrected = scan([], inventory, configuration=Configuration(curations=(curation,)))
    assert (facts(corrected)[one.ref].effective, facts(corrected)[one.ref].basis) == ("BSD-3-Clause", "concluded")


def test_noassertion_is_no_answer() -> None:
    one = component("a", concluded="NOASSERTION")
    assert facts(run({}, Inventory(components=(one,))))[one.ref].effective == ""


def test_what_no_table_knows_is_kept_word_for_word() -> None:
    one = component("a", "The Very Own Licence of A")
    fact = facts(run({}, Inventory(components=(one,))))[one.ref]
    assert (fact.declared, fact.unmapped) == ("", ("The Very Own Licence of A",))


def test_a_mapping_of_a_curation_is_used() -> None:
    one = component("a", "Own Licence")
    curation = Curation(pattern=parse_pattern("pkg:npm/*"), declared_license_mapping={"Own Licence": "MIT"})
    result = scan([], Inventory(components=(one,)), configuration=Configuration(curations=(curation,)))
    assert facts(result)[one.ref].effective == "MIT"


def test_findings_are_corrected_before_anything_rests_on_them() -> None:
    tree = MemoryTree({"a/x.c": MIT.encode(), "b/y.c": MIT.encode(), "c/z.c": MIT.encode()})
    curations = (
        FindingCuration(path="a/**", detected_license="MIT", concluded_license="NONE"),
        FindingCuration(path="b/**", concluded_license="ISC", start_lines=(1,)),
        FindingCuration(path="c/**", concluded_license="ISC", start_lines=(7,)),
    )
    result = scan(list(tree.files()), Inventory(), configuration=Configuration(finding_curations=curations))
    assert found(result) == {"b/y.c": ["ISC"], "c/z.c": ["MIT"]}


def test_tags_of_a_project_are_its_detected_licenses() -> None:
    project = Project(id="app/package.json", origin=Origin.DECLARED, declared_licenses=("MIT",))
    other = Project(id="package.json", origin=Origin.DECLARED)
    files = {"app/package.json": "{}", "app/x.js": "// SPDX-License-Identifier: ISC\n", "y.js": MIT}
    result = facts(run(files, Inventory(projects=(project, other))))
    assert (result["app/package.json"].detected, result["package.json"].detected) == ("ISC", "MIT")


def test_vendored_packages_own_their_folders() -> None:
    module = component("testify", path="vendor/modules.txt", type="golang")
    bundle = component("log", path="app/vendor/composer/installed.json", type="composer")
    files = {"vendor/testify/a/x.go": MIT, "app/vendor/log/y.php": "// SPDX-License-Identifier: ISC\n"}
    result = facts(run(files, Inventory(components=(bundle, module))))
    assert (result[module.ref].detected, result[bundle.ref].detected) == ("MIT", "ISC")


def test_files_that_a_record_lists_and_vendored_crates_belong_to_their_packages() -> None:
    site = ".venv/lib/site-packages"
    one = component("pil_low", path=f"{site}/pil_low-1.dist-info/METADATA", type="pypi")
    two = component("k", path="vendor/k/.cargo-checksum.json", type="cargo")
    own = Project(id="pyproject.toml", origin=Origin.DECLARED)
    files: dict[str, str | bytes] = {
        f"{site}/pil_low-1.dist-info/RECORD": 'PIL/x.py,sha256=a,1\n"../../bin/p,q",,\n/abs,,\n',
        f"{site}/PIL/x.py": "# SPDX-License-Identifier: ISC\n",
        f"{site}/stray.py": "# SPDX-License-Identifier: GPL-3.0-only\n",
        ".venv/bin/p,q": "# SPDX-License-Identifier: 0BSD\n",
        "vendor/k/src/lib.rs": MIT,
    }
    result = facts(run(files, Inventory(components=(two, one), projects=(own,))))
    assert result[one.ref].detected == "0BSD AND ISC"
    assert result[two.ref].detected == "MIT"
    assert result["pyproject.toml"].detected == ""


def test_a_manifest_of_installed_packages_owns_its_folder_and_a_program_does_not() -> None:
    app = Project(id="app/package.json", origin=Origin.INSTALLED, purl=make_purl("npm", "app", "1"))
    program = Project(id="bin/tool", origin=Origin.INSTALLED)
    result = facts(
        run({"app/x.js": MIT, "bin/script": "# SPDX-License-Identifier: ISC\n"}, Inventory(projects=(app, program)))
    )
    assert (result["app/package.json"].detected, result["bin/tool"].detected) == ("MIT", "")


def test_files_that_belong_to_no_project_are_kept_as_those_of_the_tree() -> None:
    own = Project(id="app/package.json", origin=Origin.DECLARED)
    files = {"app/x.js": MIT, "native/x.c": "// SPDX-License-Identifier: GPL-2.0-only\n"}

    result = facts(run(files, Inventory(projects=(own,))))

    assert (result[""].detected, result[""].effective, result[""].declared) == ("GPL-2.0-only", "GPL-2.0-only", "")
    assert "" not in facts(run({"app/x.js": MIT}, Inventory(projects=(own,))))


def test_files_of_an_installed_system_are_nobodys_because_its_packages_own_them() -> None:
    files = {"usr/include/x.h": "// SPDX-License-Identifier: GPL-2.0-only\n"}

    assert "" not in facts(run(files, Inventory(components=(component("libc", type="deb"),))))


def test_a_hostile_reuse_pattern_comes_to_an_end() -> None:
    name = "a" * 200
    result = run({"REUSE.toml": toml("**a" * 40 + "b", "MIT"), f"{name}/{name}/{name}.txt": ""})
    assert found(result) == {}


def test_license_files_of_components_are_collected_for_the_notice() -> None:
    one = Component(purl=make_purl("npm", "a", "1"), license_files=("node_modules/a/LICENSE", "gone"))
    result = run({"node_modules/a/LICENSE": b"Copyright 2020 \xe9"}, Inventory(components=(one,)))
    assert [(text.path, text.text) for text in result.texts] == [("node_modules/a/LICENSE", "Copyright 2020 \ufffd")]


def test_components_carry_the_copyrights_of_their_own_files_each_holder_once() -> None:
    files = {
        "node_modules/a/index.js": "/* Copyright (c) 2019 Ada Byron */",
        "node_modules/a/lib/x.js": "// Copyright © 2020-2021 ADA BYRON. All rights reserved.",
        "app/x.js": "// Copyright 2022 Bob Byron",
        "node_modules/a/package.json": "{}",
    }
    one = component("a", path="node_modules/a/package.json")
    own = Project(id="app/package.json", origin=Origin.DECLARED)

    result = facts(run(files, Inventory(components=(one,), projects=(own,))))

    assert result[one.ref].copyrights == ("Copyright (c) 2019-2021 Ada Byron",)
    assert result["app/package.json"].copyrights == ("Copyright 2022 Bob Byron",)


# REUSE-IgnoreEnd
