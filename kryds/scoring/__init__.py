"""Answers to points to the picture of a group. Pure: neither paper nor pixels."""
