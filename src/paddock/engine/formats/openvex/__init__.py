# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""OpenVEX: https://github.com/openvex/spec (0.2.0; documents of 0.0.1 are read)."""
