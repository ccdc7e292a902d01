"""The inputs of the customisation calculator: a workload, and what each approach needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.fields import chat_models, choice, embedding_models, number, price, ratio, whole
from calculators.groups import MODEL, TTLS, WORKLOAD, WorkloadInputs

if TYPE_CHECKING:
    from decimal import Decimal

EXAMPLES, RETRIEVAL, TRAINING, PRETRAINING = (
    "Examples",
    "Retrieval (RAG)",
    "Labels and fine-tuning",
    "Own pre-training",
)
STORES = {
    "s3_vectors": "S3 Vectors",
    "opensearch_serverless": "OpenSearch Serverless, classic",
    "aurora_pgvector": "Aurora PostgreSQL with pgvector",
    "managed_knowledge_base": "Bedrock's managed knowledge base",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs(WorkloadInputs):
    """A workload, and what each way to adapt the model would take."""

    model_id: str = choice(
        "amazon.nova-2-lite-v1:0",
        chat_models,
        label="Model",
        help="The model to adapt. On Bedrock, Nova models can be fine-tuned; Claude models cannot.",
        group=MODEL,
    )
    requests_per_month: Decimal = whole(
        300_000,
        label="Requests",
        help="Calls to the model in a month, retries included.",
        unit="requests per month",
        group=WORKLOAD,
    )
    cache_ttl: str = choice(
        "none",
        TTLS,
        label="Cache lifetime",
        help="How long the prefix is kept after its last use. Examples in the prompt are cached with it.",
        group=WORKLOAD,
    )
    horizon_months: Decimal = whole(
        12,
        label="Horizon",
        help="Months over which the approaches are compared.",
        unit="months",
        group=WORKLOAD,
        minimum=1,
        maximum=120,
    )
    examples_per_prompt: Decimal = whole(
        8,
        label="Examples in each prompt",
        help="For the few-shot prompt.",
        unit="examples",
        group=EXAMPLES,
        maximum=10**5,
    )
    tokens_per_example: Decimal = whole(
        180,
        label="Tokens of an example",
        help="Question and answer together, in a prompt and in training.",
        unit="tokens per example",
        group=EXAMPLES,
        maximum=10**7,
    )
    documents: Decimal = whole(
        40_000, label="Documents", help="Documents to look answers up in.", unit="documents", group=RETRIEVAL
    )
    tokens_per_document: Decimal = whole(
        1_200,
        label="Tokens of a document",
        help="On average.",
        unit="tokens per document",
        group=RETRIEVAL,
        maximum=10**8,
    )
    chunk_tokens: Decimal = whole(
        400,
        label="Tokens of a chunk",
        help="Documents are cut into chunks; each becomes a vector.",
        unit="tokens",
        group=RETRIEVAL,
        minimum=1,
        maximum=10**6,
    )
    overlap_ratio: Decimal = number(
        "0.15",
        label="Overlap",
        help="Share of a chunk that repeats the one before.",
        unit="ratio",
        group=RETRIEVAL,
        maximum="0.9",
    )
    retrieved_chunks: Decimal = whole(
        5,
        label="Chunks in each prompt",
        help="What retrieval adds to each prompt. These tokens are nearly all of its cost.",
        unit="chunks",
        group=RETRIEVAL,
        maximum=10**4,
    )
    embedding_model_id: str = choice(
        "amazon.titan-embed-text-v2:0",
        embedding_models,
        label="Embedding model",
        help="Turns text into vectors.",
        group=RETRIEVAL,
    )
    embedding_dimensions: Decimal = whole(
        1_024,
        label="Dimensions",
        help="Numbers in a vector, of 4 bytes each.",
        unit="dimensions",
        group=RETRIEVAL,
        minimum=1,
        maximum=100_000,
    )
    vector_store: str = choice(
        "s3_vectors", STORES, label="Vector store", help="Where the vectors are kept and searched.", group=RETRIEVAL
    )
    refresh_ratio_per_month: Decimal = ratio(
        "0.05", label="Documents renewed a month", help="Share that is embedded again.", group=RETRIEVAL
    )
    training_examples: Decimal = whole(
        20_000,
        label="Training examples",
        help="Items that are labelled and trained on. For distillation the teacher answers them.",
        unit="examples",
        group=TRAINING,
        maximum=10**10,
    )
    epochs: Decimal = whole(
        5,
        label="Epochs",
        help="How often each example is trained on.",
        unit="times",
        group=TRAINING,
        minimum=1,
        maximum=100,
    )
    training_usd_per_mtok: Decimal | None = price(
        label="Training price",
        help="Price of 1 million trained tokens, for fine-tuning and distillation. Empty: the catalogue's.",
        unit="USD per 1M tokens",
        group=TRAINING,
    )
    labels_per_item: Decimal = whole(
        3,
        label="Labels for an item",
        help="More than one where labellers vote.",
        unit="labels",
        group=TRAINING,
        maximum=100,
    )
    usd_per_label: Decimal = number(
        "0.10", label="Price of a label", help="The sticker price.", unit="USD per label", group=TRAINING, maximum=10**6
    )
    review_ratio: Decimal = ratio(
        "0.1", label="Share reviewed", help="Items that an expert looks at again.", group=TRAINING
    )
    usd_per_review: Decimal = number(
        "0.50", label="Price of a review", help="For one item.", unit="USD per review", group=TRAINING, maximum=10**6
    )
    label_yield_ratio: Decimal = ratio(
        "0.92", label="Share that is usable", help="What is left after rejects and disagreements.", group=TRAINING
    )
    labour_hours: Decimal = number(
        "60",
        label="Work",
        help="Your people's work on data, training and tests.",
        unit="hours",
        group=TRAINING,
        maximum=10**9,
    )
    labour_usd_per_hour: Decimal = number(
        "70",
        label="Cost of an hour of work",
        help="With overheads.",
        unit="USD per hour",
        group=TRAINING,
        maximum=10**6,
    )
    parameters: Decimal = whole(
        7 * 10**9,
        label="Parameters",
        help="Of the model that you would train; of a mixture of experts, those active.",
        unit="parameters",
        group=PRETRAINING,
        minimum=1,
        maximum=10**14,
    )
    training_tokens: Decimal = whole(
        10**12,
        label="Training tokens",
        help="Tokens that a model made from nothing is trained on.",
        unit="tokens",
        group=PRETRAINING,
        maximum=10**17,
    )
    gpu_peak_flops: Decimal = number(
        989 * 10**12,
        label="Peak of a GPU",
        help="For dense matrices. Data sheets also print a sparse figure, twice as high.",
        unit="FLOP per second",
        group=PRETRAINING,
        minimum=1,
        maximum=10**20,
    )
    model_flops_utilisation_ratio: Decimal = number(
        "0.45",
        label="Share of the peak reached",
        help="0.35 to 0.5 in good runs.",
        unit="ratio",
        group=PRETRAINING,
        minimum="0.01",
        maximum=1,
    )
    gpus_per_instance: Decimal = whole(
        8,
        label="GPUs of an instance",
        help="The instance is paid once, not once for each GPU.",
        unit="GPUs",
        group=PRETRAINING,
        minimum=1,
        maximum=1_000,
    )
    instance_usd_per_hour: Decimal = number(
        "55.04",
        label="Price of an instance",
        help="All its GPUs together. The default is the On-Demand price of p5.48xlarge in us-east-1.",
        unit="USD per hour",
        group=PRETRAINING,
        maximum=10**6,
    )

    @property
    def examples_tokens(self) -> Decimal:
        """The tokens of the examples in one prompt."""
        return self.examples_per_prompt * self.tokens_per_example

    @property
    def retrieved_tokens(self) -> Decimal:
        """The tokens that retrieval adds to one prompt."""
        return self.retrieved_chunks * self.chunk_tokens

    @property
    def corpus_tokens(self) -> Decimal:
        """The tokens of all documents."""
        return self.documents * self.tokens_per_document
