"""A press that renders pages, and texts that try to break out of them."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from calculators import catalogue
from tests.macros.rendering import HOSTILE, Press

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue


@pytest.fixture(scope="session")
def press() -> Press:
    return Press()


@pytest.fixture
def hostile_catalogue(monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """The catalogue with every text that a page shows replaced by a hostile one."""
    book = catalogue.load()
    spoilt = dataclasses.replace(
        book,
        models=MappingProxyType({key: dataclasses.replace(each, name=HOSTILE) for key, each in book.models.items()}),
        sources=MappingProxyType({key: dataclasses.replace(each, title=HOSTILE) for key, each in book.sources.items()}),
        _rows=MappingProxyType(
            {
                key: row._replace(as_of=HOSTILE, confidence=HOSTILE, disagreements=HOSTILE)
                for key, row in book._rows.items()
            }
        ),
        _found={},
    )
    monkeypatch.setattr(catalogue, "load", lambda *_: spoilt)
    return spoilt
