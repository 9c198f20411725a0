# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""ORT's `license-classifications.yml`: categories, and the categories of licences.

Format: https://oss-review-toolkit.org/ort/docs/configuration/license-classifications
"""

from paddock.engine.policy.nodes import Fault, InvalidFile, Reader, text_of
from paddock.engine.policy.types import Category, Classification
from paddock.engine.spdx.parse import InvalidExpression, parse


def read_classifications(data: bytes, file: str) -> Classification:
    """The classification in a file. Raises InvalidFile; ids that no list knows are kept as they are written."""
    reader = Reader(file)
    root = reader.root(data)
    if root is None:
        raise InvalidFile((Fault(file, 0, "", "the file is empty"),))
    fields = reader.mapping(root, ("categories", "categorizations"))
    categories: list[Category] = []
    for item in reader.items(fields["categories"]) if "categories" in fields else ():
        row = reader.mapping(item, ("name",), ("description",))
        categories.append(Category(text_of(row, "name", reader), text_of(row, "description", reader)))
    known = {category.name for category in categories}
    licenses: dict[str, tuple[str, ...]] = {}
    for item in reader.items(fields["categorizations"]) if "categorizations" in fields else ():
        row = reader.mapping(item, ("id",), ("categories",))
        names = reader.texts(row["categories"]) if "categories" in row else ()
        for name in names:
            if name not in known:
                reader.fault(row["categories"], f"the category {name!r} is not among the categories above")
        licenses[_canonical(text_of(row, "id", reader))] = names
    reader.finish()
    return Classification(categories=tuple(categories), licenses=licenses)


def _canonical(license: str) -> str:
    # Such files are made for a newer or older licence list than ours; an id that is unknown here still is a fact there.
    try:
        return str(parse(license))
    except InvalidExpression:
        return license
