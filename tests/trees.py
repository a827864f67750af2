"""The project's own code as trees, each made once: tests of the house read it many times over and change none."""

from __future__ import annotations

import ast
from functools import cache

parsed = cache(ast.parse)
"""Return the tree of a text."""


@cache
def nodes(source: str) -> tuple[ast.AST, ...]:
    """Return all nodes of a text's tree."""
    return tuple(ast.walk(parsed(source)))
