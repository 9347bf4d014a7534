"""The products: one short file each, made of the stage functions that they share."""
