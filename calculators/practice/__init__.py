"""Practice: questions that never end, made from a seed, answered by the calculators, marked with the slip.

>>> from calculators import practice
>>> first = practice.questions(4711, 1, "token-bills")[0]
>>> practice.mark(first, first["answer"])["is_right"]
True

What the page asks for is described in `calculators.practice.page`.
"""

from calculators.practice.asking import VERSION, asked, ids, question, questions
from calculators.practice.exams import exam, exam_ids, key_code, report
from calculators.practice.marking import answer_text, mark

__all__ = [
    "VERSION",
    "answer_text",
    "asked",
    "exam",
    "exam_ids",
    "ids",
    "key_code",
    "mark",
    "question",
    "questions",
    "report",
]
