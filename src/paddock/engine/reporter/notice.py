# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The notice document: every delivered package with licence, copyrights and licence texts, each text once.

Templates are Jinja and replaceable; `templates/notice.*.j2` are the ones that ship. A template sees `title`, `date`,
`packages` (name, version, license, homepage, copyrights, texts: numbers into `texts`), `texts` (number, text, packages)
and `without_text` (licence ids for which no text was found in the tree, with the packages).
"""

import hashlib
import re
from collections.abc import Sequence
from importlib.resources import files

import msgspec
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from paddock.engine.model.component import Component
from paddock.engine.model.errors import EngineError
from paddock.engine.model.inventory import Scope
from paddock.engine.model.result import Result
from paddock.engine.reporter.licensed import NO_LICENSE, licenses_by_ref
from paddock.engine.reporter.report import Report
from paddock.engine.spdx.copyrights import normalize_statements

_NOT_DELIVERED = {Scope.DEV, Scope.TEST, Scope.BUILD}
_COPYRIGHT = re.compile(r"^[^\w\n]{0,8}(copyright\b.{0,300}|\(c\) .{0,300}|©.{0,300})$", re.IGNORECASE | re.MULTILINE)
_DATED = re.compile(r"\d{4}|\(c\)|©", re.IGNORECASE)
_TEMPLATE_TEXT = re.compile(
    r"\[(yyyy|year|name|fullname)|<(year|name)|\{(yyyy|year)|copyright (notice|owner|holder)", re.IGNORECASE
)


class InvalidTemplate(EngineError):
    """A notice template that cannot be used; the message carries Jinja's reason and the line."""


class NoticeText(msgspec.Struct, frozen=True, kw_only=True):
    """A licence text that stands in the notice once: its number from 1, and whose it is."""

    number: int
    text: str
    packages: tuple[str, ...]


class NoticePackage(msgspec.Struct, frozen=True, kw_only=True):
    """One package of the notice; `texts` are numbers of NoticeText."""

    name: str
    version: str
    license: str
    homepage: str
    copyrights: tuple[str, ...]
    texts: tuple[int, ...]


def render(result: Result, template: str, *, escape: bool = False) -> bytes:
    """The notice by a Jinja template's text. Raises InvalidTemplate."""
    environment = SandboxedEnvironment(
        autoescape=escape, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    try:
        return environment.from_string(template).render(notice_content(result)).encode()
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        raise InvalidTemplate(f"the template fails{f' in line {line}' if line else ''}: {error.message}") from error


def notice_content(result: Result) -> dict[str, object]:
    """What templates see; packages sorted by name, only those that some project needs to run."""
    licenses = licenses_by_ref(result)
    by_path = {text.path: text.text for text in result.scan.texts} if result.scan else {}
    numbers: dict[str, int] = {}
    texts: dict[int, tuple[str, list[str]]] = {}
    packages = []
    without: dict[str, list[str]] = {}
    for component in sorted(delivered(result), key=lambda one: (one.name.lower(), one.version)):
        label = f"{component.name} {component.version}".strip()
        own = [by_path[path] for path in component.license_files if path in by_path]
        mine = []
        for text in own:
            key = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
            number = numbers.setdefault(key, len(numbers) + 1)
            texts.setdefault(number, (text.strip("\r\n"), []))[1].append(label)
            mine.append(number)
        fact = licenses.get(component.ref)
        license = (fact.effective if fact else "") or NO_LICENSE
        if not own:
            without.setdefault(license, []).append(label)
        packages.append(
            NoticePackage(
                name=component.name,
                version=component.version,
                license=license,
                homepage=component.homepage,
                copyrights=copyrights(component, own, fact.copyrights if fact else ()),
                texts=tuple(dict.fromkeys(mine)),
            )
        )
    return {
        "title": result.subject.name,
        "date": result.created.date().isoformat(),
        "packages": packages,
        "texts": [NoticeText(number=n, text=text, packages=tuple(who)) for n, (text, who) in sorted(texts.items())],
        "without_text": sorted(without.items()),
    }


def delivered(result: Result) -> list[Component]:
    """The components that at least one project needs for more than building and testing."""
    scopes: dict[str, set[Scope]] = {}
    for project in result.inventory.projects:
        for usage in project.usages:
            scopes.setdefault(usage.ref, set()).add(usage.scope)
    return [
        component
        for component in result.inventory.components
        if not scopes.get(component.ref) or scopes[component.ref] - _NOT_DELIVERED
    ]


def copyrights(component: Component, texts: list[str], found: Sequence[str] = ()) -> tuple[str, ...]:
    """Each copyright holder once, with all years: of metadata, licence texts and what was found in the files.

    Placeholders of licence templates are left out.
    """
    lines = [line for text in texts for line in (match.group(1) for match in _COPYRIGHT.finditer(text))]
    stated = (" ".join(line.split()) for line in (*component.copyrights, *lines))
    return normalize_statements(
        (*found, *(line for line in stated if _DATED.search(line) and not _TEMPLATE_TEXT.search(line)))
    )


def _shipped(name: str, *, escape: bool) -> Report:
    suffix = {"txt": ".NOTICE.txt", "md": ".NOTICE.md", "html": ".NOTICE.html"}[name]
    title = {"txt": "Notice, plain text", "md": "Notice, Markdown", "html": "Notice, HTML"}[name]

    def render_shipped(result: Result) -> bytes:
        template = files("paddock.engine.reporter").joinpath(f"templates/notice.{name}.j2").read_text("utf-8")
        return render(result, template, escape=escape)

    command = "notice" if name == "txt" else f"notice-{name}"
    names = (suffix[1:], "NOTICE") if name == "txt" else (suffix[1:],)
    return Report(name=command, title=title, suffix=suffix, file_names=names, render=render_shipped)


REPORTS = (_shipped("txt", escape=False), _shipped("md", escape=False), _shipped("html", escape=True))
