# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What changed between two texts, by line and by rule."""

from hypothesis import given
from hypothesis import strategies as st

from paddock.hub.policies.difference import Change, compare_policies, compare_texts
from paddock.hub.policies.queries import rules_from

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "", "  x: 1"]), max_size=30).map("\n".join)
OLD = """name: Ours
distribution: app
rules:
  - id: first
    when: license == 'GPL-3.0-only'
    message: a
  - id: second
    when: license == 'MIT'
    message: b
"""


@given(TEXTS, TEXTS)
def test_both_texts_can_be_had_back_from_the_rows_and_the_skipped_lines(old: str, new: str) -> None:
    before, after = old.splitlines(), new.splitlines()
    difference = compare_texts(old, new)
    shown_old = [(row.old_number, row.old) for hunk in difference.hunks for row in hunk.lines if row.old_number]
    shown_new = [(row.new_number, row.new) for hunk in difference.hunks for row in hunk.lines if row.new_number]
    assert all(before[number - 1] == text for number, text in shown_old)
    assert all(after[number - 1] == text for number, text in shown_new)
    assert difference.added - difference.removed == len(after) - len(before)
    if before == after:
        assert difference.hunks == ()
    unseen = len(before) - len(shown_old)
    assert sum(hunk.skipped for hunk in difference.hunks) <= unseen


@given(TEXTS, TEXTS)
def test_unified_rows_are_the_same_lines_one_a_row(old: str, new: str) -> None:
    for hunk in compare_texts(old, new).hunks:
        rows = hunk.unified()
        assert all(row.change is not Change.CHANGED for row in rows)
        assert [row.old for row in rows if row.old_number] == [row.old for row in hunk.lines if row.old_number]
        assert [row.new for row in rows if row.new_number] == [row.new for row in hunk.lines if row.new_number]


def test_rules_that_came_went_and_changed_are_named() -> None:
    new = OLD.replace("'MIT'", "'BSD-3-Clause'").replace("app", "embedded").replace("id: first", "id: other")
    meaning = compare_policies(rules_from(OLD), rules_from(new))
    assert [(change.change, change.rule, change.fields) for change in meaning.rules] == [
        (Change.REMOVED, "first", ()),
        (Change.CHANGED, "second", ("when",)),
        (Change.ADDED, "other", ()),
    ]
    assert meaning.settings == ("distribution",)


def test_comments_and_layout_mean_nothing() -> None:
    assert compare_policies(rules_from(OLD), rules_from("# more\n" + OLD)).is_empty
