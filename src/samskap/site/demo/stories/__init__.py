"""What the made-up schools have written: content, not interface. Nobody in it exists, and no pupil is named."""
