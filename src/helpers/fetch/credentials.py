"""Where credentials come from: the environment, or a prompt that shows nothing. They are kept nowhere."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Mapping

from helpers.fetch.web import FetchError, Secret

Ask = Callable[[str], str]


def secret(name: str, what: str, environment: Mapping[str, str] | None = None, ask: Ask | None = None) -> Secret:
    """Return a secret from an environment variable, or from a prompt where there is a terminal; refuse to go on with neither.

    `what` it holds is said in words in the prompt; `ask` does not show what is typed (`getpass`, where not given).
    """
    environment = os.environ if environment is None else environment
    if value := environment.get(name, "").strip("\r\n"):
        return Secret(value)
    if ask is None and not sys.stdin.isatty():
        raise FetchError(f"{name} is not set; put your {what} into this environment variable, or run in a terminal.")
    try:
        value = (ask or getpass.getpass)(f"{what} (not shown): ")
    except EOFError:
        value = ""
    if not value:
        raise FetchError(f"no {what} was given; set {name}, or type it at the prompt.")
    return Secret(value)
