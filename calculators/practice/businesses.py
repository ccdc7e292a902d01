"""Businesses: who does what with a model, in a phrase. No company is named: each is an example."""

from __future__ import annotations

CHATS = (
    "a hotel chain answers guests' questions",
    "an insurer answers customers' questions about claims",
    "a university answers students' questions about enrolment",
    "an online grocer helps shoppers find products",
    "a railway answers travellers' questions",
    "a bank helps customers read their statements",
    "an energy supplier explains bills to households",
    "a software company supports its users",
    "a city council answers residents' questions",
    "a travel agency advises holidaymakers",
    "a telephone company's assistant solves line faults",
    "a pharmacy chain answers questions about opening hours and orders",
)
"""People wait for the answer."""

BULKS = (
    "a publisher summarises its archive",
    "a law firm extracts clauses from old contracts",
    "a market researcher sorts survey answers",
    "a museum describes its catalogue cards",
    "a hospital group codes discharge letters",
    "a patent office labels applications by subject",
    "an auction house writes lot descriptions",
    "a logistics firm reads scanned delivery notes",
    "a broadcaster tags interview transcripts",
    "a retailer rewrites product descriptions",
    "an engineering office summarises inspection reports",
    "a recruiter extracts skills from applications",
)
"""Nobody waits for the answer."""

TEAMS = (
    ("a software company", "support agents"),
    ("an insurer", "claims handlers"),
    ("a law firm", "paralegals"),
    ("a bank", "case workers"),
    ("a publisher", "editors"),
    ("a hospital group", "medical coders"),
    ("an engineering office", "tender writers"),
    ("a retailer", "catalogue writers"),
    ("a city council", "permit clerks"),
    ("a logistics firm", "dispatch planners"),
)
"""People whose work a tool makes faster."""

FIRMS = (
    "a hotel chain",
    "an insurer",
    "a university",
    "an online grocer",
    "a bank",
    "a software company",
    "a publisher",
    "a law firm",
    "a retailer",
    "a logistics firm",
    "an engineering office",
    "a broadcaster",
    "a hospital group",
    "an energy supplier",
)
"""Who it is, where the task is told apart."""
