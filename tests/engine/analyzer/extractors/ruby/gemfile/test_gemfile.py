# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A Gemfile without a lock file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.ruby.gemfile import EXTRACTOR
from paddock.engine.model.component import Location
from paddock.engine.model.inventory import Scope
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages

GEMFILE = """\
# gem "commented"
source "https://gems.example.org"
git_source(:own) { |name| "https://example.org/#{name}.git" }
ruby ">= 3.0", "< 4"

gem "plain"
gem "exact", "1.2.3"
gem "ranged", ">= 1", "< 2", require: false
gem "elsewhere", "1.0.0", path: "../elsewhere"
gem 'tested', :group => :test
gem "grouped", group: [:development, "test"]

platforms :jruby do
  group :development do
    gem "nested"
  end
  gem "after"
end

text = <<~TEXT
  gem "in a text"
TEXT
gem "last"
%w[one two].each do |name|
  gem "plugin-#{name}"
end
"""


def test_gems_their_requirements_and_groups_are_read() -> None:
    found = extract(EXTRACTOR, {"Gemfile": GEMFILE})
    used = usages(found, "Gemfile")
    assert {ref.removeprefix("pkg:gem/"): usage.scope for ref, usage in used.items()} == {
        "plain": Scope.RUNTIME,
        "exact@1.2.3": Scope.RUNTIME,
        "ranged": Scope.RUNTIME,
        "elsewhere": Scope.RUNTIME,
        "tested": Scope.TEST,
        "grouped": Scope.TEST,
        "nested": Scope.DEV,
        "after": Scope.RUNTIME,
        "last": Scope.RUNTIME,
    }
    assert used["pkg:gem/ranged"].requirement == ">= 1, < 2"
    assert found.components[-1].locations == (Location("Gemfile", 10),)


def test_ruby_code_that_adds_gems_is_an_issue() -> None:
    messages = [issue.message for issue in extract(EXTRACTOR, {"Gemfile": GEMFILE}).issues]
    assert any("plugin-" in message for message in messages)
    assert any(message.startswith("8 gems have no exact version") for message in messages)
    assert "eval_gemfile" in extract(EXTRACTOR, {"Gemfile": 'eval_gemfile "other"\n'}).issues[0].message


@pytest.mark.parametrize(
    "text", ['gem "a\n' * 3, 'gem "\\"\\"\\"', "group " + " " * 5000, "%<" * 2000, "gem('x', [" * 500]
)
def test_unfinished_code_is_read_as_far_as_it_goes(text: str) -> None:
    survives(EXTRACTOR, {"Gemfile": text})


def test_a_long_unfinished_text_is_walked_once() -> None:
    assert refs(extract(EXTRACTOR, {"Gemfile": 'gem "a", "\\"' + '\\"' * 400_000})) == ["pkg:gem/a"]


PARTS = st.sampled_from(
    [
        'gem "a"',
        "gem",
        "group :test do",
        "end",
        "if x",
        "do",
        "(",
        "[",
        '"',
        "'",
        ",",
        "\\",
        "<<~A",
        "A",
        "%w[",
        "=begin",
        "\n",
    ]
)


@given(st.lists(PARTS, max_size=30).map(" ".join) | st.text(max_size=200))
def test_any_text_gives_an_extraction_or_unreadable(text: str) -> None:
    survives(EXTRACTOR, {"Gemfile": text.encode()})


@given(st.binary(max_size=200))
def test_any_bytes_give_an_extraction_or_unreadable(data: bytes) -> None:
    survives(EXTRACTOR, {"Gemfile": data})
