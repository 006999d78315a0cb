"""Mails to officers: what they say, how they leave, what became of them."""
