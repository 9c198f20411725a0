# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Addresses of this room."""

from django.urls import path

from paddock.hub.products.views import changing, reading

urlpatterns = [
    path("products/", reading.products, name="products"),
    path("products/new", changing.new_product, name="new-product"),
    path("products/<uuid:product_id>/", reading.product, name="product"),
    path("products/<uuid:product_id>/activity", reading.product_activity, name="product-activity"),
    path("products/<uuid:product_id>/edit", changing.edit_product, name="edit-product"),
    path("products/<uuid:product_id>/archive", changing.archive, name="archive-product"),
    path("products/<uuid:product_id>/move", changing.move, name="move-product"),
    path("products/<uuid:product_id>/repositories/new", changing.new_repository, name="new-repository"),
    path(
        "products/<uuid:product_id>/repositories/<uuid:repository_id>/remove",
        changing.drop_repository,
        name="remove-repository",
    ),
    path("products/<uuid:product_id>/releases/new", changing.new_release, name="new-release"),
    path("releases/<uuid:release_id>/state", changing.move_release, name="move-release"),
    path("packages/package", reading.package, name="package"),
]
