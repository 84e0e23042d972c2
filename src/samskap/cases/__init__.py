"""Follow-up: every pupil who is not safe is followed up until the pupil says that it is safe."""
