# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Core has no tables of its own."""

    name = "paddock.hub.core"
    label = "core"
