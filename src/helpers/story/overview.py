"""What the book finds, in a minute: the summary's answer and findings, and the facts of the front page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import pandas as pd

from helpers import definitions as d
from helpers import entries, french, limits, prose
from helpers.audit import claims, headline
from helpers.audit.published import REPORTS
from helpers.editions import Report
from helpers.errors import NotInEdition
from helpers.forms import Finding, Form, cercle_map
from helpers.forms.maps import cercle_sums, old_regions
from helpers.measures.catalogue import fought_by, involving, totals, ucdp_deaths
from helpers.measures.measure import Measure
from helpers.page.frame import AnswerBox, Facts, day, key
from helpers.story import attackers, dated, fared, junta_facts, newest, southern, trajectory
from helpers.windows import Window, half, half_before, month, trailing
from helpers.words import NOTHING, Both, Noun, joined, judgement, names

ANSWERS = {
    "trajectory": "trajectory",
    "junta": "junta",
    "wagner": "wagner",
    "northern": "northern",
    "central": "central",
    "southern": "southern",
    "scorecard": "scorecard",
    "outlook": "outlook",
    "ledger": "ledger",
}
"""Chapters that answer a question, in the order of the book, with their modules of `helpers.story`."""
_DEATHS = Noun(Both("death", "mort"), Both("deaths", "morts"))
_EVENTS = Noun(Both("violent event", "événement violent"), Both("violent events", "événements violents"))


@dataclass(frozen=True)
class Fact:
    """One line of the front page."""

    text: Both
    """One sentence."""
    page: str
    """Page and anchor of the figure it rests on."""


# --------------------------------------------------------------------------- the facts


def volume(r: Report) -> Both:
    """How many people were killed in the last 12 months, and whether that is a plateau or a change."""
    every = totals(r)
    deaths = every.deaths.over(every.last_year)
    about = judgement.about(int(deaths))
    when = names.ending(every.last_year)
    long, _ = trajectory.plateau(r)
    change = every.in_a_year()
    if long:
        tail = Both(
            f"violent events have been level for {prose.word(long)} years",
            f"les événements violents restent au même niveau depuis {french.word(long)} ans",
        )
    elif change.clear:
        said = judgement.by_how_much(change.ratio)
        tail = Both(f"violent events {said.en} in a year", f"les événements violents {said.fr} en un an")
    elif change.most_ever:
        past = judgement.earlier(change.now.window)
        tail = Both(
            f"there were more violent events than {past.en}",
            f"les événements violents ont été plus nombreux que {past.fr}",
        )
    else:
        tail = Both("violence shows no clear change", "les violences n’évoluent pas nettement")
    return Both(
        # Beside it stands UCDP's count: each names its source.
        f"ACLED counts {about.en} people killed in {when.en}: {tail.en}.",
        f"ACLED compte {about.fr} personnes tuées {names.during(every.last_year).fr} : {tail.fr}.",
    )


def risen(measure: Measure) -> Both:
    """Name the regions of a measure that clearly rose in a year, the most added first, as the end of a sentence; empty without."""
    changes = {one.place.regions[0]: one.in_a_year() for one in measure.regions()}
    up = [region for region in changes if changes[region].kind == "rise"]
    if not up:
        return NOTHING
    told = [names.short(x) for x in sorted(up, key=lambda x: int(changes[x].before) - int(changes[x].now))[:3]]
    return Both(
        f", with {'clear rises' if told[1:] else 'a clear rise'} in {prose.listing(x.en for x in told)}",
        f", avec une nette hausse {french.places(x.fr for x in told)}",
    )


def groups(r: Report, *, russians: bool = True) -> Both:
    """Say in a clause each who the groups are that the front page names, and whether the capital is under blockade.

    The front page has a fact of its own on the `russians`.
    """
    said = joined([_sides(r, russians=russians), _strongholds(r)])
    return said if (closed := southern.blockade(r)) is None else joined([said, closed])


def _strongholds(r: Report) -> Both | None:
    """Say in which region JNIM and Islamic State Sahel each had most events in a year; nothing of few, or of no actors."""
    found = []
    try:
        for group in ("jnim", "is-sahel"):
            top = _busiest(involving(r, group))[0]
            count = top.over(top.last_year)
            found.append((names.short(top.place.regions[0]), count, count.when))
    except (NotInEdition, *limits.SHORTFALLS):
        return None
    (jnim, a, when), (state, b, _) = found
    if min(a, b) < d.SMALL_COUNT:
        return None
    text = Both(
        f"{french.upper(when.en)} JNIM had most events in {jnim.en}, Islamic State Sahel in {state.en}.",
        f"{french.upper(when.fr)}, le GSIM (JNIM) compte le plus d’événements {french.places([jnim.fr])}, l’État islamique au "
        f"Sahel {french.places([state.fr])}.",
    )
    return joined([text, *dated.known(r, dated.MENAKA)[-1:]])


def _sides(r: Report, *, russians: bool) -> Both:
    """Say in a clause each who the groups are that the facts and dates of the front page name."""
    text = Both(
        "Militant Islamists: JNIM, Al Qaeda’s branch in the Sahel, and its rival, Islamic State Sahel.",
        "Groupes islamistes armés : le GSIM (JNIM), branche d’Al-Qaïda au Sahel, et son rival, l’État islamique au Sahel.",
    )
    if junta_facts.knows(r, "2024-11-30-fla-founded"):
        fla = Both(
            "FLA: the Azawad Liberation Front, separatists of the north.",
            "FLA : le Front de libération de l’Azawad, séparatistes du nord.",
        )
        text = joined([text, fla])
    if not russians:
        militias = Both(
            "Militias: village self-defence groups and hunters.",
            "Milices : groupes d’autodéfense de villages et chasseurs.",
        )
        return joined([text, militias])
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        return text
    then = junta_facts.knows(r, junta_facts.WAGNER_OVER)
    corps = Both(", now Africa Corps", ", aujourd’hui Africa Corps") if then else NOTHING
    return joined([text, Both(f"Russian partners: Wagner{corps.en}.", f"Partenaires russes : Wagner{corps.fr}.")])


def level(r: Report) -> Both:
    """How many people were killed, and, where it stands out, in the newest month that a second source counts."""
    return joined([volume(r), newest.year(r)])


def place(r: Report, *, whole: bool = True) -> Both:
    """Which part of the events happened in the south, what it was a year before, and whether it has ebbed since its height.

    Where it is not `whole`, regions and months are left to the sentences beside it.
    """
    every, south = totals(r), totals(r).in_zone("south")
    now, before = south.last_year, south.last_year.before()
    change = south.in_a_year()
    now_share, was_share = (south.over(span).part_of(every.over(span)) for span in (now, before))
    a, b, rose = judgement.share_of(now_share, _EVENTS), judgement.share(was_share), risen(south) if whole else NOTHING
    if change.clear and judgement.share(now_share) != b:
        if found := south.by("month").ebb:
            # "Now" would belie the last months.
            (top, high), (last, low) = ((names.prose_month(one.window.last), one) for one in found)
            when = names.during(now)
            if not whole:
                return Both(
                    f"{french.upper(when.en)} {a.en} {_were(a)} in the south, after {b.en}.",
                    f"{french.upper(when.fr)}, {a.fr} {french.happened(a.fr)} dans le sud, contre {b.fr} un an plus tôt.",
                )
            first, second = (names.short(one.place.regions[0]) for one in _busiest(every)[:2])
            return Both(
                f"{french.upper(when.en)} {first.en} and {second.en} saw the most violence, but {a.en} {_were(a)} in the south, after "
                f"{b.en} a year before{rose.en}; the south peaked in {top.en} with {prose.number(high)} events, {last.en} had {prose.none(low)}.",
                f"{french.upper(when.fr)}, les violences sont les plus fréquentes {french.places([first.fr, second.fr])}, mais "
                f"{a.fr} {french.happened(a.fr)} dans le sud, contre {b.fr} un an plus tôt{rose.fr} ; le sud en a compté "
                f"{french.number(high)} en {top.fr}, son maximum, et {french.number(low)} en {last.fr}.",
            )
        return Both(
            f"{french.upper(a.en)} {'is' if _were(a) == 'was' else 'are'} now in the south, after {b.en} a year before{rose.en}.",
            f"{french.upper(a.fr)} {french.happened(a.fr)} dans le sud, contre {b.fr} un an plus tôt{rose.fr}.",
        )
    a = judgement.share(now_share)
    first, second = (names.short(one.place.regions[0]) for one in _busiest(every)[:2])
    return Both(
        f"{first.en} and {second.en} have the most violent events; the south has {a.en} of them{rose.en}.",
        f"{first.fr} et {second.fr} comptent le plus d’événements violents ; le sud en compte {a.fr}{rose.fr}.",
    )


def _were(share: Both) -> str:
    """Return the verb behind a share of events in words: one in three was, 16 percent were."""
    return "was" if share.en.startswith("one ") else "were"


def _busiest(every: Measure) -> list[Measure]:
    """Return a measure by region, the region with the most events in the last year first."""
    return sorted(every.regions(), key=lambda one: -int(one.over(every.last_year)))


def _place_in_short(r: Report) -> Both:
    """Say the same after a sentence that names the months, and without the counts, which the findings give."""
    told, every, south = place(r), totals(r), totals(r).in_zone("south")
    first, second = (names.short(one.place.regions[0]) for one in _busiest(every)[:2])
    if told.en.startswith(first.en):
        return told
    spans = (south.last_year, south.last_year.before())
    now, was = (south.over(span).part_of(every.over(span)) for span in spans)
    a, b = judgement.share_of(now, _EVENTS), judgement.share(was)
    return Both(
        f"{first.en} and {second.en} saw the most violence; {a.en} {_were(a)} in the south, after {b.en} a year before.",
        f"{first.fr} et {second.fr} sont les plus touchés ; {a.fr} {french.happened(a.fr)} dans le sud, contre {b.fr} un an plus tôt.",
    )


def civilians(r: Report, *, known: bool = True) -> Both:
    """Who attacks civilians and who kills most of them, with the months for which it is known; whether it says that it is."""
    found, *between = trajectory.ranking(r)
    notes = []
    if judgement.past(str(r.end("actors")), str(r.runs_to)):
        notes.append(names.during(r.last_12))
        if known:
            notes[0] += Both(", the last in our data", ", la dernière dans nos données")
    if said := judgement.uncertain(*between):
        notes.append(said)
    if not notes:
        return found.title.sentence()
    told = joined(notes, "; ")
    return (found.title + Both(f" ({told.en})", f" ({told.fr})")).sentence()


def russians(r: Report) -> Both | None:
    """Which foreign forces left and when, which Russians came and stay, and what they were last said to do."""

    def when(name: str) -> Both | None:
        row = junta_facts.entry(r, name)
        return None if row is None else names.prose_month(month(row["date"][:7]))

    came, over = when(junta_facts.WAGNER_CAME), when(junta_facts.WAGNER_OVER)
    if came is None:
        return None
    told = Both(f"Wagner’s men came in {came.en} and stay", f"les hommes de Wagner sont là depuis {came.fr}")
    if over:
        told = Both(
            f"the Russians stay, as Wagner until {over.en}, now as Africa Corps",
            f"les Russes restent : Wagner jusqu’en {over.fr}, puis Africa Corps",
        )
    if then := junta_facts.since_wagner(r):
        told = joined([told, then], ", ")
    french_left, un_left = when(junta_facts.FRENCH_GONE), when(junta_facts.UN_GONE)
    left = [
        one
        for one in (
            french_left
            and Both(
                f"French troops left in {french_left.en}", f"les troupes françaises sont parties en {french_left.fr}"
            ),
            un_left and Both(f"UN troops in {un_left.en}", f"les Casques bleus en {un_left.fr}"),
        )
        if one
    ]
    if left:
        told = joined(left, ", ") + Both("; ", " ; ") + told
    return told.upper().sentence()


def certainty(r: Report) -> Both:
    """How sure the counts are, in words and by a second source; no range."""
    every, other = totals(r), ucdp_deaths(r)
    year = trailing(min(every.end, other.end), 12)
    a, b = (judgement.about(int(one.over(year))) for one in (every.deaths, other))
    return Both(
        f"These are counts of what was reported, and deaths are estimates: where ACLED counts {a.en} in a year, UCDP counts "
        f"{b.en}.",
        f"Ce sont des décomptes de ce qui a été rapporté, et les morts sont des estimations : là où ACLED en compte {a.fr} en un "
        f"an, l’UCDP en compte {b.fr}.",
    )


def _foremost(r: Report) -> str:
    """Name the way of fighting that changed most, clearly or to a record; empty where none did."""
    changes = {way: fought_by(r, way).in_a_year() for way in trajectory.COMPARED}
    told = [way for way in changes if changes[way].clear or changes[way].most_ever]
    return max(told, key=lambda way: abs(changes[way].ratio - 1), default="")


def weapon(r: Report) -> Both:
    """Which way of fighting changed most: a clear change, or a record."""
    top = _foremost(r)
    if not top:
        return Both(
            "No way of fighting changed clearly in a year.",
            "Aucune manière de combattre n’a nettement évolué en un an.",
        )
    noun, change = names.WAYS[top], fought_by(r, top).in_a_year()
    when, said = change.now.when, change.moved()
    return Both(
        # First the window: at the end it would seem to belong to the earlier count.
        f"{french.upper(when.en)} {noun.en} by all sides {said.en}.",
        f"{french.upper(when.fr)}, les {noun.fr}, tous belligérants confondus, {said.fr}.",
    )


def audit(r: Report) -> Both | None:
    """How many statements of the reports hold, by the counts of the audit's own headline."""
    due = claims.due(r)
    if not due:
        return None
    results = [claims.evaluate(row.id, r.tables) for row in due]
    found = headline.headline(results)
    close = found.all.get("close", 0)
    given = {row.report for row in due}
    number = Both("a report", "d’un rapport") if len(given) == 1 else Both("two reports", "de deux rapports")
    (publisher,) = {REPORTS[report].partition(",")[0] for report in given}
    reports = number + Both(f" by the {publisher}", f" de l’{publisher}")
    text = Both(
        f"Of {prose.number(found.judged)} checkable statements of {reports.en}, {prose.number(found.firm)} hold and "
        f"{prose.number(close)} come close.",
        f"Sur {french.number(found.judged)} affirmations vérifiables {reports.fr}, {french.number(found.firm)} se vérifient et "
        f"{french.number(close)} s’en approchent.",
    )
    return text + fared.in_part(found.partly, near=headline.partly_close(results))


FACTS: tuple[tuple[Callable[[Report], Both | None], str], ...] = (
    (level, "trajectory.html#fig-trajectory-all-violence"),
    (place, "trajectory.html#fig-trajectory-regions-shift"),
    (civilians, "trajectory.html#fig-trajectory-civilian-attacks"),
    (russians, "junta.html#fig-junta-forces"),
    (audit, "scorecard.html"),
)
"""The facts of the front page, in their fixed order, each with its page."""


def fact(make: Callable[[Report], Both | None], page: str) -> Callable[[Report], list[Fact]]:
    """Return what makes one of `FACTS` of a report: a list of it, empty where it has nothing to say."""

    def made(r: Report) -> list[Fact]:
        text = make(r)
        return [] if text is None else [Fact(text, page)]

    return made


# --------------------------------------------------------------------------- the summary


def answer(r: Report) -> AnswerBox:
    """What is happening in Mali's war: volume, place and civilians in one box."""
    every = totals(r)
    text = joined([volume(r), _place_in_short(r), civilians(r, known=False), uncounted(r)])
    return AnswerBox(
        Both("What is happening in Mali’s war?", "Que se passe-t-il dans la guerre du Mali ?"),
        text,
        [key(every.in_a_year()), key(every.deaths.in_a_year()), key(fought_by(r, "air").in_a_year())],
    )


def uncounted(r: Report) -> Both | None:
    """Which attack of the year's leading dates came after the counts end, and what the table that runs further counts since."""
    first, told = dated.after_counts(r), newest.killed(r)
    if first is None:
        return told
    when = day(first, "day")
    if (reach := r.end("ucdp_types")) < month(first[:7]):
        return Both(
            f"The attacks of {when.en} and what followed are in no count yet.",
            f"Les attaques du {when.fr} et leurs suites ne sont encore dans aucun décompte.",
        )
    if told:
        ends = Both(
            f"These counts end before the attacks of {when.en}.",
            f"Ces décomptes s’arrêtent avant les attaques du {when.fr}.",
        )
        return joined([ends, told])
    until = names.prose_month(reach)
    return Both(
        f"These counts end before the attacks of {when.en}; UCDP’s deaths, provisional, run to {until.en}.",
        f"Ces décomptes s’arrêtent avant les attaques du {when.fr} ; les morts de l’UCDP, provisoires, vont jusqu’en {until.fr}.",
    )


def findings(r: Report) -> Both:
    """The findings as a list: each a bold sentence and a plain one."""
    rows: list[tuple[Both, Both]] = [
        (volume(r), trajectory.more_or_less(r)),
        (place(r, whole=False), joined([trajectory.where(r), southern.deaths(r)])),
        # The plain sentence names the months.
        (trajectory.attackers(r).title.sentence(), attackers.in_numbers(r)),
        # The bold sentence has told the foremost; where it has none there is none to add.
        (weapon(r), trajectory.how(r, but=top) if (top := _foremost(r)) else NOTHING),
    ]
    if (counted := audit(r)) is not None:
        rows.append(
            (
                counted,
                Both(
                    "All are [listed with their verdicts](scorecard.ipynb).",
                    "Toutes figurent dans « [Que reste-t-il de ce qui a été publié ?](scorecard.ipynb) ».",
                ),
            )
        )
    return Both(
        "\n".join(f"* **{bold.en}** {plain.en}" for bold, plain in rows),
        "\n".join(f"* **{bold.fr}** {plain.fr}" for bold, plain in rows),
    )


def deadliest(r: Report) -> Form:
    """Map of deaths by cercle over the last two complete half-years."""
    form, _ = cercle_map(r, _halves(r))
    return form


def _halves(r: Report) -> tuple[str, str]:
    held = set(r.cercle_halves["half"])
    limits.held(bool(held), "complete half-year by cercle", "aucun semestre complet par cercle")
    last = max(held)
    before = half_before(last)
    limits.held(
        before in held, f"half-year by cercle before {last}", f"aucun semestre par cercle avant le {french.half(last)}"
    )
    return before, last


def where_people_die(r: Report) -> Finding:
    """Title of the map: the four deadliest cercles and their part of all deaths, in which months."""
    sums = cercle_sums(r, _halves(r))
    top, total = sums.head(4), int(sums["fatalities"].sum())
    limits.held(
        total > 0,
        "deaths by cercle in the last two half-years",
        "aucun mort par cercle au cours des deux derniers semestres",
    )
    part = int(top["fatalities"].sum()) / total
    share = judgement.share_of(part, _DEATHS)
    listed = [prose.cercle_name(name) for name in top["cercle"]]
    before, last = _halves(r)
    when = names.during(Window(half(before).first, half(last).last))
    return Finding(
        Both(
            f"{prose.listing(listed)}: {share.en} {when.en}",
            f"{french.listing(listed)} : {share.fr} {when.fr}",
        ),
        caveat=old_regions(r),
    )


UNREPORTED = Both(
    "Violence that nobody reports, who holds which village, and why people kill are in none of these numbers.",
    "Les violences que personne ne rapporte, qui tient quel village et pourquoi l’on tue ne figurent dans aucun de ces "
    "chiffres.",
)
"""What is in none of the numbers; on the front page and in the summary."""


def what_nobody_knows(r: Report) -> Both:
    """What is in none of the numbers, and to when it is known who attacks."""
    return joined([UNREPORTED, attackers.unnamed(r)])


def chapters(r: Report) -> Both:
    """The chapters' questions, as links, with the first sentence of each answer; one that the edition cannot answer is left out."""
    rows: list[Both] = []
    for page, module in ANSWERS.items():
        try:
            box = import_module(f"helpers.story.{module}").answer(r)
            # Its question asks for the capital too.
            more = southern.of_capital(r) if page == "southern" else NOTHING
        except (NotInEdition, *limits.SHORTFALLS):
            continue
        first = joined([answered(box), more])
        rows.append(
            Both(
                f"* [{box.question.en}]({page}.ipynb) {first.en}",
                f"* [{box.question.fr}]({page}.ipynb) {first.fr}",
            )
        )
    return Both("\n".join(row.en for row in rows), "\n".join(row.fr for row in rows))


def answered(box: AnswerBox) -> Both:
    """Return the first sentence of a chapter's answer: the answer itself; what follows stands on its page."""
    return box.answer.each(lambda text: re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý0-9])", text)[0])


def dates(r: Report) -> Facts:
    """The last dates that matter most, named by the first of their months (`foremost`)."""
    rows = foremost(r)
    return Facts(rows, since(str(rows["date"].min())), who=groups(r))


def foremost(r: Report) -> pd.DataFrame:
    """Return the dates that the front page and the summary show: those that matter most since the year of the counts began."""
    recent = r.chronology[r.chronology["date"].str[:7].gt(str(r.runs_to - 12))]
    if recent.empty:
        raise NotInEdition(
            "The chronology holds no entry of this year.", "La chronologie ne contient aucune entrée de cette année."
        )
    return entries.foremost(recent)


def since(day: str) -> Both:
    """Name a list of dated events by the month of its first: it may reach further back than a year."""
    first = names.prose_month(month(day[:7]))
    return Both(f"Since {first.en}", f"Depuis {first.fr}")
