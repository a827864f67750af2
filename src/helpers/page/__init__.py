"""From an executed notebook to a page: figures, languages, glossary, search, previews, status."""
