# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Every reaction of the hub in one table: event -> handlers, in this order. Handlers stand in the rooms that react."""

from paddock.hub.outbox.services import Wiring

WIRING: Wiring = {}
