"""Worked examples: experiments that show one thing each, with what to watch."""

from engine.examples.example import Example
from engine.examples.lecture import LECTURE
from engine.examples.networks import NETWORKS
from engine.examples.slide_note import Quantity, Reason, SlideNote, value_of
from engine.family import Family

__all__ = ["EXAMPLES", "Example", "Quantity", "Reason", "SlideNote", "value_of"]

EXAMPLES = Family("example", (*LECTURE, *NETWORKS))
