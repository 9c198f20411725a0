# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Notice documents: what is delivered, each text once, own templates."""

import msgspec
import pytest

from paddock.engine.model.component import Component
from paddock.engine.model.inventory import Inventory, Origin, Project, Scope, Usage
from paddock.engine.model.purl import make_purl
from paddock.engine.reporter.notice import InvalidTemplate, copyrights, delivered, render
from paddock.engine.reporter.reports import find_report
from tests.engine.results import MIT_TEXT, inventory, result


def test_only_what_is_delivered_is_in_the_notice() -> None:
    assert [component.name for component in delivered(result())] == ["@shop/left", "right"]


def test_text_with_licence_copyright_and_a_list_of_missing_texts() -> None:
    text = find_report("notice").render(result()).decode()
    assert "@shop/left 1.0.0\n    Licence: MIT" in text
    assert text.count("Permission is hereby granted") == 1
    assert "    Copyright (c) 2020 Left Holder" in text
    assert text.rstrip().endswith("GPL-3.0-only: right 2.0.0")


def test_a_text_that_two_packages_share_stands_once() -> None:
    left = inventory().components[0]
    twin = Component(purl=make_purl("npm", "twin", "1"), license_files=("twin/LICENSE",))
    stock = Inventory(
        components=(left, twin),
        projects=(
            Project(
                id="p", origin=Origin.LOCKED, usages=(Usage(left.ref, Scope.RUNTIME), Usage(twin.ref, Scope.RUNTIME))
            ),
        ),
    )
    base = result(found=stock)
    assert base.scan is not None
    texts = (*base.scan.texts, msgspec.structs.replace(base.scan.texts[0], path="twin/LICENSE", text=MIT_TEXT + "\n\n"))
    shared = msgspec.structs.replace(base, scan=msgspec.structs.replace(base.scan, texts=texts))
    text = find_report("notice").render(shared).decode()
    assert "[1] @shop/left 1.0.0, twin 1" in text
    assert "[2]" not in text


def test_html_escapes_and_links() -> None:
    evil = Component(purl=make_purl("npm", "evil", "1"), copyrights=("(c) 2020 <script>alert(1)</script>",))
    stock = Inventory(
        components=(evil,), projects=(Project(id="p", origin=Origin.LOCKED, usages=(Usage(evil.ref, Scope.RUNTIME),)),)
    )
    page = find_report("notice-html").render(result(found=stock)).decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_own_templates_are_used_and_their_faults_named() -> None:
    assert render(result(), "{% for p in packages %}{{ p.name }};{% endfor %}") == b"@shop/left;right;"
    with pytest.raises(InvalidTemplate, match="line 2"):
        render(result(), "\n{% for %}")
    with pytest.raises(InvalidTemplate, match="nothing_like_it"):
        render(result(), "{{ nothing_like_it }}")


def test_templates_cannot_reach_out() -> None:
    with pytest.raises(InvalidTemplate):
        render(result(), "{{ packages.__class__.__mro__[1].__subclasses__() }}")


def test_copyright_lines_are_deduplicated_and_placeholders_left_out() -> None:
    texts = [
        "Copyright (c) 2020  A\n  COPYRIGHT (C) 2020 a.\nCopyright [yyyy] [name of copyright owner]\n",
        "The above copyright notice shall be included.\n * Copyright 2019 B <b@example.org>\n",
    ]
    component = Component(purl=make_purl("npm", "x", "1"))
    assert copyrights(component, texts) == ("Copyright (c) 2020 A", "Copyright 2019 B <b@example.org>")


def test_copyrights_of_metadata_texts_and_files_are_put_together() -> None:
    component = Component(purl=make_purl("npm", "x", "1"), copyrights=("(c) 2018 Ada Byron",))
    texts = ["Copyright 2019 ADA BYRON\n\nPermission is hereby granted"]
    found = ("Copyright 2020-2021 Ada Byron <ada@example.org>", "Copyright Bob Byron")
    assert copyrights(component, texts, found) == (
        "Copyright (c) 2018-2021 Ada Byron <ada@example.org>",
        "Copyright Bob Byron",
    )
