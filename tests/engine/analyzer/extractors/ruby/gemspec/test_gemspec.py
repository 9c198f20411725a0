# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""*.gemspec: installed gems and manifests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddock.engine.analyzer.extractors.ruby.gemspec import EXTRACTOR
from paddock.engine.model.errors import Unreadable
from paddock.engine.model.inventory import Origin, Scope
from tests.engine.analyzer.extractors.extraction import extract, refs, survives, usages

INSTALLED = """\
# -*- encoding: utf-8 -*-
# stub: tool 1.2.0 ruby lib

Gem::Specification.new do |s|
  s.name = "tool".freeze
  s.version = "1.2.0"
  s.platform = "java".freeze
  s.authors = ["Zo\\u00E9".freeze, "Max".freeze]
  s.homepage = "https://example.org/tool".freeze
  s.licenses = ["MIT".freeze, "Ruby".freeze]
  s.summary = "A tool; not more".freeze
  if s.respond_to? :specification_version then
    s.add_runtime_dependency(%q<base>.freeze, ["~> 1.0"])
    s.add_development_dependency(%q<rake>.freeze, [">= 0"])
  else
    s.add_dependency(%q<rake>.freeze, [">= 0"])
  end
end
"""
MANIFEST = """\
require_relative "lib/own/version"
Gem::Specification.new do |spec|
  spec.name = 'own'
  spec.version = Own::VERSION
  spec.license = "Apache-2.0"
  spec.description = <<~TEXT
    spec.name = "wrong"
  TEXT
  spec.add_dependency "base", "~> 1.0", ">= 1.0.3"
  spec.add_dependency("exact", "= 2.0.0")
  spec.add_development_dependency "rake"
end
"""


@pytest.mark.parametrize("path", ["gems/specifications/tool-1.2.0.gemspec", "gems/specifications/default/tool.gemspec"])
def test_an_installed_gem_is_a_component_with_its_licences(path: str) -> None:
    found = extract(EXTRACTOR, {path: INSTALLED})
    (tool,) = found.components
    assert tool.ref == "pkg:gem/tool@1.2.0?platform=java"
    assert (tool.declared_licenses, tool.authors) == (("MIT", "Ruby"), ("Zoé", "Max"))
    assert (tool.homepage, tool.description) == ("https://example.org/tool", "A tool; not more")
    assert [(project.id, project.origin) for project in found.projects] == [("gems/specifications", Origin.INSTALLED)]


def test_a_manifest_is_a_project_with_requirements() -> None:
    found = extract(
        EXTRACTOR, {"own.gemspec": MANIFEST, "lib/own/version.rb": "module Own\n  VERSION = '3.1.0'.freeze\nend"}
    )
    (project,) = found.projects
    assert (project.name, project.version, project.declared_licenses) == ("own", "3.1.0", ("Apache-2.0",))
    used = usages(found, "own.gemspec")
    assert used["pkg:gem/base"].requirement == "~> 1.0, >= 1.0.3"
    assert used["pkg:gem/exact@2.0.0"].scope is Scope.RUNTIME
    assert used["pkg:gem/rake"].scope is Scope.DEV
    assert [issue.message[:6] for issue in found.issues] == ["2 gems"]


@pytest.mark.parametrize(
    ("statements", "other"),
    [
        (
            "require File.expand_path('../lib/v', __FILE__)\nGem::Specification.new { |s|\ns.version = A::B }",
            "lib/v.rb",
        ),
        ("require File.join(\n 'lib',\n 'v'\n)\nGem::Specification.new do |s|\n s.version = A::B", "lib/v.rb"),
        ("require 'own/v'\nGem::Specification.new do |s|\n s.version = A::B.to_s", "lib/own/v.rb"),
    ],
)
def test_a_version_in_another_file_is_looked_up(statements: str, other: str) -> None:
    found = extract(EXTRACTOR, {"own.gemspec": statements.replace(" }", "\n}"), other: 'B = "9.8.7"\n'})
    assert found.projects[0].version == "9.8.7"


def test_a_version_from_a_file_is_read() -> None:
    text = "Gem::Specification.new do |s|\n s.version = File.read('VERSION').strip\n"
    assert extract(EXTRACTOR, {"own.gemspec": text, "VERSION": "4.5.6\n"}).projects[0].version == "4.5.6"


def test_a_version_said_often_is_looked_up_once() -> None:
    text = "Gem::Specification.new do |s|\n" + " s.version = A::B\n" * 20_000
    assert extract(EXTRACTOR, {"own.gemspec": text}).projects[0].version == ""


def test_what_ruby_code_computes_is_said_to_be_unknown() -> None:
    text = 'Gem::Specification.new do |s|\n s.name = "x-#{y}"\n s.version = compute()\n s.add_dependency z\n'
    found = extract(EXTRACTOR, {"own.gemspec": text})
    assert {issue.line for issue in found.issues} == {2, 3, 4}
    assert (found.projects[0].name, refs(found)) == ("", [])


def test_what_is_no_specification_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(EXTRACTOR, {"own.gemspec": "<html></html>"})


PARTS = st.sampled_from(
    [
        "s.name = ",
        "s.version = ",
        "A::B",
        '"1"',
        "s.add_dependency ",
        "'/'",
        "%q<a>",
        "s.licenses = ",
        "[",
        "require ",
        "'a'",
        "\n",
        "File.read(",
        "s.metadata = ",
    ]
)
PATHS = st.sampled_from(["a.gemspec", "x/specifications/a.gemspec"])


@given(PATHS, st.lists(PARTS, max_size=20).map("".join) | st.text(max_size=100))
def test_any_text_gives_an_extraction_or_unreadable(path: str, text: str) -> None:
    survives(EXTRACTOR, {path: text.encode(), "a.rb": "B = '1'", "a": "1"})
