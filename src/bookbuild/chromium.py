"""The browser that prints: a Chromium or Chrome of the machine's own, run without a window or a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from bookbuild.environment import allowed
from bookbuild.errors import BookError
from bookbuild.files import write_whole

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OFFLINE = (
    # No name is looked up, and no address dialled: all goes to a proxy that is nowhere, this machine's own servers too.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://proxy.invalid:9",
    "--proxy-bypass-list=<-loopback>",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy",
    "--dns-prefetch-disable",
    "--no-pings",
)
"""What takes the network away from a browser; files still open."""
SECONDS = 300
"""How long one document may take; a book of 200 pages takes about fifteen seconds."""


class NoBrowser(BookError):
    """The machine has no Chromium, or it did not print."""


def find() -> str | None:
    """Return the browser to use: the one named in the variable CHROMIUM, or the first one on the path, if any."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def executable() -> str:
    """Return the browser to use (see `find`).

    Raises `NoBrowser`: there is none.
    """
    found = find()
    if not found:
        raise NoBrowser(
            f"no browser found to print with; install Chromium (on Debian: apt-get install chromium), expected one of "
            f"{', '.join(NAMES)} on the path or the variable CHROMIUM to name one."
        )
    return found


def print_pdf(page: Path, out: Path, mark: str = "") -> Path:
    """Print a page that lies on the disk as a tagged PDF with an outline of its headings, whole or not at all.

    Size and margins come from the page's style sheet. Returns `out`. Raises `NoBrowser`, which ends with what the
    browser said where it failed.
    """
    command = [
        executable(),
        "--headless",
        # Chromium refuses to run its sandbox for root; for everybody else it stays on.
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
        *OFFLINE,
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        "--export-tagged-pdf",
    ]
    with tempfile.TemporaryDirectory(prefix="book-print-") as scratch:
        made = Path(scratch) / "out.pdf"
        try:
            done = subprocess.run(
                [*command, f"--user-data-dir={scratch}/profile", f"--print-to-pdf={made}", page.resolve().as_uri()],
                capture_output=True,
                text=True,
                check=False,
                timeout=SECONDS,
                env=allowed(os.environ, mark),
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoBrowser(f"{command[0]} did not print {page.name}: {error}.") from error
        if done.returncode or not made.is_file() or not made.read_bytes().startswith(b"%PDF"):
            said = "\n".join(done.stderr.strip().splitlines()[-5:])
            if "sandbox" in done.stderr.lower():
                said += "\nIts sandbox needs user namespaces, which this system forbids; allow them for Chromium."
            raise NoBrowser(f"{command[0]} did not print {page.name} (exit code {done.returncode}):\n{said}")
        write_whole(out, made.read_bytes())
    return out
