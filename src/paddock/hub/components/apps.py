# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """What software is made of."""

    name = "paddock.hub.components"
    label = "components"
