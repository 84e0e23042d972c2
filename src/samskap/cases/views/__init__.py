"""The screens of the follow-up."""
