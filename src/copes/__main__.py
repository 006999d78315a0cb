"""`python -m copes` is the `copes` command."""

from copes.foundation.cli.main import main

main()
