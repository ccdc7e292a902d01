"""The learning objectives of the course: what a question is asked for, and what a report counts by."""

from __future__ import annotations

OBJECTIVES = {
    "1-compute/purchase-options": (
        "Compare and contrast On-Demand Instances, Savings Plans, Dedicated Hosts and Spot Instances."
    ),
    "1-compute/matching-the-workload": (
        "Identify the best compute pricing model for unpredictable workloads and for steady-state applications."
    ),
    "1-compute/spot-risk": (
        "Evaluate the risks of Spot Instances, with their two minutes of warning, for fault-tolerant batch work."
    ),
    "2-pricing/token-pricing": "Understand how token-based pricing works in Amazon Bedrock.",
    "2-pricing/reserved-capacity": (
        "Evaluate when to move from on-demand pricing to provisioned throughput, for responsiveness and capacity."
    ),
    "2-pricing/model-choice": (
        "Analyse the cost impact of different foundation models: smaller, specialised ones against massive ones."
    ),
    "3-customization/approaches": (
        "Explain what in-context learning, retrieval-augmented generation, fine-tuning and pre-training cost."
    ),
    "3-customization/distillation": (
        "Evaluate the return on model distillation, from a costly teacher model to a cheaper student model."
    ),
    "3-customization/development-costs": "Understand development costs: data curation, labelling and integration.",
    "4-performance/regional-redundancy": "Assess what regional redundancy costs, for high availability and safety.",
    "4-performance/efficiency-metrics": (
        "Analyse efficiency metrics, latency, throughput and memory, and how they scale with user demand."
    ),
    "4-performance/responsiveness": (
        "Balance user experience with resource limits: autoscaling limits and the best size of the model."
    ),
}
"""Each objective by its lesson, in the order of the course."""

LEVELS = {
    "1-compute": "introductory",
    "2-pricing": "intermediate",
    "3-customization": "advanced",
    "4-performance": "advanced",
}
"""How hard each module is."""


def level(objective: str) -> str:
    """Return how hard the module of an objective is.

    >>> level("1-compute/spot-risk")
    'introductory'
    """
    return LEVELS[objective.partition("/")[0]]
