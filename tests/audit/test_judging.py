"""The method page prints the rule from the tables that decide, in both languages."""

from helpers.audit import claims, rule
from helpers.editions import Report
from helpers.story import judging

REPORT = Report("2023-07")


def test_the_page_prints_the_bands_that_decide():
    both = judging.words(REPORT)
    for table, language in ((both.english, 0), (both.french, 1)):
        rows = table.frame.to_numpy().tolist()
        assert [row[:2] for row in rows] == [
            [(w.said, w.said_fr)[language], (w.band, w.band_fr)[language]] for w in rule.WORDINGS.values()
        ]
    figures = [f for claim in claims.claims() for f in (*claim.figures, *claim.outcome)]
    assert both.english.frame["Figures"].sum() == len(figures)


def test_the_page_prints_the_room_for_revisions():
    english = judging.revisions(REPORT).english.frame
    assert len(english) == len(rule.REVISIONS)
    assert english["Room"].tolist() == ["8 percent", "3 percent", "10 percent", "none", "none", "none"]
    assert judging.revisions(REPORT).french.frame["Marge"].iloc[0].startswith("8")


def test_the_page_prints_every_verdict_with_its_meaning():
    both = judging.verdicts(REPORT)
    assert both.english.frame["Rule"].tolist() == list(claims.VERDICTS.values())
    assert both.french.frame["Règle"].tolist() == list(claims.VERDICTS_FR.values())
    assert set(both.english.frame["Verdict"]) == {face[0] for name, face in rule.FACES.items() if name}
