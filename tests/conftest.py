"""How many cases Hypothesis tries: fewer inside Pyodide, where Python runs at a third of its speed."""

import os

from hypothesis import settings

settings.register_profile("default", deadline=None)
settings.register_profile("pyodide", deadline=None, max_examples=20)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
