"""Prints: what leaves the house on paper, typeset as PDF/A-2a and PDF/UA-1, byte for byte reproducible."""
