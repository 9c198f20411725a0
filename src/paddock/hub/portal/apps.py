# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The pages' common frame."""

    name = "paddock.hub.portal"
    label = "portal"
