"""One step each, from the first tables on."""
