"""From raw exports to tables of figures: the only code of the project that sees raw rows."""

from helpers.ingest.tables import RawFiles, derive, seal, write_tables

__all__ = ["RawFiles", "derive", "seal", "write_tables"]
