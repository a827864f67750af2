"""Phrases in French made from numbers: the counterpart of `helpers.prose` and of the labels of windows.

Typography is that of Mali's own documents: a narrow no-break space in thousands and before the percent sign, a comma
for decimals.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from helpers.definitions import CERCLE_NAMES, REGION_NAMES, round_half_up
from helpers.errors import NotInData
from helpers.keys import FRENCH_MONTHS
from helpers.prose import clear_of_zero
from helpers.prose import sentence as sentence
from helpers.windows import MONTHS as ENGLISH_MONTHS
from helpers.windows import Window, month

if TYPE_CHECKING:
    from helpers.estimates.intervals import Comparison
    from helpers.figures import Words

MONTHS = FRENCH_MONTHS
VERDICTS = {
    "reproduced": ("tient selon la lecture la plus probable", "tiennent selon la lecture la plus probable"),
    "close": ("est proche", "sont proches"),
    "direction only": ("n’a de juste que le sens de variation", "n’ont de juste que le sens de variation"),
    "mixed": ("n’est vraie qu’en partie", "ne sont vraies qu’en partie"),
    "not reproduced": ("n’est pas confirmée", "ne sont pas confirmées"),
    "not measurable": ("n’est pas mesurable", "ne sont pas mesurables"),
    "borne out": ("s’est vérifiée", "se sont vérifiées"),
    "not borne out": ("ne s’est pas vérifiée", "ne se sont pas vérifiées"),
    "unsettled": ("n’est pas tranchée", "ne sont pas tranchées"),
    "open": ("reste ouverte", "restent ouvertes"),
    "sourced": ("a une source", "ont une source"),
    "unsourced": ("est sans autre source", "sont sans autre source"),
    "evidence": ("est une appréciation", "sont des appréciations"),
}
"""Verdicts as the end of a clause whose subject is feminine (affirmation, projection), singular and plural."""

_WORDS = ("aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_NARROW = "\u202f"
_ORDINARY = r"(?<=«)[ \xa0]|[ \xa0](?=[;:?!%»])|(?<=\d) (?=km\b|km²)"
_HELD = re.compile(_ORDINARY)
# A plain space is exchanged, a missing one put in; an entity (`&amp;`) is no word before a semicolon.
_SPACES = re.compile(rf"(&#?\w+;)|{_ORDINARY}|(?<=[\w)%’»])(?=[;!?](?:\s|$)|:\s)")


def number(value: float, digits: int = 0) -> str:
    """Write a number as French readers expect.

    Examples
    --------
    >>> number(1234.5), number(0.125, 2), number(-3)
    ('1\u202f235', '0,13', '−3')
    """
    rounded = round_half_up(value, digits)
    text = f"{abs(rounded):,.{max(digits, 0)}f}".replace(",", _NARROW).replace(".", ",")
    return f"−{text}" if rounded < 0 else text


def word(value: int, *, feminine: bool = False) -> str:
    """Write a whole number, below ten in words.

    Examples
    --------
    >>> word(2), word(1, feminine=True), word(0, feminine=True), word(12)
    ('deux', 'une', 'aucune', '12')
    """
    if not 0 <= value < len(_WORDS):
        return number(value)
    return _WORDS[value] + ("e" if feminine and value < 2 else "")


def none(value: int, *, feminine: bool = False) -> str:
    """Write a count that stands without its noun (`prose.none`): nothing denies the verb before it.

    Examples
    --------
    >>> none(0), none(1, feminine=True), none(12)
    ('zéro', 'une', '12')
    """
    return word(value, feminine=feminine) if value else "zéro"


def count(value: int, singular: str, plural: str | None = None, *, feminine: bool = False) -> str:
    """Write a count with its noun, small counts in words; none and one take the singular.

    Examples
    --------
    >>> count(1, "attaque", feminine=True), count(9, "mort"), count(0, "événement"), count(12, "événement")
    ('une attaque', 'neuf morts', 'aucun événement', '12 événements')
    """
    return f"{word(value, feminine=feminine)} {singular if value < 2 else plural or singular + 's'}"


def percent(share: float, digits: int = 0) -> str:
    """Write a share of one as a percentage.

    Examples
    --------
    >>> percent(0.545), percent(0.054, 1)
    ('55\u202f%', '5,4\u202f%')
    """
    return f"{number(share * 100, digits)}{_NARROW}%"


def moved(now: float, before: float, *, plural: bool = True) -> str:
    """Choose the verb for a change and say by how much; the subject is plural unless said otherwise.

    Examples
    --------
    >>> moved(12, 10), moved(8, 10, plural=False), moved(10, 10), moved(3, 0)
    ('ont augmenté de 20\u202f%', 'a diminué de 20\u202f%', 'n’ont pas changé', 'sont partis de zéro')
    """
    have, be, none = ("ont", "sont partis de zéro", "n’ont pas") if plural else ("a", "est parti de zéro", "n’a pas")
    if now == before:
        return f"{none} changé"
    if before == 0:
        return be
    step = number(abs(now / before - 1) * 100)
    if step == "0":
        return f"{have} à peine changé"
    return f"{have} {'augmenté' if now > before else 'diminué'} de {step}{_NARROW}%"


def times(ratio: float) -> str:
    """Write a ratio (`prose.times`).

    Examples
    --------
    >>> times(4.06)
    '4,1 fois'
    """
    if math.isinf(ratio):
        raise NotInData("they hold nothing to hold a count against: the other is zero.")
    return f"{number(ratio, 1)} fois"


def times_within(found: Comparison) -> str:
    """Write a ratio with its interval (`Comparison.times`)."""
    return f"{times(found.ratio)} ({spread(found.interval.low, found.interval.high, 1)})"


def change(found: Comparison) -> str:
    """Write the interval of a change in percent, with signs (`Comparison.change`)."""
    ends = found.interval.low, found.interval.high
    return " à ".join(changed(end, clear_of_zero(end, *ends)) for end in ends)


def changed(ratio: float, digits: int = 0) -> str:
    """Write a ratio as a change in percent with its sign (`intervals.signed`).

    Examples
    --------
    >>> changed(1.26), changed(0.9), changed(25385)
    ('+26', '−10', 'plus de +10\u202f000')
    """
    from helpers.estimates.intervals import WIDEST

    if ratio > WIDEST:
        return f"plus de +{number((WIDEST - 1) * 100)}"
    end = number((ratio - 1) * 100, digits)
    return end if end.startswith("−") or end == "0" else f"+{end}"


def moved_within(found: Comparison, *, plural: bool = True) -> str:
    """Choose the verb for a change, with its interval (`Comparison.moved`)."""
    text = moved(found.ratio, 1, plural=plural)
    if text.endswith("%") and found.unclear:
        show = "ne montrent" if plural else "ne montre"
        return f"{show} pas d’évolution nette ({signed((found.ratio - 1) * 100)}\u202f%\u202f; {change(found)})"
    return f"{text} ({change(found)})" if text.endswith("%") or "à peine" in text else text


def behind(**found: Comparison | None) -> str:
    """End a subtitle with the intervals of the changes that the title states (`intervals.behind`)."""
    known = {noun: one for noun, one in found.items() if one}
    if not known:
        return ""
    if len(found) == 1:
        return f" ; intervalle à 95 % de la variation : {change(next(iter(known.values())))} %"
    named = ", ".join(f"{noun} {change(one)} %" for noun, one in known.items())
    return f" ; intervalles à 95 % des variations : {named}"


def listing(items: Iterable[str]) -> str:
    """Join words as a list.

    Examples
    --------
    >>> listing(["a"]), listing(["a", "b", "c"])
    ('a', 'a, b et c')
    """
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def neither(items: Iterable[str]) -> str:
    """Join words after a negated verb.

    Examples
    --------
    >>> neither(["Bla"]), neither(["Bla", "San", "Tominian"])
    ('pas Bla', 'ni Bla, ni San, ni Tominian')
    """
    words = list(items)
    return f"pas {words[0]}" if len(words) == 1 else ", ".join(f"ni {word}" for word in words)


def places(names: Iterable[str]) -> str:
    """Join names of places as where something happens; French says the preposition again.

    Examples
    --------
    >>> places(["Sikasso", "Kayes"])
    'à Sikasso et à Kayes'
    """
    return listing(f"à {name}" for name in names)


def spread(low: float, high: float, digits: int = 0, unit: str = "") -> str:
    """Write a range, or the one number where both ends round to it.

    Examples
    --------
    >>> spread(1, 3), spread(0.61, 0.64, 1), spread(3.2, 5.1, 1, " fois")
    ('1 à 3', '0,6', '3,2 à 5,1 fois')
    """
    a, b = number(low, digits), number(high, digits)
    return f"{a}{unit}" if a == b else f"{a} à {b}{unit}"


def month_name(value: str | pd.Period) -> str:
    """Return a month as readers see it.

    Examples
    --------
    >>> month_name("2023-06")
    'juin 2023'
    """
    when = month(value)
    return f"{MONTHS[when.month - 1]} {when.year}"


def day_name(day: str) -> str:
    """Return a day (`YYYY-MM-DD`) as readers see it.

    Examples
    --------
    >>> day_name("2022-08-01"), day_name("2023-07-10")
    ('1er août 2022', '10 juillet 2023')
    """
    when = pd.Timestamp(day)
    return f"{'1er' if when.day == 1 else when.day} {month_name(when.to_period('M'))}"


def label(window: Window) -> str:
    """Return a window as readers see it, as short as is clear.

    Examples
    --------
    >>> from helpers.windows import window, year
    >>> label(window("2023-01", "2023-06")), label(window("2022-07", "2023-06")), label(year(2022))
    ('janvier-juin 2023', 'juillet 2022 à juin 2023', '2022')
    """
    a, b = window.first, window.last
    if a.month == 1 and b.month == 12 and a.year == b.year:
        return str(a.year)
    if a == b:
        return month_name(a)
    if a.year == b.year:
        return f"{MONTHS[a.month - 1]}-{MONTHS[b.month - 1]} {a.year}"
    return f"{month_name(a)} à {month_name(b)}"


def at(period: str) -> str:
    """Put the preposition before a period: years, months and half-years take `en` or `au`, ranges `de`.

    Examples
    --------
    >>> at("2022"), at("juin 2023"), at("janvier-juin 2023"), at("juillet 2022 à juin 2023"), at("2e semestre 2022")
    ('en 2022', 'en juin 2023', 'en janvier-juin 2023', 'de juillet 2022 à juin 2023', 'au 2e semestre 2022')
    """
    if " à " in period:
        return of(period)
    return f"au {period}" if "semestre" in period or "trimestre" in period else f"en {period}"


def half(name: str) -> str:
    """Return a half-year (`2023H1`) as readers see it.

    Examples
    --------
    >>> half("2023H1"), half("2022H2")
    ('1er semestre 2023', '2e semestre 2022')
    """
    return f"{'1er' if name.endswith('1') else '2e'} semestre {name[:4]}"


def quarter(name: str) -> str:
    """Return a quarter (`2023Q1`) as readers see it.

    Examples
    --------
    >>> quarter("2023Q1"), quarter("2022Q4")
    ('1er trimestre 2023', '4e trimestre 2022')
    """
    return f"{'1er' if name.endswith('1') else name[-1] + 'e'} trimestre {name[:4]}"


def region_name(region: str) -> str:
    """Return a region as readers see it (`Ménaka`)."""
    return REGION_NAMES.get(region, region)


def cercle_name(cercle: str) -> str:
    """Return a cercle as readers see it (`Ténenkou`)."""
    return CERCLE_NAMES.get(cercle, cercle)


# --------------------------------------------------------------------------- words of figures

MI_EVENTS = "événements impliquant des groupes islamistes armés"
"""Militant Islamist events, without article; `d’` stands before it."""
ALL_EVENTS = "événements de violence politique (tous belligérants)"
"""Political-violence events of every actor, without article."""
VAC = "attaques de groupes islamistes armés contre des civils"
"""Violence against civilians by militant Islamists, without article."""

_ORDINALS = ("premier", "deuxième", "troisième", "quatrième")


def held(text: str) -> str:
    r"""Exchange ordinary spaces where French wants a narrow one at which no line breaks; put none in, as `spaced` does.

    Examples
    --------
    >>> held("12 % : « oui » ; non ?"), held("One; two: three?")
    ('12\u202f%\u202f: «\u202foui\u202f»\u202f; non\u202f?', 'One; two: three?')
    """
    return _HELD.sub(_NARROW, text)


def spaced(text: str) -> str:
    r"""Put the narrow no-break space where French wants one: before `; : ? ! %` and km, and inside quotation marks.

    Examples
    --------
    >>> spaced("12 % : « oui » ; non ?"), spaced("à 150 km"), spaced("à Kayes; un cas: le sud, à 13:00 &amp; après")
    ('12\u202f%\u202f: «\u202foui\u202f»\u202f; non\u202f?', 'à 150\u202fkm', 'à Kayes\u202f; un cas\u202f: le sud, à 13:00 &amp; après')
    """
    return _SPACES.sub(lambda found: found[1] or _NARROW, text)


def words(title: str, subtitle: str, alt: str, chart: Mapping[str, str] | None = None) -> Words:
    """Return the French words of a figure: sentences where they must be."""
    from helpers.figures import Words  # whose words are put into French by these

    return Words(title=sentence(title), subtitle=upper(subtitle), alt=sentence(alt), chart=chart or {})


def of(name: str) -> str:
    """Put `de` before a name, with its elision and contraction.

    Examples
    --------
    >>> of("Gao"), of("Abeïbara"), of("le GSIM"), of("les civils"), of("l’armée")
    ('de Gao', 'd’Abeïbara', 'du GSIM', 'des civils', 'de l’armée')
    """
    for article, contracted in (("le ", "du "), ("les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    plain = unicodedata.normalize("NFD", name)[0].lower()
    return f"d’{name}" if plain in "aeiou" else f"de {name}"


def often(value: int) -> str:
    """Say how often something happened.

    Examples
    --------
    >>> often(0), often(1), often(12)
    ('pas une seule fois', 'une fois', '12 fois')
    """
    return f"{word(value, feminine=True)} fois" if value else "pas une seule fois"


def more_or_fewer(now: float, before: float) -> str:
    """Return `plus que`, `moins que` or `autant que`."""
    return "autant que" if now == before else ("plus que" if now > before else "moins que")


def period(name: str) -> str:
    """Return a period of a chart's axis as readers see it: year, half-year, quarter or month.

    Examples
    --------
    >>> period("2022"), period("2022H1"), period("2022Q3"), period("2022-05")
    ('2022', '1er semestre 2022', '3e trimestre 2022', 'mai 2022')
    """
    if "H" in name:
        return half(name)
    if "Q" in name:
        return quarter(name)
    return month_name(name) if "-" in name else name


def running(first: str, last: str) -> str:
    """Say from which period of an axis to which a chart runs.

    Examples
    --------
    >>> running("2017H1", "2022H2"), running("2017", "2022")
    ('du 1er semestre 2017 au 2e semestre 2022', 'de 2017 à 2022')
    """
    a, b = period(first), period(last)
    return f"du {a} au {b}" if "mestre" in a else f"{of(a)} à {b}"


def half_years(frame: pd.DataFrame) -> str:
    """Name the half-years a frame of `measures.series` covers, and say where the last one is incomplete."""
    months = int(frame["months"].iloc[-1])
    tail = "" if months == 6 else f" (le dernier : {count(months, 'mois', 'mois')} seulement)"
    return f"{running(frame['period'].iloc[0], frame['period'].iloc[-1])}{tail}"


def peak(values: pd.Series, noun: str) -> str:
    r"""Say where columns by period peak and where they end; the index holds periods.

    Examples
    --------
    >>> peak(pd.Series([3, 12], ["2022Q1", "2022Q2"]), "mort")
    'la dernière colonne, 2e trimestre 2022, est la plus haute avec 12 morts'
    >>> peak(pd.Series([12, 3], ["2022Q1", "2022Q2"]), "mort")
    'la colonne la plus haute est celle du 1er trimestre 2022 avec 12 morts\u202f; la dernière, 2e trimestre 2022, en compte 3'
    """
    top, last = str(values.idxmax()), str(values.index[-1])
    much = count(int(values.max()), noun)
    if top == last:
        return f"la dernière colonne, {period(last)}, est la plus haute avec {much}"
    when = of(f"le {period(top)}" if "mestre" in period(top) else period(top))
    return (
        f"la colonne la plus haute est celle {when} avec {much}{_NARROW}; la dernière, {period(last)}, en compte "
        f"{number(values.iloc[-1])}"
    )


def length(months: int) -> str:
    """Return a time in years and months, in words.

    Examples
    --------
    >>> length(28), length(24), length(0)
    ('deux ans et quatre mois', 'deux ans', 'aucun mois')
    """
    years, rest = divmod(months, 12)
    parts = [count(years, "an")] if years else []
    return listing(parts + ([count(rest, "mois", "mois")] if rest or not years else []))


def relabel(label: str) -> str:
    """Return the English label of a window (`Window.label`) in French.

    Examples
    --------
    >>> relabel("July 2022 to June 2023"), relabel("January-June 2023"), relabel("2022")
    ('juillet 2022 à juin 2023', 'janvier-juin 2023', '2022')
    """
    for english, french in zip(ENGLISH_MONTHS, MONTHS, strict=True):
        label = label.replace(english, french)
    return label.replace(" to ", " à ")


def upper(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[0].upper() + text[1:]


def lower(text: str) -> str:
    """Return the text with a small first letter."""
    return text[0].lower() + text[1:]


def to(name: str) -> str:
    """Put `à` before a noun, contracted with its article.

    Examples
    --------
    >>> to("Kayes"), to("le 2e trimestre 2023"), to("les civils")
    ('à Kayes', 'au 2e trimestre 2023', 'aux civils')
    """
    if name.startswith("le "):
        return f"au {name[3:]}"
    return f"aux {name[4:]}" if name.startswith("les ") else f"à {name}"


def long_quarter(name: str) -> str:
    """Return a quarter with its article, its number in words.

    Examples
    --------
    >>> long_quarter("2022Q4")
    'le quatrième trimestre 2022'
    """
    return f"le {_ORDINALS[int(name[5]) - 1]} trimestre {name[:4]}"


def the_region(region: str) -> str:
    """Return a region with its article.

    Examples
    --------
    >>> the_region("Segou"), the_region("Bamako")
    ('la région de Ségou', 'le district de Bamako')
    """
    return f"{'le district' if region == 'Bamako' else 'la région'} {of(region_name(region))}"


def signed(value: float) -> str:
    """Write a change with its sign.

    Examples
    --------
    >>> signed(3), signed(-2), signed(0)
    ('+3', '−2', '0')
    """
    return f"+{number(value)}" if value > 0 else number(value)


def happened(share: str) -> str:
    """Return the verb of what happened, behind a share of events in words.

    Examples
    --------
    >>> happened("un événement sur trois"), happened("la moitié des événements"), happened("12\u202f% des événements")
    ('s’est produit', 's’est produite', 'se sont produits')
    """
    if share.startswith("un "):
        return "s’est produit"
    return "s’est produite" if share.startswith("la ") else "se sont produits"


def inside(label: str) -> str:
    """Return a label as it stands within a sentence: its article without a capital.

    Examples
    --------
    >>> inside("Le sud du Mali"), inside("L’État"), inside("Kayes"), inside("Milices")
    ('le sud du Mali', 'l’État', 'Kayes', 'Milices')
    """
    return label[0].lower() + label[1:] if re.match(r"(?:Le|La|Les|Des) |L’", label) else label


def agree(value: float, singular: str, plural: str) -> str:
    """Choose the form of a verb or an adjective for a count: none and one take the singular."""
    return singular if value < 2 else plural


def stretch(name: str) -> str:
    """Return the name of a period so that a preposition may stand before it: a range from month to month becomes a noun.

    Examples
    --------
    >>> stretch("juillet 2019 à juin 2020"), stretch("2022"), stretch("janvier-juin 2023")
    ('la période de juillet 2019 à juin 2020', '2022', 'janvier-juin 2023')
    """
    return f"la période {of(name)}" if " à " in name else name


def against(base: Window) -> str:
    """Say what a window is compared with.

    Examples
    --------
    >>> from helpers.windows import window, year
    >>> against(year(2022)), against(window("2022-07", "2023-06"))
    ('par rapport à 2022', 'par rapport à la période de juillet 2022 à juin 2023')
    """
    return f"par rapport à {stretch(label(base))}"


def incomplete(series: pd.DataFrame, months: int = 6) -> str:
    """Return the words for a last period that the edition does not fill; `series` as `measures.series` gives it."""
    return ", le dernier incomplet" if series["months"].iloc[-1] < months else ""
