"""Cases in the house."""

from samskap.kernel.room import Room

ROOM = Room(name="cases", prefix="saker")
