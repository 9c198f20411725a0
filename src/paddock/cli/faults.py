# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What is wrong with documents, for people and as JSON: verdict, place, rule."""

from pathlib import Path

from paddock.cli.page import Page
from paddock.engine.formats.document import Fault, Kind

SHOWN = 20
"""How many faults of a document are shown unless all are asked for."""


def as_json(path: Path, kind: Kind | None, faults: tuple[Fault, ...]) -> dict[str, object]:
    """The verdict on one file."""
    places = [{"place": fault.place, "rule": fault.rule, "message": fault.message} for fault in faults]
    return {"file": str(path), "format": str(kind) if kind else None, "valid": not faults, "faults": places}


def show_faults(page: Page, path: Path, kind: Kind | None, faults: tuple[Fault, ...], *, limit: int | None) -> None:
    """The verdict on one file, and where it breaks which rule; at most `limit` faults (None: all)."""
    name = str(kind) if kind else "unknown format"
    if not faults:
        page.say((f"✓ {path}: valid {name}", "good"), hang=2)
        return
    page.say((f"✗ {path}: not valid, {name}, {len(faults)} fault{'s' * (len(faults) != 1)}", "bad"), hang=2)
    for fault in faults[:limit]:
        page.say((fault.place, "title"), f": {fault.message}", (f"  {fault.rule}", "quiet"), indent=4, hang=6)
    if limit is not None:
        page.more(max(0, len(faults) - limit), indent=4, what="more; --verbose shows all")
