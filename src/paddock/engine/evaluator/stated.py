# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A licence made ready to be judged term by term: an expression of a thousand terms costs a thousand steps, no more."""

from functools import cached_property

from paddock.engine.model.licensing import ComponentLicense
from paddock.engine.spdx.expression import Expression, Term
from paddock.engine.spdx.parse import InvalidExpression, ids_in


class Stated:
    """The licence of a component or project. expression: what is judged, after explicit choices; None: not known."""

    def __init__(self, license: ComponentLicense, expression: Expression | None) -> None:
        self.license = license
        self.expression = expression

    @property
    def ref(self) -> str:
        """Of which component or project."""
        return self.license.ref

    def source(self, term: Term) -> str:
        """Where a term is stated: "concluded", "declared", "detected", "declared AND detected"; "" for nowhere."""
        if self.license.concluded:
            return "concluded"
        sources = (("declared", self._declared), ("detected", self._detected))
        return " AND ".join(name for name, ids in sources if term.id in ids)

    @cached_property
    def _declared(self) -> frozenset[str]:
        return _ids(self.license.declared)

    @cached_property
    def _detected(self) -> frozenset[str]:
        return _ids(self.license.detected)


def _ids(expression: str) -> frozenset[str]:
    try:
        return frozenset(ids_in(expression)) if expression else frozenset()
    except InvalidExpression:
        return frozenset()
