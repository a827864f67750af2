"""Another report in one file: an invented one, which says so, audited by the rule; what is wrong said in one sentence."""

import json
import re

import jsonschema
import pandas as pd
import pytest
import yaml

from helpers import cli, inert
from helpers import definitions as d
from helpers.audit import another, declared, rule
from helpers.audit.published import REASONS
from helpers.data import Tables
from helpers.errors import ClaimError
from helpers.measures import catalogue
from helpers.words import names
from hostile import MARK, TEXTS

FILE = "tests/invented_report.yml"


@pytest.fixture(scope="module")
def invented(root):
    return (root / FILE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(root):
    return another.audit(root / FILE)


def _count(since, to, value="events", *, mi=True, near=False, zone=None):
    """Count anew from the table, without the project's measures."""
    t = Tables().actors()
    kinds = ["Battles", "Explosions/Remote violence", "Violence against civilians"]
    t = t[t["month"].between(since, to) & t["event_type"].isin(kinds)]
    groups = ["jnim", "flm", "is-sahel", "jnim-or-is", "islamist-other"]
    t = t[t["side1"].isin(groups) | t["side2"].isin(groups)] if mi else t
    t = t[t["band"].isin(["0-50", "50-100", "100-150"])] if near else t
    return int(t.loc[t["region"].isin(zone), value].sum() if zone else t[value].sum())


def test_an_invented_report_is_judged_by_the_rule(rows):
    assert rows["report"].unique().tolist() == ["INV1"]
    found = rows.set_index(["id", "name"])
    half = ("2023-01", "2023-06")
    t = Tables().actors()
    state = t[t["event_type"].eq("Violence against civilians") & t["side1"].isin(["state", "wagner"])]
    now, before = (state.loc[state["month"].between(*w), "fatalities"].sum() for w in (half, ("2022-01", "2022-06")))
    assert _count(*half, near=True) > _count("2022-07", "2022-12", near=True)
    expected = {
        ("INV1-01", "Events"): (_count(*half, near=True), "reproduced"),
        ("INV1-01", "More than before"): (1, "reproduced"),
        ("INV1-02", "Fall"): (100 * (now / before - 1), "reproduced"),
        ("INV1-03", "Centre"): (100 * _count(*half, zone=["Mopti", "Segou"]) / _count(*half), "not reproduced"),
        ("INV1-04", "Pace"): (2 * _count(*half), "reproduced"),
        ("INV1-04", "2023"): (_count("2023-01", "2023-12"), "borne out"),
        ("INV1-04", "2040"): (None, "open"),
        ("INV1-05", "Prices"): (None, "not measurable"),
        ("INV1-06", ""): (None, "evidence"),
    }
    assert set(found.index) == set(expected)
    for key, (value, verdict) in expected.items():
        assert found.loc[key, "verdict"] == verdict, key
        assert (
            found.loc[key, "computed"] == pytest.approx(value, abs=1e-4)
            if value
            else pd.isna(found.loc[key, "computed"])
        )
    fall = found.loc[("INV1-02", "Fall")]
    assert fall["readings"] == 2
    assert fall["high"] > fall["computed"]


def test_the_schema_is_one_and_says_what_the_code_takes(root, invented):
    found = another.schema()
    jsonschema.Draft202012Validator.check_schema(found)
    whole = jsonschema.Draft202012Validator(found)
    whole.validate(yaml.safe_load((root / "data/claims.yml").read_text(encoding="utf-8")))
    whole.validate(another._plain(yaml.safe_load(invented)))
    defs = found["$defs"]
    fields = defs["reading"]["properties"]
    assert set(fields["what"]["enum"]) == set(declared.MAKERS)
    assert set(fields["method"]["enum"]) == set(names.METHODS)
    assert set(fields["type"]["enum"]) == set(names.UCDP) - {""}
    assert set(fields["group"]["enum"]) == set(names.GROUPS) - {"partners", "state-or-wagner"}
    assert set(fields["group"]["enum"]) <= set(d.GROUP_IDS) | set(catalogue.MEMBERS)
    assert fields["within"]["enum"] == list(d.BAMAKO_BANDS_KM)
    assert fields["in_zone"]["anyOf"][0]["enum"] == list(d.ZONES)
    assert fields["in_region"]["anyOf"][0]["enum"] == list(d.REGIONS)
    assert set(declared.COMPARED) <= set(fields)
    assert set(defs["other_reading"]["properties"]) == set(fields)
    for figure in ("figure", "own_figure"):
        assert set(defs[figure]["properties"]["test"]["enum"]) == set(rule.WORDINGS)
        assert set(defs[figure]["properties"]["reason"]["enum"]) <= set(REASONS)
    assert set(defs["own_figure"]["properties"]["rests"]["enum"]) == set(rule.REVISIONS) - {"share"}


@pytest.mark.parametrize("what", list(declared.MAKERS))
def test_every_measure_of_the_schema_counts(what):
    spec = {
        "what": what, "since": "2022-01", "to": "2022-12", "value": "deaths",
        **{name: {"group": "jnim", "against": "state", "method": "air", "type": "one-sided"}[name]
           for name in declared.OPTIONS.get(what, ()) if name != "unidentified"},
    }  # fmt: skip
    report = another.Report("latest")
    (one,) = declared.quantity(report, spec, [], "deaths", "equal").readings
    assert one.value > 0
    assert one.label.en.endswith(", 2022")
    assert one.label.fr.endswith(", 2022")


BAD = {
    "a field nobody knows": ("    kind: projection", "    kin: projection", "claim INV1-04: has a field 'kin' that is not known; expected id, statement"),
    "a zone": ("in_zone: centre", "in_zone: middle", 'claim INV1-03: figures[0].count.in_zone is "middle"; expected zone or zones: north, centre, south.'),
    "a measure": ("what: attacks_on_civilians", "what: killings", 'claim INV1-02: figures[0].count.what is "killings"; expected one of islamist, involving'),
    "a month": ("within: 150, since: 2023-01, to: 2023-06}}\n", "within: 150, since: 2023-01, to: June}}\n", 'claim INV1-01: figures[0].count.to is "June"; expected last month counted, as 2023-06.'),
    "a number as text": ("published: 21,", "published: twenty,", 'claim INV1-01: figures[0].published is "twenty"; expected the number that the report gives.'),
    "no unit": (", test: fraction, unit: share", ", test: fraction", "claim INV1-03: figures[0] lacks the field unit."),
    "no comparison": (", before: {since: 2022-01, to: 2022-06}", "", "claim INV1-02: figures[0].count: the unit percent needs before, and no other comparison."),
    "another comparison": ("share_of: {what: islamist}", "before: {since: 2022-01}", "claim INV1-03: figures[0].count: the unit share needs share_of"),
    "a whole without a measure": ("share_of: {what: islamist}", "share_of: {in_zone: north}", "claim INV1-03: figures[0].count: share_of needs what"),
    "no group": ("group: state-side, ", "", "claim INV1-02: figures[0].count lacks the field group."),
    "a group too many": ("{what: islamist, in_zone", "{what: islamist, group: jnim, in_zone", "claim INV1-03: figures[0].count: group is no field of islamist; leave it out."),
    "no distance in the table": ("{what: islamist, within: 150, since: 2023-01, to: 2023-06}}\n", "{what: totals, within: 150, since: 2023-01, to: 2023-06}}\n", "claim INV1-01: figures[0].count: the table totals does not tell how far from Bamako"),
    "months past the report": ("within: 150, since: 2023-01, to: 2023-06}}\n", "within: 150, since: 2023-01, to: 2023-07}}\n", "claim INV1-01: figures[0].count: January-July 2023 ends after June 2023, the last month of the data at that date."),
    "months before the tables": ("within: 150, since: 2023-01, to: 2023-06}}\n", "within: 150, since: 1990-01, to: 2023-06}}\n", "claim INV1-01: figures[0].count: edition 2023-06, table actors: the window"),
    "an end before the beginning": ("within: 150, since: 2023-01, to: 2023-06}}\n", "within: 150, since: 2023-06, to: 2023-01}}\n", "claim INV1-01: figures[0].count: a window cannot end"),
    "a statement with a number": ('test: "true"', 'published: 3, test: "true"', "claim INV1-01: figures[1] has the field published, which does not go with the others"),
    "an id twice": ("id: INV1-02", "id: INV1-01", "claim INV1-01: id is given twice"),
    "the project's own report": ("id: INV1\n", "id: R22\n", "report.id"),
    "no day": ("date: 2023-07-31", "date: 2023-02-31", "not readable as YAML in UTF-8"),
    "no day, as text": ("date: 2023-07-31", 'date: "2023-02-31"', "report.date is 2023-02-31, which is no day"),
    "an address": ("https://example.org/invented", "javascript:alert(1)", "report.address is"),
    "a field twice": ("  note: Invented.", "  note: Invented.\n  note: Again.", "a field given twice"),
    "an alias": ("  note: Invented.", "  note: &a Invented.\n  publisher: *a", "an alias in line"),
    "a tag": ("  note: Invented.", "  note: !!python/object/apply:os.system [id]", "not readable as YAML in UTF-8"),
    "no list": ("claims:\n", "claims: none\nother:\n", "invented"),
    "an outcome that is none": ("    kind: projection\n", "", "claim INV1-04: has the field outcome, which does not go with the others"),
    "nothing to compare with": ("before: {since: 2022-01, to: 2022-06}", "before: {since: 2012-01, to: 2012-01, in_region: Kayes}", "claim INV1-02: figures[0].count: before counts nothing"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_said_in_one_sentence(case, invented, tmp_path, capsys):
    old, new, message = BAD[case]
    assert old in invented
    path = tmp_path / "invented.yml"
    path.write_text(invented.replace(old, new, 1), encoding="utf-8")
    assert cli.main(["audit", "--claims", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(("error: invented.yml", f"error: {path}"))
    assert message in err
    assert err.count("\n") == 1
    assert err.rstrip().endswith(".")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "expected fields with values"),
        (b"\xff\xfe\x00", "not readable as YAML in UTF-8"),
        (b"[" * 5000, "not readable as YAML in UTF-8"),
        (b"a: !!timestamp soon", "not readable as YAML in UTF-8"),
        (b"a: !!bool maybe", "not readable as YAML in UTF-8"),
        (b"a: !!int ''", "not readable as YAML in UTF-8"),
        (b"- 1", "expected fields with values"),
        (b"report: {}\nclaims: [{id: 3}]", "claim 3: "),
        (b"a" * 1_000_001, "larger than 1,000,000 bytes"),
    ],
)
def test_what_is_no_claims_file_is_refused(content, message, tmp_path, capsys):
    path = tmp_path / "x.yml"
    path.write_bytes(content)
    assert cli.main(["audit", "--claims", str(path)]) == 2
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1


def test_a_missing_file_and_a_folder_are_said(tmp_path, capsys):
    for path, message in ((tmp_path / "none.yml", "no such file"), (tmp_path, "a folder")):
        assert cli.main(["audit", "--claims", str(path)]) == 2
        assert message in capsys.readouterr().err


@pytest.mark.parametrize("command", [["build"], ["run", "summary"]])
def test_a_book_of_another_report_is_refused_in_one_sentence(command, root, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main([*command, "--claims", str(root / "tests" / "invented_report.yml")])
    assert stopped.value.code == 2
    message = f"--claims is no option of {command[0]}; a claims file makes no page: audit --claims judges it."
    assert message in capsys.readouterr().err


def test_an_edition_before_the_report_is_refused(root, capsys):
    assert cli.main(["audit", "--claims", str(root / FILE), "--edition", "2022-08"]) == 2
    assert "the report holds months to June 2023, edition 2022-08 ends in August 2022" in capsys.readouterr().err


@pytest.mark.slow
def test_hostile_text_is_letters(tmp_path, invented, capsys):
    found = another._plain(yaml.safe_load(invented))
    found["claims"] = found["claims"][:1] * len(TEXTS)
    found["claims"] = [
        json.loads(json.dumps(row)) | {"id": f"INV1-{n}", "statement": text, "fr": text, "why": text}
        for n, (row, text) in enumerate(zip(found["claims"], TEXTS, strict=True))
    ]
    for row, text in zip(found["claims"], TEXTS, strict=True):
        row["figures"][0]["name"] = [text[:120], text[:120]]
    found["report"] |= {"title": TEXTS[0], "publisher": TEXTS[10]}
    path = tmp_path / "hostile.yml"
    path.write_text(yaml.safe_dump(found, allow_unicode=True), encoding="utf-8")
    other = another.read(path)
    assert "{" not in other.title + other.publisher
    assert "<" not in other.title + other.publisher
    for kind in ("csv", "json", "table"):
        assert cli.main(["audit", "--claims", str(path), "--format", kind]) == 0
        out = capsys.readouterr().out
        assert MARK not in out
        assert "\x1b" not in out
        assert not re.search(r"[<`\u202e\u2066]", out)
    for row in another.audit(path).itertuples():
        assert inert.text(row.statement) == row.statement


def test_bad_text_in_an_error_reaches_no_terminal(tmp_path, invented, capsys):
    path = tmp_path / "invented.yml"
    path.write_text(invented.replace("in_zone: centre", 'in_zone: "\\e[31m<b>"'), encoding="utf-8")
    assert cli.main(["audit", "--claims", str(path)]) == 2
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert "<b>" not in err


def test_the_page_shows_a_file_that_works(root, tmp_path):
    page = (root / "chapters/method/another-report.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.S)
    path = tmp_path / "my-report.yml"
    path.write_text(example, encoding="utf-8")
    found = another.audit(path)
    assert found["verdict"].tolist() == ["reproduced", "not reproduced", "borne out"]
    assert "invented" in another.read(path).title
    path.write_text(example.replace("in_zone: centre", "in_zone: middle"), encoding="utf-8")
    with pytest.raises(ClaimError) as error:
        another.audit(path)
    assert f"error: {error.value}" in page
    tables = "\n".join(line for line in page.splitlines() if line.startswith(("|", "   |")))
    for name in (*declared.MAKERS, *rule.WORDINGS):
        assert f"`{name}`" in tables, name
