"""What happens by the clock or tells people something: the worker beside the site, notifications, calendar."""
