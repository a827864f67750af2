"""What the book's pages take from the insides of other packages: words they replace, interfaces nobody promised to keep.

One module for each library, and nothing of the kind anywhere else (``tests/builds/test_borrowed.py`` looks); what builds take
stands in `bookbuild.borrowed`, which says how a module tells of its loan. ``docs/leaving-jupyter-book.md`` says what to do
where one is gone.
"""
