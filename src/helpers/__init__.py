"""Mali: an executable report. See README.md for the whole, `helpers.data` for the tables, `helpers.cli` for commands."""

__version__ = "0.2.0"
