"""Forms: charts that say what they show, and the figure that joins one to a finding."""

from helpers.forms.compared import dumbbell
from helpers.forms.form import Finding, Form, figure
from helpers.forms.periods import columns, lines, stacked

__all__ = ["Finding", "Form", "columns", "dumbbell", "figure", "lines", "stacked"]
