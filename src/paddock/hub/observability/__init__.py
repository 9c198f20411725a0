# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What those who run a hub look at: whether it is ready, its figures for Prometheus, a line of log for each request."""
