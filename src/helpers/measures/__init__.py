"""Counts, shares, ratios and areas (`counts`), and rows that know what they count (`measure`, `catalogue`)."""

from helpers.measures.counts import *  # noqa: F403
