"""Voice in the house."""

from samskap.kernel.room import Room

ROOM = Room(name="voice", prefix="")
