"""What a court relies on: signed records, the ledger they stand in, and their verification. No Django, no I/O."""
