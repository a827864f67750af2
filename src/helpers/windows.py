"""Windows of whole months: calendar years, half-years, quarters, year to date, trailing months."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.errors import PastData, WindowError

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month(value: str | pd.Period) -> pd.Period:
    """Return a month given as `YYYY-MM` or as a period.

    Raises `WindowError`: the text is not a month.
    """
    if isinstance(value, pd.Period):
        return value
    try:
        if len(value) != 7:
            raise ValueError
        return pd.Period(value, "M")
    except ValueError:
        raise WindowError(f"{value!r} is not a month; expected YYYY-MM, as in 2023-06.") from None


def month_name(period: pd.Period) -> str:
    """Return a month as readers see it: `June 2023`."""
    return f"{MONTHS[period.month - 1]} {period.year}"


@dataclass(frozen=True)
class Window:
    """Some whole months, first and last included."""

    first: pd.Period
    last: pd.Period
    """Months."""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise WindowError(f"a window cannot end ({self.last}) before it begins ({self.first}).")

    @property
    def months(self) -> int:
        """Number of months."""
        return (self.last - self.first).n + 1

    @property
    def label(self) -> str:
        """The window as readers see it, as short as is clear."""
        a, b = self.first, self.last
        if a.month == 1 and b.month == 12 and a.year == b.year:
            return str(a.year)
        if a == b:
            return month_name(a)
        if a.year == b.year:
            return f"{MONTHS[a.month - 1]}-{MONTHS[b.month - 1]} {a.year}"
        return f"{month_name(a)} to {month_name(b)}"

    def contains(self, months: pd.Series) -> pd.Series:
        """Tell which months (text, `YYYY-MM`) lie in the window.

        Raises `PastData`: the months come from a user's own table (`data.load` marks it) that does not hold the whole
        window.
        """
        if covers := months.attrs.get("covers"):
            self.check(month(covers[0]), month(covers[1]), "the user's own data")
        # A column of text is compared five times faster as plain objects; no table has a row without its month.
        text = months.to_numpy(dtype=object)
        return pd.Series((text >= str(self.first)) & (text <= str(self.last)), index=months.index)

    def before(self, count: int | None = None) -> Window:
        """Return the window of `count` months (as many as this one, where not given) that ends just before it."""
        return trailing(self.first - 1, count or self.months)

    def year_earlier(self) -> Window:
        """Return the same months one year earlier."""
        return Window(self.first - 12, self.last - 12)

    def check(self, first: pd.Period, last: pd.Period, what: str) -> Window:
        """Return the window, or refuse it where it runs past the data.

        Raises `PastData`: a month of the window lies outside `first` to `last`: a sum over it would be silently short.
        """
        if self.first < first or self.last > last:
            error = PastData(
                f"{what}: the window {self.label} runs past the data ({month_name(first)} to {month_name(last)})."
            )
            error.windows = (self, Window(first, last))
            raise error
        return self


def window(first: str | pd.Period, last: str | pd.Period) -> Window:
    """Return the window between two months."""
    return Window(month(first), month(last))


def span(text: str) -> Window:
    """Return the window that a user names as `FROM:TO`, two months `YYYY-MM`; one month alone is itself.

    Examples
    --------
    >>> span("2023-01:2023-06").months
    6
    """
    first, _, last = text.strip().partition(":")
    return window(first.strip(), last.strip() or first.strip())


def trailing(as_of: str | pd.Period, count: int) -> Window:
    """Return the `count` months that end with `as_of`."""
    end = month(as_of)
    return Window(end - (count - 1), end)


def year(value: int) -> Window:
    """Return a calendar year."""
    return window(f"{value}-01", f"{value}-12")


def half(name: str) -> Window:
    """Return a half-year by its name, `2023H1`."""
    return window(f"{name[:4]}-01", f"{name[:4]}-06") if name[5] == "1" else window(f"{name[:4]}-07", f"{name[:4]}-12")


def half_of(months: pd.Series) -> pd.Series:
    """Return the name of the half-year (`2023H1`) that each month (text, `YYYY-MM`) lies in."""
    return months.str[:4] + "H" + ((months.str[5:].astype(int) + 5) // 6).astype(str)


def quarter(value: int, number: int) -> Window:
    """Return a calendar quarter."""
    return Window(
        pd.Period(year=value, month=3 * number - 2, freq="M"), pd.Period(year=value, month=3 * number, freq="M")
    )


def year_to_date(as_of: str | pd.Period) -> Window:
    """Return January to `as_of`."""
    end = month(as_of)
    return Window(pd.Period(year=end.year, month=1, freq="M"), end)


def complete_years(first: int, as_of: str | pd.Period) -> list[Window]:
    """Return the calendar years from `first` that are complete at `as_of`."""
    end = month(as_of)
    last = end.year if end.month == 12 else end.year - 1
    return [year(y) for y in range(first, last + 1)]


def last_half(as_of: str | pd.Period) -> str:
    """Return the name of the last half-year that is complete at `as_of`."""
    end = month(as_of)
    if end.month == 12:
        return f"{end.year}H2"
    return f"{end.year}H1" if end.month >= 6 else f"{end.year - 1}H2"


def half_before(name: str) -> str:
    """Return the half-year before one given by name."""
    return f"{name[:4]}H1" if name.endswith("2") else f"{int(name[:4]) - 1}H2"


def covered(frame: pd.DataFrame) -> str:
    """Say in words which months, half-years, years or days a table covers; empty where it has none.

    Examples
    --------
    >>> covered(pd.DataFrame({"half": ["2012H1", "2025H1"]})), covered(pd.DataFrame({"date": ["2012-01-17"]}))
    ('January-June 2012 to January-June 2025', '17 January 2012')
    """
    for column in ("month", "half", "year", "date"):
        if column in frame:
            values = frame[column].dropna().astype(str)
            first, last = (_said(when) for when in (values.min(), values.max()))
            return first if first == last else f"{first} to {last}"
    return ""


def _said(when: str) -> str:
    if len(when) == 10:
        return f"{int(when[8:])} {month_name(month(when[:7]))}"
    return half(when).label if "H" in when else month_name(month(when)) if "-" in when else when
