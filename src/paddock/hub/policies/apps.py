# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """The rules in force."""

    name = "paddock.hub.policies"
    label = "policies"
