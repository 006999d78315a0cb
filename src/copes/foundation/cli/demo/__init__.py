"""The demonstration: practice cases replayed through the services that the screens use, then proven."""
