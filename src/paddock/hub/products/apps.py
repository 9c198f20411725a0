# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class ProductsConfig(AppConfig):
    """What the company ships."""

    name = "paddock.hub.products"
    label = "products"
