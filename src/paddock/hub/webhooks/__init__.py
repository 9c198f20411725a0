# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Webhooks: events of the hub, sent signed to addresses that units choose, tried again, and logged."""
