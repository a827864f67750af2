"""The audit on one page: every published figure against ours, its definition space, contradictions, second opinions."""

from __future__ import annotations

import math

import pandas as pd
import yaml

from helpers import charts, data
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit import beyond, claims, contradictions, headline, null, second, space
from helpers.chapters import NotInEdition
from helpers.editions import Report, listed
from helpers.figures import Figure, KeyFigure, KeyFigures, Listing, Table
from helpers.page import claimbox
from helpers.story import summary
from helpers.terms import term
from helpers.windows import half, month, month_name

HOLDS = (*headline.FIRM, "close")
"""Verdicts that count as holding or coming close."""

VERDICT_COLOURS = {
    shade: headline.face(verdict)[0]
    for shade, verdict in (
        ("firm", "reproduced"),
        ("near", "close"),
        ("partial", "direction only"),
        ("missed", "not reproduced"),
    )
}
LEVEL_COLOURS = {"firm": "Robust", "near": "Fragile", "partial": "Rival", "luck": "Lucky", "missed": "None"}
CAMP_COLOURS = {
    "islamist": "Militant Islamists",
    "state": "State forces and Wagner",
    "unidentified": "Others and unidentified",
}
SOURCE_COLOURS = {"neutral": "ACLED, as this book counts", "accent": "UCDP"}

DRAWN = (0.1, 10.0)
"""Ratios between which the chart of published against computed draws ranges."""

WORDS_CAVEAT = (
    "Where a report uses words (most, dozens, two thirds, the driving actor), the number held against it is this "
    "book's reading of the words."
)


# --------------------------------------------------------------------------- what there is to audit


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _due(r: Report, why: str = "") -> list[claims.Claim]:
    """Return the statements made by the edition's date, or say that there is none; one wording for each section."""
    due = claims.due(r)
    if not due:
        raise NotInEdition(
            *([f"{why}: no statement had been made by this edition's date."] if why else summary.NO_STATEMENT)
        )
    return due


def _reports(r: Report) -> str:
    """Name the reports made by the edition's date (`the report of 29 August 2022`)."""
    days = [summary.day(report) for report in summary.reports_of(r)]
    return f"the report{'s' if len(days) > 1 else ''} of {p.listing(days)}"


def _reports_fr(r: Report) -> str:
    """Return the same in French, with its preposition."""
    days = [fr.day_name(e.published) for e in listed() if e.report in summary.reports_of(r)]
    return f"{'des rapports' if len(days) > 1 else 'du rapport'} du {' et du '.join(days)}"


def _figure(claim_id: str, quantity: str) -> claims.Published:
    row = claims.claim(claim_id)
    return next(figure for figure in (*row.figures, *row.outcome) if figure.quantity == quantity)


def _name(claim_id: str, quantity: str) -> str:
    # The id stands first: on a phone the end of a long label is cut.
    return f"{claim_id} {_figure(claim_id, quantity).name}"


def _published_source(r: Report, *tables: str) -> str:
    said = "; ".join(claims.REPORTS[report] for report in summary.reports_of(r))
    return f"{r.source(*tables)} The published statements: {said}."


# --------------------------------------------------------------------------- key figures


def key_figures(r: Report) -> KeyFigures:
    """Return how many statements hold, how close and how firm the figures are, and what contradicts them."""
    _due(r)
    found = headline.headline(summary.judged(r))
    spaces_, checks_ = _spaces(r), _checks(r)
    against = int(checks_["verdict"].eq("contradiction").sum())
    counts = found.events
    rest = [
        f"{p.number(counts[name])} {words[counts[name] > 1]}"
        for name, words in (
            ("close", ("comes close", "come close")),
            ("direction only", ("goes the right way by the wrong size", "go the right way by the wrong size")),
            ("mixed", ("holds in part", "hold in part")),
            ("not reproduced", ("does not hold", "do not hold")),
        )
        if name in counts
    ]
    why = {
        "evidence": "judgements",
        headline.NOT_YET: "projections without a figure",
        "not measurable": "without the dimension in our data",
        "unsourced": "without another source",
    }
    missing = [f"{p.number(found.unchecked[name])} {words}" for name, words in why.items() if name in found.unchecked]
    facts = sum(found.facts.values())

    def of(part: int, whole: int) -> str:
        return f"{p.number(part)} of {p.number(whole)}"

    return KeyFigures(
        [
            KeyFigure(
                of(counts.get("reproduced", 0), found.checked),
                f"statements of {_reports(r)} that event data can recompute hold by the likeliest reading",
                _capital(p.listing(rest)),
            ),
            KeyFigure(
                p.number(found.proxy),
                "of those that hold or come close rest on a proxy",
                "the measure stands in for what the statement speaks of",
            ),
            KeyFigure(
                of(found.facts.get("sourced", 0), facts),
                "dated facts have a source other than the report for every part",
                "Event data do not hold them",
            ),
            KeyFigure(p.number(sum(found.unchecked.values())), "statements could not be checked", p.listing(missing)),
            KeyFigure(
                of(int(spaces_["level"].eq("robust").sum()), len(spaces_)),
                "figures stand firm when the definition is varied",
                f"and {p.word(against)} contradict each other"
                if against
                else "no two published facts contradict each other",
            ),
        ]
    )


# --------------------------------------------------------------------------- how much holds


def in_short(r: Report) -> str:
    """Say how much of each report holds; before the first report, that nothing had been said."""
    return summary.how_much_holds(r)


def by_chapter(r: Report) -> Figure:
    """Count the verdicts by chapter."""
    _due(r)
    order = list(summary.SAID)
    rows = [(summary.verdict_then(x), x.claim.chapter) for x in summary.judged(r)]
    found = [name for name in order if name in {verdict for verdict, _ in rows}]
    table = pd.DataFrame(
        [
            (headline.face(verdict)[0], label, sum(row == (verdict, chapter) for row in rows))
            for verdict in found
            for chapter, label in summary.CHAPTERS.items()
        ],
        columns=["Verdict", "Chapter", "Statements"],
    )
    scored = {
        chapter: [v for v, c in rows if c == chapter and v not in headline.UNCHECKED] for chapter in summary.CHAPTERS
    }
    misses = {chapter: sum(v not in HOLDS for v in own) for chapter, own in scored.items()}
    good, total = sum(v in HOLDS for own in scored.values() for v in own), sum(map(len, scored.values()))
    title = f"{p.number(good)} of {p.number(total)} statements that could be checked hold or come close"
    quoted = {chapter: f"“{label}”" for chapter, label in summary.CHAPTERS.items()}
    most, total_missed = max(misses.values()), sum(misses.values())
    worst = [quoted[chapter] for chapter, number in misses.items() if number == most]
    clean = [quoted[chapter] for chapter, number in misses.items() if not number and scored[chapter]]
    if total_missed == 1:
        title += f"; the one that does not is in the chapter {worst[0]}"
    elif most:
        each = " each" if len(worst) > 1 else ""
        verb = "have" if len(worst) > 1 else "has"
        title += f"; {p.listing(worst)} {verb} the most that do not ({p.word(most)}{each})"
        title += f", {p.listing(clean)} {'have' if len(clean) > 1 else 'has'} none" if clean else ""
    names = {chapter: f"« {term('Chapter: ' + label)} »" for chapter, label in summary.CHAPTERS.items()}
    worst_fr = [names[chapter] for chapter, number in misses.items() if number == most]
    clean_fr = [names[chapter] for chapter, number in misses.items() if not number and scored[chapter]]
    title_fr = f"Sur {fr.number(total)} affirmations vérifiables, {fr.number(good)} tiennent ou sont proches"
    if total_missed == 1:
        title_fr += f" ; celle qui ne tient pas est dans le chapitre {worst_fr[0]}"
    elif most:
        title_fr += (
            f" ; {fr.listing(worst_fr)} {'ont' if len(worst_fr) > 1 else 'a'} le plus de celles qui ne tiennent pas "
        )
        title_fr += f"({fr.word(most, feminine=True)}{' chacun' if len(worst_fr) > 1 else ''})"
        if clean_fr:
            title_fr += f", {fr.listing(clean_fr)} n’en {'ont' if len(clean_fr) > 1 else 'a'} aucune"
    return Figure(
        id="scorecard-chapters",
        title=p.sentence(title),
        subtitle=f"Number of statements of {_reports(r)}, by verdict and by the chapter that treats them; "
        "projections are judged on the figures of their own date",
        chart=charts.heat(table, "Chapter", "Verdict", "Statements", title="Statements"),
        frame=table,
        alt=p.sentence(
            f"Grid of {p.word(len(found))} verdicts by {p.word(len(summary.CHAPTERS))} chapters. By chapter, statements that "
            "hold or come close: "
            + p.listing(
                f"{summary.CHAPTERS[chapter]} {len(own) - misses[chapter]} of {len(own)}"
                for chapter, own in scored.items()
                if own
            )
        ),
        fr=fr.words(
            title_fr,
            f"Nombre d’affirmations {_reports_fr(r)}, par verdict et par chapitre qui les traite ; les projections sont jugées sur "
            "les chiffres de leur propre date",
            f"Grille de {fr.word(len(found))} verdicts sur {fr.word(len(summary.CHAPTERS))} chapitres. Par chapitre, affirmations qui "
            "tiennent ou sont proches : "
            + fr.listing(
                f"{term('Chapter: ' + summary.CHAPTERS[chapter])} {len(own) - misses[chapter]} sur {len(own)}"
                for chapter, own in scored.items()
                if own
            ),
        ),
        source=_published_source(r, "actors", "totals"),
    )


def by_kind(r: Report) -> Table:
    """Count the verdicts by report and kind of statement."""
    _due(r)
    results = summary.judged(r)
    lines = []
    for report in summary.reports_of(r):
        for kind in claims.KINDS:
            own = [summary.verdict_then(x) for x in results if (x.claim.report, x.claim.kind) == (report, kind)]
            if own:
                lines.append(
                    (
                        f"{summary.day(report)}: {kind}",
                        len(own),
                        _capital(
                            p.listing(
                                f"{own.count(name)} {headline.face(name)[0].lower()}"
                                for name in summary.SAID
                                if name in own
                            )
                        ),
                    )
                )
    return Table(
        title="Verdicts by report and kind of statement",
        frame=pd.DataFrame(lines, columns=["Report and kind", "Statements", "Verdicts"]),
        note="Measured: event data can recompute it. Projection: about months that had not come yet. Documented: a dated "
        "fact. Assessment: a judgement, shown with the evidence and not scored.",
    )


# --------------------------------------------------------------------------- published against computed


def ratio(figure: claims.Published, value: float) -> float:
    """Return a value over the published one; changes in percent are compared through the level they lead to.

    Examples
    --------
    >>> ratio(claims.Published("x", "equal", "events", 16), 20), ratio(claims.Published("x", "equal", "percent", 20), 32)
    (1.25, 1.1)
    """
    assert figure.published is not None
    shift = 100.0 if figure.unit == "percent" else 0.0
    return (value + shift) / (figure.published + shift)


def numbers(r: Report) -> pd.DataFrame:
    """Return every published number that event data can recompute, with ours over it.

    Returns
    -------
    DataFrame
        `name`, `id`, `statement`, `published`, `computed` and `range` (in words), `ratio`, `low`, `high`, `verdict`,
        `more` (published as a bound); the best verdict first, within it the nearest. What our sources cannot settle is
        left out.
    """
    records = []
    for result in summary.judged(r):
        if result.claim.kind not in ("measured", "projection"):
            continue
        for row in result.rows:
            figure = row.figure
            if figure is None or figure.published is None or row.computed is None or figure.needs:
                continue
            low, high = (row.computed if x is None else x for x in (row.low, row.high))
            records.append(
                {
                    "name": _name(row.claim.id, figure.quantity),
                    "id": row.claim.id,
                    "statement": row.claim.statement,
                    "published": figure.text,
                    "computed": figure.number(row.computed),
                    "range": _range(row),
                    "ratio": ratio(figure, row.computed),
                    "low": ratio(figure, low),
                    "high": ratio(figure, high),
                    "verdict": row.verdict,
                    "more": figure.test in ("more", "least"),
                }
            )
    table = pd.DataFrame(records)
    order = list(claims.VERDICTS)
    return (
        table.assign(_verdict=table["verdict"].map(order.index), _far=table["ratio"].map(lambda x: abs(math.log(x))))
        .sort_values(["_verdict", "_far", "name"], ignore_index=True)
        .drop(columns=["_verdict", "_far"])
    )


def _range(row: claims.Row) -> str:
    if row.figure is None or row.readings < 2 or row.low is None or row.high is None or row.figure.test == "true":
        return "–"
    return " to ".join(dict.fromkeys((row.figure.number(row.low), row.figure.number(row.high))))


def against_published(r: Report) -> Figure:
    """Set every computed figure against the published one, with the range over its readings."""
    _due(r, "There is nothing to compare")
    table = numbers(r)
    table["Verdict"] = table["verdict"].map(lambda name: headline.face(name)[0])
    drawn = table.assign(
        low=table["low"].clip(*DRAWN), high=table["high"].clip(*DRAWN), ratio=table["ratio"].clip(*DRAWN)
    )
    drawn = drawn.rename(
        columns={
            "name": "Figure",
            "ratio": "Ratio",
            "published": "As published",
            "computed": "Computed",
            "range": "Range over readings",
            "statement": "Statement",
        }
    )
    cut = int((table["low"].lt(DRAWN[0]) | table["high"].gt(DRAWN[1])).sum())
    near = table["ratio"].between(1 - d.VINTAGE_TOLERANCE, 1 + d.VINTAGE_TOLERANCE)
    over = table["more"] & table["verdict"].eq("reproduced")
    off = table[~near & ~over]
    title = (
        f"of {p.number(len(table))} published numbers, {p.word(int(near.sum()))} are matched within "
        f"{p.percent(d.VINTAGE_TOLERANCE)}"
    )
    beyond_bound = int((over & ~near).sum())
    if beyond_bound:
        title += f" and {p.word(beyond_bound)} “more than” {'is' if beyond_bound == 1 else 'are'} exceeded further"
    if len(off):
        far = off.loc[off["ratio"].map(lambda x: abs(math.log(x))).idxmax()]
        title += f"; farthest off is {far['id']}, at {p.times(far['ratio'])} the published one"
    frame = pd.DataFrame(
        {
            "Figure": table["name"],
            "Published": table["published"],
            "Computed": table["computed"],
            "Range over readings": table["range"],
            "Computed over published": table["ratio"].round(2),
            "Verdict": table["Verdict"],
            "Statement": table["statement"],
        }
    )
    title_fr = f"Sur {fr.number(len(table))} nombres publiés, {fr.word(int(near.sum()))} sont retrouvés à {fr.percent(d.VINTAGE_TOLERANCE)} près"
    if beyond_bound:
        title_fr += f" et {fr.word(beyond_bound)}, dits « plus de », {'est dépassé' if beyond_bound == 1 else 'sont dépassés'} davantage"
    if len(off):
        title_fr += f" ; le plus éloigné est {far['id']}, à {fr.times(far['ratio'])} le nombre publié"
    return Figure(
        id="scorecard-ratios",
        title=p.sentence(title),
        subtitle=f"Computed over published figure of {_reports(r)} (1 = as published; log axis), dot: main definition, line: range "
        f"over the readings tried; within {p.percent(d.VINTAGE_TOLERANCE)} of 1 later revisions can explain the gap; "
        "changes are compared through the level they lead to",
        chart=charts.dots(
            drawn,
            "Figure",
            "Ratio",
            "low",
            "high",
            title="Computed over published",
            unit="ratio",
            log=True,
            by="Verdict",
            colours={key: label for key, label in VERDICT_COLOURS.items() if label in set(table["Verdict"])},
            tips=["As published", "Computed", "Range over readings", "Verdict", "Statement"],
        ),
        frame=frame,
        alt=p.sentence(
            f"Dots with ranges, one line for each of {p.number(len(table))} figures, around a mark at 1: "
            + p.listing(
                f"{p.number(many)} {name[0].lower() + name[1:]}"
                for name, many in table["Verdict"].value_counts(sort=False).items()
            )
            + f"; ratios run from {p.number(table['ratio'].min(), 2)} to {p.number(table['ratio'].max(), 2)}"
        ),
        fr=fr.words(
            title_fr,
            f"Nombre calculé rapporté au nombre publié {_reports_fr(r)} (1 = tel que publié ; axe logarithmique), point : définition "
            f"principale, trait : étendue des lectures essayées ; à {fr.percent(d.VINTAGE_TOLERANCE)} près de 1, des révisions "
            "ultérieures peuvent expliquer l’écart ; les variations sont comparées par le niveau auquel elles mènent",
            f"Points avec étendues, une ligne pour chacun des {fr.number(len(table))} nombres, autour d’un repère à 1 : "
            + fr.listing(
                f"{fr.number(many)} « {headline.face(name)[1].lower()} »"
                for name, many in table["verdict"].value_counts(sort=False).items()
            )
            + f" ; les rapports vont de {fr.number(table['ratio'].min(), 2)} à {fr.number(table['ratio'].max(), 2)}",
        ),
        source=_published_source(r, "actors", "areas"),
        caveat=WORDS_CAVEAT
        + (
            f" The ranges of {p.count(cut, 'figure')} go beyond {p.number(DRAWN[0], 1)} or {p.number(DRAWN[1])} times and are "
            "cut at the edge; the table has them in full."
            if cut
            else ""
        ),
    )


# --------------------------------------------------------------------------- the full table


def audit_rows(r: Report) -> pd.DataFrame:
    """Return the audit of every statement made by the edition's date, each at its own date (`claims.COLUMNS`)."""
    due = {row.id for row in _due(r, "There is nothing to list")}
    parts = [claims.audit(edition.id, str(r.data_dir)) for edition in listed() if edition.report]
    rows = pd.concat([part for part in parts if len(part) and set(part["id"]) <= due], ignore_index=True)
    return rows.assign(matches=rows["matches"].astype(int), readings=rows["readings"].astype(int))


def csv(r: Report, title: str, listing: str, rows: pd.DataFrame) -> str:
    """Return rows as CSV under a commented header with source, licence and citation."""
    cff = yaml.safe_load((data.default_folder().parent / "CITATION.cff").read_text(encoding="utf-8"))
    authors = ", ".join(author["name"] for author in cff["authors"])
    head = [
        ("Title", title),
        ("Edition", f"{r.edition.title}. {r.coverage}"),
        ("Source and licence", _published_source(r, "actors", "totals")),
        (
            "Cite as",
            f"{authors} ({str(cff['date-released'])[:4]}): {cff['title']}, version {cff['version']}, edition "
            f"{r.edition.title}, table {listing}.",
        ),
        *(("Cite the data as", source.citation) for source in data.sources("actors", r.data_dir)),
    ]
    lines = [f"# {name}: {' '.join(text.split())}\n" for name, text in dict.fromkeys(head)]
    return "".join(lines) + rows.to_csv(index=False, lineterminator="\n")


def _links(r: Report, *, outcome: bool = False) -> dict[str, str]:
    """Return the address of each claim's box; where only later months speak to a claim, that of its outcome."""
    return {
        row.id: f"{row.chapter}.html#claim-{row.id.lower()}{'-outcome' if outcome or not _at_once(row) else ''}"
        for row in claims.due(r)
        if not outcome or row.outcome
    }


def _at_once(row: claims.Claim) -> bool:
    return bool(row.figures) or row.kind != "projection"


def _line(result: claims.Result, row: claims.Row) -> tuple:
    figure = row.figure
    if figure is None:
        what, found = row.name or "–", "–"
        said = {"documented": "a dated fact", "projection": "a projection"}.get(row.claim.kind, "a judgement")
    else:
        what, said, found = figure.name, figure.text, claimbox.computed(row)[0]
    agree = f"{row.matches} of {row.readings}" if row.readings else "–"
    return (
        row.claim.id,
        row.claim.statement,
        what,
        headline.face(row.verdict)[0],
        said,
        found,
        _range(row),
        agree,
        row.reason or "–",
        summary.day(row.claim.report),
        summary.CHAPTERS[row.claim.chapter],
    )


LINE = (
    "Claim",
    "Statement",
    "Figure",
    "Verdict",
    "Published",
    "Computed",
    "Range over readings",
    "Readings that give it",
    "Reason",
    "Report",
    "Chapter",
)


def _listing(r: Report, lines: list[tuple], **words: str | dict) -> Listing:
    frame = pd.DataFrame(lines, columns=list(LINE))
    known = list(dict.fromkeys(headline.face(name)[0] for name in (*summary.SAID, *claims.VERDICTS)))
    frame["Verdict"] = pd.Categorical(frame["Verdict"], [name for name in known if name in set(frame["Verdict"])])
    return Listing(
        frame=frame.loc[:, (frame != "–").any()],
        source=_published_source(r, "actors", "totals"),
        filters=("Verdict", "Report", "Chapter"),
        **words,  # type: ignore[arg-type]
    )


def _reasons(lines: list[tuple]) -> str:
    """Explain the reason codes that some lines carry."""
    used = {line[LINE.index("Reason")] for line in lines}
    return " ".join(
        f"{_capital(code)}: {words[0].lower() + words[1:]}" for code, words in claims.REASONS.items() if code in used
    )


def every_figure(r: Report) -> Listing:
    """List every audited figure with its verdict, to be searched, narrowed down and taken away."""
    _due(r, "There is nothing to list")
    lines = []
    for result in summary.judged(r):
        unsettled = claims.Row(result.claim, None, summary.UNSETTLED)
        lines += [_line(result, row) for row in result.rows or (unsettled,)]
    rows = audit_rows(r)
    title = "Every figure of every statement, held against the data"
    return _listing(
        r,
        lines,
        id="scorecard-audit",
        title=title,
        links=_links(r),
        csv=csv(r, title, "scorecard-audit", rows[rows["part"].eq("statement")]),
        note="One row a figure; a statement with several parts has several rows, and is mixed where they differ. "
        f"{_reasons(lines)} {WORDS_CAVEAT}",
    )


# --------------------------------------------------------------------------- the definition space


def _spaces(r: Report) -> pd.DataFrame:
    """Return `space.summary` for the statements made by the edition's date, the firmest first."""
    due = {row.id for row in _due(r, "There is nothing to weigh")}
    table = space.summary(str(r.data_dir))
    table = table[table["id"].isin(due)]
    table["name"] = [_name(*key) for key in zip(table["id"], table["figure"], strict=True)]
    table["reached"] = (table["exact"] + table["near"]) / table["definitions"]
    order = list(null.LEVELS)
    return (
        table.assign(_level=table["level"].map(order.index))
        .sort_values(["_level", "reached", "name"], ascending=[True, False, True], ignore_index=True)
        .drop(columns="_level")
    )


def space_in_short(r: Report) -> str:
    """Say how many definitions were tried, how many figures are firm, and which definition gives several at once."""
    table = _spaces(r)
    counts = table["level"].value_counts()
    tried = sum(len(space.search(*key, str(r.data_dir))) for key in zip(table["id"], table["figure"], strict=True))
    said = {
        "robust": "robust",
        "fragile": "fragile",
        "rival": "given by other definitions than the one that the words suggest",
        "lucky": "given only by definitions that give many other numbers too",
        "none": "given by no definition",
    }
    held = p.listing(
        f"{p.word(int(counts[name]))} {'is' if counts[name] == 1 else 'are'} {words}"
        for name, words in said.items()
        if name in counts
    )
    out = [
        p.sentence(f"{p.number(tried)} definitions were computed for {p.number(len(table))} published figures: {held}")
    ]
    due = {row.id for row in claims.due(r)}
    with_all: list[tuple[str, int, int]] = []
    without: list[tuple[str, int, int]] = []
    for claim_id in space.JOINT:
        if claim_id in due:
            found = space.joint(claim_id, str(r.data_dir))
            (with_all if found["match"].any() else without).append((claim_id, int(found["match"].sum()), len(found)))
    if without:
        out.append(
            p.sentence(
                f"no single definition gives all the figures of {p.listing(row[0] for row in without)} at once "
                f"({p.listing(p.number(row[2]) for row in without)} tried)"
            )
        )
    if with_all:
        out.append(
            p.sentence(
                p.listing(
                    f"{p.number(row[1])} of {p.number(row[2])} definitions {'gives' if row[1] == 1 else 'give'} all the figures of "
                    f"{row[0]} at once"
                    for row in with_all
                )
            )
        )
    return " ".join(out)


def levels(r: Report) -> Table:
    """Explain the levels, with the number of figures on each."""
    counts = _spaces(r)["level"].value_counts()
    frame = pd.DataFrame(
        [(_capital(name), int(counts.get(name, 0)), rule) for name, rule in null.LEVELS.items()],
        columns=["Level", "Figures", "Rule"],
    )
    return Table(title="How firmly a figure stands among its definitions", frame=frame)


def space_shares(r: Report) -> Figure:
    """Show for each figure the share of definitions that come to it."""
    table = _spaces(r)
    table["Level"] = table["level"].map(_capital)
    drawn = pd.DataFrame(
        {
            "Figure": table["name"],
            "Share of definitions": table["reached"],
            "Level": table["Level"],
            "Published": table["published"],
            "Definitions": table["definitions"],
            "Exactly": table["exact"],
            "Nearly": table["near"],
        }
    )
    firm = int(table["level"].isin(["robust"]).sum())
    half_of = int(table["reached"].ge(0.5).sum())
    nothing = table[table["exact"].eq(0)]
    title = (
        f"{p.none(firm)} of {p.number(len(table))} figures stand firm when the definition is varied; "
        f"{p.none(half_of)} {'is' if half_of == 1 else 'are'} given or nearly given by at least half of all definitions"
    )
    few = f"{fr.word(len(nothing))} {'n’ont' if len(nothing) > 1 else 'n’a'}"
    return Figure(
        id="scorecard-space",
        title=p.sentence(title),
        subtitle=f"Share of the definitions tried that give the figure of {_reports(r)}, exactly or within "
        f"{p.percent(d.VINTAGE_TOLERANCE)}, by figure and level; each at the date of its statement",
        chart=charts.bars(
            drawn,
            "Figure",
            "Share of definitions",
            title="Share of definitions",
            unit="share",
            by="Level",
            colours={key: label for key, label in LEVEL_COLOURS.items() if label in set(table["Level"])},
            tips=["Published", "Definitions", "Exactly", "Nearly", "Level"],
        ),
        frame=drawn.assign(**{"Share of definitions": table["reached"].round(3)}),
        alt=p.sentence(
            f"Bars for {p.number(len(table))} figures in blocks by level: "
            + p.listing(
                f"{p.number(many)} {name.lower()}" for name, many in table["Level"].value_counts(sort=False).items()
            )
            + f"; {p.none(len(nothing))} {'has' if len(nothing) == 1 else 'have'} no definition that gives the figure exactly"
        ),
        fr=fr.words(
            f"{fr.word(firm)} {'nombre' if firm < 2 else 'nombres'} sur {fr.number(len(table))} "
            f"{'restent fermes' if firm > 1 else ('reste ferme' if firm else 'ne reste ferme')} quand on fait varier la définition ; "
            f"{fr.word(half_of)} {'sont donnés' if half_of > 1 else ('est donné' if half_of else 'n’est donné')}, ou presque, par au "
            "moins la moitié des définitions",
            f"Part des définitions essayées qui donnent le nombre {_reports_fr(r)}, exactement ou à "
            f"{fr.percent(d.VINTAGE_TOLERANCE)} près, par nombre et par niveau ; chacun à la date de son affirmation",
            f"Barres pour {fr.number(len(table))} nombres en blocs par niveau : "
            + fr.listing(
                f"{fr.number(many)} {term('Level: ' + name)}"
                for name, many in table["Level"].value_counts(sort=False).items()
            )
            + f" ; {few} aucune définition qui donne le nombre exact",
        ),
        source=_published_source(r, "actors", "areas", "regions"),
        caveat="The level looks first at the definition that the words suggest, so a long bar can be lucky and a short one "
        "robust. The table says how many other numbers the same definitions would have given.",
    )


def _matching(words: str) -> str:
    return "; or: ".join(words.split(" | ")).replace("; or: and ", " and ") or "none"


def spaces(r: Report) -> Listing:
    """List each figure's definition space."""
    table = _spaces(r)
    published = {(c.id, f.quantity): f for c in claims.due(r) for f in c.figures}
    lines = []
    for row in table.itertuples():
        figure = published[row.id, row.figure]
        lines.append(
            (
                row.name,
                _capital(row.level),
                figure.text,
                figure.number(row.natural),
                " to ".join(dict.fromkeys((figure.number(row.low), figure.number(row.high)))),
                row.definitions,
                row.exact,
                row.near,
                row.share,
                None if math.isnan(row.reached) else row.reached,
                None if math.isnan(row.as_well) else row.as_well,
                _matching(row.matching),
                summary.day(row.id[:3]),
            )
        )
    frame = pd.DataFrame(
        lines,
        columns=[
            "Figure",
            "Level",
            "Published",
            "As the words suggest",
            "Lowest to highest",
            "Definitions",
            "Exactly",
            "Nearly",
            "Weight of those that give it",
            "Other numbers given too",
            "Given as well",
            "Definitions that give it",
            "Report",
        ],
    )
    frame["Level"] = pd.Categorical(frame["Level"], [_capital(name) for name in null.LEVELS])
    return Listing(
        id="scorecard-definitions",
        title="How many definitions give each figure, and which",
        frame=frame,
        filters=("Level", "Report"),
        decimals={"Weight of those that give it": 2, "Other numbers given too": 2, "Given as well": 2},
        source=_published_source(r, "actors", "areas", "regions"),
        note=f"Nearly: within {p.percent(d.VINTAGE_TOLERANCE)}, exact ones left out; it decides no level. Weight: each choice "
        "weighs the same. Other numbers given too: of the numbers of the same rounding from two thirds to three halves of the "
        "natural value, the share that some definition gives; given as well: by at least as much weight. There are no such "
        "numbers for “more than”.",
    )


# --------------------------------------------------------------------------- contradictions


def _checks(r: Report) -> pd.DataFrame:
    due = {row.id for row in _due(r, "There is nothing to hold against each other")}
    found = contradictions.check_all(str(r.data_dir))
    return found[found["claims"].str.split(";").map(lambda ids: set(ids) <= due)].reset_index(drop=True)


def contradictions_in_short(r: Report) -> str:
    """Count the checks, and state each that does not meet: contradictions, and figures at odds with something else."""
    found = _checks(r)
    against = found[found["verdict"].isin(["contradiction", "at odds"])]
    lines = [contradictions.tally(found)]
    if len(against):
        lines += [
            "",
            *(f"* **{row.asks}** {row.sentence} ({row.claims.replace(';', ', ')})" for row in against.itertuples()),
        ]
    return "\n".join(lines)


def checks(r: Report) -> Listing:
    """List every check of the published figures against each other, the contradictions first."""
    found = _checks(r)
    order = list(contradictions.VERDICTS)[::-1]
    found = found.assign(_order=found["verdict"].map(order.index)).sort_values("_order", kind="stable")
    frame = pd.DataFrame(
        {
            "Question": found["asks"],
            "Finding": pd.Categorical(found["verdict"].map(_capital), [_capital(name) for name in order]),
            "What the figures imply": found["implies"],
            "What follows": found["follows"],
            "Claims": found["claims"].str.replace(";", ", "),
        }
    )
    rules = " ".join(
        f"{_capital(name)}: {rule[0].lower() + rule[1:]}" for name, rule in contradictions.VERDICTS.items()
    )
    return Listing(
        id="scorecard-checks",
        filters=("Finding",),
        title="The published figures against themselves and each other",
        frame=frame,
        note=rules,
        source=_published_source(r, "actors", "regions"),
    )


# --------------------------------------------------------------------------- a second opinion


def _opinions(r: Report, *, later: bool) -> pd.DataFrame:
    due = {row.id for row in _due(r, "There is nothing to ask a second source about")}
    found = second.table(str(r.data_dir))
    return found[found["id"].isin(due) & found["later"].eq(later)].reset_index(drop=True)


def second_in_short(r: Report) -> str:
    """Say how often UCDP goes the way that the event data go, and where it does not."""
    found = _opinions(r, later=False)
    judged = found[found["agrees"].ne("")]
    yes = int(judged["agrees"].eq("yes").sum())
    other = list(dict.fromkeys(judged.loc[judged["agrees"].eq("no"), "id"]))
    text = (
        f"{p.word(found['id'].nunique())} of {p.number(len(claims.due(r)))} statements have a counterpart in UCDP; of the "
        f"{p.count(len(judged), 'figure')} whose direction can be compared, UCDP goes the same way as ACLED in "
        f"{p.word(yes) if yes else 'none'}"
    )
    if other:
        text += f" and another way for {p.listing(other)}"
    return p.sentence(text)


def _change(row: pd.Series, value: float) -> float:
    return 1 + value / 100 if row["unit"] == "percent" else value


def directions(r: Report) -> Figure:
    """Set the changes by UCDP beside ours and the published ones."""
    found = _opinions(r, later=False)
    found = found[found["unit"].isin(["percent", "times"]) & found["published"].notna()]
    ours, ucdp = SOURCE_COLOURS.values()
    records = []
    for _, row in found.iterrows():
        name, said = _name(row["id"], row["figure"]), _change(row, row["published"])
        mine = _change(row, row["ours"])
        records.append((name, ours, mine, mine, mine, said))
        best, low, high = (_change(row, row[key]) for key in ("ucdp", "low", "high"))
        records.append((name, ucdp, best, low, high, said))
    table = pd.DataFrame(records, columns=["Change", "Source", "Times as many", "Low", "High", "As published"]).round(3)
    agree, less = found["agrees"].eq("yes"), found["ucdp"].lt(found["ours"])
    same, n = int(agree.sum()), len(found)
    title = f"UCDP goes the same way as ACLED in {p.word(same) if same else 'none'} of {p.count(n, 'change')}"
    if n - same:
        title += f", the other way in {p.word(n - same)}"
    if int(less.sum()) not in (0, n, n - same):
        title += f"; it sees a smaller change or a fall in {p.word(int(less.sum()))}"
    elif less.all():
        title += ", and always sees less of a rise"
    if same:
        title_fr = f"L’UCDP va dans le même sens qu’ACLED dans {fr.count(same, 'changement')} sur {fr.word(n)}"
    else:
        title_fr = f"L’UCDP ne va dans le même sens qu’ACLED dans aucun changement sur {fr.word(n)}"
    if n - same:
        title_fr += f", dans l’autre sens dans {fr.word(n - same)}"
    if int(less.sum()) not in (0, n, n - same):
        title_fr += f" ; elle voit un changement moindre ou une baisse dans {fr.word(int(less.sum()))}"
    elif less.all():
        title_fr += ", et voit toujours une hausse moindre"
    return Figure(
        id="scorecard-second-opinion",
        title=p.sentence(title),
        subtitle="Times as many as in the months compared (1 = no change; log axis), Mali, at the date of each statement "
        f"of {_reports(r)}: ACLED militant Islamist events or deaths, and UCDP's of all sides; line: UCDP's low and high estimate; "
        "tick: as published",
        chart=charts.dots(
            table,
            "Change",
            "Times as many",
            "Low",
            "High",
            title="Times as many",
            unit="ratio",
            log=True,
            by="Source",
            colours=SOURCE_COLOURS,
            reference="As published",
        ),
        frame=table,
        alt=p.sentence(
            "Two dots a line: "
            + p.listing(
                f"{_name(row.id, row.figure)} {p.number(_change(found.loc[row.Index], row.ours), 1)} times by ACLED and "
                f"{p.number(_change(found.loc[row.Index], row.ucdp), 1)} by UCDP"
                for row in found.itertuples()
            )
        ),
        fr=fr.words(
            title_fr,
            "Combien de fois autant que dans les mois comparés (1 = aucun changement ; axe logarithmique), Mali, à la date de chaque "
            f"affirmation {_reports_fr(r)} : événements islamistes militants ou morts selon ACLED, et ceux de toutes les parties selon "
            "l’UCDP ; trait : estimations basse et haute de l’UCDP ; tiret : tel que publié",
            "Deux points par ligne : "
            + " ; ".join(
                f"{row.id} ({_figure(row.id, row.figure).fr}), "
                f"{fr.number(_change(found.loc[row.Index], row.ours), 1)} fois selon ACLED et "
                f"{fr.number(_change(found.loc[row.Index], row.ucdp), 1)} selon l’UCDP"
                for row in found.itertuples()
            ),
        ),
        source=_published_source(r, "actors", "ucdp_months", "ucdp_years"),
        caveat=f"{second.WHY['all sides']} {second.WHY['threshold']}",
    )


def _opinion_table(r: Report, found: pd.DataFrame, listing: str, title: str) -> Listing:
    figures = {
        (c.id, part, f.quantity): f
        for c in claims.due(r)
        for part, group in (("statement", c.figures), ("outcome", c.outcome))
        for f in group
    }
    lines = []
    for row in found.itertuples():
        figure = figures[row.id, row.part, row.figure]
        span = "" if row.low == row.high else f" ({figure.number(row.low)} to {figure.number(row.high)})"
        lines.append(
            (
                row.id,
                figure.text,
                "–" if pd.isna(row.ours) else figure.number(row.ours),
                f"{figure.number(row.ucdp)}{span}",
                row.agrees or "not comparable",
                row.sentence,
                row.why,
            )
        )
    frame = pd.DataFrame(
        lines, columns=["Claim", "Published", "ACLED", "UCDP", "Same way", "In words", "Why they differ"]
    )
    source = _published_source(r, "actors", "ucdp_months", "ucdp_years")
    return Listing(id=listing, title=title, frame=frame, filters=("Same way",), links=_links(r), source=source)


def opinions(r: Report) -> Listing:
    """List UCDP's answer to each statement it has the dimension for, at the statement's date."""
    return _opinion_table(r, _opinions(r, later=False), "scorecard-ucdp", "What UCDP says to the same statements")


# --------------------------------------------------------------------------- beyond the reports


def beyond_in_short(r: Report) -> str:
    """List what the reports could have said with the same data."""
    labels = ("One event", "For the people who live there", "Who kills civilians", "Which region")
    return "\n".join(f"* **{label}.** {text}" for label, text in zip(labels, beyond.sentences(r), strict=True))


def tolls(r: Report) -> Table:
    """List death tolls with and without their deadliest event."""
    table = beyond.without_largest(r)
    if table.empty:
        raise NotInEdition("No deaths are recorded in this edition's windows.")
    frame = pd.DataFrame(
        {
            "Toll": table["toll"].map(_capital),
            "Months": table["window"],
            "Deaths": table["deaths"],
            "Deadliest event": table["largest"],
            "Where and when": [
                f"{p.region_name(where)}, {month_name(month(when))}"
                for where, when in zip(table["region"], table["month"], strict=True)
            ],
            "Without it": table["without"],
            "Its share": table["share"].map(p.percent),
        }
    )
    return Table(
        title="Death tolls with and without the deadliest event",
        frame=frame,
        source=r.source("actors"),
        note="“Of these” belongs to the line above it. The killings at Moura, three entries in the data, count as one event.",
    )


def _halves(r: Report) -> list[str]:
    first, last = 2017, r.half
    names = [f"{number}H{part}" for number in range(first, int(last[:4]) + 1) for part in (1, 2)]
    return [name for name in names if name <= last]


def killers(r: Report) -> Figure:
    """Count deaths in attacks on civilians by the camp that attacks, by half-year."""
    halves = _halves(r)
    parts = [beyond.by_family(r, half(name)).assign(half=name) for name in halves]
    table = pd.concat(parts, ignore_index=True)
    table = table.rename(columns={"half": "Half-year", "camp": "Attacker", "deaths": "Deaths", "events": "Attacks"})
    wide = table.pivot(index="Half-year", columns="Attacker", values="Deaths")
    islamist, state, rest = CAMP_COLOURS.values()
    now, when = wide.loc[halves[-1]], half(halves[-1]).label
    more = wide.index[wide[state].gt(wide[islamist])]
    words = {
        islamist: "attacks by militant Islamists",
        state: "attacks by state forces and Wagner",
        rest: "attacks by militias, unidentified and other groups",
    }
    ranked = now.sort_values(ascending=False, kind="stable")
    first, then = ranked.index[:2]
    title = (
        f"of {p.number(now.sum())} deaths in attacks on civilians in {when}, {words[first]} account for "
        f"{p.number(ranked[first])} and {words[then].replace('attacks', 'those', 1)} for {p.number(ranked[then])}"
    )
    vac = m.against_civilians(r.actors)
    single = {name: m.deadliest_operation(vac, half(name)) for name in halves}
    worst = max(single, key=lambda name: single[name])
    who = {
        islamist: "par les groupes islamistes militants",
        state: "par les forces de l’État et Wagner",
        rest: "par des milices, des groupes non identifiés et d’autres",
    }
    when_fr = fr.label(half(halves[-1]))
    above = fr.count(len(more), "semestre")
    return Figure(
        id="scorecard-killers",
        title=p.sentence(title),
        subtitle=f"Deaths in attacks on civilians by who attacked, complete half-years {halves[0]} to {halves[-1]}, Mali",
        chart=charts.stacked(
            table[["Half-year", "Attacker", "Deaths"]],
            "Half-year",
            "Deaths",
            "Attacker",
            CAMP_COLOURS,
            title="Deaths",
            marks={"2020H2": "coup of 2020", "2021H2": "Wagner arrives"},
        ),
        frame=table[["Half-year", "Attacker", "Deaths", "Attacks"]],
        alt=p.sentence(
            f"Stacked columns of three camps from {halves[0]} to {halves[-1]}; in {when} "
            + p.listing(f"{p.number(now[camp])} deaths in {text}" for camp, text in words.items())
            + f"; state forces and Wagner stand above militant Islamists in {p.word(len(more)) if len(more) else 'none'} of "
            f"{p.number(len(halves))} half-years; the highest column is {wide.sum(axis=1).idxmax()} with "
            f"{p.number(wide.sum(axis=1).max())}"
        ),
        fr=fr.words(
            f"Sur {fr.number(now.sum())} morts dans les attaques contre des civils en {when_fr}, {fr.number(ranked[first])} sont dus à "
            f"celles menées {who[first]} et {fr.number(ranked[then])} à celles menées {who[then]}",
            "Morts dans les attaques contre des civils selon l’attaquant, semestres complets, "
            f"{fr.running(halves[0], halves[-1])}, Mali",
            f"Colonnes empilées de trois camps, {fr.running(halves[0], halves[-1])} ; en {when_fr}, "
            + fr.listing(f"{fr.number(now[camp])} morts dans les attaques menées {text}" for camp, text in who.items())
            + f" ; les forces de l’État et Wagner {'dépassent' if len(more) else 'ne dépassent'} les groupes islamistes militants dans "
            f"{above} sur {fr.number(len(halves))} ; la colonne la plus haute est celle du "
            f"{fr.half(str(wide.sum(axis=1).idxmax()))} avec {fr.number(wide.sum(axis=1).max())}",
        ),
        rests_on=[now.sum(), ranked[first], ranked[then]],
        source=r.source("actors"),
        caveat=p.sentence(
            f"one operation can make a column: the deadliest here cost {p.number(single[worst])} of the "
            f"{p.number(wide.loc[worst].sum())} lives of {worst}"
        )
        + " Tolls are estimates, attackers are as the source names them, and the data do not always tell a fighter from "
        "a civilian.",
    )


def ranking(r: Report) -> Figure:
    """Rank the regions by militant Islamist events over the last half-years."""
    table = beyond.ranking(r)
    halves = list(dict.fromkeys(table["half"]))
    now = table[table["half"].eq(halves[-1])].set_index("region")
    then = table[table["half"].eq(halves[0])].set_index("region")
    table = table.assign(order=table["region"].map(list(now.index).index)).sort_values(["order", "half"])
    frame = pd.DataFrame(
        {
            "Region": table["region"].map(p.region_name),
            "Half-year": table["half"],
            "Rank": table["rank"],
            "Events": table["events"],
            "Share of events": table["share"].fillna(0).round(3),
        }
    )
    gained = then["rank"] - now["rank"]
    top = now.index[0]
    first = then.index[0]
    title = (
        f"{p.region_name(top)} leads in {halves[-1]} with {p.percent(now.loc[top, 'share'])} of Mali's militant Islamist "
        f"events, {'as' if top == first else 'where ' + p.region_name(first) + ' led'} in {halves[0]}"
    )
    moved = gained[gained.ne(0)]
    if len(moved):
        most = moved.abs().max()
        who = [region for region in moved.index if abs(moved[region]) == most]
        title += f"; {p.listing(p.region_name(x) for x in who)} moved most, " + p.listing(
            dict.fromkeys(f"from {then.loc[x, 'rank']} to {now.loc[x, 'rank']}" for x in who)
        )
    start, end = fr.half(halves[0]), fr.half(halves[-1])
    led = "comme" if top == first else f"alors que {p.region_name(first)} l’était"
    moved_fr = ""
    if len(moved):
        moved_fr = (
            f" ; {fr.listing(p.region_name(x) for x in who)} {'ont' if len(who) > 1 else 'a'} le plus bougé, "
            + fr.listing(dict.fromkeys(f"de {then.loc[x, 'rank']} à {now.loc[x, 'rank']}" for x in who))
        )
    return Figure(
        id="scorecard-ranking",
        title=p.sentence(title),
        subtitle=f"Rank of the regions by militant Islamist events (1 = most), shaded by share of Mali's events, complete "
        f"half-years {halves[0]} to {halves[-1]}",
        chart=charts.heat(
            frame, "Half-year", "Region", "Share of events", title="Share of events", unit="share", text="Rank"
        ),
        frame=frame,
        alt=p.sentence(
            f"Grid of {p.number(len(now))} regions by {p.word(len(halves))} half-years. Ranks in {halves[-1]}: "
            + p.listing(f"{p.region_name(region)} {rank}" for region, rank in now["rank"].items())
            + f"; in {halves[0]}: "
            + p.listing(f"{p.region_name(region)} {rank}" for region, rank in then["rank"].items())
        ),
        fr=fr.words(
            f"{p.region_name(top)} est en tête au {end} avec {fr.percent(now.loc[top, 'share'])} des événements islamistes militants "
            f"du Mali, {led} au {start}{moved_fr}",
            "Rang des régions selon les événements islamistes militants (1 = le plus), teinté selon la part des événements du Mali, "
            f"semestres complets, {fr.running(halves[0], halves[-1])}",
            f"Grille de {fr.number(len(now))} régions sur {fr.word(len(halves))} semestres. Rangs au {end} : "
            + fr.listing(f"{p.region_name(region)} {rank}" for region, rank in now["rank"].items())
            + f" ; au {start} : "
            + fr.listing(f"{p.region_name(region)} {rank}" for region, rank in then["rank"].items()),
        ),
        rests_on=[now.loc[top, "events"]],
        source=r.source("actors"),
        caveat=f"Regions with fewer than {d.SMALL_COUNT} events in a half-year change places by one event or two; equal counts "
        "share a rank.",
    )


# --------------------------------------------------------------------------- what happened next


def outcomes(r: Report) -> Listing:
    """List what later months say to each projection, figure by figure."""
    _due(r, "There is nothing to settle")
    settled = [x for x in summary.judged(r) if x.outcomes]
    rows = audit_rows(r)
    title = "The projections against what came"
    lines = [_line(x, row) for x in settled for row in x.outcomes]
    return _listing(
        r,
        lines,
        id="scorecard-outcomes",
        title=title,
        links=_links(r, outcome=True),
        csv=csv(r, title, "scorecard-outcomes", rows[rows["part"].eq("outcome")]),
        note="One row a part; a projection is mixed where its parts differ. " + _reasons(lines),
    )


def later_opinions(r: Report) -> Listing:
    """List UCDP's answers that rest on months after the statement was made."""
    found = _opinions(r, later=True)
    return _opinion_table(r, found, "scorecard-ucdp-later", "What UCDP says with the months that followed")
