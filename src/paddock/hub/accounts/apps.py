# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and what they may do."""

    name = "paddock.hub.accounts"
    label = "accounts"
