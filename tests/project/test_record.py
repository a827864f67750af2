"""Numbers move only on purpose: every printed number of version 0.2, or a reason why it is another today."""

from __future__ import annotations

import pytest

import record
from helpers.editions import Report
from helpers.story import junta


@pytest.fixture(scope="module")
def known() -> dict[str, tuple[str, str]]:
    return record.explained()


@pytest.mark.slow
@pytest.mark.parametrize("edition", record.EDITIONS)
def test_every_moved_number_has_its_reason(edition, known):
    before = {key: value for key, value in record.baseline().items() if key.startswith(f"{edition} ")}
    assert len(before) > 500
    now = record.record(edition)
    new = [key for key in now if record.is_key(key) and key not in before]
    assert not new, "python tests/record.py records a key figure that is new"
    moved = record.differences(before, now)
    listed = {key: move for key, move in known.items() if key.startswith(f"{edition} ")}
    assert moved == listed, "python tests/record.py says what has no line in tests/moved.yml"


def test_reasons_belong_to_numbers_of_version_0_2(known):
    before = record.baseline()
    assert all(before[key] == old for key, (old, _) in known.items())


@pytest.mark.parametrize("edition", ["2023-07"])
def test_a_key_figure_is_in_the_record_by_its_place_with_its_numbers(edition):
    held = record.baseline()
    box = junta.answer(Report(edition))
    found = [held[f"{edition} key junta.answer {place}"] for place in range(1, len(box.keys) + 1)]
    assert found[0].startswith(record.said(box.keys[0].value.en))
    assert len(found) == len(set(found)) == 3
    names = {key.split(" ")[2] for key in held if record.is_key(key)}
    assert {"junta.answer", "southern.answer", "overview.answer"} <= names


def test_a_moved_number_is_seen_and_an_empty_reason_refused(tmp_path):
    assert record.differences({"a": "1 2", "b": "3"}, {"a": "1 3"}) == {"a": ("1 2", "1 3"), "b": ("3", record.GONE)}
    path = tmp_path / "moved.yml"
    path.write_text("- why: ''\n  moved: [a | 1 2 | 1 3]\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no reason"):
        record.explained(path)
    path.write_text("- why: Corrected.\n  moved: [a | 1 2 | 1 3, a | 1 2 | 1 4]\n", encoding="utf-8")
    with pytest.raises(ValueError, match="told twice"):
        record.explained(path)
