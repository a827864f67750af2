"""Tables and figures of the method pages: the data and the definitions, read from the objects that decide them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers import charts, data, limits
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import dyads, intervals
from helpers.figures import Figure, Table
from helpers.schemas import COMPILED, SCHEMAS, dtype_name
from helpers.terms import term
from helpers.windows import half, month, month_name

_TYPES = {"str": "text", "int64": "whole number", "Int64": "whole number or empty", "float64": "number"}

# Why a cell of the event tables differs from the HDX totals, in words for readers.
DIFFERENCES = {
    "revised after 2020": "Months before 2017 come from an export of August 2020. ACLED has since added, moved and "
    "removed a few events; the totals of 2026 know this, the export cannot.",
    "Gao-Menaka border": "The events of 2017 to 2020 come from an export that places some of them, near the common "
    "border, in Gao where the totals have Ménaka. The two cells of a month differ, their sum does "
    "not.",
    "revised by one or two": "One or two events, or deaths, more or fewer after a revision.",
    "other vintage": "The user's own files and the totals are of different days: ACLED has revised the cell by more "
    "than two events or deaths between them, or one of the two lacks events.",
}
_REASON_COLOURS = {"neutral": "Revised after 2020", "north": "Gao-Ménaka border", "accent": "Revised by one or two"}
_REASON_LABELS = {
    "revised after 2020": "Revised after 2020",
    "Gao-Menaka border": "Gao-Ménaka border",
    "revised by one or two": "Revised by one or two",
    "other vintage": "Other vintage",
}

# How the claims' tests read a published figure.


# --------------------------------------------------------------------------- the data


def _coverage(frame: pd.DataFrame) -> str:
    for column in ("month", "half", "year", "date"):
        if column in frame:
            first, last = str(frame[column].min()), str(frame[column].max())
            return first if first == last else f"{first} to {last}"
    return "no dates"


def tables(r: Report) -> Table:
    """List every table and set of shapes with its rows, coverage, key and origin."""
    resources = {row["path"]: row for row in data.package(r.data_dir)["resources"]}
    records = []
    for name, schema in SCHEMAS.items():
        frame = data.load(name, r.data_dir)
        records.append(
            (
                f"{name}.csv",
                schema.title,
                len(frame),
                _coverage(frame),
                ", ".join(schema.unique),
                ", ".join(resources[f"{name}.csv"]["derived_from"]),
            )
        )
    for path, resource in resources.items():
        if path.endswith(".geojson"):
            level = path.removesuffix(".geojson")
            records.append(
                (
                    path,
                    resource["title"],
                    len(data.shapes(level, r.data_dir)["features"]),
                    "no dates",
                    level[:-1],
                    ", ".join(resource["derived_from"]),
                )
            )
    frame = pd.DataFrame(records, columns=["File", "What it holds", "Rows", "Covers", "One row per", "Derived from"])
    return Table(
        title=f"The {len(frame)} files of tables and shapes",
        frame=frame,
        note="Derived from: the short names of the sources in the next table.",
    )


def sources(r: Report) -> Table:
    """List every source: title, version, licence and the way by which it came."""
    rows = data.package(r.data_dir)["sources"]
    frame = pd.DataFrame(
        {
            "Short name": [row["name"] for row in rows],
            "Title": [row["title"] for row in rows],
            "Version": [row["version"] for row in rows],
            "Licence": [row["licence"] for row in rows],
            "By which way it came": [row["route"] for row in rows],
        }
    )
    copies = frame["By which way it came"].str.extract(r"repositor(?:y|ies) ([\w.-]+/[\w.-]*\w)")[0]
    return Table(
        title=f"The {p.word(len(frame))} sources of the derived tables",
        frame=frame,
        hrefs={"By which way it came": tuple(("https://github.com/" + copies).fillna(""))},
        note="The raw files are not part of the project.",
    )


def citations(r: Report) -> Table:
    """List how each source is to be cited."""
    by_text: dict[str, list[str]] = {}
    for row in data.package(r.data_dir)["sources"]:
        by_text.setdefault(row["citation"], []).append(row["name"])
    frame = pd.DataFrame(
        {"Short name": [", ".join(names) for names in by_text.values()], "How to cite it": list(by_text)}
    )
    return Table(title="How to cite the producers", frame=frame)


def hashes(r: Report) -> Table:
    """List the hash of every table and of every raw file."""
    package = data.package(r.data_dir)
    records = [
        (row["path"], "table" if row["path"].endswith(".csv") else "shapes", row["hash"].removeprefix("sha256:"))
        for row in package["resources"]
    ]
    records += [(row["file"], f"raw file of {row['name']}", row["sha256"]) for row in package["sources"]]
    return Table(
        title="Hashes",
        frame=pd.DataFrame(records, columns=["File", "What", "sha256"]),
        note="A file with another hash is another version.",
    )


def fields(*names: str) -> Callable[[Report], Table]:
    """Return a function that lists the fields of some tables."""

    def make(r: Report) -> Table:
        records = []
        for name in names:
            schema = SCHEMAS[name]
            for column, spec in schema.columns.items():
                records.append(
                    (
                        f"{name}.{column}",
                        _TYPES[dtype_name(spec)],
                        "yes" if column in schema.unique else "",
                        spec.description,
                    )
                )
        frame = pd.DataFrame(records, columns=["Field", "Type", "Part of the key", "Meaning"])
        return Table(title=f"Fields of {p.listing(names)}", frame=frame)

    return make


def agreement(r: Report) -> str:
    """Say in how many cells of month and region the event tables equal the HDX totals."""
    actors, listed = data.actors(r.data_dir), data.differences(r.data_dir)
    first = month(str(actors["month"].min()))
    last = min(month(str(actors["month"].max())), data.last_month("totals", r.data_dir))
    months = (last - first).n + 1
    cells = months * len(d.REGIONS)
    recent = listed[listed["month"] >= "2021-01"]
    both = listed.groupby("month")[["events", "events_hdx", "fatalities", "fatalities_hdx"]].sum()
    national = int(((both["events"] != both["events_hdx"]) | (both["fatalities"] != both["fatalities_hdx"])).sum())
    return p.sentence(
        f"from {month_name(first)} to {month_name(last)} the event tables and the totals of the Humanitarian Data "
        f"Exchange share {p.number(cells)} cells of month and region; {p.number(cells - len(listed))} are equal in "
        f"events and in deaths, {p.number(len(listed))} differ. Summed over the regions, {p.number(months - national)} "
        f"of {p.number(months)} months are equal. From 2021 on, {p.count(len(recent), 'cell')} "
        f"{'differs' if len(recent) == 1 else 'differ'}"
    )


def differences_by_year(r: Report) -> Figure:
    """Show differing cells by year and reason."""
    listed = data.differences(r.data_dir)
    if listed.empty:
        raise NotInEdition("No cell of month and region differs from the totals.")
    rows = listed.assign(year=listed["month"].str[:4], why=listed["reason"].map(_REASON_LABELS))
    colours = _REASON_COLOURS
    if listed["reason"].eq("other vintage").any():
        colours = colours | {"islamist": _REASON_LABELS["other vintage"]}
    last = data.last_month("actors", r.data_dir)
    years = [str(year) for year in range(int(rows["year"].min()), last.year + 1)]
    index = pd.MultiIndex.from_product([years, list(colours.values())], names=["Year", "Reason"])
    frame = rows.groupby(["year", "why"]).size().rename_axis(["Year", "Reason"]).reindex(index, fill_value=0)
    frame = frame.rename("Cells").reset_index()
    by_year = frame.groupby("Year")["Cells"].sum()
    top = by_year[by_year.eq(by_year.max())].index
    clean = [year for year, number in by_year.items() if not number]
    return Figure(
        id="data-differences",
        title=p.sentence(
            f"{p.number(len(rows))} cells of month and region differ from the totals, most in {p.listing(top)} "
            f"({p.number(by_year.max())})" + (f"; none in {p.listing(clean)}" if clean else "")
        ),
        subtitle="Cells in which the event tables and the totals differ in events or deaths, by year and reason, Mali, "
        f"{years[0]} to {month_name(last)}",
        chart=charts.stacked(frame, "Year", "Cells", "Reason", colours, title="Cells"),
        frame=frame,
        alt=p.sentence("Stacked columns by year: " + p.listing(f"{n} in {year}" for year, n in by_year.items())),
        fr=fr.words(
            f"{fr.number(len(rows))} cases de mois et de région diffèrent des totaux, le plus en {fr.listing(top)} "
            f"({fr.number(by_year.max())})" + (f" ; aucune en {fr.listing(clean)}" if clean else ""),
            "Cases où les tables d’événements et les totaux diffèrent en événements ou en morts, par année et par raison, Mali, "
            f"{years[0]} à {fr.month_name(last)}",
            "Colonnes empilées par année : " + fr.listing(f"{n} en {year}" for year, n in by_year.items()),
        ),
        source=r.source("differences"),
    )


def differences_by_reason(r: Report) -> Table:
    """Count the differing cells by reason, with what each reason means."""
    listed = data.differences(r.data_dir)
    records = []
    for reason, rows in listed.groupby("reason", sort=False):
        records.append(
            (
                _REASON_LABELS[reason],
                len(rows),
                rows["month"].nunique(),
                int((rows["events"] - rows["events_hdx"]).sum()),
                int((rows["fatalities"] - rows["fatalities_hdx"]).sum()),
                DIFFERENCES[reason],
            )
        )
    frame = pd.DataFrame(
        records,
        columns=[
            "Reason",
            "Cells",
            "Months",
            "Events more or fewer, all cells",
            "Deaths more or fewer, all cells",
            "What happened",
        ],
    )
    return Table(
        title="Why cells differ",
        frame=frame,
        source=r.source("differences"),
        note="Event tables minus totals: a negative number means that the totals have more.",
    )


def differences_listed(r: Report) -> Table:
    """List every differing cell."""
    listed = data.differences(r.data_dir)
    frame = pd.DataFrame(
        {
            "Month": listed["month"],
            "Region": listed["region"].map(p.region_name),
            "Events, event tables": listed["events"],
            "Events, totals": listed["events_hdx"],
            "Deaths, event tables": listed["fatalities"],
            "Deaths, totals": listed["fatalities_hdx"],
            "Reason": listed["reason"].map(_REASON_LABELS),
        }
    )
    return Table(title="Every cell that differs", frame=frame, source=r.source("differences"))


_AGES = (
    ("newest month", 0, 0),
    ("1-2 months", 1, 2),
    ("3-6 months", 3, 6),
    ("7-12 months", 7, 12),
    ("13-24 months", 13, 24),
    ("over 24 months", 25, 999),
)
_REVISED = {
    "events": "Political-violence events",
    "fatalities": "Deaths in them",
    "mi_events": "Militant Islamist events",
    "mi_civilian_events": "Attacks on civilians by them",
}


def _by_age(r: Report) -> pd.DataFrame:
    """Sum the two vintages by how old a month was when the older export was made."""
    rows = data.vintages(r.data_dir)
    last = month(str(rows["month"].max()))
    age = pd.Series([(last - month(str(value))).n for value in rows["month"]], index=rows.index)
    records = []
    for label, low, high in _AGES:
        part = rows[age.between(low, high)]
        for column, name in _REVISED.items():
            then, now = int(part[f"{column}_then"].sum()), int(part[f"{column}_now"].sum())
            records.append((label, name, then, now, m.change(now, then)))
    return pd.DataFrame(records, columns=["Age of the month", "Measure", "In August 2020", "Today", "Change"])


def vintages(r: Report) -> Figure:
    """Show how far months were revised, by how fresh they were."""
    frame = _by_age(r)
    own = frame[frame["Measure"].eq(_REVISED["mi_events"])].set_index("Age of the month")
    mi = own["Change"]
    freshest, oldest = mi.iloc[0], mi.iloc[-1]
    shown = frame.assign(Label=frame["Change"].clip(lower=0))
    table = frame.rename(columns={"Change": "Change (share)"})
    older = f"by {p.percent(oldest)}" if d.round_half_up(oldest, 2) > 0 else "hardly at all"
    older_fr = f"de {fr.percent(oldest)}" if d.round_half_up(oldest, 2) > 0 else "à peine"
    return Figure(
        id="data-vintages",
        title=p.sentence(
            "Fresh months gain most: militant Islamist events of the newest month have grown by "
            f"{p.percent(freshest)}, those of months over two years old {older}"
        ),
        subtitle="Change from ACLED's export of August 2020 to today's tables, by the age of the month when the export "
        "was made; Mali, January 2017 to July 2020; falls are drawn as no change",
        chart=charts.heat(shown, "Age of the month", "Measure", "Label", title="Change", unit="share"),
        frame=table,
        alt=p.sentence(
            "Grid of changes by age of the month: "
            + "; ".join(
                f"{name[0].lower() + name[1:]} from {p.percent(part['Change'].iloc[0])} for the newest month to "
                f"{p.percent(part['Change'].iloc[-1])} for months over two years old"
                for name, part in frame.groupby("Measure", sort=False)
            )
        ),
        fr=fr.words(
            "Les mois récents gagnent le plus : les événements impliquant des groupes islamistes armés du mois le plus récent ont augmenté de "
            f"{fr.percent(freshest)}, ceux des mois de plus de deux ans {older_fr}",
            "Variation entre l’export d’ACLED d’août 2020 et les tables d’aujourd’hui, selon l’âge du mois au moment de l’export ; "
            "Mali, janvier 2017 à juillet 2020 ; les baisses sont dessinées comme une absence de changement",
            "Grille des variations selon l’âge du mois : "
            + " ; ".join(
                f"{term(name)}, de {fr.percent(part['Change'].iloc[0])} pour le mois le plus récent à "
                f"{fr.percent(part['Change'].iloc[-1])} pour les mois de plus de deux ans"
                for name, part in frame.groupby("Measure", sort=False)
            ),
        ),
        rests_on=own[["In August 2020", "Today"]].iloc[0].tolist(),
        source=r.source("vintages"),
        caveat="One export on one day: how far fresh months are revised varies. The newest month rests on few events.",
    )


def tolerance(r: Report) -> str:
    """Say what the vintage tolerance rests on."""
    rows = data.vintages(r.data_dir)
    fresh = rows[rows["month"] >= "2020-01"]
    then, now = int(fresh["mi_events_then"].sum()), int(fresh["mi_events_now"].sum())
    return p.sentence(
        f"the {p.word(len(fresh))} months of 2020 held {p.number(then)} militant Islamist events in the export of "
        f"August 2020 and hold {p.number(now)} today, {p.percent(m.change(now, then), 1)} more. The audit therefore "
        f"lets a figure of events lie {p.percent(d.VINTAGE_TOLERANCE)} beyond what its words allow and still be close"
    )


_COUNTS = {"neutral": "ACLED", "accent": "UCDP"}


def ucdp_and_acled(r: Report) -> Figure:
    """Compare deaths by year in ACLED and UCDP, with UCDP's low and high estimates."""
    ucdp = r.ucdp_years[r.ucdp_years["type"].eq("all") & r.ucdp_years["year"].ge(2012)].set_index("year")
    if ucdp.empty:
        raise NotInEdition("No year of UCDP from 2012 on is complete at this edition's date.")
    totals = r.totals.assign(year=r.totals["month"].str[:4].astype(int)).groupby("year")["fatalities"].sum()
    limits.held(set(ucdp.index) <= set(totals.index), "totals of ACLED for the years of UCDP")
    records: list[tuple[str, str, int, int, int]] = []
    for year in ucdp.index:
        records.append((str(year), _COUNTS["neutral"], int(totals[year]), int(totals[year]), int(totals[year])))
        best, low, high = (int(ucdp.loc[year, key]) for key in ("best", "low", "high"))
        records.append((str(year), _COUNTS["accent"], best, low, high))
    frame = pd.DataFrame(records, columns=["Year", "Source", "Deaths", "Low", "High"])
    ratio = totals.reindex(ucdp.index) / ucdp["best"]
    last = int(ucdp.index.max())
    above = int((ratio > 1).sum())
    years = f"all {p.word(above)} years" if above == len(ratio) else f"{p.word(above)} of {p.count(len(ratio), 'year')}"
    many = fr.word(len(ratio))
    years_fr = (
        f"dans l’ensemble des {many} années"
        if above == len(ratio)
        else f"dans {fr.word(above, feminine=True)} des {many} années"
    )
    return Figure(
        id="data-ucdp-acled",
        title=p.sentence(
            f"ACLED counts more deaths than UCDP's best estimate in {years}; in {last} {p.times(ratio[last])} as many"
        ),
        subtitle=f"Reported deaths in Mali by year, {ucdp.index.min()} to {last}: all political violence (ACLED "
        "totals) and organised violence (UCDP, best estimate, with the low and high ones as a band)",
        chart=charts.lines(
            frame, "Year", "Deaths", title="Deaths", by="Source", colours=_COUNTS, low="Low", high="High"
        ),
        frame=frame,
        alt=p.sentence(
            "Two lines: "
            + "; ".join(
                f"{name}, {p.number(part['Deaths'].iloc[0])} in {part['Year'].iloc[0]}, highest "
                f"{p.number(part['Deaths'].max())} in {part.loc[part['Deaths'].idxmax(), 'Year']}, "
                f"{p.number(part['Deaths'].iloc[-1])} in {part['Year'].iloc[-1]}"
                for name, part in frame.groupby("Source", sort=False)
            )
        ),
        fr=fr.words(
            f"ACLED compte plus de morts que la meilleure estimation de l’UCDP {years_fr} ; en {last}, {fr.times(ratio[last])} autant",
            f"Morts signalés au Mali par année, {ucdp.index.min()} à {last} : toute la violence politique (totaux d’ACLED) et la "
            "violence organisée (UCDP, meilleure estimation, avec la basse et la haute en bande)",
            "Deux courbes : "
            + " ; ".join(
                f"{term(name)}, {fr.number(part['Deaths'].iloc[0])} en {part['Year'].iloc[0]}, au plus "
                f"{fr.number(part['Deaths'].max())} en {part.loc[part['Deaths'].idxmax(), 'Year']}, "
                f"{fr.number(part['Deaths'].iloc[-1])} en {part['Year'].iloc[-1]}"
                for name, part in frame.groupby("Source", sort=False)
            ),
        ),
        source=r.source("totals", "ucdp_years"),
        caveat="The two count different things (see the text); neither is a check on the other's single years.",
    )


def compiled(r: Report) -> Table:
    """Count rows, distinct sources and kinds of source of the tables compiled by hand."""
    kinds = {
        "page": "Pages",
        "official": "Official documents",
        "report": "The two reports",
        "repository": "Public repositories",
    }
    records = []
    for name in COMPILED:
        frame = data.load(name, r.data_dir)
        count = frame["source_kind"].value_counts()
        records.append(
            (
                name,
                SCHEMAS[name].title,
                len(frame),
                frame["source"].nunique(),
                *(int(count.get(kind, 0)) for kind in kinds),
                str(frame["read_on"].max()),
            )
        )
    frame = pd.DataFrame(
        records, columns=["Table", "What it holds", "Rows", "Distinct sources", *kinds.values(), "Last read on"]
    )
    return Table(
        title="The tables compiled by hand, and what their rows rest on",
        frame=frame,
        note="Whole tables, whatever the edition. Every row names its source; pages also carry their address.",
    )


_CHRONOLOGY = {
    "state": "Politics",
    "international": "Partners",
    "wagner": "Wagner",
    "separatist": "Peace process",
    "civilians": "Civic space",
    "islamist": "Violence",
}
_CATEGORY = {
    "politics": "Politics",
    "partners": "Partners",
    "wagner": "Wagner",
    "peace-process": "Peace process",
    "civic-space": "Civic space",
    "violence": "Violence",
}


def chronology_by_year(r: Report) -> Figure:
    """Show entries of the chronology by year and category."""
    rows = r.chronology.assign(year=r.chronology["date"].str[:4], what=r.chronology["category"].map(_CATEGORY))
    years = [str(year) for year in range(2012, int(rows["year"].max()) + 1)]
    index = pd.MultiIndex.from_product([years, list(_CHRONOLOGY.values())], names=["Year", "Category"])
    frame = rows.groupby(["year", "what"]).size().rename_axis(["Year", "Category"]).reindex(index, fill_value=0)
    frame = frame.rename("Entries").reset_index()
    by_year = frame.groupby("Year")["Entries"].sum()
    return Figure(
        id="data-chronology",
        title=p.sentence(
            f"The chronology is densest in {p.listing(by_year[by_year.eq(by_year.max())].index)}, with "
            f"{p.count(int(by_year.max()), 'entry', 'entries')} of {p.number(len(rows))}"
        ),
        subtitle=f"Entries of the chronology by year and category, {years[0]} to {years[-1]}, as known to this edition",
        chart=charts.stacked(frame, "Year", "Entries", "Category", _CHRONOLOGY, title="Entries"),
        frame=frame,
        alt=p.sentence("Stacked columns by year: " + p.listing(f"{n} in {year}" for year, n in by_year.items())),
        fr=fr.words(
            f"La chronologie est la plus dense en {fr.listing(by_year[by_year.eq(by_year.max())].index)}, avec "
            f"{fr.count(int(by_year.max()), 'entrée', feminine=True)} sur {fr.number(len(rows))}",
            f"Entrées de la chronologie par année et par catégorie, {years[0]} à {years[-1]}, telles que connues à cette édition",
            "Colonnes empilées par année : " + fr.listing(f"{n} en {year}" for year, n in by_year.items()),
        ),
        rests_on=[by_year.max()],
        source="Chronology of this project; each entry names its source.",
        caveat="Searched for what the two reports speak of, so it is dense where they look and thin elsewhere. It is "
        "not a sample of what happened.",
    )


# --------------------------------------------------------------------------- the definitions


def event_types(r: Report) -> Table:
    """List the event types with what counts as violent, and their number in the last 12 months."""
    counts = m.tally(r.actors, r.last_12, "event_type").set_index("event_type")
    frame = pd.DataFrame(
        {
            "Event type": list(d.EVENT_TYPES),
            "Violent event": ["yes" if kind in d.VIOLENT else "no" for kind in d.EVENT_TYPES],
            "Militant Islamist, where an MI group": [
                "is on either side" if kind in d.VIOLENT else "never counts" for kind in d.EVENT_TYPES
            ],
            f"Events, {r.last_12.label}": [int(counts["events"].get(kind, 0)) for kind in d.EVENT_TYPES],
        }
    )
    return Table(
        title="Event types",
        frame=frame,
        source=r.source("actors"),
        note="Other political violence is mob violence and excessive force against protesters: inside the "
        "totals by region, outside every count of violent events.",
    )


def groups(r: Report) -> Table:
    """List the groups with their notes and the violent events they were part of."""
    rows = r.actors[r.actors["event_type"].isin(d.VIOLENT)]
    records = []
    for row in d.groups_frame().itertuples():
        part = m.count(m.involving(rows, [row.id]), r.last_12)
        records.append((row.label, row.id, "yes" if row.id in d.MILITANT_ISLAMIST else "", row.note, part))
    frame = pd.DataFrame(
        records,
        columns=[
            "Group",
            "Short name in the tables",
            "Militant Islamist",
            "Who belongs here",
            f"Violent events, {r.last_12.label}",
        ],
    )
    return Table(
        title="Groups",
        frame=frame,
        source=r.source("actors"),
        note="An event has two sides, so it may count for two groups: the column does not sum to a total.",
    )


def group_events(r: Report) -> Figure:
    """Show the groups by violent events in the last 12 months."""
    palette = {
        "islamist": "islamist",
        "state": "state",
        "russia": "wagner",
        "separatist": "separatist",
        "militia": "militia",
        "international": "international",
        "civilians": "civilians",
        "unidentified": "unidentified",
    }
    labels = {
        "islamist": "Militant Islamist",
        "state": "State",
        "russia": "Wagner / Africa Corps",
        "separatist": "Separatist",
        "militia": "Militias and northern allies",
        "international": "United Nations, France and partners",
        "civilians": "Civilians",
        "unidentified": "Unidentified",
    }
    records = [
        (row.label, labels[row.family], m.count(m.involving(r.actors, [row.id]), r.last_12))
        for row in d.groups_frame().itertuples()
        if row.family in labels
    ]
    frame = pd.DataFrame(records, columns=["Group", "Family", "Events"])
    frame = frame[frame["Events"].gt(0)].sort_values(["Events", "Group"], ascending=[False, True], ignore_index=True)
    armed = frame[frame["Family"].ne(labels["civilians"])]
    top, second = armed.iloc[0], armed.iloc[1]
    return Figure(
        id="definitions-groups",
        title=p.sentence(
            f"No armed group took part in more violent events of the last 12 months than {top['Group']} "
            f"({p.number(top['Events'])}); {second['Group']} had the next highest number "
            f"({p.number(second['Events'])})"
        ),
        subtitle=f"Violent events by group on either side, Mali, {r.last_12.label} (ACLED events)",
        chart=charts.bars(
            frame,
            "Group",
            "Events",
            title="Violent events",
            by="Family",
            colours={palette[family]: labels[family] for family in labels if labels[family] in set(frame["Family"])},
        ),
        frame=frame,
        alt=p.sentence(
            "Bars of violent events by group: "
            + p.listing(f"{row.Group} {p.number(row.Events)}" for row in frame.itertuples())
        ),
        fr=fr.words(
            f"Aucun groupe armé n’a pris part à plus d’événements violents au cours des 12 derniers mois que {term(top['Group'])} "
            f"({fr.number(top['Events'])}) ; viennent ensuite, par leur nombre : {term(second['Group'])} ({fr.number(second['Events'])})",
            f"Événements violents par groupe de l’un ou l’autre côté, Mali, {fr.label(r.last_12)} (événements d’ACLED)",
            "Barres des événements violents par groupe : "
            + fr.listing(f"{term(row.Group)} {fr.number(row.Events)}" for row in frame.itertuples()),
        ),
        rests_on=[top["Events"], second["Events"]],
        source=r.source("actors"),
        caveat="An event has two sides and may count for two groups. From 2022 on the source codes nearly all attacks "
        "of Katiba Macina as JNIM."
        if str(r.as_of) >= "2022"
        else "An event has two sides and may count for two groups.",
    )


def patterns(r: Report) -> Table:
    """List the actor patterns in their order, with dates and reasons."""
    rows = d.actors_frame()
    frame = pd.DataFrame(
        {
            "No.": range(1, len(rows) + 1),
            "Pattern on the actor's name": rows["pattern"],
            "Group": rows["group"].map(d.LABELS),
            "From": rows["first"].where(rows["first"].ne(""), "always"),
            "To": rows["last"].where(rows["last"].ne(""), "open"),
            "Reason": rows["reason"],
        }
    )
    return Table(
        title="Patterns that turn an actor's name into a group",
        frame=frame,
        note="Regular expressions, matched at the start of the name. The first that fits wins. A name that "
        "none fits is counted under Others and listed when the tables are made.",
    )


def zones(r: Report) -> Table:
    """List the zones with their regions, land and people."""
    shares = m.zone_shares(r.regions).set_index("zone")
    frame = pd.DataFrame(
        {
            "Zone": [d.ZONE_LABELS[zone] for zone in d.ZONES],
            "Regions": [p.listing(p.region_name(region) for region in regions) for regions in d.ZONES.values()],
            "Share of land, percent": [100 * shares.loc[zone, "area_share"] for zone in d.ZONES],
            "Share of people, percent": [100 * shares.loc[zone, "population_share"] for zone in d.ZONES],
        }
    )
    return Table(
        title="Zones",
        frame=frame,
        source=r.source("regions"),
        decimals={"Share of land, percent": 1, "Share of people, percent": 1},
        note="The two reports' own grouping of regions. Taoudénit stands within Tombouctou in every source of "
        "events, so the tables hold ten regions.",
    )


def bands(r: Report) -> Table:
    """List the distances around Bamako with the militant Islamist events inside each."""
    rows = m.militant_islamist(r.actors)
    frame = pd.DataFrame(
        {
            "Within, km": list(d.BAMAKO_BANDS_KM),
            "Used for": [
                "around Bamako, as in the reports" if km == d.BAMAKO_RADIUS_KM else "another reading"
                for km in d.BAMAKO_BANDS_KM
            ],
            f"Militant Islamist events, {r.last_12.label}": [
                m.count(m.around_bamako(rows, km), r.last_12) for km in d.BAMAKO_BANDS_KM
            ],
            f"The 12 months before ({r.before_12.label})": [
                m.count(m.around_bamako(rows, km), r.before_12) for km in d.BAMAKO_BANDS_KM
            ],
        }
    )
    latitude, longitude = d.BAMAKO
    return Table(
        title="Distance to Bamako",
        frame=frame,
        source=r.source("actors"),
        note=f"Great-circle distance to {latitude}° N, {abs(longitude)}° W, on a sphere of radius "
        f"{d.EARTH_RADIUS_KM:,} km. Each row holds those above it.",
    )


def windows(r: Report) -> Table:
    """List the windows of this edition in months."""
    records = [
        ("The last months", r.recent, "as many as the edition compares"),
        ("The months before them", r.recent_before, "as many, just before"),
        ("Year to date", r.year_to_date, "January to the edition's month; before June, the year before"),
        ("The last 12 months", r.last_12, "to the edition's month"),
        ("The 12 months before them", r.before_12, "just before"),
        ("The last half-year", half(r.half), "the last that is complete"),
        ("All months", r.whole, "of the event tables, to the edition's month"),
    ]
    frame = pd.DataFrame(
        [(name, span.label, span.months, what) for name, span, what in records],
        columns=["Window", "In this edition", "Months", "Rule"],
    )
    return Table(
        title="Windows of whole months",
        frame=frame,
        note="A window that runs past the data is an error, never a short sum.",
    )


def dates(r: Report) -> Table:
    """List the months that divide time in the book."""
    named = (
        ("The junta takes power", d.COUP_2020, "18 August 2020"),
        ("Second coup", d.COUP_2021, "24 May 2021"),
        ("Wagner arrives", d.WAGNER_ARRIVAL, "December 2021"),
        ("The government asks MINUSMA to leave", d.MINUSMA_REQUEST, "16 June 2023"),
        ("MINUSMA ends", d.MINUSMA_END, "31 December 2023"),
    )
    frame = pd.DataFrame(
        [(name, month_name(month(value)), day) for name, value, day in named], columns=["Turning point", "Month", "Day"]
    )
    return Table(title="Months that divide time", frame=frame)


def footprint(r: Report) -> Table:
    """List the footprint's definitions with their area in the last two half-years."""
    from helpers.windows import half_before

    now, before = r.half, half_before(r.half)
    changes = m.area_changes(r.areas, now, before)
    kind = {"cell": "cells with an event, edge in degrees", "buffer": "discs around events, radius in km"}
    frame = pd.DataFrame(
        {
            "Method": changes["method"].map(kind),
            "Size": changes["size"],
            f"{before}, km²": changes["before"],
            f"{now}, km²": changes["now"],
            "Now as a multiple of before": changes["ratio"],
        }
    )
    return Table(
        title="Definitions of the footprint, and what they give",
        frame=frame,
        source=r.source("areas"),
        decimals={f"{before}, km²": 0, f"{now}, km²": 0, "Now as a multiple of before": 2, "Size": 3},
        note="The reports do not publish theirs. Areas of cells are computed on the ellipsoid; overlapping "
        "discs count once.",
    )


def numbers(r: Report) -> Table:
    """List the constants of rounding and uncertainty with examples."""
    # Variance over mean is 1 + alpha x mean: three at 100 events in six months.
    bouts = intervals.interval(100, 100, 6, 6, intervals.Dispersion(60, 3.0, 0.0, 2 * 6 / 100, 0.0))
    frame = pd.DataFrame(
        [
            (
                "Rounding",
                "halves away from zero",
                f"2.5 becomes {p.number(2.5)}, 0.125 to two decimals becomes {p.number(0.125, 2)}, 1,450 to hundreds "
                f"becomes {p.number(1450, -2)}",
            ),
            ("Small counts", f"below {d.SMALL_COUNT}", "carry a caveat, and no percentage stands on them"),
            (
                "Vintage tolerance",
                p.percent(d.VINTAGE_TOLERANCE),
                "the share by which a figure may differ and be called close",
            ),
            (
                "Pace",
                "count to date, times 12, divided by the months elapsed",
                f"30 events in six months make a pace of {p.number(m.pace(30, 6))} a year",
            ),
            (
                "Interval of a count",
                "Garwood's exact Poisson interval, 95 percent",
                "{} to {} for nine events".format(
                    *(p.number(x, 1) for x in (m.poisson_interval(9).low, m.poisson_interval(9).high))
                ),
            ),
            (
                "Interval of a ratio, in sentences",
                "allowing for bouts (negative binomial), 95 percent",
                "{} to {} for 100 events in each of two half-years whose months vary three times as much as chance".format(
                    *(p.number(x, 1) for x in (bouts.low, bouts.high))
                ),
            ),
            (
                "Interval of a ratio, by chance alone",
                "exact conditional interval, 95 percent",
                "{} to {} for 16 against five".format(
                    *(
                        p.number(x, 1)
                        for x in (m.poisson_ratio_interval(16, 5).low, m.poisson_ratio_interval(16, 5).high)
                    )
                ),
            ),
            (
                "Interval of a share",
                "Wilson, for as many events as the months are worth, 95 percent",
                "{} to {} for eight of ten in one month".format(
                    *(p.percent(x) for x in (dyads.wilson(8, 10).low, dyads.wilson(8, 10).high))
                ),
            ),
        ],
        columns=["What", "Rule", "Example"],
    )
    return Table(title="Rounding, small counts and intervals", frame=frame)
