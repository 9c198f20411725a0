# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Clients of services on the network: the only place from which Paddock reaches for anything."""
