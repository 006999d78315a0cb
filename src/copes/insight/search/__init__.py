"""Finding: an index of everything that was recorded, and what of it an officer may see."""
