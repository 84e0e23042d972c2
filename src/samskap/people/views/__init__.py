"""Screens for signing in and for the administrator."""
