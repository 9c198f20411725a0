# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Erlang: rebar3 and OTP."""

from paddock.engine.analyzer.extractor import Extractor
from paddock.engine.analyzer.extractors.erlang import otp_app, rebar_lock

EXTRACTORS: tuple[Extractor, ...] = (otp_app.EXTRACTOR, rebar_lock.EXTRACTOR)
