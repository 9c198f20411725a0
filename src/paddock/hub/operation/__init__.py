# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Running a hub: its database, its web server, its workers, all of them together on one machine."""
