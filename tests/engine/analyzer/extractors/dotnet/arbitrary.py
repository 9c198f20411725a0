# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Any JSON value with keys of NuGet's files, and any MSBuild elements, for fuzzing."""

from typing import Any

from hypothesis import strategies as st

KEYS = st.sampled_from(
    (
        *(
            "dependencies",
            "net8.0",
            "type",
            "resolved",
            "requested",
            "contentHash",
            "a",
            "a/1",
            "A/1",
            "targets",
            "libraries",
        ),
        *(
            "runtimeTarget",
            "name",
            "sha512",
            "path",
            "project",
            "frameworks",
            "restore",
            "projectPath",
            "version",
            "include",
        ),
    )
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["Direct", "Project", "package", "1", "a", "/", "../a.csproj"])
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=5),
    max_leaves=20,
)

TAGS = st.sampled_from(
    (
        *(
            "PropertyGroup",
            "ItemGroup",
            "PackageReference",
            "PackageVersion",
            "GlobalPackageReference",
            "Import",
            "Choose",
        ),
        *("When", "Otherwise", "Version", "P", "Sdk", "ProjectReference", "PrivateAssets", "ImportGroup"),
    )
)
TEXTS = st.sampled_from(
    (
        "",
        "$(P)",
        "$(P)$(P)",
        "A;B",
        "'$(P)' == ''",
        "'a' != 'b' and true",
        "$([x]::y())",
        "a.props",
        "*",
        "@(x)",
        "/",
        "[1",
        "..\\a",
    )
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["Include", "Update", "Remove", "Version", "Condition", "Project", "Name", "VersionOverride"]),
    TEXTS,
    max_size=3,
)


def _element(tag: str, attributes: dict[str, str], children: list[str], text: str) -> str:
    quoted = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{quoted}>{text}{''.join(children)}</{tag}>"


ELEMENTS: st.SearchStrategy[str] = st.recursive(
    st.builds(_element, TAGS, ATTRIBUTES, st.just([]), TEXTS),
    lambda inner: st.builds(_element, TAGS, ATTRIBUTES, st.lists(inner, max_size=4), TEXTS),
    max_leaves=12,
)
PROJECTS = st.lists(ELEMENTS, max_size=4).map(lambda parts: f"<Project>{''.join(parts)}</Project>")
