"""Forms: charts that say what they show, and the figure that joins one to a finding."""

from helpers.forms.bars import Bar, bars
from helpers.forms.compared import dumbbell
from helpers.forms.form import Finding, Form, figure, moved
from helpers.forms.maps import cell_map, cercle_map, region_map
from helpers.forms.periods import columns, lines, months, panels, stacked
from helpers.forms.places import places_map
from helpers.forms.strip import strip

__all__ = [
    "Bar",
    "Finding",
    "Form",
    "bars",
    "cell_map",
    "cercle_map",
    "columns",
    "dumbbell",
    "figure",
    "lines",
    "months",
    "moved",
    "panels",
    "places_map",
    "region_map",
    "stacked",
    "strip",
]
