# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The summary on the terminal: answer first, grouped by cause, 80 columns, harmless."""

import io
from collections.abc import Sequence

import msgspec
import pytest
from rich.cells import cell_len
from rich.text import Text

from paddock.cli.characters import printable
from paddock.cli.console import show_result
from paddock.cli.page import steps, wrap
from paddock.cli.terminal import Terminal, make_console
from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.issue import Issue, Severity
from paddock.engine.model.purl import make_purl
from paddock.engine.model.result import Exclusion, Result
from paddock.engine.model.verdict import Reason
from tests.engine.results import inventory, reasons, result

LONG = "a-package-with-a-rather-long-name"


def shown(found: Result, **options: object) -> str:
    """What a terminal without colours and 80 columns shows."""
    console = Terminal(file=io.StringIO(), width=80, color_system=None, highlight=False, markup=False, emoji=False)
    show_result(console, found, **options)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def with_reasons(found: Sequence[Reason]) -> Result:
    base = result()
    assert base.verdict is not None
    return msgspec.structs.replace(base, verdict=msgspec.structs.replace(base.verdict, reasons=tuple(found)))


def many(count: int, *, cause: str = "Same cause") -> tuple[Result, list[Reason]]:
    """A result with as many packages, each with the same violation."""
    template = msgspec.structs.replace(reasons()[0], cause=cause, paths=())
    components = [Component(purl=make_purl("npm", f"{LONG}-{number:03}", "1.0.0")) for number in range(count)]
    project = Project(
        id="p", origin=Origin.LOCKED, usages=tuple(Usage(one.ref, Scope.RUNTIME, True) for one in components)
    )
    found = [msgspec.structs.replace(template, ref=one.ref) for one in components]
    stock = Inventory(components=tuple(components), projects=(project,))
    return msgspec.structs.replace(with_reasons(found), inventory=stock), found


def test_the_answer_comes_first_then_what_needs_action_first() -> None:
    lines = shown(result(), seconds=1.234).splitlines()
    assert lines[0] == "✗ Not compliant: 1 cause in 1 package."
    assert lines[1] == "  shop · 3 packages in 1 project · policy “Default” · 1.2 s"
    labels = [line.split("  ")[0] for line in lines if line.startswith(("must", "needs", "take", "could"))]
    assert labels == ["must not ship", "needs an answer", "could not tell"]


def test_a_cause_is_told_with_how_the_package_gets_in_why_and_how_to_fix() -> None:
    assert (
        "must not ship    GPL-3.0-only in a distributed product  1 package\n"
        "    right 2.0.0  runtime, by @shop/left 1.0.0\n"
        "  why       The whole product would have to be under it.\n"
        "  fix       Replace the package.\n"
        "  waive     legal counsel\n"
    ) in shown(result())


def test_the_project_is_named_where_there_are_several() -> None:
    other = msgspec.structs.replace(inventory().projects[0], id="other/package.json", name="other")
    stock = msgspec.structs.replace(inventory(), projects=(*inventory().projects, other))
    assert "right 2.0.0  runtime, by shop → @shop/left 1.0.0" in shown(result(found=stock))


def test_long_lists_end_in_how_many_more() -> None:
    found, _ = many(40)
    text = shown(found)
    assert text.count(LONG) == 3
    assert "    and 37 more like this\n" in text
    assert "--verbose lists everything" in text
    assert shown(found, verbose=True).count(LONG) == 40
    assert "more like this" not in shown(found, verbose=True)


def test_nobody_is_sent_away_for_a_single_one_more() -> None:
    found, _ = many(4)
    assert shown(found).count(LONG) == 4


def test_causes_with_one_remedy_are_told_together_and_explained_once() -> None:
    found, violations = many(7)
    named = [
        msgspec.structs.replace(reason, cause=f"Licence statement not understood: {number}")
        for number, reason in enumerate(violations)
    ]
    text = shown(msgspec.structs.replace(with_reasons(named), inventory=found.inventory))
    assert text.count("Licence statement not understood") == 5
    assert "    and 2 more causes like this\n" in text
    assert text.count("Replace the package.") == 1


def test_the_most_consequential_occurrence_is_shown() -> None:
    found, violations = many(30)
    build = [msgspec.structs.replace(reason, scope="build") for reason in violations[:29]]
    text = shown(msgspec.structs.replace(with_reasons([*build, violations[29]]), inventory=found.inventory))
    assert f"{LONG}-029" in text


@pytest.mark.parametrize("verbose", [False, True])
def test_no_line_is_longer_than_the_terminal(verbose) -> None:
    found, violations = many(5, cause="A cause whose name needs more than one line because it explains so very much")
    issues = tuple(
        Issue(Severity.WARNING, "java/pom_xml", "no version can be told for it, " * 8, f"module-{number}/pom.xml", 7)
        for number in range(9)
    )
    stock = msgspec.structs.replace(found.inventory, issues=issues, name="n" * 30)
    base = with_reasons(
        [msgspec.structs.replace(one, why="because " * 30, how_to_fix="do this " * 30) for one in violations]
    )
    excluded = tuple(Exclusion(pattern=f"folder-{number}/**", reason="TEST_OF") for number in range(9))
    text = shown(msgspec.structs.replace(base, inventory=stock, exclusions=excluded), verbose=verbose, seconds=0.01)
    assert max(map(len, text.splitlines())) <= 80
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_equal_remarks_are_one_and_hints_are_for_verbose() -> None:
    issues = (
        *(Issue(Severity.WARNING, "x", "no lock file", f"p{number}") for number in range(3)),
        Issue(Severity.ERROR, "x", "not valid", "q", 9),
        Issue(Severity.HINT, "x", "by the way", "r"),
    )
    found = result(found=msgspec.structs.replace(inventory(), issues=issues))
    text = shown(found)
    assert (
        "could not tell   4 remarks\n    q:9: not valid\n    p0: no lock file\n      and 2 more files like this\n"
        in text
    )
    assert "by the way" not in text
    assert "      p1 · p2\n" in shown(found, verbose=True)
    assert "by the way" in shown(found, verbose=True)


def test_waivers_and_exclusions_are_not_silent() -> None:
    excluded = (Exclusion(pattern="docs/**", reason="DOCUMENTATION_OF"),)
    text = shown(msgspec.structs.replace(result(), exclusions=excluded))
    assert "  waived    1 finding; the reports say by whom and until when\n" in text
    assert "  left out  docs/** (DOCUMENTATION_OF)\n" in text


def test_an_inventory_says_what_is_in_it_and_no_verdict() -> None:
    text = shown(result(evaluated=False))
    assert text.startswith("3 packages in 1 project.\n  shop\n")
    assert "ompliant" not in text


def test_files_written_are_named_with_what_they_are() -> None:
    text = shown(result(), written=(("HTML report", "out/report.html"),))
    assert text.endswith("  wrote     out/report.html  HTML report\n")


def test_names_from_outside_cannot_command_the_terminal() -> None:
    evil = Component(purl=make_purl("npm", "evil\x1b[2J\u202e", "1"))
    found = with_reasons([msgspec.structs.replace(reasons()[0], ref=evil.ref, cause="c\x07\nd", paths=())])
    text = shown(msgspec.structs.replace(found, inventory=Inventory(components=(evil,))))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "c\\x07 d" in text


def test_printable_text_is_left_alone() -> None:
    assert printable("Käse → 12 “x”") == "Käse → 12 “x”"
    assert printable("a\tb\x00c") == "a b\\x00c"


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("a-path/that/is/longer/than/the/line then", 10, ["a-path/that/is/longer/than/the/line", "then"]),
        ("", 10, [""]),
        ("two  spaces", 20, ["two  spaces"]),
        ("日本語 日本語", 8, ["日本語", "日本語"]),
    ],
)
def test_lines_break_between_words(text, width, expected) -> None:
    lines = [line.plain for line in wrap(Text(text), width, width)]
    assert lines == expected
    assert all(cell_len(line) <= width or " " not in line for line in lines)


def test_a_way_in_is_broken_between_packages_only() -> None:
    line = Text(printable(steps(["a long-name 1.0", "another one 2.0", "c 3"])))
    assert [part.plain for part in wrap(line, 24, 24)] == ["by a long-name 1.0 →", "another one 2.0 → c 3"]


def test_a_scope_that_nobody_told_is_called_so() -> None:
    found, violations = many(1)
    unknown = [msgspec.structs.replace(violations[0], scope="unknown")]
    text = shown(msgspec.structs.replace(with_reasons(unknown), inventory=found.inventory))
    assert f"{LONG}-000 1.0.0  GPL-3.0-only, scope not told\n" in text


def test_styles_survive_wrapping() -> None:
    text = Text.assemble("plain ", ("bold words here", "bold"))
    lines = wrap(text, 11, 10)
    assert [line.plain for line in lines] == ["plain bold", "words here"]
    assert all("bold" in {str(span.style) for span in line.spans} for line in lines)


def test_colours_only_where_they_are_wanted(monkeypatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert make_console().color_system is not None
    monkeypatch.setenv("NO_COLOR", "1")
    assert make_console().no_color
