# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a release's result is handed out as: notices, bills of materials, a summary for people. Owns no facts."""
