# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Readers of the package clients' own configuration: which registries, which credentials, which certificates.

One module per client. Each reads files and variables from `Surroundings` and raises for none of their content.
"""
