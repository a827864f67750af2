"""Why rows of ACLED's and UCDP's events are set aside."""

from __future__ import annotations

from helpers import definitions as d
from helpers.ingest.account import Reason

MOST_DEATHS = 2000
"""More in one event is taken for a slip; the deadliest event of the project's data has 173."""

_EXCEL = "Export again and do not save it in a spreadsheet on the way"
TAG = Reason("line of HXL tags", "event_date")
ELSEWHERE = Reason("another country", "country")
NO_COUNTRY = Reason("a number of Mali's, but not its country", "country", "Mali; look what the row was saved with")
NOT_VIOLENT = Reason("no political violence (protests, strategic developments, other riots)", "event_type")
OLDER_VERSION = Reason("older version of an event that another row replaces", "timestamp")
REPEATED = Reason("the same row again", "event_id_cnty")
DELETED = Reason("deleted by ACLED", "event_id_cnty")
BEFORE = Reason("before January 2012, where the tables begin", "event_date")
UNBEGUN = Reason("in the first month, which the files begin within", "event_date")
UNFINISHED = Reason("in the last month, which the files do not complete", "event_date")
AFTER = Reason("outside the months asked for", "event_date")
MALFORMED = Reason("not a whole row", "", "as many fields as the header; export again")
CONFLICT = Reason(
    "same event and time stamp, other content; the version with fewer deaths is kept",
    "event_id_cnty",
    "one version of an event, or time stamps that tell which is newer; export again",
)
THIRD = Reason("third row of one event", "event_id_cnty", "one or two rows an event in a file without actor2")
UNREADABLE = Reason("text that is not UTF-8", "actor1", "UTF-8; save or export the file as CSV UTF-8")
NO_ID = Reason("no ACLED event id", "event_id_cnty", "three capitals and a number; export again")
NO_DATE = Reason("date not readable without doubt", "event_date", f"2023-06-01 or 1 June 2023. {_EXCEL}")
NO_DAY = Reason("date before 1997 or after today", "event_date", "a day from 1997 to today; check the row")
OTHER_YEAR = Reason("year and event_date disagree", "event_date", f"the same year. {_EXCEL}")
NO_TYPE = Reason("unknown event type", "event_type", f"ACLED's six event types ({', '.join(d.VIOLENT)} …)")
NO_REGION = Reason("unknown region", "admin1", f"one of {', '.join(d.REGIONS)}; tell the project of a new spelling")
NO_PLACE = Reason("coordinates not readable", "latitude", f"decimal degrees with a point. {_EXCEL}")
SWAPPED = Reason("latitude and longitude swapped", "latitude", "latitude 10 to 25, longitude -12 to 4; export again")
OUTSIDE = Reason("coordinates outside Mali", "latitude", "latitude 10 to 25, longitude -12 to 4; check the row")
NO_DEATHS = Reason("fatalities not a whole number from 0 on", "fatalities", "a whole number; check the row")
ABSURD = Reason(f"more than {MOST_DEATHS:,} deaths in one event", "fatalities", "a plausible number; check the row")
NO_STAMP = Reason("timestamp not readable", "timestamp", f"seconds since 1970. {_EXCEL}")
NO_ACTOR = Reason("no actor", "actor1", "the name of an actor; export again")
