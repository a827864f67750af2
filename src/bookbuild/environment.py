"""The environment of the processes that build: what they need, by name, and nothing else.

A chapter, a page or a browser has no use for the password of a data service, so it does not get it; nor for the variables
that a shell, a CI or an editor happens to hold.
"""

from __future__ import annotations

from collections.abc import Mapping

from bookbuild.inputs import ENVIRONMENT, prefixes

NAMES = frozenset(
    {
        *ENVIRONMENT,
        # the machine: programs, home, temporary files, libraries, fonts
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TEMP", "TMP", "VIRTUAL_ENV", "LD_LIBRARY_PATH",
        "DYLD_LIBRARY_PATH", "SYSTEMROOT", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR",
        "FONTCONFIG_FILE", "FONTCONFIG_PATH", "NUMBER_OF_PROCESSORS", "CHROMIUM", "CI",
        # how Jupyter's processes find each other
        "JPY_PARENT_PID", "JPY_SESSION_NAME", "JPY_INTERRUPT_EVENT", "IPY_INTERRUPT_EVENT", "JUPYTER_PLATFORM_DIRS",
    }
)  # fmt: skip
"""Variables that processes get; those that may change what a chapter shows (`bookbuild.inputs`) are among them."""

_SECRET = ("PASSWORD", "PASSWD", "SECRET", "TOKEN", "KEY", "CREDENTIAL", "AUTH", "USERNAME", "COOKIE")


def allowed(environment: Mapping[str, str], mark: str = "") -> dict[str, str]:
    """Return the variables that a process of a build may have.

    `environment`: as of this process. `mark`: of the book (`bookbuild.recipe.Recipe`), which may have variables of its
    own.

    Examples
    --------
    >>> allowed({"PATH": "/bin", "WEATHER_DATA": "mine", "WEATHER_TOKEN": "x", "PGPASSWORD": "y", "LC_ALL": "C"}, "weather")
    {'PATH': '/bin', 'WEATHER_DATA': 'mine', 'LC_ALL': 'C'}
    """
    return {
        name: value
        for name, value in environment.items()
        if (name in NAMES or name.startswith(prefixes(mark))) and not any(word in name.upper() for word in _SECRET)
    }
