"""The rules by which numbers choose words: one function a rule, the same in every edition.

Each rule returns a pair of texts, or a word that a caller branches on. None knows a chart, a table or a chapter. The
bounds are conventions of this book, fixed before any edition was read; `method/definitions` prints them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from helpers import definitions as d
from helpers import french, prose
from helpers.words import names
from helpers.words.both import NOTHING, Both, joined
from helpers.words.names import Noun

if TYPE_CHECKING:
    from helpers.estimates.intervals import Comparison
    from helpers.measures import Interval
    from helpers.windows import Window

LEVEL = (0.8, 1.25)
"""A change whose whole interval lies between these is `held level`."""
PLATEAU = 1.25
"""Largest over smallest of the windows of a plateau is below this."""

Verdict = Literal["rise", "fall", "level", "unclear", "few"]


def change(now: int, before: int, low: float, high: float) -> Verdict:
    """Judge a change by its counts and the 95 percent interval of its ratio.

    Parameters
    ----------
    now, before : int
        Counts of two windows of equal length.
    low, high : float
        Ends of the interval of `now / before`.

    Returns
    -------
    {"rise", "fall", "level", "unclear", "few"}
        `few` where either count is below ten or both are below twenty: counts only, no percentage.

    Examples
    --------
    >>> change(1495, 1189, 1.1, 1.4), change(251, 444, 0.4, 0.8), change(1000, 990, 0.9, 1.1)
    ('rise', 'fall', 'level')
    >>> change(1558, 1445, 0.92, 1.26), change(21, 8, 0.9, 8.6)
    ('unclear', 'few')
    """
    if small(now, before):
        return "few"
    if low > 1:
        return "rise"
    if high < 1:
        return "fall"
    return "level" if LEVEL[0] <= low and high <= LEVEL[1] else "unclear"


def small(now: int, before: int) -> bool:
    """Tell whether two counts are too small for a percentage: one below ten, or both below twenty."""
    return min(now, before) < d.SMALL_COUNT or max(now, before) < 2 * d.SMALL_COUNT


def moved(now: int, before: int, low: float, high: float, *, plural: bool = True, feminine: bool = False) -> Both:
    """Say how a count moved; the subject stands before it, in the plural unless said otherwise (`feminine`: in French).

    Examples
    --------
    >>> moved(1495, 1189, 1.1, 1.4).en, moved(495, 175, 1.9, 4.2).en, moved(80, 160, 0.3, 0.8).en
    ('rose by 26 percent, from 1,189 to 1,495', 'more than doubled, from 175 to 495', 'halved, from 160 to 80')
    >>> moved(1558, 1445, 0.92, 1.26).en
    'show no clear change, with 1,558 after 1,445'
    >>> moved(1, 2, 0.1, 5, feminine=True).fr
    'se limitent à une, contre deux'
    >>> moved(21, 8, 0.9, 8.6), moved(1000, 990, 0.9, 1.1).fr
    (Both(en='came to 21, after eight', fr='sont au nombre de 21, contre huit'), 'restent stables (1\u202f000, contre 990)')
    """
    kind = change(now, before, low, high)
    a, b = (Both(prose.none(x), french.none(x, feminine=feminine)) for x in (before, now))
    if kind == "few":
        # Nobody says "au nombre de un".
        one, more = ("se limitent à", "sont au nombre de") if plural else ("se limite à", "est au nombre de")
        return Both(f"came to {b.en}, after {a.en}", f"{one if now == 1 else more} {b.fr}, contre {a.fr}")
    if kind in ("level", "unclear"):
        held = Both("held level", "restent stables" if plural else "reste stable")
        vague = Both(
            "show no clear change" if plural else "shows no clear change",
            "ne montrent pas d’évolution nette" if plural else "ne montre pas d’évolution nette",
        )
        verb = held if kind == "level" else vague
        # No colon: the sentence around it may have one.
        return Both(f"{verb.en}, with {b.en} after {a.en}", f"{verb.fr} ({b.fr}, contre {a.fr})")
    step = by_how_much(now / before, plural=plural)
    return Both(f"{step.en}, from {a.en} to {b.en}", f"{step.fr}, passant de {a.fr} à {b.fr}")


def most_ever(now: int, before: int, window: Window, *, plural: bool = True) -> Both:
    """Say that a count is a record where its change alone is not clear: both counts, the record, and that chance may do it.

    Parameters
    ----------
    now, before : int
        Counts of two windows of equal length.
    window : Window
        The later of them.
    plural : bool
        Whether the subject, which stands before it, is in the plural.

    Examples
    --------
    >>> from helpers.windows import window
    >>> most_ever(357, 164, window("2025-03", "2026-02")).en
    'reached 357 after 164, more than in any earlier year to February, though chance may explain the difference'
    """
    reached, past = "atteignent" if plural else "atteint", earlier(window)
    return Both(
        f"reached {prose.none(now)} after {prose.none(before)}, more than {past.en}, though chance may explain the difference",
        f"{reached} {french.none(now)} (contre {french.none(before)}), plus que {past.fr}, même si le hasard peut expliquer l’écart",
    )


def earlier(window: Window) -> Both:
    """Name the earlier windows of a window's length that end with its month: a record stands above each of them.

    `record` holds a window against every one that had closed before it began, those among them; windows that overlap it
    are not compared, so no sentence may speak of any year at all.

    Examples
    --------
    >>> from helpers.windows import window
    >>> earlier(window("2024-03", "2025-02")).en, earlier(window("2024-09", "2025-02")).en
    ('in any earlier year to February', 'in any earlier six months to February')
    >>> earlier(window("2024-03", "2025-02")).fr, earlier(window("2025-02", "2025-02")).fr
    ('dans toute année antérieure s’achevant en février', 'dans tout mois antérieur')
    """
    length = Both(
        f"{prose.none(window.months)} months", f"toute période antérieure de {french.word(window.months)} mois"
    )
    length = _LENGTHS.get(window.months, (length,))[0]
    end = _end(window)
    return Both(f"in any earlier {length.en}{end.en}", f"dans {length.fr}{end.fr}")


_LENGTHS = {
    1: (Both("month", "tout mois antérieur"), Both("month", "d’un mois")),
    12: (Both("year", "toute année antérieure"), Both("year", "d’une année")),
}


def _end(window: Window) -> Both:
    last = names.bare_month(window.last)
    return Both(f" to {last.en}", f" s’achevant en {last.fr}") if window.months > 1 else NOTHING


def record_beside(before: int, window: Window) -> Both:
    """Say beside a value that it is a record (`earlier`, in fewer words), and what came before.

    Examples
    --------
    >>> from helpers.windows import window
    >>> record_beside(164, window("2025-03", "2026-02")).en
    'highest of any year to February; the year before 164: no clear change'
    """
    when = Both("the year before", "un an plus tôt") if window.months == 12 else Both("before that", "auparavant")
    length = Both(f"{prose.none(window.months)} months", f"de {french.word(window.months)} mois")
    length, end = _LENGTHS.get(window.months, (length, length))[1], _end(window)
    return Both(
        f"highest of any {length.en}{end.en}; {when.en} {prose.none(before)}: no clear change",
        f"record {length.fr}{end.fr} ; {when.fr} {french.none(before)} : pas d’évolution nette",
    )


def verb(now: int, before: int, found: Comparison | None) -> Both:
    """Say how a count moved where both counts stand beside: by how much only where the interval leaves out no change.

    `now`, `before`: counts of two windows of equal length; the noun before the verb is in the plural. `found`: of the same
    windows; none where the earlier one has no event.

    Examples
    --------
    >>> verb(4, 0, None).en, verb(12, 12, None).fr
    ('rose from none', 'n’ont pas changé')
    """
    kind = change(now, before, found.interval.low, found.interval.high) if found else None
    if found is None or now == before or kind in ("rise", "fall"):
        return Both(prose.moved(now, before), french.moved(now, before))
    if kind == "few" and found.interval.low > 1:
        return Both("rose", "ont augmenté")
    if kind == "few" and found.interval.high < 1:
        return Both("fell", "ont diminué")
    if kind == "level":
        return Both("held level", "restent stables")
    return Both("show no clear change", "ne montrent pas d’évolution nette")


def by_how_much(ratio: float, *, plural: bool = True) -> Both:
    """Choose the verb of a clear change.

    Examples
    --------
    >>> [by_how_much(x).en for x in (1.26, 2.0, 2.5, 3.0, 3.4, 0.57, 0.5)]
    ['rose by 26 percent', 'doubled', 'more than doubled', 'tripled', 'rose to 3.4 times as many', 'fell by 43 percent', 'halved']
    """
    ratio = d.round_half_up(ratio, 3)
    have = "ont" if plural else "a"
    if 0.45 <= ratio <= 0.55:
        return Both("halved", f"{have} diminué de moitié")
    if ratio < 1:
        return Both(f"fell by {prose.percent(1 - ratio)}", f"{have} reculé de {french.percent(1 - ratio)}")
    if ratio < 1.9:
        return Both(f"rose by {prose.percent(ratio - 1)}", f"{have} augmenté de {french.percent(ratio - 1)}")
    if ratio <= 2.1:
        return Both("doubled", f"{have} doublé")
    if ratio < 2.9:
        return Both("more than doubled", f"{have} plus que doublé")
    if ratio <= 3.1:
        return Both("tripled", f"{have} triplé")
    return Both(
        f"rose to {prose.times(ratio)} as many",
        f"{'atteignent' if plural else 'atteint'} {french.times(ratio)} le niveau précédent",
    )


LABELS: dict[Verdict, Both] = {
    "rise": Both("clear rise", "nette hausse"),
    "fall": Both("clear fall", "net recul"),
    "level": Both("held level", "stable"),
    "unclear": Both("no clear change", "pas d’évolution nette"),
    "few": Both("few events", "effectifs faibles"),
}
"""The judgement in two words, for key figures and marks."""


def beside(now: int, before: int, low: float, high: float, *, months: int = 12) -> Both:
    """Say the judgement of a change beside its present value, and what it is held against.

    Examples
    --------
    >>> beside(495, 175, 1.9, 4.2), beside(1558, 1445, 0.92, 1.26).fr, beside(21, 8, 0.9, 8.6).en
    (Both(en='clear rise from 175', fr='nette hausse (175 un an plus tôt)'), 'pas d’évolution nette (1\u202f445 un an plus tôt)', 'after eight the year before')
    >>> beside(0, 0, 0.0, 1.0)
    Both(en='after 0 the year before', fr='contre 0 l’année précédente')
    """
    kind = change(now, before, low, high)
    a, b = prose.none(before), french.none(before)
    if kind == "few":
        tail = Both(" the year before", " l’année précédente") if months == 12 else Both(" before", " auparavant")
        if now == before == 0:
            # As the value beside it, in digits.
            a = b = "0"
        return Both(f"after {a}", f"contre {b}") + tail
    when = Both("the year before", "un an plus tôt") if months == 12 else Both("before", "auparavant")
    held = f" from {a}" if kind in ("rise", "fall") else f" ({a} {when.en})"
    return Both(f"{LABELS[kind].en}{held}", f"{LABELS[kind].fr} ({b} {when.fr})")


def as_often(ratio: float, found: Interval | None = None) -> Both:
    """Set one frequency beside another.

    `found` (Interval or None): of the ratio. "Far" stands only where all of it lies below what counts as half.

    Examples
    --------
    >>> from helpers.measures import Interval
    >>> [as_often(x).en for x in (1.1, 0.5, 0.7, 1.5, 2.0, 0.2)]
    ['about as often as', 'about half as often as', 'less often than', 'more often than', 'twice as often as', 'less often than']
    >>> as_often(0.2, Interval(0.1, 0.5)).en, as_often(0.2, Interval(0.05, 1.3)).en
    ('far less often than', 'less often than')
    """
    if LEVEL[0] <= ratio <= LEVEL[1]:
        return Both("about as often as", "à peu près aussi souvent que")
    if ratio < 0.4 and found is not None and found.high < 0.6:
        return Both("far less often than", "bien moins souvent que")
    if 0.4 <= ratio <= 0.6:
        return Both("about half as often as", "à peu près deux fois moins souvent que")
    if ratio < LEVEL[0]:
        return Both("less often than", "moins souvent que")
    if ratio < 1.9:
        return Both("more often than", "plus souvent que")
    if ratio < 2.15:
        return Both("twice as often as", "deux fois plus souvent que")
    return Both(f"{prose.times(ratio)} as often as", f"{french.times(ratio)} plus souvent que")


_SHARES: tuple[tuple[float, float, Both], ...] = (
    (0.095, 0.105, Both("one in ten", "un sur dix")),
    (0.12, 0.13, Both("one in eight", "un sur huit")),
    (0.185, 0.215, Both("one in five", "un sur cinq")),
    (0.235, 0.265, Both("one in four", "un sur quatre")),
    (0.315, 0.35, Both("one in three", "un sur trois")),
    (0.385, 0.415, Both("two in five", "deux sur cinq")),
    (0.485, 0.515, Both("half", "la moitié")),
    (0.585, 0.615, Both("three in five", "trois sur cinq")),
    (0.65, 0.685, Both("two in three", "deux sur trois")),
    (0.735, 0.765, Both("three in four", "trois sur quatre")),
    (0.785, 0.815, Both("four in five", "quatre sur cinq")),
    (0.885, 0.915, Both("nine in ten", "neuf sur dix")),
)
"""Fractions, each for shares so near it that no small difference turns into two of them."""


def share(value: float) -> Both:
    """Write a share in words where a plain fraction fits, else in percent.

    Examples
    --------
    >>> share(0.318).en, share(0.121).en, share(0.51).fr, share(0.56).en, share(0.99).fr
    ('one in three', 'one in eight', 'la moitié', '56 percent', '99\u202f%')
    """
    for low, high, words in _SHARES:
        if low <= value < high:
            return words
    return Both(prose.percent(value), french.percent(value))


def share_of(value: float, noun: Noun) -> Both:
    """Write a share of something in words: `one in three violent events`, `half of all deaths`, `6 percent of deaths`.

    Parameters
    ----------
    value : float
        Share of one.
    noun : Noun
        What is shared; its French singular and plural stand inside the fraction.

    Examples
    --------
    >>> from helpers.words.names import Noun
    >>> deaths = Noun(Both("death", "mort"), Both("deaths", "morts"))
    >>> share_of(0.25, deaths).en, share_of(0.6, deaths).fr, share_of(0.5, deaths).en, share_of(0.06, deaths).fr
    ('one in four deaths', 'trois morts sur cinq', 'half of all deaths', '6\u202f% des morts')
    """
    words = share(value)
    if " sur " in words.fr:
        count, rest = words.fr.split(" sur ")
        count = "une" if count == "un" and noun.feminine else count
        name = noun.one.fr if count in ("un", "une") else noun.many.fr
        return Both(f"{words.en} {noun.many.en}", f"{count} {name} sur {rest}")
    of_all = "of all" if words.en == "half" else "of"
    return Both(f"{words.en} {of_all} {noun.many.en}", f"{words.fr} des {noun.many.fr}")


def about(deaths: int) -> Both:
    """Write a number of deaths in prose: estimates, so to the hundred above a thousand, to the ten above a hundred.

    For deaths whose exact count does not stand in a figure right below.

    Examples
    --------
    >>> about(3943).en, about(448).en, about(61).en, about(1192).fr
    ('about 3,900', 'about 450', '61', 'environ 1\u202f200')
    """
    if deaths < 100:
        return Both(prose.none(deaths), french.none(deaths))
    rounded = d.round_half_up(deaths, -2 if deaths >= 1000 else -1)
    return Both(f"about {prose.number(rounded)}", f"environ {french.number(rounded)}")


def plateau(totals: Sequence[int], clear: Sequence[bool]) -> int:
    """Count the last windows, end to end, that stand on one level.

    Parameters
    ----------
    totals : sequence of int
        Counts of windows of equal length, the latest last.
    clear : sequence of bool
        For each neighbouring pair, earliest first, whether the change between them is clear.

    Returns
    -------
    int
        How many windows, three at least; 0 where there is no plateau.

    Examples
    --------
    >>> plateau([824, 1500, 1600, 1445, 1558], [True, False, False, False]), plateau([100, 200, 400], [True, True])
    (4, 0)
    """
    found = 1
    while found < len(totals):
        part = totals[-found - 1 :]
        if clear[-found] or not min(part) or max(part) / min(part) >= PLATEAU:
            break
        found += 1
    return found if found >= 3 else 0


def killers(deaths: Mapping[str, int]) -> tuple[list[str], bool]:
    """Order sides by the people they killed; tell whether the second killed about as many as the first.

    Who killed most in a window is what its record says, and no interval moves it; whether the order would be the same
    in other months is another question, which `another_order` answers.

    Examples
    --------
    >>> killers({"islamist": 310, "state-side": 1000, "militia": 60})
    (['state-side', 'islamist', 'militia'], False)
    >>> killers({"islamist": 620, "state-side": 600, "militia": 70})
    (['islamist', 'state-side', 'militia'], True)
    """
    order = sorted(deaths, key=lambda side: (-deaths[side], side))
    first, second = (deaths[side] for side in order[:2])
    return order, bool(first) and second >= LEVEL[0] * first


ANOTHER_ORDER = Both(
    "months vary so much that others may show another order",
    "d’un mois à l’autre, les nombres varient tant que d’autres mois pourraient donner un autre ordre",
)
"""What is said of two counts of the same months that lie apart, where the interval of their ratio holds one."""


def another_order(low: float, high: float) -> bool:
    """Tell whether two counts of the same months might stand in another order in months like these.

    Examples
    --------
    >>> another_order(0.6, 14.3), another_order(2.5, 209.9)
    (True, False)
    """
    return low <= 1 <= high


def open_order(*found: Interval | None) -> bool:
    """Tell whether a ranking rests on a ratio whose interval holds one; none stands where there is nothing to rank."""
    return any(one is not None and another_order(one.low, one.high) for one in found)


NOT_SETTLED = Both("the order is uncertain", "l’ordre reste incertain")
"""What an answer or a title adds to a ranking of two sides where the interval of their ratio holds one."""


def uncertain(attacks: Interval | None, deaths: Interval | None) -> Both | None:
    """Say what of a ranking by attacks and by deaths is uncertain; None where both orders stand."""
    if open_order(attacks):
        return NOT_SETTLED
    if open_order(deaths):
        # Who killed more in these months is what their record says (`killers`): only the order in others is open.
        return Both("other months may show another order", "d’autres mois pourraient donner un autre ordre")
    return None


def _though(said: Both) -> Both:
    return Both(f", though {said.en}", f", même si {said.fr}")


def doubted(title: Both, attacks: Interval | None, deaths: Interval | None) -> Both:
    """Return the title of a ranking with what of it is uncertain."""
    said = uncertain(attacks, deaths)
    return title if said is None else title + _though(said)


OPEN = _though(NOT_SETTLED)
"""The same behind a ranking."""
NONE_SETTLED = Both("both orders are uncertain", "ces deux ordres restent incertains")
"""What is added to two rankings of which neither is certain."""
BOTH_OPEN = _though(NONE_SETTLED)
"""The same behind them."""


def ranked(said: Both, *found: Interval | None) -> Both:
    """Say which of two sides or places has more, and that this is uncertain where it is.

    `said`: the ranking, without its full stop. `found` (Interval or None): of each ratio that it ranks by
    (`Measure.beside`); none where there is nothing to rank.

    Examples
    --------
    >>> from helpers.measures import Interval
    >>> ranked(Both("They killed more", "Ils ont tué plus"), Interval(0.6, 14.3)).en
    'They killed more, though the order is uncertain'
    >>> ranked(Both("They killed more", "Ils ont tué plus"), Interval(2.5, 209.9), None).fr
    'Ils ont tué plus'
    """
    if open_order(*found):
        return said + OPEN
    return said


def all_ranked(said: Sequence[tuple[Both, Interval | None]]) -> Both:
    """Say one or two rankings as sentences; where neither is certain, that once.

    Examples
    --------
    >>> from helpers.measures import Interval
    >>> wide, one = Interval(0.5, 2.0), Both("One leads", "L’un mène")
    >>> all_ranked([(one, wide), (one, wide)]).en
    'One leads. One leads. Both orders are uncertain.'
    >>> all_ranked([(one, Interval(2.0, 3.0)), (one, wide)]).en
    'One leads. One leads, though the order is uncertain.'
    """
    if len(said) == 2 and all(open_order(found) for _, found in said):
        return joined([*(text.sentence() for text, _ in said), NONE_SETTLED.sentence()])
    return joined(ranked(*one).sentence() for one in said)


def hinges(deaths: Mapping[str, int], alone: Mapping[str, int], strikes: Mapping[str, int]) -> list[Both]:
    """Say what the first place among those who killed most hangs on; nothing where it stands by either other count.

    Parameters
    ----------
    deaths : mapping of str to int
        People killed in attacks on civilians, by side.
    alone : mapping of str to int
        The same without the deadliest operation of the first.
    strikes : mapping of str to int
        The same with strikes and bombs on civilians, which the source files apart.

    Examples
    --------
    >>> [said.en for said in hinges({"state": 596, "islamist": 450}, {"state": 206, "islamist": 450}, {"state": 600, "islamist": 460})]
    ['Without its deadliest operation another side would come first.']
    >>> hinges({"state": 1025, "islamist": 309}, {"state": 964, "islamist": 309}, {"state": 1192, "islamist": 359})
    []
    """
    first = killers(deaths)[0][0]
    said = (
        (
            alone,
            Both(
                "Without its deadliest operation another side would come first.",
                "Sans son opération la plus meurtrière, un autre camp viendrait en tête.",
            ),
        ),
        (
            strikes,
            Both(
                "With strikes and bombs on civilians another side would come first.",
                "Avec les frappes et les bombes contre des civils, un autre camp viendrait en tête.",
            ),
        ),
    )
    return [text for other, text in said if killers(other)[0][0] != first]


def leader(now: Mapping[str, int], before: Mapping[str, int], halves: Sequence[Mapping[str, int]]) -> tuple[str, bool]:
    """Name the place with the most, and whether it overtook another in a year.

    Parameters
    ----------
    now, before : mapping of str to int
        Counts by place in the last 12 months and in the 12 before.
    halves : sequence of mapping
        The same for the last two half-years.

    Returns
    -------
    str, bool
        The place, empty where no place leads by a tenth or in both halves; whether another led a year before.

    Examples
    --------
    >>> leader({"Segou": 350, "Mopti": 251}, {"Segou": 256, "Mopti": 444}, [])
    ('Segou', True)
    >>> leader({"a": 100, "b": 98}, {"a": 50, "b": 60}, [{"a": 50, "b": 40}, {"a": 50, "b": 58}])
    ('', False)
    """
    order = sorted(now, key=lambda place: -now[place])
    first = order[0]
    by_a_tenth = len(order) == 1 or now[first] >= 1.1 * now[order[1]]
    in_both = bool(halves) and all(max(part, key=lambda place: part[place]) == first for part in halves)
    if not (by_a_tenth or in_both):
        return "", False
    return first, max(before, key=lambda place: before[place]) != first


def record(now: int, earlier: Sequence[int]) -> bool:
    """Tell whether a window has more than every window of its length that had closed before it began."""
    return bool(earlier) and now > max(earlier)


def same_order(ours: Sequence[str], theirs: Sequence[str]) -> Both:
    """Say whether a second source gives the same order of two sides."""
    if list(ours) == list(theirs):
        return Both("points the same way", "va dans le même sens")
    return Both("gives the opposite order", "donne l’ordre inverse")


def past(end_of_table: str, day: str) -> bool:
    """Tell whether a table ends so long before the edition's day that prose speaks of it in the past tense.

    `end_of_table`: last month of the table, `YYYY-MM`. `day`: the edition's day or month, `YYYY-MM…`.

    Examples
    --------
    >>> past("2025-02", "2026-05-04"), past("2023-06", "2023-07-10")
    (True, False)
    """
    months = (int(day[:4]) - int(end_of_table[:4])) * 12 + int(day[5:7]) - int(end_of_table[5:7])
    return months >= 6
