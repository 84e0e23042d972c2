"""The look: components over Designsystemet, as typed functions that templates reach with ``{% load ui %}``.

Every component is plain HTML that works without JavaScript, under ``default-src 'self'``: no inline style, no
inline script, no event attribute. ``docs/components.md`` shows each with an example; ``gallery`` shows all states.
"""
