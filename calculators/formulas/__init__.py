"""The formulas of the course, one module per field, as pure functions.

Each docstring names the formula, its symbols with units, when it is valid, where it comes
from and a worked example that runs as a doctest; the formula reference is made from them.

Money and prices are `Decimal`. Counts may be `int` or `Decimal`. A function returns `None`
where its docstring says so, never a 0 that stands for "does not exist".
"""
