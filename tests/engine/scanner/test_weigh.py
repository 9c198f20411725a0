# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Which part a file plays in a package, and what the files together say about the package's licence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.model.licensing import FileFindings, LicenseFindings, LicenseMatch
from paddock.engine.scanner.weigh import FileRole, classify, is_legal_text, weigh
from paddock.engine.spdx.parse import ids_in, is_expression


def findings(**files: str) -> list[FileFindings]:
    """Findings by path ("__" stands for "/", "_" at the end for nothing) and expression."""
    return [found(path.replace("__", "/"), text) for path, text in files.items()]


def found(path: str, *expressions: str) -> FileFindings:
    matches = tuple(
        LicenseMatch(start_line=line, end_line=line, license_expression_spdx=text)
        for line, text in enumerate(expressions, start=1)
    )
    return FileFindings(path=path, findings=LicenseFindings(licenses=matches))


ROLES = {
    FileRole.LEGAL: [
        "LICENSE", "LICENCE.md", "license.txt", "COPYING", "COPYING.LESSER", "NOTICE", "LICENSE-MIT", "LICENSE.APACHE2",
        "MIT-LICENSE", "UNLICENSE", "PATENTS", "copyright", "debian/copyright", "LICENSES/MIT.txt",
        "META-INF/LICENSE.txt",
        "META-INF/NOTICE", "x-1.0.dist-info/LICENSE", "x-1.0.dist-info/licenses/LICENSES/MIT.txt",
        "ThirdPartyNotices.txt",
        "THIRD-PARTY-NOTICES",
    ],
    FileRole.README: ["README", "README.md", "readme.rst"],
    FileRole.MANIFEST: [
        "package.json", "PKG-INFO", "x-1.0.dist-info/METADATA", "Cargo.toml", "a.gemspec", "A.nuspec", "composer.json",
        "META-INF/MANIFEST.MF",
    ],
    FileRole.SOURCE: [
        "a.c", "src/license.py", "lib/LICENSE", "licensing/check.go", "org/example/test/Lib.java", "contest.py",
        "latest.js",
        "LICENSE.json", "org/a/b/c/docs/X.java",
    ],
    FileRole.VENDORED: ["vendor/x/LICENSE", "third_party/zlib/zlib.h", "pip/_vendor/six.py", "node_modules/a/x.js"],
    FileRole.TEST: [
        "tests/test_a.py", "src/test/java/A.java", "a_test.go", "x.spec.ts", "lib/a.test.js", "pkg/tests/x.py",
        "FooTest.java",
        "test_all.py",
    ],
    FileRole.DOCUMENTATION: ["docs/conf.py", "examples/a.c", "x/demo/b.js"],
}  # fmt: skip


@pytest.mark.parametrize(("role", "path"), [(role, path) for role, paths in ROLES.items() for path in paths])
def test_the_part_that_a_file_plays(role: FileRole, path: str) -> None:
    assert classify(path) is role


def test_licence_texts_are_known_wherever_they_lie() -> None:
    assert is_legal_text("a/b/LICENSE.txt")
    assert not is_legal_text("a/LICENSE/b.c")
    assert not is_legal_text("license.py")


def test_key_files_decide_and_sources_add_what_they_do_not_say() -> None:
    assert weigh(findings(LICENSE="MIT", a="MIT")) == "MIT"
    assert weigh(findings(LICENSE="MIT", lib__zlib="Zlib")) == "MIT AND Zlib"
    assert weigh(findings(a="GPL-2.0-only", b="MIT")) == "GPL-2.0-only AND MIT"


def test_what_is_vendored_is_shipped_and_counts() -> None:
    assert weigh(findings(LICENSE="MIT", vendor__x__LICENSE="BSD-3-Clause")) == "BSD-3-Clause AND MIT"


def test_tests_and_samples_do_not_raise_the_licence() -> None:
    aside = findings(tests__gpl="GPL-3.0-only", docs__a="CC-BY-SA-4.0", examples__b="GPL-2.0-only")
    assert weigh([*findings(LICENSE="MIT"), *aside]) == "MIT"
    assert weigh(aside) == ""


def test_texts_of_what_may_be_chosen_add_nothing_to_the_choice() -> None:
    texts = [found("LICENSE-MIT", "MIT"), found("LICENSE-APACHE", "Apache-2.0")]
    assert weigh(texts) == "Apache-2.0 AND MIT"
    assert weigh(texts, stated="MIT OR Apache-2.0") == "MIT OR Apache-2.0"
    assert weigh([*texts, found("README.md", "MIT OR Apache-2.0")]) == "MIT OR Apache-2.0"
    assert weigh([*texts, found("src/a.rs", "MIT")], stated="MIT OR Apache-2.0") == "MIT OR Apache-2.0"
    assert weigh([*texts, found("NOTICE", "BSD-3-Clause")], stated="MIT OR Apache-2.0") == "BSD-3-Clause"


def test_a_choice_in_a_source_file_is_no_choice_for_the_package() -> None:
    files = [found("LICENSE", "GPL-2.0-only"), found("a.c", "GPL-2.0-only OR MIT")]
    assert weigh(files) == "GPL-2.0-only"


def test_what_is_stated_is_not_what_was_found() -> None:
    assert weigh([], stated="MIT OR Apache-2.0") == ""
    assert weigh(findings(tests__a="MIT"), stated="MIT OR Apache-2.0") == ""
    assert weigh(findings(LICENSE="ISC"), stated="not an expression (") == "ISC"


LICENSES = st.sampled_from(["MIT", "Apache-2.0", "GPL-2.0-only", "MIT OR Apache-2.0", "Zlib AND MIT", "nonsense ("])
PATHS = st.sampled_from([path for paths in ROLES.values() for path in paths])
FINDINGS = st.lists(
    st.builds(lambda path, texts: found(path, *texts), PATHS, st.lists(LICENSES, max_size=3)), max_size=8
)


@given(FINDINGS, st.sampled_from(["", "MIT", "MIT OR Apache-2.0"]))
def test_the_answer_is_an_expression_of_what_was_found(files: list[FileFindings], stated: str) -> None:
    answer = weigh(files, stated=stated)
    assert answer == "" or is_expression(answer)
    assert weigh(list(reversed(files)), stated=stated) == answer
    seen = {one for file in files for match in file.findings.licenses for one in _ids(match.license_expression_spdx)}
    if answer:
        assert set(ids_in(answer)) <= seen | set(_ids(stated))
    for file in files:
        if classify(file.path) in (FileRole.SOURCE, FileRole.VENDORED):
            covered = set(ids_in(answer)) if answer else set()
            told = {one for match in file.findings.licenses for one in _ids(match.license_expression_spdx)}
            choices = set(_ids(stated)) if " OR " in stated else set()
            assert told <= covered | choices or " OR " in " ".join(
                match.license_expression_spdx for one in files for match in one.findings.licenses
            )


def _ids(text: str) -> tuple[str, ...]:
    return ids_in(text) if text and is_expression(text) else ()
