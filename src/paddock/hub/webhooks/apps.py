# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Subscriptions and what was sent to them."""

    name = "paddock.hub.webhooks"
    label = "webhooks"
