"""The audit: rules on hand-made readings, every claim at its date, and the output itself under regression."""

import json
from pathlib import Path

import pytest
import yaml

from helpers import data
from helpers.audit import claims as c
from helpers.audit.questions import OUTCOMES, QUESTIONS, Quantity, Reading
from helpers.editions import Report
from helpers.errors import ClaimError

STORED = Path(__file__).parent / "audit.csv"


def judged(published, *values, test="equal", unit="events", digits=0, reason="definition"):
    figure = c.Published("q", test, unit, published, digits, reason)
    quantity = Quantity(tuple(Reading(f"reading {i}", v) for i, v in enumerate(values)))
    row = c.judge(c.claims()[0], figure, quantity)
    return row.verdict, row.reason


@pytest.mark.parametrize(
    ("arguments", "keywords", "expected"),
    [
        # equal after rounding as published, halves up
        ((20, 0.2046), {"unit": "percent"}, ("reproduced", "")),
        ((55, 0.545), {"unit": "share"}, ("reproduced", "")),
        ((3, 2.5), {"unit": "times", "test": "approx"}, ("reproduced", "")),
        ((150, 1.46), {"unit": "percent", "digits": -1}, ("reproduced", "")),
        # more than
        ((50, 0.501), {"unit": "share", "test": "more"}, ("reproduced", "")),
        ((1000, 1000), {"test": "more"}, ("close", "vintage")),
        # within the vintage tolerance of the level: +25 % is 1.25 against 1.20
        ((20, 0.25), {"unit": "percent"}, ("close", "vintage")),
        ((16, 17), {}, ("close", "vintage")),
        # another reading gives it
        ((16, 21, 16), {}, ("close", "definition")),
        ((278, 0.7, 2.78), {"unit": "percent", "reason": "window not stated"}, ("close", "window not stated")),
        # only the direction
        ((278, 0.7, 0.9), {"unit": "percent"}, ("direction only", "definition")),
        ((3, 1.9), {"unit": "times"}, ("direction only", "definition")),
        # a count has no direction; a change the other way is no match
        ((16, 21, 30), {}, ("not reproduced", "definition")),
        ((50, -0.1), {"unit": "percent"}, ("not reproduced", "definition")),
        # statements
        ((None, 1.0), {"test": "true"}, ("reproduced", "")),
        ((None, 0.0, 1.0), {"test": "true"}, ("close", "definition")),
        ((None, 0.0, 0.0), {"test": "true"}, ("not reproduced", "definition")),
    ],
)
def test_verdict_rules(arguments, keywords, expected):
    assert judged(*arguments, **keywords) == expected


def test_every_claim_of_the_file_is_known_to_the_engine():
    ids = [row.id for row in c.claims()]
    assert len(ids) == len(set(ids)) == 49
    assert sum(row.report == "R22" for row in c.claims()) == 18
    assert {row.chapter for row in c.claims()} == {"trajectory", "junta", "wagner", "northern", "central", "southern"}


@pytest.mark.parametrize("claim", c.claims(), ids=lambda row: row.id)
def test_every_claim_has_a_verdict_a_reason_and_its_readings(claim):
    result = c.evaluate(claim.id)
    assert result.verdict in c.VERDICTS
    assert result.answer is not None
    assert result.answer.sentence.endswith(".")
    for row in (*result.rows, *result.outcomes):
        assert row.reason in c.REASONS
        if row.verdict in ("close", "direction only", "not reproduced", "not measurable"):
            assert row.reason, f"{claim.id}: a verdict that is not full needs a reason"
        if row.computed is not None:
            assert row.low <= row.computed <= row.high
            assert 0 <= row.matches <= row.readings
    allowed = {
        "measured": {"reproduced", "close", "direction only", "not reproduced", "not measurable"},
        "projection": {"borne out", "not borne out", "open"},
        "documented": {"sourced", "unsourced", "not measurable"},
        "assessment": {"evidence"},
    }
    assert result.verdict in allowed[claim.kind]


def test_assessments_have_evidence():
    for claim in c.claims():
        if claim.kind == "assessment":
            assert len(c.evaluate(claim.id).sources) >= 3, claim.id


def test_verdicts_are_not_typed(root):
    text = (root / "data" / "claims.yml").read_text(encoding="utf-8")
    rows = yaml.safe_load(text)
    for row in rows:
        assert set(row) <= {"id", "report", "chapter", "kind", "statement", "question", "figures", "outcome", "entries"}


def test_a_claim_with_an_unknown_quantity_says_so():
    claim = c.claims()[0]
    answer = QUESTIONS["kati"](Report("2022-08"))
    with pytest.raises(ClaimError, match="gives no 'violence'"):
        c._rows(claim, answer, data.chronology().head(0))


def test_an_unknown_claim_is_one_sentence():
    with pytest.raises(ClaimError, match="no claim 'R99-01'"):
        c.evaluate("R99-01")


def test_projections_are_settled_only_with_later_months(data_copy):
    open_row = c._outcome_rows(c.claim("R23-01"), type("A", (), {"quantities": {}})())
    assert [row.verdict for row in open_row] == ["open"]
    for name in OUTCOMES:
        assert name in QUESTIONS


def test_nothing_is_due_before_it_was_said():
    assert c.due(Report("2022-07")) == []
    assert {row.report for row in c.due(Report("2022-08"))} == {"R22"}
    assert {row.report for row in c.due(Report("2023-07"))} == {"R22", "R23"}
    assert {row.chapter for row in c.due(Report("latest"), "wagner")} == {"wagner"}


def test_audit_lists_each_report_in_its_edition_and_both_later():
    assert set(c.audit("2022-08")["report"]) == {"R22"}
    assert set(c.audit("2023-07")["report"]) == {"R23"}
    both = c.audit("latest")
    assert set(both["report"]) == {"R22", "R23"}
    assert set(both["id"]) == {row.id for row in c.claims()}


def test_the_audit_has_not_moved():
    """The audit's own output. After a change that is meant to move it: python tests/test_claims.py"""
    assert c.audit("latest").to_csv(index=False, lineterminator="\n") == STORED.read_text(encoding="utf-8")


def test_audit_survives_json():
    records = json.loads(c.audit("2023-07").to_json(orient="records"))
    assert records[0]["id"] == "R23-01"


@pytest.mark.parametrize("edition", ["2019-01", "2020-08", "2021-12", "2022-08", "2023-07", "2025-02", "latest"])
def test_every_question_has_an_answer_at_any_date(edition):
    report = Report(edition)
    for name, ask in QUESTIONS.items():
        if name in ("documented", "evidence"):
            continue
        answer = ask(report)
        sentence = answer.sentence
        assert sentence[0].isupper() or sentence[0].isdigit(), sentence
        assert sentence.endswith("."), sentence
        for flaw in ("nan", "None", "inf ", "  ", " 1 months", " 1 events", "{", "}"):
            assert flaw not in f" {sentence}", (name, sentence)
        for quantity in answer.quantities.values():
            assert quantity.low <= quantity.value <= quantity.high


if __name__ == "__main__":
    STORED.write_text(c.audit("latest").to_csv(index=False, lineterminator="\n"), encoding="utf-8")
