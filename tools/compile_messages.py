# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Compile translations (.po) into what gettext reads (.mo), without GNU gettext: `python tools/compile_messages.py`.

The format: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
`--check` writes nothing and fails when a compiled file is not what its source says.
"""

import ast
import re
import struct
import sys
from pathlib import Path

LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?("(?:[^"\\]|\\.)*")\Z')
MAGIC = 0x950412DE


def entries(text: str) -> dict[str, str]:
    """Message to translation as the compiled file has them: context before EOT, plurals joined by NUL.

    Raises ValueError for a line that is none of the format. Empty and fuzzy translations are left out.
    """
    found: dict[str, str] = {}
    for block in re.split(r"\n\s*\n", text):
        parts: dict[str, str] = {}
        current = ""
        for line in block.splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            match = LINE.match(line.strip())
            if match is None or not (match[1] or current):
                raise ValueError(f"not a line of a translation: {line}")
            current = match[1] or current
            parts[current] = parts.get(current, "") + ast.literal_eval(match[2])
        words = [parts[name] for name in sorted(parts) if name.startswith("msgstr")]
        if not parts or not any(words) or re.search(r"^#,.*fuzzy", block, re.MULTILINE):
            continue
        key = parts["msgid"] + ("\0" + parts["msgid_plural"] if "msgid_plural" in parts else "")
        found[f"{parts['msgctxt']}\4{key}" if "msgctxt" in parts else key] = "\0".join(words)
    return found


def compiled(messages: dict[str, str]) -> bytes:
    """The bytes of the .mo file."""
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    start = 7 * 4 + 16 * len(pairs)
    tables, data = [b"", b""], b""
    for side in (0, 1):
        for pair in pairs:
            tables[side] += struct.pack("<2I", len(pair[side]), start + len(data))
            data += pair[side] + b"\0"
    head = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + tables[0] + tables[1] + data


def main() -> int:
    """Compile, or check, every translation of the repository."""
    stale = []
    for source in sorted(Path("src").glob("**/LC_MESSAGES/*.po")):
        target, wanted = source.with_suffix(".mo"), compiled(entries(source.read_text("utf-8")))
        if not target.exists() or target.read_bytes() != wanted:
            stale.append(str(target))
            if "--check" not in sys.argv:
                target.write_bytes(wanted)
    if stale and "--check" in sys.argv:
        print("not what the source says; run python tools/compile_messages.py:", *stale, sep="\n  ")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
