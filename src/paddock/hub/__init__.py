# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The hub: one place that knows what every product contains, and where the whole organisation works.

Rooms are Django apps; a room imports only rooms below it (see docs/architecture.md). Inside every room the same file
names:
views, api, admin, tasks, handlers > forms > services > queries > permissions > models > events, types.
"""
