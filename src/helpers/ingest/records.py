"""Records of a JSON file, one after the other: a list, the answer of an API, or a record a line."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import IO, Any

from helpers.errors import DataError
from helpers.ingest.account import neutral

LONGEST_LINE = 4_000_000
"""Characters; a table's lines are far shorter."""

_DATA = re.compile(r'(?<!\\)"(?:data|Result)"\s*:\s*\[')
_LAYER = re.compile(r'(?<!\\)"type"\s*:\s*"Feature(?:Collection)?"')
_STATUS = re.compile(r'"status"\s*:\s*"?(\d+)')
_COUNT = re.compile(r'"count"\s*:\s*"?(\d+)')
_TOTAL = re.compile(r'"(?:total_?count|total|total_?rows)"\s*:\s*"?(\d+)', re.I)
_LIMIT = re.compile(r'"limit"\s*:\s*"?(\d+)')
_NEXT = re.compile(
    r'"(?:next(?:_?page)?(?:_?(?:url|link))?|next_?cursor)"\s*:\s*(?:"[^"]|[1-9])|"has_?(?:more|next(?:_?page)?)"\s*:\s*true',
    re.I,
)
_DECODER = json.JSONDecoder()


class Records:
    """Records of a JSON file, read without holding the whole.

    Parameters
    ----------
    stream : text stream
        What follows the first line.
    first : str
        The first line that is not blank.
    name, what : str
        File, and what it should be, for messages.
    wanted : collection of str
        Names of columns; a line that is an object with one of them begins a file of a record a line.

    Attributes
    ----------
    given : int
        Records handed on so far.
    total : int or None
        Rows that the answer says there are in all, known once the records are read.
    following : bool
        Whether the answer names a page that follows, or is as long as it may be by its own word.
    """

    def __init__(self, stream: IO[str], first: str, name: str, what: str, wanted: Collection[str]):
        self._stream, self._name, self._what = stream, name, what
        self._buffer = first.lstrip("\ufeff").lstrip()
        self._envelope = ""
        self.given, self.following = 0, False
        self.total: int | None = None
        self._iterator = self._lines() if self._one_a_line(wanted) else self._list()

    def __iter__(self) -> Iterator[Any]:
        return self._iterator

    def __next__(self) -> Any:
        return next(self._iterator)

    def _cut(self) -> DataError:
        return DataError(
            f"{self._name}: the JSON breaks off or is damaged after record {self.given}; expected {self._what} as the "
            "API gives it. Fetch it again."
        )

    def _one_a_line(self, wanted: Collection[str]) -> bool:
        if not self._buffer.startswith("{") or _DATA.search(self._buffer):
            return False
        try:
            record = json.loads(self._buffer)
        except (ValueError, RecursionError):
            return False
        return any(str(key).strip().lower() in wanted for key in record)

    def _lines(self) -> Iterator[Any]:
        line = self._buffer
        while line:
            if line.strip():
                try:
                    record = json.loads(line)
                except (ValueError, RecursionError) as error:
                    raise self._cut() from error
                self.given += 1
                yield "null" if record is None else record
            line = self._stream.readline(LONGEST_LINE)

    def _fill(self) -> bool:
        piece = self._stream.read(2**18)
        self._buffer += piece
        return bool(piece)

    def _open(self) -> None:
        """Leave the buffer behind the bracket that opens the list."""
        if not self._buffer.startswith("{"):
            self._buffer = self._buffer[1:]
            return
        while not (found := _DATA.search(self._buffer)) and len(self._buffer) < 2**22 and self._fill():
            pass
        if _LAYER.search(self._buffer[: found.start()] if found else self._buffer):
            raise DataError(
                f"{self._name}: GeoJSON, a layer of a map; expected {self._what} as CSV or JSON. Export it as CSV."
            )
        if not found:
            status = _STATUS.search(self._buffer)
            said = f"status {status[1]}" if status else neutral(self._buffer, 60)
            raise DataError(
                f"{self._name}: an answer of the API without data ({said}); expected {self._what}. Fetch it again."
            )
        self._envelope, self._buffer = self._buffer[: found.start()], self._buffer[found.end() :]

    def _list(self) -> Iterator[Any]:
        self._open()
        at = 0
        while True:
            while at < len(self._buffer) and self._buffer[at] in " \t\r\n,":
                at += 1
            if at >= len(self._buffer):
                self._buffer, at = "", 0
                if not self._fill():
                    raise self._cut()
                continue
            if self._buffer[at] == "]":
                break
            try:
                record, at = _DECODER.raw_decode(self._buffer, at)
            except (ValueError, RecursionError) as error:
                self._buffer, at = self._buffer[at:], 0
                if len(self._buffer) > LONGEST_LINE or not self._fill():
                    raise self._cut() from error
                continue
            self.given += 1
            # A record that is null would end the reading; hand on a text instead, which is no record either.
            yield "null" if record is None else record
            if at > 2**20:
                self._buffer, at = self._buffer[at:], 0
        tail = self._buffer[at + 1 :]
        while len(tail) < 2**20 and (piece := self._stream.read(2**16)):
            tail += piece
        self._close(self._envelope + tail)

    def _close(self, around: str) -> None:
        counted, total = _COUNT.search(around), _TOTAL.search(around)
        if counted and int(counted[1]) != self.given:
            raise DataError(
                f"{self._name}: the answer says that it holds {counted[1]} rows but holds {self.given}; expected "
                f"{self._what}. Fetch it again."
            )
        self.total = int(total[1]) if total else None
        limit = _LIMIT.search(around)
        self.following = _NEXT.search(around) is not None or (limit is not None and int(limit[1]) == self.given)
