# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The texts for people in pages and code, and which of them have no translation: `python tools/messages.py [ROOM …]`.

Prints what is missing in the form of a .po file, to be filled in and put into the room's
`locale/de/LC_MESSAGES/django.po`; then `python tools/compile_messages.py`. Texts are keyed as in compiled files:
context before EOT, singular and plural joined by NUL.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.utils.translation.template import templatize

try:
    from tools.compile_messages import entries
except ImportError:  # called as a program
    from compile_messages import entries

HUB = Path(__file__).resolve().parents[1] / "src" / "paddock" / "hub"
CONTEXT, PLURAL = {"pgettext", "npgettext"}, {"ngettext", "npgettext"}
FUNCTIONS = {"gettext", "_"} | CONTEXT | PLURAL
TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({TEXT}(?:\s*,\s*{TEXT})*)")


def key(function: str, texts: list[str]) -> str:
    """The text as translations are looked up by."""
    context = f"{texts.pop(0)}\4" if function in CONTEXT else ""
    return context + "\0".join(texts[: 2 if function in PLURAL else 1])


def texts_of_template(source: str) -> Iterator[str]:
    """Every text of a template: of `translate` and `blocktranslate` in all their forms, and of `_()`."""
    for function, texts in CALL.findall(templatize(source)):
        yield key(function, [ast.literal_eval(one) for one in re.findall(TEXT, texts)])


def texts_of_code(source: str) -> Iterator[str]:
    """Every text that code hands to gettext or one of its relatives, lazy or not, as `_` or by another name."""
    tree = ast.parse(source)
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {
                one.asname or one.name: one.name.removesuffix("_lazy").removesuffix("_noop") for one in node.names
            }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and names.get(node.func.id) in FUNCTIONS:
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if texts:
                yield key(names[node.func.id], texts)


def texts_of(room: Path) -> dict[str, str]:
    """Text -> the file that it stands in, of everything in a room."""
    found: dict[str, str] = {}
    for path in sorted((*room.rglob("*.html"), *room.rglob("*.txt"), *room.rglob("*.py"))):
        texts = texts_of_code if path.suffix == ".py" else texts_of_template
        for text in texts(path.read_text("utf-8")):
            found.setdefault(text, path.relative_to(HUB).as_posix())
    return found


def rooms() -> list[Path]:
    """Every room, by name."""
    return sorted(path.parent for path in HUB.glob("*/__init__.py"))


def catalogues(language: str = "de") -> dict[str, dict[str, str]]:
    """Room -> its translations, of the rooms that have some."""
    files = sorted(HUB.glob(f"*/locale/{language}/LC_MESSAGES/django.po"))
    return {path.parents[3].name: entries(path.read_text("utf-8")) for path in files}


def main() -> int:
    """Print what is missing; 1 when anything is."""
    settings.configure()
    django.setup()
    known = {text for one in catalogues().values() for text in one}
    wanted = sys.argv[1:] or [room.name for room in rooms()]
    missing = {text: place for name in wanted for text, place in texts_of(HUB / name).items() if text not in known}
    for text, place in missing.items():
        context, _, rest = text.rpartition("\4")
        singular, _, plural = rest.partition("\0")
        lines = [f"#: {place}"]
        lines += ["#, python-format"] if re.search(r"%\(\w+\)s|%s", text) else []
        lines += [f"msgctxt {json.dumps(context, ensure_ascii=False)}"] if context else []
        lines += [f"msgid {json.dumps(singular, ensure_ascii=False)}"]
        lines += [f"msgid_plural {json.dumps(plural, ensure_ascii=False)}", 'msgstr[0] ""'] if plural else ['msgstr ""']
        lines += ['msgstr[1] ""'] if plural else []
        print("\n".join(lines), end="\n\n")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
