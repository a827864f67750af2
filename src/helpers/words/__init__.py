"""Words for readers, always in two languages: pairs, names, and the rules that choose a word from a number."""

from helpers.words.both import NOTHING, Both, joined, listing
from helpers.words.names import Noun, Place

__all__ = ["NOTHING", "Both", "Noun", "Place", "joined", "listing"]
