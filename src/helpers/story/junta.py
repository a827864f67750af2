"""Figures, tables and texts of the chapter on the junta: power, partners, the vote, the accord, civic space."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd

from helpers import charts, data
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition, chronology_table
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import Figure, KeyFigure, KeyFigures, Table
from helpers.terms import term
from helpers.windows import MONTHS, Window, month, month_name

LANES = {
    "state": "Politics",
    "international": "Partners",
    "wagner": "Wagner",
    "separatist": "Peace process",
    "civilians": "Civic space",
    "islamist": "Violence",
}
_CATEGORIES = {
    "politics": "Politics",
    "partners": "Partners",
    "wagner": "Wagner",
    "peace-process": "Peace process",
    "civic-space": "Civic space",
    "violence": "Violence",
}

# Terms of office announced by the junta: chronology entry, month from which it counts, length in months.
TERMS = (
    ("2020-09-12-transition-charter", "2020-09", 18, "Charter of September 2020"),
    ("2022-06-06-transition-24-months", "2022-03", 24, "Decree of June 2022"),
    ("2025-07-03-five-year-mandate", "2025-07", 60, "Mandate of July 2025"),
)

# Foreign forces: label, kind, entry that begins and entry that ends their work in Mali.
FORCES = (
    ("French forces (Serval, Barkhane)", "foreign", "2013-01-11-serval", "2022-08-15-last-french-troops"),
    ("MINUSMA", "foreign", "2013-04-25-minusma-created", "2023-12-31-minusma-withdrawal-complete"),
    ("G5 Sahel joint force", "foreign", "2017-07-g5-sahel-force", "2022-05-15-g5-sahel-exit"),
    ("EUTM (EU training mission)", "foreign", "2013-01-17-eutm-set-up", "2024-05-17-eutm-leaves"),
    ("Takuba", "foreign", "2020-03-27-takuba-founded", "2022-06-30-takuba-ends"),
    ("Wagner", "wagner", "2021-12-wagner-deployment-men", "2025-06-06-wagner-says-it-leaves"),
    ("Africa Corps", "wagner", "2025-06-06-wagner-says-it-leaves", ""),
)
_FORCE_COLOURS = {"international": "Foreign forces", "wagner": "Russian fighters"}

# Measures of ECOWAS: label, kind, entry that begins and entry that ends each.
ECOWAS = (
    (
        "Borders, trade and money (2020)",
        "sanctions",
        "2020-08-20-ecowas-sanctions",
        "2020-10-06-ecowas-lifts-sanctions",
    ),
    ("Suspension from the bloc", "suspension", "2021-05-30-ecowas-suspends", "2025-01-29-ecowas-exit-in-force"),
    ("Borders and assets (2022)", "sanctions", "2022-01-09-ecowas-sanctions", "2022-07-03-ecowas-lifts-sanctions"),
)
_RUSSIAN = ("Wagner", "Africa Corps")

_ECOWAS_COLOURS = {"accent": "Sanctions on trade and money", "neutral": "Suspension from the institutions"}

# What an entry on civic space records, by the words of the entry; the first that fits counts, the rest is not counted.
MEASURES = (
    ("", r"\bfreed\b|\blifts\b|ranked|watchlist|\bprotest|statement|speaks|\bfalls\b"),
    ("Expulsions", r"\bexpels\b|orders .* out\b"),
    ("Arrests, sentences, deaths in custody", r"arrest|detained|jailed|custody|sentence|taken away"),
    ("Suspensions, bans, dissolutions", r"suspend|off the air|\bbans?\b|dissolve|forbids|to stop reporting"),
)
_MEASURE_COLOURS = {
    "state": "Arrests, sentences, deaths in custody",
    "civilians": "Suspensions, bans, dissolutions",
    "neutral": "Expulsions",
}

# When an index's figure for a year is public: years to add, and the month. A book must not know it sooner.
PUBLIC_FROM = {"rsf": (0, 5), "fh": (0, 3), "eiu": (1, 2), "vdem": (1, 3), "iiag": (0, 11), "civicus": (0, 12)}

_SHORT = {
    "AIGE (partial; 24,000 of 24,416 stations)": "AIGE (partial count)",
    "AIGE (provisional; general ballot of 18 June only)": "AIGE (ballot of 18 June alone)",
}
_COUNTERS = {"state": "Official", "civilians": "Observers"}
_COMPILED = "Chronology of this project; each entry names its source"
_NO_POWER = "The officers' coup of August 2020 lies after this edition."


# --------------------------------------------------------------------------- small helpers


def day(date: str, precision: str = "day") -> str:
    """Write a date as readers see it (`16 June 2023`, or `June 2023` where only the month is known)."""
    year, number, of_month = date.split("-")
    words = f"{MONTHS[int(number) - 1]} {year}"
    return words if precision == "month" else f"{int(of_month)} {words}"


def last_day(r: Report) -> str:
    """Return the last day of dated facts in the edition; for `latest`, that of the last entry."""
    return r.edition.facts_to or str(r.chronology["date"].max())


def _entry(r: Report, name: str) -> pd.Series | None:
    """Return a chronology entry known at the edition's day, or None."""
    found = r.chronology[r.chronology["id"].eq(name)]
    return None if found.empty else found.iloc[0]


def _months_between(first: str, last: str) -> int:
    """Return the completed months between two days."""
    a, b = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)


def _days(first: str, last: str) -> int:
    """Return the days between two dates."""
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days


def _length(first: str, last: str) -> str:
    """Return the time between two days in years and months, in words."""
    years, months = divmod(_months_between(first, last), 12)
    parts = [p.count(years, "year")] if years else []
    return p.listing(parts + ([p.count(months, "month")] if months or not years else []))


def _later(r: Report, table: str, none: str) -> pd.DataFrame:
    """Return rows dated after the edition's day, for "What happened next" only; `none` says that there are none."""
    frame = data.load(table, r.data_dir)
    last = r.edition.facts_to
    if not last or frame[frame["date"] > last].empty:
        raise NotInEdition(none)
    return frame[frame["date"] > last].reset_index(drop=True)


def _about(rows: pd.DataFrame, *claims: str) -> pd.DataFrame:
    """Return chronology entries that bear on claims."""
    named = rows["claims"].str.split(";").map(lambda ids: bool(set(ids) & set(claims))).astype(bool)
    return rows[named].sort_values("date", kind="stable")


def _most(counts: pd.Series) -> str:
    """Say what the largest of some counts is to all of them: all, most, or only the largest part."""
    if counts.max() == counts.sum():
        return "all of them"
    return "most of them" if 2 * counts.max() > counts.sum() else "the largest part of them"


def _most_fr(counts: pd.Series) -> str:
    """Say the same in French of something feminine."""
    if counts.max() == counts.sum():
        return "toutes"
    return "la plupart" if 2 * counts.max() > counts.sum() else "la plus grande part"


def _ordinal(value: float) -> str:
    number = int(value)
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


# --------------------------------------------------------------------------- key figures


def key_figures(r: Report) -> KeyFigures:
    """Months in power, foreign forces gone, bases handed over, turnout and freedom, as far as the edition knows them."""
    made = (_power_key, _forces_key, _bases_key, _turnout_key, _press_key, _freedom_key)
    found = [figure for figure in (make(r) for make in made) if figure]
    return KeyFigures(found[:5])


def _power_key(r: Report) -> KeyFigure | None:
    coup = _entry(r, "2020-08-18-coup")
    if coup is None:
        return None
    terms = [str(months) for name, _, months, _ in TERMS if _entry(r, name) is not None]
    return KeyFigure(
        p.count(_months_between(coup["date"], last_day(r)), "month"),
        f"in power on {day(last_day(r))}, since the coup of {day(coup['date'])}",
        f"announced: {p.listing(terms)} months" if terms else "",
    )


def _forces_key(r: Report) -> KeyFigure:
    forces, gone = _departures(_span_rows(r, FORCES, {"foreign": "foreign", "wagner": "wagner"}))
    return KeyFigure(
        f"{p.number(len(gone))} of {p.number(forces)}",
        "foreign forces have left",
        f"the latest in {month_name(month(gone['To'].max()[:7]))}" if len(gone) else "",
    )


def _bases_key(r: Report) -> KeyFigure | None:
    if r.bases.empty:
        return None
    rows = _sites(r.bases)
    return KeyFigure(
        p.number(len(rows)),
        "foreign bases handed over or closed",
        f"{p.number(rows['region'].map(d.ZONE_OF).eq('north').sum())} in the north",
    )


def _turnout_key(r: Report) -> KeyFigure | None:
    if r.referendum.empty:
        return None
    official, kind, observers = _turnouts(_turnout_rows(r.referendum))
    return KeyFigure(
        f"{p.number(official, 1)} percent",
        f"{kind} official turnout at the referendum of 18 June 2023",
        f"observers: {p.spread(observers.min(), observers.max())} percent",
    )


def _press_key(r: Report) -> KeyFigure | None:
    rank = known_indices(r, "rsf-rank").set_index("year")["value"]
    if rank.empty:
        return None
    year = int(rank.index.max())
    earlier = [y for y in rank.index if y < year]
    back = 2020 if 2020 in earlier else (max(earlier) if earlier else None)
    return KeyFigure(
        _ordinal(rank[year]),
        f"of 180 in the press-freedom ranking of {year}",
        f"{_ordinal(rank[back])} in {back}" if back else "",
    )


def _freedom_key(r: Report) -> KeyFigure | None:
    rows = known_indices(r, "fh-total")
    if rows.empty:
        return None
    last, first = rows.iloc[-1], rows[rows["year"].ge(rows["year"].iloc[-1] - 5)].iloc[0]
    return KeyFigure(
        f"{p.number(last['value'])} of 100",
        f"points from Freedom House for {last['period']} (higher is freer)",
        f"{p.number(first['value'])} for {first['period']}",
    )


# --------------------------------------------------------------------------- power


def time_in_power(r: Report) -> str:
    """Say how long the junta has ruled, against the terms it announced."""
    coup = _entry(r, "2020-08-18-coup")
    if coup is None:
        raise NotInEdition(_NO_POWER)
    now = last_day(r)
    text = (
        f"On {day(now)}, the last day of this edition's chronology, the officers who took power on "
        f"{day(coup['date'])} had held it for "
        f"{_length(coup['date'], now)}"
    )
    known = [(name, start, months) for name, start, months, _ in TERMS if _entry(r, name) is not None]
    if known:
        terms = p.listing(f"{months} months (announced in {month_name(month(name[:7]))})" for name, _, months in known)
        text += f"; the {'terms they announced were' if len(known) > 1 else 'term they announced was'} {terms}"
    return p.sentence(text)


def power(r: Report) -> Figure:
    """Time in power against the announced terms."""
    coup = _entry(r, "2020-08-18-coup")
    if coup is None:
        raise NotInEdition(_NO_POWER)
    now = last_day(r)
    kinds = {"state": "In power", "neutral": "Announced term"}
    rows = [("In power", coup["date"], now, kinds["state"], _length(coup["date"], now))]
    passed = 0
    for name, start, months, label in TERMS:
        if _entry(r, name) is None:
            continue
        end = str((month(start) + months).start_time.date())
        passed += end <= now
        rows.append((label, f"{start}-01", end, kinds["neutral"], f"{months} months"))
    frame = pd.DataFrame(rows, columns=["What", "From", "To", "Kind", "Length"])
    announced = len(rows) - 1
    held = _length(coup["date"], now)
    if passed:
        which = f"{p.word(passed)} of the {p.word(announced)} terms" if announced > 1 else "the term"
        title = f"After {held} in power the junta has outlasted {which} it announced"
    elif announced:
        title = f"After {held} in power the junta is within the term it announced"
    else:
        title = f"The junta has been in power for {held} without an announced term"
    duration = fr.length(_months_between(coup["date"], now))
    if passed:
        which = f"{fr.word(passed, feminine=True)} des {fr.word(announced)} échéances qu’elle avait annoncées"
        title_fr = f"Après {duration} au pouvoir, la junte a dépassé "
        title_fr += which if announced > 1 else "l’échéance qu’elle avait annoncée"
    elif announced:
        title_fr = f"Après {duration} au pouvoir, la junte est encore dans le délai qu’elle avait annoncé"
    else:
        title_fr = f"La junte est au pouvoir depuis {duration} sans avoir annoncé d’échéance"
    return Figure(
        id="junta-power",
        title=p.sentence(title),
        subtitle=f"From the coup of {day(coup['date'])} to {day(now)}, and the terms announced for the transition "
        "(from the month in which each begins)",
        chart=charts.spans(frame, "What", "From", "To", "Kind", kinds, note="Length"),
        frame=frame,
        alt=p.sentence(
            "Bars on a time axis: "
            + "; ".join(
                f"{row.What}, {month_name(month(row.From[:7]))} to {month_name(month(row.To[:7]))}, {row.Length}"
                for row in frame.itertuples()
            )
        ),
        fr=fr.words(
            title_fr,
            f"Du coup d’État du {fr.day_name(coup['date'])} au {fr.day_name(now)}, et échéances annoncées pour la transition (à "
            "partir du mois où chacune commence)",
            "Barres sur un axe de temps : "
            + " ; ".join(
                f"{term(row.What)}, {fr.month_name(row.From[:7])} à {fr.month_name(row.To[:7])}, "
                f"{duration if row.What == 'In power' else row.Length.replace('months', 'mois')}"
                for row in frame.itertuples()
            ),
        ),
        source=_COMPILED + ".",
        caveat="Terms are drawn from whole months; the decree of June 2022 counts its 24 months from 26 March 2022."
        if len(rows) > 2
        else "",
    )


def timeline(r: Report) -> Figure:
    """Dated entries of the chronology by category, since 2020."""
    first = "2020-01-01" if last_day(r) >= "2021" else "2012-01-01"
    rows = r.chronology[r.chronology["date"] >= first]
    frame = pd.DataFrame(
        {
            "Date": rows["date"].to_numpy(),
            "Category": rows["category"].map(_CATEGORIES).to_numpy(),
            "What happened": rows["event"].to_numpy(),
            "Source": rows["source"].to_numpy(),
        }
    )
    counts = frame["Category"].value_counts()
    most = counts[counts.eq(counts.max())].index
    title = (
        f"Our chronology holds {p.count(len(frame), 'dated entry', 'dated entries')} since {first[:4]}, "
        f"{_most(counts)} on {p.listing(name.lower() if name != 'Wagner' else name for name in most)}"
    )
    return Figure(
        id="junta-timeline",
        title=p.sentence(title),
        subtitle=f"Dated entries of this project's chronology by category, Mali, {day(first)} to {day(last_day(r))}; "
        "point at a dot to read it",
        chart=charts.timeline(
            frame,
            "Date",
            "Category",
            "What happened",
            {key: label for key, label in LANES.items() if label in set(frame["Category"])},
        ),
        frame=frame,
        alt=p.sentence(
            "Dots on a time axis, a line per category: "
            + p.listing(f"{name} {number}" for name, number in counts.items())
            + f"; the first entry is of {day(frame['Date'].min())}, the last of {day(frame['Date'].max())}"
        ),
        fr=fr.words(
            f"Notre chronologie contient {fr.count(len(frame), 'entrée datée', 'entrées datées', feminine=True)} depuis "
            f"{first[:4]}, {_most_fr(counts)} sur {fr.listing(term(name) for name in most)}",
            "Entrées datées de la chronologie de ce projet par catégorie, Mali, du "
            f"{fr.day_name(first)} au {fr.day_name(last_day(r))} ; pointez un point pour le lire",
            "Points sur un axe de temps, une ligne par catégorie : "
            + fr.listing(f"{term(name)} {number}" for name, number in counts.items())
            + f" ; la première entrée est du {fr.day_name(frame['Date'].min())}, la dernière du "
            f"{fr.day_name(frame['Date'].max())}",
        ),
        rests_on=[len(frame)],
        source=_COMPILED + ".",
        caveat="The number of entries reflects what was found and sourced, not how much happened. Where only the month "
        "is known the dot stands on its first day.",
    )


# --------------------------------------------------------------------------- the vote


def _vote(r: Report) -> pd.DataFrame:
    rows = r.referendum
    if rows.empty:
        raise NotInEdition("The constitutional referendum of June 2023 lies after this edition.")
    return rows


def _turnout_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return turnout figures of the whole electorate, in order of statement."""
    wanted = rows[rows["area"].eq("national") & rows["measure"].eq("turnout")]
    return wanted[~wanted["stated_by"].str.contains("advance ballot")].sort_values(["date", "stated_by"])


def _turnouts(rows: pd.DataFrame) -> tuple[float, str, pd.Series]:
    """Return the official turnout, whether it is final, and the observers' figures for the whole day, in percent."""
    final = rows[rows["stated_by"].str.contains("final")]
    official = final if len(final) else rows[rows["stated_by"].eq("AIGE (provisional)")]
    observers = rows["stated_by"].str.startswith("MODELE") & ~rows["stated_by"].str.contains("13:00")
    return float(official["value"].iloc[0]), "final" if len(final) else "provisional", rows[observers]["value"]


def turnout(r: Report) -> Figure:
    """Turnout by whose count."""
    rows = _turnout_rows(_vote(r))
    observers = rows["stated_by"].str.startswith("MODELE")
    frame = pd.DataFrame(
        {
            "Count": rows["stated_by"].replace(_SHORT).to_numpy(),
            "Turnout": (rows["value"] / 100).to_numpy(),
            "Whose": observers.map({True: _COUNTERS["civilians"], False: _COUNTERS["state"]}).to_numpy(),
            "Stated on": [day(date) for date in rows["date"]],
            "Of what": rows["unit"].str.replace("percent", "", regex=False).str.strip(" ,()").to_numpy(),
            "Read in": rows["source"].to_numpy(),
        }
    )
    official, kind, whole_day = _turnouts(rows)
    advance = r.referendum[r.referendum["stated_by"].str.contains("advance ballot")].set_index("measure")["value"]
    return Figure(
        id="junta-turnout",
        title=p.sentence(
            f"The {kind} official turnout at the referendum is {p.number(official, 1)} percent; "
            f"observers' figures run from {p.number(whole_day.min())} to {p.number(whole_day.max())} percent"
        ),
        subtitle="Turnout at the constitutional referendum of 18 June 2023 by whose count, in order of statement; "
        "official figures in percent of registered voters, observers' mostly of the stations they watched",
        chart=charts.bars(
            frame,
            "Count",
            "Turnout",
            title="Turnout",
            unit="share",
            digits=1,
            by="Whose",
            colours=_COUNTERS,
            tips=["Stated on", "Of what"],
        ),
        frame=frame,
        alt=p.sentence(
            "Bars of turnout: "
            + "; ".join(f"{row.Count} {p.number(100 * row.Turnout, 1)} percent" for row in frame.itertuples())
        ),
        fr=fr.words(
            f"La participation officielle {'définitive' if kind == 'final' else 'provisoire'} au référendum est de "
            f"{fr.number(official, 1)} % ; les chiffres des observateurs vont de "
            f"{fr.number(whole_day.min())} à {fr.number(whole_day.max())} %",
            "Participation au référendum constitutionnel du 18 juin 2023 selon l’auteur du décompte, dans l’ordre des annonces ; "
            "chiffres officiels en pourcentage des inscrits, ceux des observateurs le plus souvent des bureaux suivis",
            "Barres de la participation : "
            + " ; ".join(f"{term(row.Count)} {fr.number(100 * row.Turnout, 1)} %" for row in frame.itertuples()),
        ),
        source="AIGE (election authority), Constitutional Court and MODELE (observers), as reported by the pages in "
        "the data table. Facts only.",
        caveat=f"The advance ballot of the armed forces on 11 June ({p.number(advance['turnout'], 1)} percent of "
        f"{p.number(advance['registered'])} registered) is inside the election authority's total and not shown "
        "on its own. Observers saw a sample of stations: their figures are estimates without a stated margin.",
    )


def ballots(r: Report) -> Figure:
    """Show what registered voters did, in the latest official count."""
    rows = _vote(r)
    rows = rows[rows["area"].eq("national")]
    for who in ("Constitutional Court (final)", "AIGE (provisional)"):
        said = rows[rows["stated_by"].eq(who)].set_index("measure")["value"]
        if len(said):
            break
    else:
        raise NotInEdition("No official count of votes had been published at this edition's date.")
    number = {
        "Did not vote": said["registered"] - said["votes-cast"],
        "Voted yes": said["yes-votes"],
        "Voted no": said["no-votes"],
        "Blank or spoilt": said["votes-cast"] - said["yes-votes"] - said["no-votes"],
    }
    frame = pd.DataFrame(
        {
            "Registered voters": list(number),
            "Share": [v / said["registered"] for v in number.values()],
            "People": [int(v) for v in number.values()],
        }
    )
    share = frame.set_index("Registered voters")["Share"]
    return Figure(
        id="junta-ballots",
        title=p.sentence(
            f"{p.percent(share['Voted yes']).capitalize()} of registered voters said yes, "
            f"{p.percent(share['Did not vote'])} did not vote"
        ),
        subtitle=f"Registered voters at the constitutional referendum of 18 June 2023 by what they did, {who} figures",
        chart=charts.bars(
            frame,
            "Registered voters",
            "Share",
            title="Share of registered voters",
            unit="share",
            digits=1,
            group="state",
            tips=["People"],
        ),
        frame=frame,
        alt=p.sentence(
            f"Bars of {p.number(said['registered'])} registered voters: "
            + p.listing(f"{name.lower()} {p.percent(value, 1)}" for name, value in share.items())
        ),
        fr=fr.words(
            f"{fr.percent(share['Voted yes'])} des inscrits ont voté oui, {fr.percent(share['Did not vote'])} n’ont pas voté",
            f"Inscrits au référendum constitutionnel du 18 juin 2023 selon ce qu’ils ont fait, chiffres : {term(who)}",
            f"Barres de {fr.number(said['registered'])} inscrits : "
            + fr.listing(f"{term(name)} {fr.percent(value, 1)}" for name, value in share.items()),
        ),
        source=f"{who}, as reported by {rows[rows['stated_by'].eq(who)]['source'].iloc[0]}. Own computation.",
        caveat="The shares follow from the published counts of votes; blank or spoilt is what remains.",
    )


def vote_by_region(r: Report) -> Table:
    """List what is known of the vote by region: where it was reported held or not held, and registered voters."""
    rows = _vote(r)
    rows = rows[rows["area"].ne("national")]
    records = []
    for area in sorted(rows["area"].unique()):
        here = rows[rows["area"].eq(area)]
        held = here[here["measure"].eq("vote-held")]
        whole = held["unit"].eq("0/1")
        parts = [
            f"{'held' if row.value else 'not held'} in {row.unit.split(': ', 1)[1]} ({row.stated_by.split(' (')[0]})"
            for row in held[~whole].itertuples()
        ]
        voters = here[here["measure"].eq("registered")]["value"]
        records.append(
            (
                p.region_name(area),
                "; ".join(held[whole & held["value"].eq(1)]["stated_by"]) or "none",
                "; ".join(held[whole & held["value"].eq(0)]["stated_by"]) or "none",
                "; ".join(parts) or "none",
                int(voters.iloc[0]) if len(voters) else None,
            )
        )
    frame = pd.DataFrame(
        records,
        columns=["Region", "Vote held, says", "Vote not held, says", "In part of the region", "Registered voters"],
    )
    frame["Registered voters"] = frame["Registered voters"].astype("Int64")
    return Table(
        title="The vote of 18 June 2023 by region: who says that it was held, and who that it was not",
        frame=frame,
        source="Pages named row by row in the table referendum. Facts only.",
        note="No source found gives turnout by region. Registered voters are known where a page states them.",
    )


# --------------------------------------------------------------------------- partners


def _span_rows(r: Report, rows: tuple[tuple[str, str, str, str], ...], labels: dict[str, str]) -> pd.DataFrame:
    """Return spans known at the edition's day: open ones end there."""
    now, out = last_day(r), []
    for label, kind, first, last in rows:
        start, end = _entry(r, first), _entry(r, last)
        if start is None:
            continue
        until = now if end is None else end["date"]
        out.append((label, start["date"], until, labels[kind], end is None))
    return pd.DataFrame(out, columns=["What", "From", "To", "Kind", "Open"])


def _departures(frame: pd.DataFrame) -> tuple[int, pd.DataFrame]:
    """Return the number of foreign forces and the rows of those that have left.

    Wagner and the Africa Corps are one force under two names: it has left when no row of it is open.
    """
    russian = frame["What"].isin(_RUSSIAN)
    stayed = frame[russian & frame["Open"]]
    gone = frame[~frame["Open"] & ~(russian & (len(stayed) > 0))].drop_duplicates("What")
    return int((~russian).sum() + russian.any()), gone


def forces(r: Report) -> Figure:
    """Foreign forces in Mali: from when to when."""
    frame = _span_rows(r, FORCES, {"foreign": _FORCE_COLOURS["international"], "wagner": _FORCE_COLOURS["wagner"]})
    frame["Status"] = [
        "still there" if row.Open else f"to {month_name(month(row.To[:7]))}" for row in frame.itertuples()
    ]
    count, gone = _departures(frame)
    renamed = bool(frame["What"].isin(_RUSSIAN).sum() == len(_RUSSIAN) and len(gone) < count)
    if gone.empty:
        title = f"None of the {p.word(count)} foreign forces in our chronology has left"
    else:
        how_many = "All" if len(gone) == count else f"{p.word(len(gone)).capitalize()} of"
        title = f"{how_many} {p.word(count)} foreign forces {'has' if len(gone) == 1 else 'have'} left" + (
            "; the Russians stayed under a new name"
            if renamed
            else f", the latest in {month_name(month(gone['To'].max()[:7]))}"
        )
    frame = frame.rename(columns={"What": "Force"}).drop(columns="Open")
    ended = (
        "MINUSMA's mandate had been ended before this edition, but its withdrawal had until the end of 2023."
        if _entry(r, "2023-06-30-resolution-2690") is not None
        and _entry(r, "2023-12-31-minusma-withdrawal-complete") is None
        else ""
    )
    successor = "Wagner and the Africa Corps count as one force." if renamed else ""
    civilian = _civilian_mission(r)
    many = fr.word(count)
    if gone.empty:
        title_fr = f"Aucune des {many} forces étrangères de notre chronologie n’est partie"
    else:
        share = "Les" if len(gone) == count else f"{fr.word(len(gone), feminine=True)} des"
        left = "toutes parties" if len(gone) == count else "parties"
        title_fr = f"{share} {many} forces étrangères {'est partie' if len(gone) == 1 else 'sont ' + left}" + (
            "\u202f; les Russes sont restés sous un autre nom"
            if renamed
            else f", la dernière en {fr.month_name(gone['To'].max()[:7])}"
        )
    return Figure(
        id="junta-forces",
        title=p.sentence(title),
        subtitle=f"Foreign forces in Mali from their start to their end, or to {day(last_day(r))}, from dated entries",
        chart=charts.spans(
            frame,
            "Force",
            "From",
            "To",
            "Kind",
            {k: v for k, v in _FORCE_COLOURS.items() if v in set(frame["Kind"])},
            note="Status",
        ),
        frame=frame,
        alt=p.sentence(
            "Bars on a time axis: "
            + "; ".join(
                f"{row.Force} from {month_name(month(row.From[:7]))}, {row.Status}" for row in frame.itertuples()
            )
        ),
        fr=fr.words(
            title_fr,
            f"Forces étrangères au Mali, de leur début à leur fin ou jusqu’au {fr.day_name(last_day(r))}, d’après des entrées datées",
            "Barres sur un axe de temps : "
            + " ; ".join(
                f"{term(row.Force)} depuis {fr.month_name(row.From[:7])}, "
                + ("toujours en place" if row.Status == "still there" else f"jusqu’en {fr.month_name(row.To[:7])}")
                for row in frame.itertuples()
            ),
        ),
        source=_COMPILED + ".",
        caveat=" ".join(
            text
            for text in (
                "The start is the founding or the first operation, whichever the chronology dates.",
                ended,
                successor,
                civilian,
            )
            if text
        ),
    )


def _civilian_mission(r: Report) -> str:
    """Say what is known of the EU's civilian mission, which is no force."""
    start, extended = _entry(r, "2015-01-15-eucap-launched"), _entry(r, "2023-01-11-eucap-extended")
    if start is None:
        return ""
    text = f"The EU's civilian mission EUCAP, at work since {month_name(month(start['date'][:7]))}, is not drawn"
    return text + ("; the last decision found on it runs to January 2025." if extended is not None else ".")


def ecowas(r: Report) -> Figure:
    """Measures of ECOWAS against Mali: from when to when."""
    frame = _span_rows(r, ECOWAS, {"sanctions": _ECOWAS_COLOURS["accent"], "suspension": _ECOWAS_COLOURS["neutral"]})
    if frame.empty:
        raise NotInEdition("ECOWAS had taken no measure against Mali's rulers at this edition's date.")
    frame["Days"] = [_days(row.From, row.To) for row in frame.itertuples()]
    frame["Note"] = [f"{p.number(row.Days)} days{', in force' if row.Open else ''}" for row in frame.itertuples()]
    hard = frame[frame["Kind"].eq(_ECOWAS_COLOURS["accent"])]
    title = (
        f"ECOWAS sanctions on trade and money {'held' if not hard['Open'].any() else 'have held'} for "
        f"{p.number(hard['Days'].sum())} days in {p.count(len(hard), 'episode')}"
    )
    shown = frame.rename(columns={"What": "Measure"}).drop(columns="Open")
    days = {row.Measure: f"{fr.number(row.Days)} {'jours' if row.Days > 1 else 'jour'}" for row in shown.itertuples()}
    return Figure(
        id="junta-ecowas",
        title=p.sentence(title),
        subtitle=f"Measures of the Economic Community of West African States against Mali, to {day(last_day(r))}",
        chart=charts.spans(
            shown,
            "Measure",
            "From",
            "To",
            "Kind",
            {k: v for k, v in _ECOWAS_COLOURS.items() if v in set(shown["Kind"])},
            note="Note",
        ),
        frame=shown.drop(columns="Note"),
        alt=p.sentence(
            "Bars on a time axis: "
            + "; ".join(f"{row.Measure}, {day(row.From)} to {day(row.To)}, {row.Note}" for row in shown.itertuples())
        ),
        fr=fr.words(
            "Les sanctions de la CEDEAO sur le commerce et l’argent "
            + ("durent depuis " if hard["Open"].any() else "ont duré ")
            + f"{fr.number(hard['Days'].sum())} jours en tout, en {fr.count(len(hard), 'épisode')}",
            "Mesures de la Communauté économique des États de l’Afrique de l’Ouest contre le Mali, jusqu’au "
            f"{fr.day_name(last_day(r))}",
            "Barres sur un axe de temps : "
            + " ; ".join(
                f"{term(row.Measure)}, du {fr.day_name(row.From)} au {fr.day_name(row.To)}, {days[row.Measure]}"
                f"{', en vigueur' if 'in force' in row.Note else ''}"
                for row in shown.itertuples()
            ),
        ),
        source=_COMPILED + ".",
        caveat="Days from the decision to its lifting, or to this edition's day. Sanctions on persons are not drawn.",
    )


def _bases_known(r: Report) -> pd.DataFrame:
    if r.bases.empty:
        raise NotInEdition("No foreign mission had handed over a base at this edition's date.")
    return r.bases


_MISSION_COLOURS = {"international": "MINUSMA", "accent": "Barkhane and Takuba"}


def _sites(rows: pd.DataFrame) -> pd.DataFrame:
    """Name the French-led missions as one and keep one row per site: they shared the base at Ménaka."""
    who = rows["mission"].map(lambda x: x if x == "MINUSMA" else _MISSION_COLOURS["accent"])
    return rows.assign(mission=who).drop_duplicates(["mission", "place"])


def _site_fr(place: str) -> str:
    """Return a site's name with what stands in brackets in French."""
    for english, french in (
        ("headquarters", "quartier général"),
        ("last site", "dernier site"),
        ("super camp", "supercamp"),
    ):
        place = place.replace(f"({english})", f"({french})")
    return place


def _closures(rows: pd.DataFrame, ident: str, title: str, subtitle: str, french: tuple[str, str]) -> Figure:
    order = {region: i for i, region in enumerate([*d.ZONES["north"], *d.ZONES["centre"], *d.ZONES["south"]])}
    rows = rows.sort_values(["region", "date"], key=lambda s: s.map(order) if s.name == "region" else s)
    region = rows["region"].map(p.region_name)
    same = [name in place for name, place in zip(region, rows["place"], strict=True)]
    frame = pd.DataFrame(
        {
            "Base": rows["place"].where(same, rows["place"] + " (" + region + ")").to_numpy(),
            "Date": rows["date"].to_numpy(),
            "Region": region.to_numpy(),
            "Mission": rows["mission"].to_numpy(),
            "Source": rows["source"].to_numpy(),
        }
    )
    by_region = frame["Region"].value_counts(sort=False)
    dated = frame.sort_values("Date")
    return Figure(
        id=ident,
        title=p.sentence(title),
        subtitle=subtitle,
        chart=charts.timeline(
            frame,
            "Date",
            "Base",
            "Region",
            {k: v for k, v in _MISSION_COLOURS.items() if v in set(frame["Mission"])},
            by="Mission",
            tips=["Mission", "Base"],
            step=22,
        ),
        frame=frame,
        alt=p.sentence(
            "Dots on a time axis, a line per base, from north to south: "
            + p.listing(f"{name} {number}" for name, number in by_region.items())
            + f"; the first is {dated['Base'].iloc[0]} on {day(dated['Date'].iloc[0])}, the last "
            f"{dated['Base'].iloc[-1]} on {day(dated['Date'].iloc[-1])}"
        ),
        fr=fr.words(
            french[0],
            french[1],
            "Points sur un axe de temps, une ligne par base, du nord au sud : "
            + fr.listing(f"{name} {number}" for name, number in by_region.items())
            + f" ; la première est {_site_fr(dated['Base'].iloc[0])} le {fr.day_name(dated['Date'].iloc[0])}, la dernière "
            f"{_site_fr(dated['Base'].iloc[-1])} le {fr.day_name(dated['Date'].iloc[-1])}",
        ),
        source="Pages named in the data table, compiled in the table bases. Facts only.",
        caveat="Where only the month is known the dot stands on its first day. Takuba shared the French base at "
        "Ménaka.",
    )


def closures(r: Report) -> Figure:
    """Bases handed over up to the edition's day, by region."""
    rows = _sites(_bases_known(r))
    un = int(rows["mission"].eq("MINUSMA").sum())
    whose = (
        "all by French-led forces"
        if not un
        else f"{p.word(un)} by MINUSMA and {p.word(len(rows) - un)} by French-led forces"
    )
    led = "par des forces sous conduite française"
    whose_fr = (
        f"{fr.word(un, feminine=True)} par la MINUSMA et {fr.word(len(rows) - un, feminine=True)} {led}"
        if un
        else f"{'toutes ' if len(rows) > 1 else ''}{led}"
    )
    title = (
        f"{p.count(len(rows), 'foreign base').capitalize()} in {p.count(rows['region'].nunique(), 'region')} "
        f"{'has' if len(rows) == 1 else 'have'} been handed over, {whose}"
    )
    return _closures(
        rows,
        "junta-closures",
        title,
        f"Bases that foreign missions handed over or closed, by region and day, to {day(last_day(r))}",
        (
            f"{fr.count(len(rows), 'base étrangère', 'bases étrangères', feminine=True)} dans "
            f"{fr.count(rows['region'].nunique(), 'région', feminine=True)} "
            f"{'ont été rétrocédées' if len(rows) > 1 else 'a été rétrocédée'}, {whose_fr}",
            "Bases que des missions étrangères ont rétrocédées ou fermées, par région et par jour, jusqu’au "
            f"{fr.day_name(last_day(r))}",
        ),
    )


def _from_to(rows: pd.DataFrame) -> str:
    """Say in French from which day to which the rows run."""
    return f"du {fr.day_name(rows['date'].min())} au {fr.day_name(rows['date'].max())}"


def _base_map(r: Report, rows: pd.DataFrame, ident: str, title: str, subtitle: str, french: tuple[str, str]) -> Figure:
    counts = rows.groupby("region").size()
    names = rows.groupby("region")["place"].agg(lambda x: ", ".join(dict.fromkeys(x)))
    shown = pd.DataFrame(
        {"region": counts.index, "Handovers": counts.to_numpy(), "Bases": names.reindex(counts.index).to_numpy()}
    )
    return Figure(
        id=ident,
        title=p.sentence(title),
        subtitle=subtitle,
        chart=charts.area_circles(
            data.shapes("regions", r.data_dir),
            shown,
            "region",
            "Handovers",
            title="Handovers",
            names={region: p.region_name(region) for region in counts.index},
            tips=["Bases"],
            group="international",
        ),
        frame=shown.assign(region=shown["region"].map(p.region_name)).rename(columns={"region": "Region"}),
        alt=p.sentence(
            "Map of regions with a circle for handovers in each: "
            + p.listing(
                f"{p.region_name(region)} {number}" for region, number in counts.sort_values(ascending=False).items()
            )
            + "; none elsewhere"
        ),
        fr=fr.words(
            french[0],
            french[1],
            "Carte des régions, dans chacune un disque pour les rétrocessions : "
            + fr.listing(
                f"{p.region_name(region)} {number}" for region, number in counts.sort_values(ascending=False).items()
            )
            + " ; aucune ailleurs",
        ),
        source=f"Pages compiled in the table bases; shapes: {r.source('regions').split('; OCHA')[0]}.",
        caveat=f"A count of sites, not of soldiers; regions without a circle have none. {charts.BORDER_NOTE}",
    )


def base_map(r: Report) -> Figure:
    """Regions by number of bases handed over, to the edition's day."""
    rows = _sites(_bases_known(r))
    counts = rows["region"].value_counts()
    tops = sorted(p.region_name(region) for region in counts[counts.eq(counts.max())].index)
    share = rows["region"].map(d.ZONE_OF).eq("north").mean()
    where = "all handovers were in the north" if share == 1 else f"{p.percent(share)} of all were in the north"
    verb = "have" if len(tops) > 1 else "has"
    return _base_map(
        r,
        rows,
        "junta-bases-map",
        f"{p.listing(tops)} {verb} seen the most handovers of foreign bases; {where}",
        f"Bases that foreign missions handed over or closed, by region, to {day(last_day(r))}",
        (
            f"{fr.listing(tops)} {'ont' if len(tops) > 1 else 'a'} connu le plus de rétrocessions de bases étrangères ; "
            f"{'toutes' if share == 1 else fr.percent(share) + ' d’entre elles'} ont eu lieu au nord",
            "Bases que des missions étrangères ont rétrocédées ou fermées, par région, jusqu’au "
            f"{fr.day_name(last_day(r))}",
        ),
    )


# --------------------------------------------------------------------------- violence before and after


def _winding_up(rows: pd.DataFrame) -> pd.Series:
    """Tell which sites only served to wind MINUSMA up: those it kept after its end."""
    return rows["mission"].eq("MINUSMA") & (rows["date"].str[:7] > d.MINUSMA_END)


_SHARED = 6
"""Months between two handovers in a region, below which the years after them share more than half of their months."""


def _cases(rows: pd.DataFrame) -> pd.DataFrame:
    """Give each base the `case` it belongs to: its region, and the first month of handovers that share most of a year.

    Sites that only held the liquidation after MINUSMA's end are left out.
    """
    rows = rows[~_winding_up(rows)].sort_values("date")
    rows = rows.assign(when=pd.PeriodIndex(rows["date"].str[:7], freq="M"))
    first: dict[str, pd.Period] = {}
    case = []
    for region, when in zip(rows["region"], rows["when"], strict=True):
        if region not in first or (when - first[region]).n >= _SHARED:
            first[region] = when
        case.append(first[region])
    return rows.assign(case=case)


def _handovers(rows: pd.DataFrame, totals: pd.DataFrame, last: pd.Period, months: int = 12) -> pd.DataFrame:
    """Compare the months before and after the handovers of each case, in their region and in the rest of Mali.

    A case is what `_cases` makes one. Its months from the first to the last handover count for neither side.
    """
    out, led = [], "sous conduite française"
    for (first, region), group in _cases(rows).groupby(["case", "region"], sort=False):
        final = group["when"].max()
        before, after = Window(first - months, first - 1), Window(final + 1, final + months)
        if after.last > last:
            continue
        inside = totals[totals["region"].eq(region)]
        rest = totals[totals["region"].ne(region)]
        missions = p.listing(sorted({name if name == "MINUSMA" else "French-led" for name in group["mission"]}))
        when, when_fr = _span(first, final), fr.month_name(first)
        if final > first:
            when_fr = f"{when_fr} à {fr.month_name(final)}"
        record: dict[str, str | int | intervals.Comparison | None] = {
            "label": f"{p.region_name(region)}, {when} ({missions})",
            "label_fr": f"{p.region_name(region)}, {when_fr} ({missions.replace('French-led', led).replace(' and ', ' et ')})",
            "bases": ", ".join(dict.fromkeys(group["place"])),
            "region": p.region_name(region),
        }
        for name, part in (("in", inside), ("rest", rest)):
            for value in ("events", "fatalities"):
                record[f"{name}_{value}_before"] = m.count(part, before, value)
                record[f"{name}_{value}_after"] = m.count(part, after, value)
            record[f"{name}_compared"] = intervals.attempt(part, after, before)
        out.append(record)
    if not out:
        raise NotInEdition("No handover lies 12 months or more before the end of this edition's totals by region.")
    return pd.DataFrame(out)


def _span(first: pd.Period, last: pd.Period) -> str:
    """Write the months of a case: `Oct 2021`, `Oct-Nov 2021`, `Dec 2021-Apr 2022`."""
    a, b = MONTHS[first.month - 1][:3], MONTHS[last.month - 1][:3]
    if first == last:
        return f"{a} {first.year}"
    return f"{a}-{b} {last.year}" if first.year == last.year else f"{a} {first.year}-{b} {last.year}"


_SIDES = {"accent": "Region of the base", "neutral": "Rest of Mali"}
_PHASES = {"neutral": "12 months before", "accent": "12 months after"}
_COMPARED = (
    "A comparison in time, not a cause: handovers came in wars that moved for other reasons too, and several "
    "windows overlap, those of one withdrawal above all. The totals name no actor, and count every party's violence."
)


def _compare_events(r: Report, rows: pd.DataFrame, totals: pd.DataFrame, ident: str) -> Figure:
    last = month(str(totals["month"].max()))
    found = _handovers(rows, totals, last)
    found = found[found["in_events_before"].gt(0)]
    records = []
    for row in found.itertuples():
        for kind, one in ((_SIDES["accent"], row.in_compared), (_SIDES["neutral"], row.rest_compared)):
            records.append((row.label, kind, one.ratio, *one.ends(), one.before, one.now, row.bases))
    frame = pd.DataFrame(
        records, columns=["Handover", "Where", "Ratio", *intervals.ENDS, "Events before", "Events after", "Bases"]
    )
    up = sum(one.interval.low > 1 for one in found["in_compared"])
    down = sum(one.interval.high < 1 for one in found["in_compared"])
    small = int((found[["in_events_before", "in_events_after"]].min(axis=1) < d.SMALL_COUNT).sum())
    return Figure(
        id=ident,
        title=p.sentence(_clearly(up, down, len(found))),
        subtitle="Political-violence events in the 12 months after a handover as a multiple of the 12 before, by "
        f"region and months of handover (log scale); {intervals.BARS}; totals by region to {month_name(last)}",
        chart=charts.dots(
            frame,
            "Handover",
            "Ratio",
            "Low",
            "High",
            title="Events after, as a multiple of before",
            by="Where",
            colours=_SIDES,
            unit="ratio",
            log=True,
            inner=intervals.INNER,
        ),
        frame=frame,
        alt=p.sentence(
            "Pairs of dots with intervals, region of the base and rest of Mali: "
            + "; ".join(
                f"{row.label} {row.in_compared.times()} against {row.rest_compared.times()}"
                for row in found.itertuples()
            )
        ),
        fr=fr.words(
            _clearly_fr(up, down, len(found)),
            "Événements de violence politique des 12 mois après une rétrocession en multiple des 12 mois d’avant, par région et "
            f"mois de rétrocession (échelle logarithmique) ; {intervals.BARS_FR} ; totaux par région jusqu’en "
            f"{fr.month_name(last)}",
            "Paires de points avec intervalles, région de la base et reste du Mali : "
            + " ; ".join(
                f"{row.label_fr} {fr.times_within(row.in_compared)} contre {fr.times_within(row.rest_compared)}"
                for row in found.itertuples()
            ),
        ),
        source=r.source("totals"),
        caveat=_COMPARED
        + " The intervals do not cover missed reports."
        + (
            f" {p.count(small, 'row').capitalize()} rest{'s' if small == 1 else ''} on fewer than "
            f"{d.SMALL_COUNT} events before or after."
            if small
            else ""
        ),
    )


def _clearly(up: int, down: int, total: int) -> str:
    """Say in how many cases the interval of the change leaves out none."""
    of = "the one case" if total == 1 else f"{p.word(total)} cases"
    what = "violence in the region clearly"
    if not up and not down:
        if total == 1:
            return f"in {of} violence in the region did not clearly change in the year after a handover"
        return f"in none of {of} did violence in the region clearly change in the year after a handover"
    if total == 1:
        return f"in {of} {what} {'rose' if up else 'fell'} in the year after a handover"
    return f"in {p.none(up)} of {of} {what} rose in the year after a handover, in {p.none(down)} it clearly fell"


def _clearly_fr(up: int, down: int, total: int) -> str:
    """Say in French in how many cases the interval of the change leaves out none."""
    after = "dans l’année suivant une rétrocession"
    if total == 1:
        verb = "a nettement augmenté" if up else "a nettement diminué" if down else "n’a pas nettement changé"
        return f"Dans le seul cas, la violence de la région {verb} {after}"
    if not up and not down:
        return f"Dans aucun des {fr.word(total)} cas, la violence de la région n’a nettement changé {after}"
    rose = (
        f"Dans {fr.word(up)} cas sur {fr.word(total)}, la violence de la région a"
        if up
        else (f"Dans aucun des {fr.word(total)} cas, la violence de la région n’a")
    )
    fell = f"dans {fr.word(down)}, elle a" if down else "dans aucun, elle n’a"
    return f"{rose} nettement augmenté {after} ; {fell} nettement diminué"


def _compare_deaths(r: Report, rows: pd.DataFrame, totals: pd.DataFrame, ident: str) -> Figure:
    last = month(str(totals["month"].max()))
    found = _handovers(rows, totals, last)
    records = [
        (row.label, phase, value, row.bases)
        for row in found.itertuples()
        for phase, value in (
            (_PHASES["neutral"], row.in_fatalities_before),
            (_PHASES["accent"], row.in_fatalities_after),
        )
    ]
    frame = pd.DataFrame(records, columns=["Handover", "When", "Deaths", "Bases"])
    gap = found["in_fatalities_after"] - found["in_fatalities_before"]
    up, down = int(gap.gt(0).sum()), int(gap.lt(0).sum())
    worst = found.loc[gap.abs().idxmax()]
    rose = f"a augmenté dans {fr.word(up)}" if up else "n’a augmenté dans aucun"
    fell = f"diminué dans {fr.word(down)}" if down else "n’a diminué dans aucun"
    return Figure(
        id=ident,
        title=p.sentence(
            f"Deaths rose in {p.none(up)} and fell in {p.none(down)} of {p.count(len(found), 'case')}; they changed "
            f"most around {worst['label'].split(' (')[0]}, from {p.number(worst['in_fatalities_before'])} to "
            f"{p.number(worst['in_fatalities_after'])}"
        ),
        subtitle="Reported deaths in political violence in the base's region, 12 months before and 12 months after the "
        f"month of handover; totals by region to {month_name(last)}",
        chart=charts.pairs(frame, "Handover", "Deaths", "When", _PHASES, title="Deaths"),
        frame=frame,
        alt=p.sentence(
            "Pairs of dots, deaths before and after: "
            + "; ".join(
                f"{row.label} {p.number(row.in_fatalities_before)} and {p.number(row.in_fatalities_after)}"
                for row in found.itertuples()
            )
        ),
        fr=fr.words(
            f"Le nombre de morts {rose} cas et {'a ' if not up and down else ''}{fell} sur {fr.word(len(found))} ; le plus grand "
            f"changement entoure {worst['label_fr'].split(' (')[0]}, de {fr.number(worst['in_fatalities_before'])} à "
            f"{fr.number(worst['in_fatalities_after'])}",
            "Morts signalés dans la violence politique dans la région de la base, 12 mois avant et 12 mois après le mois de la "
            f"rétrocession ; totaux par région jusqu’en {fr.month_name(last)}",
            "Paires de points, morts avant et après : "
            + " ; ".join(
                f"{row.label_fr} {fr.number(row.in_fatalities_before)} et {fr.number(row.in_fatalities_after)}"
                for row in found.itertuples()
            ),
        ),
        rests_on=[worst["in_fatalities_before"], worst["in_fatalities_after"]],
        source=r.source("totals"),
        caveat=_COMPARED + " Single events with many deaths weigh heavily, and the totals do not show them.",
    )


def events_around_handovers(r: Report) -> Figure:
    """Events in the year after each handover against the year before, within the edition."""
    return _compare_events(r, _bases_known(r), r.totals, "junta-bases-events")


def deaths_around_handovers(r: Report) -> Figure:
    """Deaths in the year before and after each handover, within the edition."""
    return _compare_deaths(r, _bases_known(r), r.totals, "junta-bases-deaths")


# --------------------------------------------------------------------------- land and people

_STOCKS = {"neutral": "Land", "civilians": "People"}


def land_and_people(r: Report) -> Figure:
    """Share of land and of people by zone."""
    shares = m.zone_shares(r.regions).set_index("zone").loc[list(d.ZONES)]
    records = [
        (d.ZONE_LABELS[zone], kind, shares.loc[zone, column])
        for zone in d.ZONES
        for kind, column in ((_STOCKS["neutral"], "area_share"), (_STOCKS["civilians"], "population_share"))
    ]
    frame = pd.DataFrame(records, columns=["Zone", "What", "Share"])
    both = shares.loc[["north", "centre"]].sum()
    return Figure(
        id="junta-land-people",
        title=p.sentence(
            f"The north and the centre hold {p.percent(both['area_share'])} of the land and "
            f"{p.percent(both['population_share'])} of the people"
        ),
        subtitle="Share of Mali's land and of its people by zone; population of the file labelled 2020",
        chart=charts.pairs(frame, "Zone", "Share", "What", _STOCKS, title="Share of Mali", unit="share"),
        frame=frame,
        alt=p.sentence(
            "Pairs of dots, land and people: "
            + "; ".join(
                f"{d.ZONE_LABELS[zone]} {p.percent(shares.loc[zone, 'area_share'])} and "
                f"{p.percent(shares.loc[zone, 'population_share'])}"
                for zone in d.ZONES
            )
        ),
        fr=fr.words(
            f"Le nord et le centre ont {fr.percent(both['area_share'])} des terres et "
            f"{fr.percent(both['population_share'])} de la population",
            "Part des terres et de la population du Mali par zone ; population du fichier daté de 2020",
            "Paires de points, terres et population : "
            + " ; ".join(
                f"{fr.ZONES[zone]} {fr.percent(shares.loc[zone, 'area_share'])} et "
                f"{fr.percent(shares.loc[zone, 'population_share'])}"
                for zone in d.ZONES
            ),
        ),
        source=r.source("regions"),
        caveat="Shares, not rates: the population file's total looks low for its year.",
    )


def minusma_reach(r: Report) -> Figure:
    """Share of land and of people in the regions where MINUSMA had a base."""
    if str(r.as_of) < d.MINUSMA_REQUEST:
        raise NotInEdition("The request that MINUSMA leave came after this edition.")
    bases = data.bases(r.data_dir)
    with_base = set(bases[bases["mission"].eq("MINUSMA")]["region"])
    shares = r.regions.assign(
        land=r.regions["area_km2"] / r.regions["area_km2"].sum(),
        people=r.regions["population"] / r.regions["population"].sum(),
    ).set_index("region")
    rows = [
        (p.region_name(region), shares.loc[region, "land"], shares.loc[region, "people"])
        for region in [*d.ZONES["north"], *d.ZONES["centre"], *d.ZONES["south"]]
        if region in with_base
    ]
    outside = shares.loc[sorted(with_base - {"Bamako"})].sum()
    every = shares.loc[sorted(with_base)].sum()
    rows += [
        ("All of these but Bamako", outside["land"], outside["people"]),
        ("All of these", every["land"], every["people"]),
    ]
    frame = pd.DataFrame(
        [
            (name, kind, value)
            for name, land, people in rows
            for kind, value in ((_STOCKS["neutral"], land), (_STOCKS["civilians"], people))
        ],
        columns=["Region", "What", "Share"],
    )
    return Figure(
        id="junta-minusma-reach",
        title=p.sentence(
            f"The regions outside the capital where MINUSMA had a base hold {p.percent(outside['land'])} of the land "
            f"and {p.percent(outside['people'])} of the people"
        ),
        subtitle="Share of Mali's land and of its people in regions with at least one MINUSMA base in 2023; population "
        "of the file labelled 2020",
        chart=charts.pairs(frame, "Region", "Share", "What", _STOCKS, title="Share of Mali", unit="share", digits=1),
        frame=frame,
        alt=p.sentence(
            "Pairs of dots, land and people: "
            + "; ".join(f"{name} {p.percent(land, 1)} and {p.percent(people, 1)}" for name, land, people in rows)
        ),
        fr=fr.words(
            f"Hors de la capitale, les régions où la MINUSMA avait une base ont {fr.percent(outside['land'])} des terres et "
            f"{fr.percent(outside['people'])} de la population",
            "Part des terres et de la population du Mali dans les régions ayant au moins une base de la MINUSMA en 2023 ; "
            "population du fichier daté de 2020",
            "Paires de points, terres et population : "
            + " ; ".join(
                f"{term(name) if name.startswith('All') else name} {fr.percent(land, 1)} et {fr.percent(people, 1)}"
                for name, land, people in rows
            ),
        ),
        source=r.source("regions") + " Bases: pages compiled in the table bases.",
        caveat="A base protects a town and its roads, not a region: this is the widest reading. Where the bases stood "
        "is read from the record of their closure.",
    )


# --------------------------------------------------------------------------- claims told from the chronology


def request(r: Report) -> str:
    """Say what the chronology holds on the request that MINUSMA leave."""
    asked = _entry(r, "2023-06-16-mali-asks-minusma-to-go")
    if asked is None:
        raise NotInEdition("The request that MINUSMA leave came after this edition.")
    text = (
        f"On {day(asked['date'])} Mali's foreign minister asked the Security Council to withdraw MINUSMA without "
        f"delay; the entry puts the mission at {p.number(asked['value'])} members"
    )
    ceiling = _entry(r, "2022-06-29-minusma-renewed")
    if ceiling is not None:
        text += f", against a ceiling of {p.number(ceiling['value'])} soldiers and police in the mandate of June 2022"
    ended = _entry(r, "2023-06-30-resolution-2690")
    if ended is not None:
        text += (
            f". The Council ended the mandate {p.count(_days(asked['date'], ended['date']), 'day')} later, on "
            f"{day(ended['date'])}"
        )
    done = _entry(r, "2023-12-31-minusma-withdrawal-complete")
    if done is not None:
        text += f"; the withdrawal was complete on {day(done['date'])}"
    return p.sentence(text)


def accord(r: Report) -> str:
    """Say what the chronology holds on the Algiers accord."""
    signed = _entry(r, "2015-05-15-algiers-accord-first-signing")
    joined = _entry(r, "2015-06-20-algiers-accord-cma")
    if signed is None or joined is None:
        raise NotInEdition("The chronology holds no entry on the accord's signing.")
    text = (
        f"The accord was signed in Bamako on {day(signed['date'])} and by the Coordination of Azawad Movements on "
        f"{day(joined['date'])}, {_length(joined['date'], last_day(r))} before this edition's day"
    )
    rows = _about(r.chronology, "R23-11")
    since = rows[rows["date"] > joined["date"]]
    if len(since):
        newest = since.loc[since["date"].idxmax()]
        text += (
            f". The chronology holds {p.count(len(since), 'later entry', 'later entries')} on it; the newest "
            f"is of {day(newest['date'], newest['precision'])}"
        )
    over = _entry(r, "2024-01-25-algiers-accord-ended")
    if over is not None:
        text += (
            f". Mali's government declared it ended on {day(over['date'])}, "
            f"{_length(signed['date'], over['date'])} after the first signature"
        )
    return p.sentence(text)


def disinformation(r: Report) -> str:
    """Say what the chronology holds on coordinated influence."""
    rows = _about(r.chronology, "R23-13")
    if rows.empty:
        raise NotInEdition("The chronology holds no dated entry on coordinated influence before this edition's day.")
    first, last = rows.iloc[0], rows.iloc[-1]
    text = f"The chronology holds {p.count(len(rows), 'dated entry', 'dated entries')} on this"
    if len(rows) > 1:
        text += f", from {day(first['date'], first['precision'])} to {day(last['date'], last['precision'])}"
    else:
        text += f", of {day(first['date'], first['precision'])}"
    return p.sentence(text + ". Such entries document networks and statements; none measures an effect on opinion")


# --------------------------------------------------------------------------- indices


def known_indices(r: Report, *names: str) -> pd.DataFrame:
    """Return the rows of indices that were public at the edition's date, in order of year."""
    rows = r.indices[r.indices["index"].isin(names)]
    if r.edition.as_of != "latest":
        lag = rows["index"].str.split("-").str[0].map(PUBLIC_FROM)
        public = [f"{year + wait[0]}-{wait[1]:02d}" for year, wait in zip(rows["year"], lag, strict=True)]
        rows = rows[pd.Series(public, index=rows.index, dtype=str) <= str(r.runs_to)]
    return rows.sort_values(["year", "index"], ignore_index=True)


def _publisher(rows: pd.DataFrame, what: str) -> str:
    """Return the source line of an index: publisher, index, and through how many pages or repositories it was read."""
    repositories = rows["source"].str.extract(r"repository ([\w.-]+/[\w.-]+)")[0].nunique()
    pages = rows.loc[rows["source_kind"].ne("repository"), "source"].nunique()
    found = (
        (pages, p.count(pages, "page")),
        (repositories, p.count(repositories, "public repository", "public repositories")),
    )
    through = p.listing(words for number, words in found if number)
    return f"{rows['publisher'].iloc[0]}, {what}, read in {through} named in the data table. Facts only."


_METHODS = {"neutral": "Method before 2022", "civilians": "Method since 2022"}


def press_freedom(r: Report) -> Figure:
    """RSF's score, broken where the method changed, with the rank."""
    score = known_indices(r, "rsf-score")
    rank = known_indices(r, "rsf-rank").set_index("year")["value"]
    if score.empty:
        raise NotInEdition("No edition of the press-freedom index is known for this edition.")
    changed = int(score["year"].max()) >= 2022
    kinds = _METHODS if changed else {"civilians": "Score"}
    method = score["scale"].str.contains("since").map({True: kinds["civilians"], False: kinds.get("neutral", "Score")})
    frame = pd.DataFrame(
        {
            "Edition": score["year"].astype(str),
            "Score": score["value"],
            "Method": method,
            "Rank": [int(rank[year]) if year in rank.index else None for year in score["year"]],
            "Read in": score["source"],
        }
    ).astype({"Rank": "Int64"})
    year = int(rank.index.max())
    title = f"Mali stands {_ordinal(rank[year])} of 180 in the press-freedom ranking of {year}"
    base = next((y for y in (2020, 2019, year - 1) if y in rank.index and y < year), None)
    if base is not None:
        gap = int(rank[year] - rank[base])
        title += (
            f", the same as in {base}"
            if gap == 0
            else f", {p.count(abs(gap), 'place')} {'lower' if gap > 0 else 'higher'} than in {base}"
        )
    title_fr = f"Le Mali est {int(rank[year])}e sur 180 au classement de la liberté de la presse de {year}"
    if base is not None:
        title_fr += (
            f", à la même place qu’en {base}"
            if gap == 0
            else f", {fr.count(abs(gap), 'place', feminine=True)} plus {'bas' if gap > 0 else 'haut'} qu’en {base}"
        )
    return Figure(
        id="junta-press-freedom",
        title=p.sentence(title),
        subtitle=f"Score of Mali in the World Press Freedom Index, 0 to 100 (higher is freer), editions "
        f"{frame['Edition'].iloc[0]} to {frame['Edition'].iloc[-1]}"
        + ("; the method changed in 2022" if changed else ""),
        chart=charts.lines(
            frame,
            "Edition",
            "Score",
            title="Score",
            by="Method",
            colours={k: v for k, v in kinds.items() if v in set(frame["Method"])},
        ),
        frame=frame,
        alt=p.sentence(
            f"Line{'s' if frame['Method'].nunique() > 1 else ''} of the score: "
            + "; ".join(
                f"{name.lower() + ', ' if changed else ''}"
                + " to ".join(
                    dict.fromkeys(
                        f"{p.number(part['Score'].iloc[i], 1)} in the edition of {part['Edition'].iloc[i]}"
                        for i in (0, -1)
                    )
                )
                for name, part in frame.groupby("Method", sort=False)
            )
        ),
        fr=fr.words(
            title_fr,
            "Score du Mali au classement mondial de la liberté de la presse, 0 à 100 (plus haut, plus libre), éditions "
            f"{frame['Edition'].iloc[0]} à {frame['Edition'].iloc[-1]}"
            + (" ; la méthode a changé en 2022" if changed else ""),
            f"Courbe{'s' if frame['Method'].nunique() > 1 else ''} du score : "
            + " ; ".join(
                f"{term(name) + ', ' if changed else ''}"
                + ", ".join(
                    dict.fromkeys(
                        f"{fr.number(part['Score'].iloc[i], 1)} dans l’édition de {part['Edition'].iloc[i]}"
                        for i in (0, -1)
                    )
                )
                for name, part in frame.groupby("Method", sort=False)
            ),
        ),
        source=_publisher(score, "World Press Freedom Index"),
        caveat="Scores before and from 2022 rest on different methods and must not be compared; ranks depend on the "
        "other countries too. The index of a year appears in spring and looks mostly at the year before."
        if year >= 2022
        else "Ranks depend on the other countries too.",
    )


def freedom_house(r: Report) -> Figure:
    """Freedom House's total score by the year described."""
    rows = known_indices(r, "fh-total")
    if rows.empty:
        raise NotInEdition("No edition of Freedom in the World is known for this edition.")
    frame = pd.DataFrame(
        {
            "Year described": rows["period"],
            "Score": rows["value"].astype(int),
            "Rating": rows["label"],
            "Edition": rows["year"],
            "Read in": rows["source"],
        }
    )
    last = frame.iloc[-1]
    back = frame[frame["Edition"].eq(last["Edition"] - 5)].iloc[0]
    moved = (
        "as many as"
        if last["Score"] == back["Score"]
        else f"{abs(last['Score'] - back['Score'])} {'fewer' if last['Score'] < back['Score'] else 'more'} than"
    )
    gap = last["Score"] - back["Score"]
    moved_fr = f"{abs(gap)} de {'moins' if gap < 0 else 'plus'} que" if gap else "autant que"
    return Figure(
        id="junta-freedom-house",
        title=p.sentence(
            f"Freedom House gives Mali {last['Score']} of 100 points for {last['Year described']}, {moved} for "
            f"{back['Year described']}"
        ),
        subtitle=f"Total score of Mali in Freedom in the World, 0 to 100 (higher is freer), by the year described, "
        f"{frame['Year described'].iloc[0]} to {last['Year described']}",
        chart=charts.lines(
            frame, "Year described", "Score", title="Score", group="civilians", marks={"2012": "coup", "2020": "coup"}
        ),
        frame=frame,
        alt=p.sentence(
            f"Line of the score: {frame['Score'].iloc[0]} for {frame['Year described'].iloc[0]}, highest "
            f"{frame['Score'].max()}, lowest {frame['Score'].min()} for "
            f"{frame.loc[frame['Score'].idxmin(), 'Year described']}, last {last['Score']} ({last['Rating']})"
        ),
        fr=fr.words(
            f"Freedom House donne au Mali {last['Score']} points sur 100 pour {last['Year described']}, {moved_fr} pour "
            f"{back['Year described']}",
            "Score total du Mali dans le rapport annuel de Freedom House sur la liberté, 0 à 100 (plus haut, plus libre), selon l’année décrite, "
            f"{frame['Year described'].iloc[0]} à {last['Year described']}",
            f"Courbe du score : {frame['Score'].iloc[0]} pour {frame['Year described'].iloc[0]}, au plus haut "
            f"{frame['Score'].max()}, au plus bas {frame['Score'].min()} pour "
            f"{frame.loc[frame['Score'].idxmin(), 'Year described']}, à la fin {last['Score']} ({term(last['Rating'])})",
        ),
        source=_publisher(rows, "Freedom in the World"),
        caveat="An edition describes the year before it. Experts' scores, without a stated margin.",
    )


_VDEM = {
    "vdem-free-expression": "Freedom of expression",
    "vdem-civil-society": "Civil society",
    "vdem-ldi": "Liberal democracy",
}
_VDEM_COLOURS = {"accent": "Freedom of expression", "civilians": "Civil society", "state": "Liberal democracy"}


def vdem(r: Report) -> Figure:
    """V-Dem's indices of expression, civil society and liberal democracy."""
    rows = known_indices(r, *_VDEM)
    if rows.empty:
        raise NotInEdition("No year of the V-Dem indices is known for this edition.")
    frame = pd.DataFrame(
        {
            "Year": rows["year"].astype(str),
            "Index": rows["index"].map(_VDEM),
            "Value": rows["value"],
            "Read in": rows["source"],
        }
    )
    wide = frame.pivot(index="Year", columns="Index", values="Value")
    last = wide.dropna().index[-1]
    back = str(int(last) - 5)
    down = [name for name in _VDEM.values() if wide.loc[last, name] < wide.loc[back, name]]
    many = {3: "All three indices are", 1: "One of three indices is", 0: "None of three indices is"}.get(
        len(down), f"{p.word(len(down)).capitalize()} of three indices are"
    )
    most = min(_VDEM.values(), key=lambda name: wide.loc[last, name] / wide.loc[back, name])
    title = (
        f"{many} lower in {last} than in {back}; {most.lower()} moved from {p.number(wide.loc[back, most], 2)} to "
        f"{p.number(wide.loc[last, most], 2)}"
    )
    many_fr = {3: "Les trois indices sont", 1: "Un indice sur trois est", 0: "Aucun des trois indices n’est"}.get(
        len(down), f"{fr.word(len(down))} indices sur trois sont"
    )
    return Figure(
        id="junta-vdem",
        title=p.sentence(title),
        subtitle=f"V-Dem indices of Mali, 0 to 1 (higher is freer), {frame['Year'].iloc[0]} to "
        f"{frame['Year'].iloc[-1]}",
        chart=charts.lines(
            frame,
            "Year",
            "Value",
            title="Index",
            by="Index",
            colours=_VDEM_COLOURS,
            unit="ratio",
            marks={"2012": "coup", "2020": "coup"},
            height=300,
        ),
        frame=frame,
        alt=p.sentence(
            "Three lines: "
            + "; ".join(
                f"{name.lower()} {p.number(wide[name].dropna().iloc[0], 2)} in {wide.index[0]}, "
                f"{p.number(wide[name].dropna().iloc[-1], 2)} in {wide[name].dropna().index[-1]}"
                for name in _VDEM.values()
            )
        ),
        fr=fr.words(
            f"{many_fr} plus bas en {last} qu’en {back} ; {term(most)} passe de {fr.number(wide.loc[back, most], 2)} à "
            f"{fr.number(wide.loc[last, most], 2)}",
            f"Indices V-Dem du Mali, 0 à 1 (plus haut, plus libre), {frame['Year'].iloc[0]} à {frame['Year'].iloc[-1]}",
            "Trois courbes : "
            + " ; ".join(
                f"{term(name)} {fr.number(wide[name].dropna().iloc[0], 2)} en {wide.index[0]}, "
                f"{fr.number(wide[name].dropna().iloc[-1], 2)} en {wide[name].dropna().index[-1]}"
                for name in _VDEM.values()
            ),
        ),
        source=_publisher(rows, "V-Dem indices v2x_freexp_altinf, v2xcs_ccsi and v2x_libdem"),
        caveat="Estimates from experts' answers; their margins are not in the sources read. V-Dem revises earlier "
        "years, and all years shown come from releases of 2024 and 2025.",
    )


_EIU = {"eiu-civil-liberties": "Civil liberties", "eiu-score": "Overall score"}
_EIU_COLOURS = {"civilians": "Civil liberties", "state": "Overall score"}


def eiu(r: Report) -> Figure:
    """EIU's Democracy Index: overall and civil liberties."""
    rows = known_indices(r, *_EIU)
    if rows.empty:
        raise NotInEdition("No year of the Democracy Index is known for this edition.")
    frame = pd.DataFrame(
        {
            "Year": rows["year"].astype(str),
            "Series": rows["index"].map(_EIU),
            "Score": rows["value"],
            "Regime": rows["label"],
            "Read in": rows["source"],
        }
    )
    overall = frame[frame["Series"].eq("Overall score")].set_index("Year")
    last = overall.index[-1]
    back = str(int(last) - 5)
    now, then = overall.loc[last, "Score"], overall.loc[back, "Score"]
    verb = "rose" if now > then else ("fell" if now < then else "stayed")
    regime = overall.loc[last, "Regime"]
    title = f"The Democracy Index {verb} from {p.number(then, 2)} in {back} to {p.number(now, 2)} in {last}" + (
        f": {regime}" if regime else ""
    )
    verb_fr = "a progressé" if now > then else ("a reculé" if now < then else "n’a pas changé :")
    return Figure(
        id="junta-eiu",
        title=p.sentence(title),
        subtitle="Score of Mali in the Democracy Index, 0 to 10 (higher is more democratic), "
        f"{frame['Year'].iloc[0]} to {frame['Year'].iloc[-1]}",
        chart=charts.lines(
            frame,
            "Year",
            "Score",
            title="Score",
            by="Series",
            colours=_EIU_COLOURS,
            marks={"2012": "coup", "2020": "coup"},
        ),
        frame=frame,
        alt=p.sentence(
            "Two lines: "
            + "; ".join(
                f"{name.lower()} {p.number(part['Score'].iloc[0], 2)} in {part['Year'].iloc[0]}, "
                f"{p.number(part['Score'].iloc[-1], 2)} in {part['Year'].iloc[-1]}"
                for name, part in frame.groupby("Series", sort=False)
            )
        ),
        fr=fr.words(
            f"L’indice de démocratie {verb_fr} de {fr.number(then, 2)} en {back} à {fr.number(now, 2)} en {last}"
            + (f" : {term(regime)}" if regime else ""),
            "Score du Mali dans l’indice de démocratie (Economist Intelligence Unit), 0 à 10 (plus haut, plus démocratique), "
            f"{frame['Year'].iloc[0]} à {frame['Year'].iloc[-1]}",
            "Deux courbes : "
            + " ; ".join(
                f"{term(name)} {fr.number(part['Score'].iloc[0], 2)} en {part['Year'].iloc[0]}, "
                f"{fr.number(part['Score'].iloc[-1], 2)} en {part['Year'].iloc[-1]}"
                for name, part in frame.groupby("Series", sort=False)
            ),
        ),
        source=_publisher(rows, "Democracy Index"),
        caveat="No index was made for 2007 and 2009. The sources read carry civil liberties to 2022 only."
        if str(r.as_of) >= "2024-02"
        else "No index was made for 2007 and 2009.",
    )


def civicus(r: Report) -> str:
    """Say how CIVICUS Monitor rates Mali's civic space."""
    rows = known_indices(r, "civicus-rating")
    if rows.empty:
        raise NotInEdition("No rating by CIVICUS Monitor is known for this edition.")
    last = rows.iloc[-1]
    text = f"CIVICUS Monitor rated Mali's civic space {last['label'].lower()} in {last['year']}"
    earlier = rows[rows["label"].ne(last["label"])]
    if len(earlier):
        text += f", after {earlier.iloc[-1]['label'].lower()} in {earlier.iloc[-1]['year']}"
    return p.sentence(text + "; its five steps run from open, narrowed, obstructed and repressed to closed")


def _measure(event: str) -> str:
    return next((kind for kind, words in MEASURES if re.search(words, event, re.IGNORECASE)), "")


def measures_against_critics(r: Report) -> Figure:
    """Arrests, suspensions and expulsions by year, as counted in the chronology."""
    rows = _about(r.chronology, "R23-12")
    rows = rows.assign(kind=rows["event"].map(_measure), year=rows["date"].str[:4])
    rows = rows[rows["kind"].ne("")]
    if rows.empty:
        raise NotInEdition("The chronology holds no arrest, ban or expulsion of critics before this edition's day.")
    now = last_day(r)
    years = [str(year) for year in range(min(2020, int(rows["year"].min())), int(now[:4]) + 1)]
    index = pd.MultiIndex.from_product([years, list(_MEASURE_COLOURS.values())], names=["Year", "Measure"])
    frame = rows.groupby(["year", "kind"]).size().rename_axis(["Year", "Measure"]).reindex(index, fill_value=0)
    frame = frame.rename("Entries").reset_index()
    by_year = frame.groupby("Year")["Entries"].sum()
    top = by_year[by_year.eq(by_year.max())].index
    return Figure(
        id="junta-measures",
        title=p.sentence(
            f"Our chronology holds {p.count(len(rows), 'measure')} against critics, media and parties, "
            f"{_most(by_year)} in {p.listing(top)}"
        ),
        subtitle=f"Entries of this project's chronology that record a measure, by year and kind, Mali, {years[0]} to "
        f"{day(now)}",
        chart=charts.stacked(frame, "Year", "Entries", "Measure", _MEASURE_COLOURS, title="Entries"),
        frame=frame,
        alt=p.sentence(
            "Stacked columns of measures against critics, media and parties by year: "
            + p.listing(f"{n} in {year}" for year, n in by_year.items())
        ),
        fr=fr.words(
            f"Notre chronologie contient {fr.count(len(rows), 'mesure', feminine=True)} contre des critiques, des médias et des "
            f"partis, {_most_fr(by_year)} en {fr.listing(top)}",
            "Entrées de la chronologie de ce projet qui consignent une mesure, par année et par nature, Mali, de "
            f"{years[0]} au {fr.day_name(now)}",
            "Colonnes empilées des mesures contre des critiques, des médias et des partis, par année : "
            + fr.listing(f"{n} en {year}" for year, n in by_year.items()),
        ),
        rests_on=[len(rows)],
        source=_COMPILED + ".",
        caveat="This counts entries of our chronology, not all that happened: one entry may concern many people, one "
        "person may stand in several, and what left no page we could read is missing. "
        + ("The last year is incomplete." if not now.endswith("12-31") else ""),
    )


def civic_space(r: Report) -> str:
    """Say what entries and indices together show on civic space."""
    rows = _about(r.chronology, "R23-12")
    kinds = rows["event"].map(_measure)
    counts = {name: int(kinds.eq(name).sum()) for name in _MEASURE_COLOURS.values()}
    arrests, bans, expulsions = (counts[name] for name in _MEASURE_COLOURS.values())
    parts = [
        p.count(arrests, "entry", "entries") + " on arrests, sentences or deaths in custody",
        f"{p.word(bans) if bans else 'none'} on suspensions, bans or dissolutions",
        f"{p.word(expulsions) if expulsions else 'none'} on expulsions",
    ]
    if not sum(counts.values()):
        return "The chronology holds no arrest, ban or expulsion of critics before this edition's day."
    text = f"Up to {day(last_day(r))} the chronology holds {p.listing(parts)}"
    rank = known_indices(r, "rsf-rank").set_index("year")["value"]
    last = int(rank.index.max())
    if 2020 in rank.index and last > 2020:
        text += (
            f"; in the ranking of Reporters Without Borders Mali went from {_ordinal(rank[2020])} in 2020 to "
            f"{_ordinal(rank[last])} in {last}"
        )
    return p.sentence(text)


# --------------------------------------------------------------------------- opening


def findings(r: Report) -> str:
    """Return the chapter's main findings, each a sentence from the numbers."""
    lines = []
    for make in (time_in_power, request, civic_space):
        try:
            lines.append(make(r))
        except NotInEdition:
            continue
    for figure in (turnout, events_around_handovers, forces):
        try:
            lines.append(p.sentence(figure(r).title))
        except NotInEdition:
            continue
    return "\n".join(f"- {line}" for line in lines)


# --------------------------------------------------------------------------- what happened next


def next_turnout(r: Report) -> str:
    """Say what was stated on the referendum after the edition's day."""
    rows = _turnout_rows(_later(r, "referendum", "No figure of the referendum was stated after this edition."))
    final = rows[rows["stated_by"].str.contains("final")]
    if final.empty:
        raise NotInEdition("No later official figure of the referendum is in the data.")
    last = final.iloc[0]
    text = (
        f"The Constitutional Court put the final turnout of the referendum of 18 June 2023 at "
        f"{p.number(last['value'], 2)} percent on {day(last['date'])}"
    )
    every = data.referendum(r.data_dir)
    early = every[every["measure"].eq("turnout") & every["stated_by"].eq("AIGE (provisional)")]["value"].iloc[0]
    gap = last["value"] - early
    text += (
        f", {p.number(abs(gap), 2)} points {'below' if gap < 0 else 'above'} the election authority's provisional "
        f"{p.number(early, 2)}"
    )
    return p.sentence(text)


def next_closures(r: Report) -> Figure:
    """Bases handed over after the edition's day, by region."""
    rows = _sites(_later(r, "bases", "No handover of a base is dated after this edition."))
    un = rows[rows["mission"].eq("MINUSMA")]
    title = (
        f"{p.count(len(rows), 'site').capitalize()} of foreign missions in "
        f"{p.count(rows['region'].nunique(), 'region')} closed after this edition, "
        + ("all of them MINUSMA's" if len(un) == len(rows) else f"{p.word(len(un))} of them MINUSMA's")
    )
    return _closures(
        rows,
        "junta-next-closures",
        title,
        f"Bases that foreign missions handed over or closed after this edition, by region and day, "
        f"{day(rows['date'].min())} to {day(rows['date'].max())}",
        (
            f"{fr.count(len(rows), 'site')} de missions étrangères dans "
            f"{fr.count(rows['region'].nunique(), 'région', feminine=True)} "
            f"{'ont' if len(rows) > 1 else 'a'} fermé après cette édition, "
            + ("tous de la MINUSMA" if len(un) == len(rows) else f"dont {fr.word(len(un))} de la MINUSMA"),
            "Bases que des missions étrangères ont rétrocédées ou fermées après cette édition, par région et par jour, "
            f"{_from_to(rows)}",
        ),
    )


def next_map(r: Report) -> Figure:
    """Regions by number of bases handed over after the edition's day."""
    rows = _sites(_later(r, "bases", "There is therefore no map of later handovers."))
    counts = rows["region"].value_counts()
    top = sorted(p.region_name(region) for region in counts[counts.eq(counts.max())].index)
    title = (
        f"{p.listing(top)} lost the most sites after this edition, "
        f"{p.word(int(counts.max()))}{' each' if len(top) > 1 else ''}"
    )
    sites = int(_winding_up(rows).sum())
    return _base_map(
        r,
        rows,
        "junta-next-map",
        title,
        "Bases that foreign missions handed over or closed after this edition, by region, "
        f"{day(rows['date'].min())} to {day(rows['date'].max())}"
        + (f"; {p.word(sites)} of them served only to wind MINUSMA up" if sites else ""),
        (
            f"{fr.listing(top)} {'ont' if len(top) > 1 else 'a'} perdu le plus de sites après cette édition, "
            f"{fr.word(int(counts.max()))}{' chacune' if len(top) > 1 else ''}",
            f"Bases que des missions étrangères ont rétrocédées ou fermées après cette édition, par région, {_from_to(rows)}"
            + (
                f" ; {fr.word(sites, feminine=True)} d’entre elles ne "
                f"{'servaient' if sites > 1 else 'servait'} qu’à liquider la MINUSMA"
                if sites
                else ""
            ),
        ),
    )


def next_events(r: Report) -> Figure:
    """Events around handovers that the edition could not compare yet."""
    late = _uncompared(r, "Every handover in the data is compared above: events.")
    return _compare_events(r, late, r.all_totals, "junta-next-events")


def next_deaths(r: Report) -> Figure:
    """Deaths around handovers that the edition could not compare yet."""
    late = _uncompared(r, "Every handover in the data is compared above: deaths.")
    return _compare_deaths(r, late, r.all_totals, "junta-next-deaths")


def _uncompared(r: Report, none: str) -> pd.DataFrame:
    """Return bases of cases whose following 12 months end after the edition's totals; `none` says that there are none."""
    cases = _cases(data.bases(r.data_dir))
    ends = cases.groupby(["region", "case"])["when"].transform("max") + 12
    late = cases[ends > r.end("totals")].drop(columns=["when", "case"])
    if r.edition.as_of == "latest" or late.empty:
        raise NotInEdition(none)
    return late


def next_accord(r: Report) -> Table:
    """Later dated entries on the accord and the northern movements."""
    rows = _about(r.later_chronology, "R23-11")
    if rows.empty:
        raise NotInEdition("The chronology holds no later entry on the accord.")
    over = rows[rows["id"].eq("2024-01-25-algiers-accord-ended")]
    title = (
        f"After this edition: Mali declared the accord ended on {day(over['date'].iloc[0])}"
        if len(over)
        else "After this edition: dated entries on the accord and the northern movements"
    )
    return chronology_table(rows, title)


def next_civic_space(r: Report) -> Table:
    """Later dated entries on critics, media and parties: measures only."""
    rows = _about(r.later_chronology, "R23-12")
    rows = rows[rows["event"].map(_measure).ne("")]
    if rows.empty:
        raise NotInEdition("The chronology holds no later measure against critics, media or parties.")
    measures = p.count(len(rows), "measure")
    return chronology_table(rows, f"After this edition: {measures} against critics, media and parties")
