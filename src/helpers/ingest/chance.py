"""Chances below which what files lack is no accident."""

import math

CHANCE = 0.01
"""A month at an end counts as complete unless its empty days had less than this chance at the pace beside them."""

SURE = 1e-6
"""Chance below which what is absent is taken to be left out and not to have been lacking."""


def at_most(number: int, mean: float) -> float:
    """Return the chance of at most so many events where so many are expected (Poisson)."""
    term = total = math.exp(-mean)
    for n in range(1, number + 1):
        term *= mean / n
        total += term
    return total
