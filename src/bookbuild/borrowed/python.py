"""From Python itself: the audit events that tell which files a chapter reads, and which listings are the import system's.

The events and their arguments are documented, but Python may add or change them with any version; that a listing comes from
the import system is seen only from the frame that asked. Written for 3.11; tested with 3.11 to 3.13.
"""

from __future__ import annotations

import sys

from bookbuild.borrowed import Loan

LOAN = Loan("python", "3.11", ("bookbuild.inputs",))
OPENED = "open"
LISTED = ("os.listdir", "os.scandir")
STARTED = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")
CONNECTED = "socket.connect"


def asked_by_imports(depth: int) -> bool:
    """Tell whether the frame so many above the caller's is one of the import system, or of its search for packages."""
    return "importlib" in sys._getframe(depth + 1).f_code.co_filename
