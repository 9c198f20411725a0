# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Addresses of this room's pages."""

from django.urls import path

from paddock.hub.webhooks.views import changing, reading, sending

ONE = "webhooks/<uuid:webhook_id>/"
MESSAGE = f"{ONE}messages/<uuid:message_id>/"

urlpatterns = [
    path("webhooks/", reading.webhooks, name="webhooks"),
    path("webhooks/new", changing.new_webhook, name="new-webhook"),
    path(ONE, reading.webhook, name="webhook"),
    path(f"{ONE}activity", reading.activity, name="webhook-activity"),
    path(f"{ONE}edit", changing.edit_webhook, name="edit-webhook"),
    path(f"{ONE}switch", changing.switch, name="switch-webhook"),
    path(f"{ONE}secret", changing.new_secret, name="webhook-secret"),
    path(f"{ONE}delete", changing.delete, name="delete-webhook"),
    path(f"{ONE}test", sending.test, name="test-webhook"),
    path(MESSAGE, reading.message, name="webhook-message"),
    path(f"{MESSAGE}again", sending.again, name="send-again"),
]
