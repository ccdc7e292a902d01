"""The moment that a build claims, so that the same sources give the same bytes."""

from __future__ import annotations

import os
import subprocess

from site_build import ROOT

FIRST_DATE_OF_A_ZIP = 315_532_800
"""1980-01-01T00:00:00Z in seconds: archives can't hold an earlier date."""


def source_date_epoch() -> int:
    """Return `SOURCE_DATE_EPOCH` if it is set, else the last commit's time, else the first date of a zip."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    try:
        log = subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return FIRST_DATE_OF_A_ZIP
    return int(log or FIRST_DATE_OF_A_ZIP)
