# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The demonstration: a company that does not exist, founded in an empty hub from the files in examples/company."""
