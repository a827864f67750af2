"""The Humanitarian Data Exchange: ACLED's public workbook of political violence by cercle and month.

HDX runs CKAN: `package_show` describes a data set and its files. No account is needed.
"""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers.errors import DataError
from helpers.fetch.pages import Fetched, place, read_account, refuse, workroom, write_account
from helpers.fetch.web import FetchError, Surroundings, Web, checked_base, checked_hop, whole
from helpers.ingest.hdx import read_aggregate

BASE = "https://data.humdata.org"
"""Address of the service; `/api/3/action/package_show` lies below it."""

DATASET = "acled-data-for-mali"
"""Name of the data set."""

FILE = "acled_mali_political_violence_by_month.xlsx"

_WANTED = re.compile(r"political[_ -]violence[_ -]events[_ -]and[_ -]fatalities", re.I)

_HINTS = {
    403: "the service refuses; some networks are blocked; download the workbook in a browser",
    404: "there is no such data set; look up its current name on the site and give it with --dataset",
}


def fetch(
    since: str,
    out: Path,
    *,
    base: str = "",
    dataset: str = DATASET,
    around: Surroundings | None = None,
    environment: Mapping[str, str] | None = None,
) -> list[Fetched]:
    """Fetch the workbook, unless the one that lies there is still the current one.

    It comes whole, and must reach the month of `since`. Arguments are those of `helpers.fetch.fetch`; `HDX_BASE` is
    looked for in `environment`.
    """
    around = around or Surroundings()
    environment = os.environ if environment is None else environment
    base = checked_base(base or environment.get("HDX_BASE", "") or BASE)
    out.mkdir(parents=True, exist_ok=True)
    path = out / FILE
    web = Web("HDX", around, _HINTS, follow=True)
    try:
        said = web.json(f"{base}/api/3/action/package_show", f"data set {dataset}", params={"id": dataset})
        resource = _workbook(said, dataset)
        return [_download(web, resource, base, dataset, since, path, around)]
    finally:
        web.close()


def _workbook(said: Any, dataset: str) -> dict[str, Any]:
    result = said.get("result") if isinstance(said, dict) and said.get("success") else None
    resources = result.get("resources") if isinstance(result, dict) else None
    if not isinstance(resources, list):
        raise FetchError(
            f"HDX: data set {dataset}: the answer lists no files; the service has changed its answers; download the "
            "workbook in a browser."
        )
    found = [
        row
        for row in resources
        if isinstance(row, dict)
        and str(row.get("format", "")).upper() in ("XLSX", "EXCEL")
        and _WANTED.search(f"{row.get('name', '')} {row.get('url', '')} {row.get('download_url', '')}")
    ]
    if not found:
        names = ", ".join(str(row.get("name", "?")) for row in resources if isinstance(row, dict)) or "none"
        raise FetchError(
            f"HDX: data set {dataset}: no workbook of political violence events and fatalities among its files "
            f"({names[:200]}); the data set has changed; download the right one in a browser."
        )
    return max(found, key=lambda row: str(row.get("last_modified", "")))


def _download(
    web: Web, resource: Mapping[str, Any], base: str, dataset: str, since: str, path: Path, around: Surroundings
) -> Fetched:
    address = str(resource.get("download_url") or resource.get("url") or "")
    checked_hop(address, base)
    known = read_account(path)
    headers = {}
    etag, modified, before = known.get("etag", ""), known.get("last_modified", ""), whole(known.get("rows"))
    if known.get("address") == address and before is not None:
        for header, value in (("If-None-Match", etag), ("If-Modified-Since", modified)):
            if isinstance(value, str) and value:
                headers[header] = value
    refuse(path)
    room = workroom(path.parent / ".fetch-hdx")
    beside = room / "part.xlsx"
    beside.unlink(missing_ok=True)
    name = web.clean(str(resource.get("name", "workbook")))
    try:
        answer = web.download(address, name, beside, headers)
        if answer.status == 304:
            around.say("HDX: the workbook has not changed")
            fetched = Fetched(path, before or 0, changed=False)
        else:
            rows = _checked(beside, since)
            fetched = place(beside, path, rows)
            etag, modified = answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")
            around.say(f"HDX: {rows:,} rows of cercle and month" + ("" if fetched.changed else ", the same as before"))
    finally:
        shutil.rmtree(room, ignore_errors=True)
    write_account(
        fetched, around, source="ACLED through HDX", endpoint=f"{base}/api/3/action/package_show", query={"id": dataset},
        address=address, resource=name, etag=etag, last_modified=modified, resource_modified=resource.get("last_modified", ""),
        terms="ACLED's terms: attribution, non-commercial use.",
    )  # fmt: skip
    return fetched


def _checked(beside: Path, since: str) -> int:
    """Return the rows of a downloaded workbook, refusing what is none."""
    start = beside.read_bytes()[:512].lstrip()
    if start[:1] == b"<":
        raise FetchError(
            "HDX: a web page came instead of the workbook, often a maintenance page; try again later, or download the "
            "workbook in a browser."
        )
    if not zipfile.is_zipfile(beside):
        raise FetchError("HDX: what came is no workbook, or was cut off; run the same command again.")
    trouble = ""
    try:
        frame = read_aggregate(beside)
    except DataError as error:
        trouble = str(error).removeprefix(f"{beside.name}: ")
    if trouble:
        raise FetchError(f"HDX: the workbook is not as expected, so it was not kept: {trouble}")
    if (last := str(frame["month"].max())) < since:
        raise FetchError(f"HDX: the workbook ends in {last}, before {since}; take an earlier --since.")
    return len(frame)
