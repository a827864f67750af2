"""Templates of a package: words become HTML there and nowhere else, every value escaped, a missing one an error."""

from __future__ import annotations

import html
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, meta
from markupsafe import Markup

from bookbuild import inputs


def escaped(value: Any) -> Markup:
    """Return a value as HTML shows it, wherever it stands; what is HTML already stays."""
    return value if hasattr(value, "__html__") else Markup(html.escape(str(value)))


def text(value: Any) -> Markup:
    """Return a value as the text of an element, in which quotes need no escape; for no attribute."""
    return value if hasattr(value, "__html__") else Markup(html.escape(str(value), quote=False))


class Templates:
    """The folder `templates` of a package. Each template is compiled once, and told to whoever records what is read.

    `package`: its name.
    """

    def __init__(self, package: str):
        self._loader = PackageLoader(package)
        self._compiled = cache(self._compile)

    @cached_property
    def _environment(self) -> Environment:
        made = Environment(
            loader=self._loader, autoescape=True, undefined=StrictUndefined, finalize=escaped,
            auto_reload=False, trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        made.filters["text"] = text
        return made

    def _compile(self, name: str) -> tuple[Template, tuple[str, ...]]:
        return self._environment.get_template(name), tuple(self._files(name))

    def _files(self, name: str) -> Iterator[str]:
        source, file, _ = self._loader.get_source(self._environment, name)
        yield str(file)
        for other in meta.find_referenced_templates(self._environment.parse(source)):
            yield from self._files(str(other))

    def _template(self, name: str) -> Template:
        template, files = self._compiled(name)
        for file in files:
            inputs.note("file", Path(file))
        return template

    def render(self, name: str, /, **values: Any) -> str:
        """Return a template filled with values."""
        return self._template(name).render(values)

    def piece(self, file: str, macro: str, /, *values: Any, **named: Any) -> str:
        """Return a macro of a template filled with values, as plain text: `Markup` would escape what it is added to."""
        return str(getattr(self._template(file).module, macro)(*values, **named))
