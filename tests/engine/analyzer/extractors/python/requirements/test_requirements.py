# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Requirements files: lines, includes, constraints, hashes, via comments."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors import python
from paddock.engine.analyzer.extractors.python.requirements import EXTRACTOR
from paddock.engine.model.component import Hash, Location
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import edges, extract, folder, inventory, refs, survives, usages

DATA = Path(__file__).parent / "data"
HASH = "ab" * 32


def test_a_compiled_file_is_a_lock_with_edges_and_hashes() -> None:
    found = extract(EXTRACTOR, folder(DATA / "compiled"), "requirements.txt")
    project = found.projects[0]
    assert project.origin is Origin.LOCKED
    used = usages(found, "requirements.txt")
    assert (used["pkg:pypi/flask@2.3.2"].direct, used["pkg:pypi/flask@2.3.2"].scope) == (True, Scope.RUNTIME)
    assert used["pkg:pypi/markupsafe@2.1.3"].direct is False
    assert used["pkg:pypi/gunicorn@21.2.0"].direct is True
    assert edges(found) == {
        ("pkg:pypi/flask@2.3.2", "pkg:pypi/jinja2@3.1.2"),
        ("pkg:pypi/jinja2@3.1.2", "pkg:pypi/markupsafe@2.1.3"),
        ("pkg:pypi/flask@2.3.2", "pkg:pypi/markupsafe@2.1.3"),
    }
    flask = found.components[0]
    assert flask.hashes == (Hash("sha256", "12" * 32), Hash("sha256", "34" * 32))
    assert flask.locations == (Location("requirements.txt", 7),)
    assert found.issues == ()


def test_a_compiled_file_takes_the_place_of_its_input() -> None:
    files = {**folder(DATA / "compiled"), "requirements.in": "Flask>=2\n"}
    found = inventory(python.EXTRACTORS, files)
    assert [project.id for project in found.projects] == ["requirements.txt"]
    assert usages(found, "requirements.txt")["pkg:pypi/flask@2.3.2"].requirement == ">=2"
    assert found.issues == ()


def test_inputs_of_another_purpose_and_locks_are_not_covered() -> None:
    files: dict[str, str | bytes] = {
        "dev.txt": "",
        "requirements/dev.txt": "a==1  # via -r requirements/base.in, -r requirements/lock.txt\n",
        "requirements/base.in": "a\n",
        "requirements/lock.txt": "a==1  # via b\nb==1  # via -r x.in\n",
    }
    assert extract(EXTRACTOR, files, "requirements/dev.txt").covers == frozenset()


def test_inline_via_comments_of_older_versions() -> None:
    text = "a==1  # via -r x.in, b\nb==2  # via -r x.in\nc==3  # via a, b\nd==4\n"
    found = extract(EXTRACTOR, {"requirements.txt": text})
    used = usages(found, "requirements.txt")
    assert [used[f"pkg:pypi/{name}"].direct for name in ("a@1", "b@2", "c@3", "d@4")] == [True, True, False, None]
    assert ("pkg:pypi/b@2", "pkg:pypi/c@3") in edges(found)


def test_unpinned_requirements_are_counted_and_told_how_to_pin() -> None:
    found = extract(EXTRACTOR, {"requirements.txt": "a>=1\nb==2.*\nc==3\n"})
    assert refs(found) == ["pkg:pypi/a", "pkg:pypi/b", "pkg:pypi/c@3"]
    assert found.projects[0].origin is Origin.DECLARED
    assert usages(found, "requirements.txt")["pkg:pypi/a"].requirement == ">=1"
    assert [issue.severity for issue in found.issues] == [Severity.WARNING]
    assert found.issues[0].message.startswith("2 of 3 requirements")


def test_pins_without_a_resolver_leave_the_rest_untold() -> None:
    found = extract(EXTRACTOR, {"requirements.txt": "a==1\n"})
    assert (found.projects[0].origin, found.issues[0].severity) == (Origin.DECLARED, Severity.HINT)


def test_includes_keep_the_scope_of_their_own_file_and_loops_end() -> None:
    files: dict[str, str | bytes] = {
        "requirements-dev.txt": "-r requirements.txt\npytest==7.0\n",
        "requirements.txt": "--requirement=requirements-dev.txt\na==1\n",
    }
    found = extract(EXTRACTOR, files)
    used = usages(found, "requirements-dev.txt")
    assert (used["pkg:pypi/a@1"].scope, used["pkg:pypi/pytest@7.0"].scope) == (Scope.RUNTIME, Scope.DEV)
    included = next(component for component in found.components if component.purl.name == "a")
    assert included.locations == (Location("requirements.txt", 2),)


def test_constraints_pin_but_install_nothing() -> None:
    files: dict[str, str | bytes] = {
        "requirements.txt": "-c constraints.txt\na\nb==1\n",
        "constraints.txt": "a==5\nb==2\nunused==9\n",
    }
    assert refs(extract(EXTRACTOR, files)) == ["pkg:pypi/a@5", "pkg:pypi/b@1"]
    alone = extract(EXTRACTOR, files, "constraints.txt")
    assert (alone.components, alone.projects, alone.issues[0].severity) == ((), (), Severity.HINT)


def test_a_missing_include_is_an_issue_with_its_line() -> None:
    found = extract(
        EXTRACTOR, {"requirements.txt": "a==1\n-r base.txt\n-r https://example.org/x.txt\n-r ../../x.txt\n"}
    )
    assert [issue.line for issue in found.issues if issue.severity is Severity.WARNING] == [2, 3, 4]


def test_urls_archives_and_repositories() -> None:
    text = (
        "-e git+https://me:pass@example.org/r.git@v1#egg=Some_Thing[x]&subdirectory=py\n"
        "pkg @ https://example.org/pkg-2.0-py3-none-any.whl ; python_version > '3'\n"
        "./wheels/numpy-1.9.2-cp34-none-win32.whl\n"
        "https://example.org/files/other-3.1.tar.gz\n"
        "git+https://example.org/nameless\n"
    )
    found = extract(EXTRACTOR, {"requirements.txt": text})
    by_name = {component.purl.name: component for component in found.components}
    assert by_name["some-thing"].vcs_url == "git+https://example.org/r.git@v1"
    assert (by_name["pkg"].version, by_name["pkg"].download_url) == (
        "2.0",
        "https://example.org/pkg-2.0-py3-none-any.whl",
    )
    assert (by_name["numpy"].version, by_name["other"].version) == ("1.9.2", "3.1")
    assert any(issue.line == 5 and "nameless" in issue.message for issue in found.issues)
    assert not any("pass" in str(part) for part in (found.components, found.issues))


def test_the_folder_itself_is_a_project_not_a_component() -> None:
    files: dict[str, str | bytes] = {
        "requirements.txt": "-e .[dev]\na==1\n",
        "setup.py": "from setuptools import setup\nsetup(name='me', version='1')\n",
    }
    found = inventory(python.EXTRACTORS, files)
    assert usages(found, "requirements.txt")["setup.py"].direct is True
    assert refs(found) == ["pkg:pypi/a@1"]
    assert {project.id: project.name for project in found.projects} == {"requirements.txt": "", "setup.py": "me"}


def test_continuation_lines_comments_and_options() -> None:
    text = (
        "# -*- coding: utf-8 -*-\n--index-url https://example.org/simple\n-i https://example.org\n"
        f"qwerty \\\n  == 0.1 \\\n  --hash=sha256:{HASH} \\\n  --hash sha256:{HASH}  # why\n"
        "b==1#forgotten\nb 2\n"
    )
    found = extract(EXTRACTOR, {"requirements.txt": text})
    assert "pkg:pypi/qwerty@0.1" in refs(found)
    assert next(c for c in found.components if c.purl.name == "qwerty").hashes == (Hash("sha256", HASH),)
    assert [issue.line for issue in found.issues if "not a requirement" in issue.message] == [9]
    assert "pkg:pypi/b@1" in refs(found)


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("requirements.txt", Scope.RUNTIME),
        ("requirements/prod.txt", Scope.RUNTIME),
        ("requirements/dev.txt", Scope.DEV),
        ("test-requirements.txt", Scope.TEST),
        ("requirements.test.txt", Scope.TEST),
        ("tests/requirements.txt", Scope.TEST),
        ("docs/requirements.txt", Scope.DEV),
        ("requirements_lint.txt", Scope.DEV),
        ("requirements-extra.txt", Scope.OPTIONAL),
    ],
)
def test_names_of_files_tell_the_scope(path: str, scope: Scope) -> None:
    assert EXTRACTOR.claims.match(path)
    assert usages(extract(EXTRACTOR, {path: "a==1"}), path)["pkg:pypi/a@1"].scope is scope


def test_encodings() -> None:
    assert refs(extract(EXTRACTOR, {"requirements.txt": "a==1\n".encode("utf-16")})) == ["pkg:pypi/a@1"]
    assert refs(extract(EXTRACTOR, {"requirements.txt": "# coding: latin-1\n# ä\na==1\n".encode("latin-1")})) == [
        "pkg:pypi/a@1"
    ]
    with pytest.raises(Unreadable, match="decoded"):
        extract(EXTRACTOR, {"requirements.txt": b"# coding: nonsense\na==1\n"})
    with pytest.raises(Unreadable) as caught:
        extract(EXTRACTOR, {"requirements.txt": b"a==1\n\xff\xc3\x28"})
    assert caught.value.line == 2


def test_what_is_no_requirement_is_told_with_its_line() -> None:
    found = extract(EXTRACTOR, {"requirements.txt": "a==1\nasdf 1.0\n==1\n"})
    assert [issue.line for issue in found.issues if issue.severity is Severity.WARNING] == [2, 3]


def test_a_chain_of_includes_is_cut_off() -> None:
    files: dict[str, str | bytes] = {f"requirements{n}.txt": f"-r requirements{n + 1}.txt\n" for n in range(300)}
    assert any("more than" in issue.message for issue in extract(EXTRACTOR, files).issues)


LINES = st.sampled_from(
    [
        "a==1",
        "-r requirements.txt",
        "-c",
        "-e .",
        "--hash",
        "\\",
        "# via b",
        "#   c",
        "b @ x",
        "${X}",
        "-e",
        "-",
        "[",
        "https://[",
        "./a[b",
        "@",
    ]
)


@given(st.binary(max_size=200) | st.lists(LINES | st.text(max_size=8), max_size=8).map("\n".join).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"requirements.txt": data})


def test_files_compiled_from_pyproject_belong_to_its_project() -> None:
    files: dict[str, str | bytes] = {
        "pyproject.toml": '[project]\nname = "app"\nversion = "1"\nlicense = "MIT"\ndependencies = ["a>=1"]\n',
        "requirements/runtime.lock": "a==1.2 \\\n    --hash=sha256:" + "0" * 64 + "\n    # via app (pyproject.toml)\n",
        "requirements/dev.lock": "b==2 \\\n    --hash=sha256:" + "1" * 64 + "\n    # via app (pyproject.toml:dev)\n",
    }
    found = inventory(python.EXTRACTORS, files)
    (project,) = found.projects
    assert (project.id, project.name, project.declared_licenses) == ("pyproject.toml", "app", ("MIT",))
    assert {ref: (use.scope, use.direct) for ref, use in usages(found, "pyproject.toml").items()} == {
        "pkg:pypi/a@1.2": (Scope.RUNTIME, True),
        "pkg:pypi/b@2": (Scope.DEV, True),
    }
    assert found.issues == ()
