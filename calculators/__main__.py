"""`python -m calculators`: the command line."""

import sys

from calculators.command_line import main

sys.exit(main())
