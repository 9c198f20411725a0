# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Modules that are loaded when they are first used."""

import sys

import pytest

from paddock.engine.model.on_demand import on_demand


def test_a_module_is_loaded_at_its_first_use_and_not_before(monkeypatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    module = on_demand("colorsys")
    assert "colorsys" not in sys.modules
    assert module.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    assert "colorsys" in sys.modules


def test_what_does_not_exist_is_missed_at_its_first_use() -> None:
    with pytest.raises(AttributeError, match="nothing_of_this_name"):
        _ = on_demand("colorsys").nothing_of_this_name
    missing = on_demand("paddock.no_such_module")
    with pytest.raises(ModuleNotFoundError):
        _ = missing.anything
