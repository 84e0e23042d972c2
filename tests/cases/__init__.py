"""Tests of the follow-up of pupils who are not safe."""
