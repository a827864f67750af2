"""What builds take from the insides of other packages: interfaces that nobody promised to keep, one module a library.

A module says what it takes and why, and holds ``LOAN``: the library, the version it was written for, and who uses it. Its
test (``tests/builds/test_borrowed.py``) fails by naming the library, that version and the one that is installed.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version


@dataclass(frozen=True)
class Loan:
    """What is borrowed from a library."""

    library: str
    """Its name on the package index; ``python`` for Python itself."""
    written_for: str
    """Version whose insides were read when the module was written."""
    used_in: tuple[str, ...]
    """Modules that call it."""

    def broken(self, what: str) -> str:
        """Return the sentence with which a test fails where something borrowed is no longer there.

        `what`: what is missing.
        """
        return (
            f"{self.library} {self.installed} has no {what}; it was written for {self.library} "
            f"{self.written_for}, and {', '.join(self.used_in)} rests on it."
        )

    @property
    def installed(self) -> str:
        """The version that is installed."""
        if self.library == "python":
            import platform

            return platform.python_version()
        return version(self.library)
