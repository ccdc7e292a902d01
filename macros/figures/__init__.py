"""The figures of the course: one module draws one figure, from the states of calculators or from the catalogue."""
