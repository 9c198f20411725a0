# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A licence is found on exactly the lines where it stands, whatever stands around it and in whatever comment."""

import codecs
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paddock.engine.scanner.licenses.findings import find_licenses
from tests.license_data import HEDGEROW_NOTICE, MEADOW, MEADOW_NOTICE

TEXTS = {"meadow": MEADOW, "hedgerow": HEDGEROW_NOTICE}
NOISE = st.lists(st.sampled_from(["int", "x1", "the", "grün", "+=", "{", "}", "\n", "<br>", "of", "0"]), max_size=60)

# (before everything, before each line, behind each line, behind everything)
COMMENTS = {
    "plain": ("", "", "", ""),
    "C": ("/*\n", " * ", "", " */\n"),
    "C, a box": ("/" + "*" * 70 + "\n", "* ", " *", "*" * 70 + "/\n"),
    "C++": ("", "// ", "", ""),
    "Python": ("", "# ", "", ""),
    "Python, a string": ('"""\n', "    ", "", '"""\n'),
    "HTML": ("<!--\n", "  ", "", "-->\n"),
    "HTML, paragraphs": ("<div>\n", "<p>", "</p>", "</div>\n"),
    "HTML, line breaks": ("", "", "<br/>", ""),
    "roff": ("", '.\\" ', "", ""),
    "batch": ("", "REM ", "", ""),
    "batch, said aloud": ("", "echo ", "", ""),
    "m4": ("", "dnl ", "", ""),
    "Fortran": ("", "C ", "", ""),
    "Lisp": ("", ";;; ", "", ""),
    "SQL": ("", "-- ", "", ""),
    "TeX": ("", "% ", "", ""),
    "OCaml": ("(*\n", " * ", "", " *)\n"),
    "assembler": ("", "! ", "", ""),
    "Visual Basic": ("", "' ", "", ""),
    "diff": ("", "+", "", ""),
    "mail": ("", "> > ", "", ""),
    "a program's text": ("print(\n", '  "', '\\n"', ")\n"),
    "JSON": ("[\n", '  "', '",', "]\n"),
}


def places(data: bytes, index, path: str = "file") -> list[tuple[str, int, int, float]]:
    return [
        (match.license_expression, match.start_line, match.end_line, match.score)
        for match in find_licenses(data, path, index).licenses
    ]


def commented(text: str, style: str) -> str:
    before, start, end, behind = COMMENTS[style]
    return before + "".join(f"{start}{line}{end}\n" for line in text.splitlines()) + behind


@pytest.mark.parametrize("style", COMMENTS)
@pytest.mark.parametrize("key", TEXTS)
def test_every_comment_style(key, style, license_index) -> None:
    text = TEXTS[key]
    first = 4 + COMMENTS[style][0].count("\n")
    data = f"one\ntwo\n\n{commented(text, style)}three\n".encode()
    ((found, start, end, score),) = places(data, license_index)
    assert (found, start, end) == (key, first, first + len(text.splitlines()) - 1)
    assert score > (75 if style == "Fortran" else 95)


@settings(max_examples=60)
@given(
    before=NOISE,
    behind=NOISE,
    style=st.sampled_from(sorted(COMMENTS)),
    key=st.sampled_from(sorted(TEXTS)),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_anywhere_in_anything(license_index, before, behind, style, key, end) -> None:
    text = TEXTS[key]
    head, tail = " ".join(before) + "\n", " ".join(behind)
    whole = f"{head}{commented(text, style)}{tail}"
    first = head.count("\n") + COMMENTS[style][0].count("\n") + 1
    found = places(whole.replace("\n", end).encode(), license_index)
    assert [one[:3] for one in found] == [(key, first, first + len(text.splitlines()) - 1)]


@given(st.integers(0, 400), st.integers(0, 400))
@settings(max_examples=30)
def test_on_one_line_among_others(license_index, before, behind) -> None:
    line = MEADOW_NOTICE.replace("\n", " ")
    data = ("x\n" * before + f"var a=1;{line};var b=2;\n" + "y\n" * behind).encode()
    assert [one[:3] for one in places(data, license_index)] == [("meadow", before + 1, before + 1)]


ENCODINGS = {
    "UTF-8": MEADOW.encode(),
    "UTF-8 with a mark": codecs.BOM_UTF8 + MEADOW.encode(),
    "UTF-16, small end first": codecs.BOM_UTF16_LE + MEADOW.encode("utf-16-le"),
    "UTF-16, big end first": codecs.BOM_UTF16_BE + MEADOW.encode("utf-16-be"),
    "UTF-32": codecs.BOM_UTF32_LE + MEADOW.encode("utf-32-le"),
    "Latin-1": "Größe\n".encode("latin-1") + MEADOW.encode(),
    "line ends of old Macs": MEADOW.replace("\n", "\r").encode(),
    "line ends of Windows": MEADOW.replace("\n", "\r\n").encode(),
    "broken UTF-8": MEADOW.encode() + b"\xff\xfe\x80",
}


@pytest.mark.parametrize("data", ENCODINGS.values(), ids=ENCODINGS)
def test_every_encoding_and_line_end(data, license_index, request) -> None:
    first = 2 if request.node.callspec.id == "Latin-1" else 1
    assert [one[:3] for one in places(data, license_index)] == [("meadow", first, first + MEADOW.count("\n") - 1)]


def test_marks_of_a_page_are_passed_over(license_index) -> None:
    page = (
        MEADOW_NOTICE.replace("licensed", "&quot;licensed&quot;")
        .replace(". ", ".<br>\n<span>")
        .replace(" the ", "&nbsp;the ")
    )
    ((key, first, _, score),) = places(page.encode(), license_index)
    assert (key, first, score) == ("meadow", 1, 100)


def test_a_source_map_is_read_as_the_sources_that_it_carries(license_index) -> None:
    sources = ["let a = 1;\n", None, f"/*\n{MEADOW}*/\n"]
    document = json.dumps({"version": 3, "sources": ["a", "b", "c"], "sourcesContent": sources, "mappings": ""})
    assert [key for key, *_ in places(document.encode(), license_index, "dist/a.js.map")] == ["meadow"]
    damaged = document[:-20]
    assert [key for key, *_ in places(damaged.encode(), license_index, "dist/a.js.map")] == ["meadow"]
