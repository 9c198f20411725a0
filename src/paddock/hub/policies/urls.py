# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Addresses of this room; those of drafts and dry runs that need to know releases are in `dry_runs.urls`."""

from django.urls import path

from paddock.hub.policies.views import reading, writing

urlpatterns = [
    path("policies/", reading.policies, name="policies"),
    path("policies/new", writing.new_policy, name="new-policy"),
    path("policies/paddock", reading.shipped, name="shipped-policy"),
    path("policies/<uuid:policy_id>/", reading.policy, name="policy"),
    path("policies/<uuid:policy_id>/text", reading.text, name="policy-text"),
    path("policies/<uuid:policy_id>/changes", reading.changes, name="policy-changes"),
    path("policies/<uuid:policy_id>/activity", reading.activity, name="policy-activity"),
    path("policies/<uuid:policy_id>/versions/<int:number>/", reading.version, name="policy-version"),
    path("policies/<uuid:policy_id>/draft/new", writing.new_draft, name="new-draft"),
    path("policies/<uuid:policy_id>/draft/edit", writing.edit, name="edit-draft"),
    path("policies/<uuid:policy_id>/draft/withdraw", writing.withdraw, name="withdraw-draft"),
]
