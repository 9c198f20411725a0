# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""setup.py: what is written plainly is read, what is computed is told, nothing is run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.python.setup_py import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Scope
from paddock.engine.model.issue import Severity
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages

SETUP = '''
import setuptools
NAME = "demo"
VERSION = "1." + "2"
BASE = ["web>=1", f"{NAME}-core==3"]
EXTRAS = dict(fast=["loop"])
EXTRAS["more"] = open("x").read()
setuptools.setup(
    name=NAME,
    version=VERSION,
    license="MIT",
    classifiers=("License :: OSI Approved :: MIT License",),
    install_requires=BASE + """
exact==2.0
""".split() + ["%s==4" % "filled", "{}==5".format("formatted"), "a==6" if True else "b==7"],
    tests_require=["checker"] if True else [],
    extras_require=EXTRAS,
    setup_requires=["wheel"],
)
'''


def test_literals_are_put_together() -> None:
    found = extract(EXTRACTOR, {"setup.py": SETUP})
    used = {ref.removeprefix("pkg:pypi/"): usage.scope for ref, usage in usages(found, "setup.py").items()}
    assert used == {
        "web": Scope.RUNTIME,
        "demo-core@3": Scope.RUNTIME,
        "exact@2.0": Scope.RUNTIME,
        "filled@4": Scope.RUNTIME,
        "formatted@5": Scope.RUNTIME,
        "checker": Scope.TEST,
        "loop": Scope.OPTIONAL,
        "wheel": Scope.BUILD,
    }
    project = found.projects[0]
    assert (project.name, project.version) == ("demo", "1.2")
    assert project.declared_licenses == ("MIT", "License :: OSI Approved :: MIT License")


def test_what_is_computed_is_told_with_its_line() -> None:
    found = extract(EXTRACTOR, {"setup.py": SETUP})
    told = {issue.line: issue.message for issue in found.issues if issue.line}
    assert "'a==6' if True else 'b==7'" in told[15]
    assert "EXTRAS is changed" in told[17]


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("from setuptools import setup\nsetup(install_requires=open('r.txt').read())", "open('r.txt').read()"),
        ("setup(**config())", "arguments that only running"),
        ("x = ['a']\nx = ['b']\nsetup(install_requires=x)", "install_requires is computed"),
        ("def main(x):\n    setup(install_requires=x)\nx = ['a']\n", "install_requires is computed"),
        ("r = []\nfor r in q: pass\nsetup(install_requires=r)", "install_requires is computed"),
        ("setup(install_requires=['a==%d' % 1])", "a requirement in install_requires is computed"),
        ("setup(install_requires=['no requirement at all'])", "'no requirement at all'"),
        ("a = b\nb = a\nsetup(install_requires=a)", "install_requires is computed"),
    ],
)
def test_doubt_is_an_issue_never_a_guess(text: str, fragment: str) -> None:
    found = extract(EXTRACTOR, {"setup.py": text})
    assert refs(found) == []
    assert any(fragment in issue.message and issue.severity is Severity.WARNING for issue in found.issues)


def test_what_is_known_of_a_changed_list_is_kept() -> None:
    found = extract(EXTRACTOR, {"setup.py": "r = ['a==1']\nr.append(x)\nsetup(install_requires=r)"})
    assert refs(found) == ["pkg:pypi/a@1"]
    assert any("r is changed" in issue.message for issue in found.issues)


def test_keyword_dictionaries() -> None:
    found = extract(EXTRACTOR, {"setup.py": "c = {'name': 'x', 'install_requires': ['a==1']}\nsetup(**c)"})
    assert (found.projects[0].name, refs(found)) == ("x", ["pkg:pypi/a@1"])


def test_values_that_would_fill_the_memory_are_given_up() -> None:
    lines = ["a0 = 'x' + 'y'"] + [f"a{n} = a{n - 1} + a{n - 1}" for n in range(1, 60)]
    found = extract(EXTRACTOR, {"setup.py": "\n".join([*lines, "setup(install_requires=[a59], name=a3)"])})
    assert refs(found) == []
    assert found.issues


def test_other_programs_of_that_name_need_nothing() -> None:
    found = extract(EXTRACTOR, {"setup.py": "print('hello')\nother.setup(install_requires=['a==1'])\n"})
    assert refs(found) == []


@pytest.mark.parametrize("text", ["print 'two'", "(" * 1000, "x = '\x00'", "#" * 1_000_001, "-" * 50_000 + "1"])
def test_what_is_not_python_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"setup.py": text})


PIECES = st.sampled_from(
    [
        "setup(",
        "install_requires=",
        "extras_require=",
        "['a==1', x]",
        "{'a': ['b'], **c, [1]: 2}",
        "{}",
        "x = ",
        "\n",
        "+",
        "x",
        "(",
        ")",
        "%",
        "'%s'",
        "f'{x!r:>{y}}'",
        ".format(1)",
        "'{0}{}{a}'",
        ".split()",
        " if x else ",
        "*x",
        "**x",
        ",",
        "0x" + "f" * 4000,
        "[",
        "]",
    ]
)


@given(st.binary(max_size=200) | st.lists(PIECES | st.text(max_size=3), max_size=14).map("".join).map(str.encode))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"setup.py": data})
    survives(EXTRACTOR, {"setup.py": b"setup(name=" + data + b", install_requires=" + data + b")"})
