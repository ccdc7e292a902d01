"""How many cases Hypothesis tries: fewer inside Pyodide, where Python runs at a third of its speed, and on mutants."""

import os

from hypothesis import HealthCheck, Phase, settings

settings.register_profile("default", deadline=None)
settings.register_profile("pyodide", deadline=None, max_examples=20)
settings.register_profile(
    "mutation",
    deadline=None,
    max_examples=20,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # a mutant that is noticed need not be explained
    suppress_health_check=list(HealthCheck),  # slow is not wrong
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
