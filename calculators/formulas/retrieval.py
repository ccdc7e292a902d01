"""Retrieval: what it costs to look answers up in documents (F24)."""

from __future__ import annotations

from decimal import Decimal

BYTES_PER_DIMENSION = 4
BYTES_PER_GB = Decimal(1_000_000_000)
HOURS_PER_MONTH = 730
TOKENS_PER_MTOK = Decimal(1_000_000)


def corpus_tokens(*, documents: Decimal | int, tokens_per_document: Decimal | int) -> Decimal:
    """Tokens of all documents together.

    Formula: F24
        T_corpus = D·T_doc
    Symbols:
        T_corpus: tokens of the corpus
        D: documents
        T_doc: tokens of one document, on average
    Valid when: the text that is embedded is the text that is counted.
    Source: definition.
    Worked example: 40,000 documents of 1,200 tokens.
        >>> corpus_tokens(documents=40_000, tokens_per_document=1_200)
        Decimal('48000000')
    """
    return Decimal(1) * documents * tokens_per_document


def embedding_usd(*, tokens: Decimal | int, embedding_usd_per_mtok: Decimal) -> Decimal:
    """Cost of turning text into vectors.

    Formula: F24
        C_embed = T·p_emb / 10^6
    Symbols:
        C_embed: cost, USD
        T: tokens embedded
        p_emb: price of the embedding model, USD per 1,000,000 tokens
    Valid when: text only. Where chunks overlap by o, 1/(1 − o) times the tokens are embedded; on a bill that
        is cents, this is left out.
    Source: AWS Knowledge Bases structure; list price of the embedding model.
    Worked example: 48 million tokens with Titan Text Embeddings V2.
        >>> embedding_usd(tokens=48_000_000, embedding_usd_per_mtok=Decimal("0.02"))
        Decimal('0.96')
    """
    return embedding_usd_per_mtok * tokens / TOKENS_PER_MTOK


def index_chunks(*, tokens: Decimal | int, chunk_tokens: Decimal | int, overlap_ratio: Decimal) -> Decimal | None:
    """Chunks that the documents are cut into.

    Formula: F24
        chunks = T / (s·(1 − o))
    Symbols:
        chunks: chunks, each of which becomes one vector
        T: tokens of the corpus
        s: tokens of one chunk
        o: share of a chunk that repeats the one before, 0 to 1
    Valid when: documents are much longer than a chunk. None when a chunk brings no new tokens.
    Source: AWS Knowledge Bases structure; arithmetic.
    Worked example: 48 million tokens in chunks of 400 that overlap by 15%.
        >>> round(index_chunks(tokens=48_000_000, chunk_tokens=400, overlap_ratio=Decimal("0.15")), 1)
        Decimal('141176.5')
    """
    new_tokens_per_chunk = chunk_tokens * (1 - overlap_ratio)
    if new_tokens_per_chunk <= 0:
        return None
    return tokens / new_tokens_per_chunk


def index_gb(*, chunks: Decimal | int, dimensions: Decimal | int, metadata_bytes: Decimal | int) -> Decimal:
    """Size of the vector index.

    Formula: F24
        GB = chunks·(4·d + m) / 10^9
    Symbols:
        GB: size, gigabytes of 10^9 bytes
        chunks: vectors in the index
        d: dimensions of a vector, each a number of 4 bytes
        m: text and metadata kept with a vector, bytes
    Valid when: vectors are stored whole; a store that compresses them, or builds a graph over them, differs.
    Source: arithmetic.
    Worked example: 141,176 vectors of 1,024 dimensions with 1 KiB of metadata each.
        >>> index_gb(chunks=Decimal("141176.5"), dimensions=1_024, metadata_bytes=1_024)
        Decimal('0.72282368')
    """
    return Decimal(1) * chunks * (BYTES_PER_DIMENSION * dimensions + metadata_bytes) / BYTES_PER_GB


def augmentation_usd_per_request(
    *, retrieved_chunks: Decimal | int, chunk_tokens: Decimal | int, input_usd_per_mtok: Decimal
) -> Decimal:
    """Cost of reading the retrieved chunks, per request.

    Formula: F24
        c_aug = k·s·p_in / 10^6
    Symbols:
        c_aug: cost of the retrieved tokens, USD per request
        k: chunks put into the prompt
        s: tokens of one chunk
        p_in: input price of the model that answers, USD per 1,000,000 tokens
    Valid when: other chunks come with each question, so that they cannot be cached.
    Source: arithmetic.
    Worked example: 5 chunks of 400 tokens read by Claude Sonnet 5 at $2 per million.
        >>> augmentation_usd_per_request(
        ...     retrieved_chunks=5, chunk_tokens=400, input_usd_per_mtok=Decimal(2)
        ... )
        Decimal('0.004')
    """
    return input_usd_per_mtok * retrieved_chunks * chunk_tokens / TOKENS_PER_MTOK


def store_usd_per_month(
    *,
    index_gb: Decimal,
    storage_usd_per_gb_month: Decimal,
    queries_per_month: Decimal | int,
    usd_per_query: Decimal,
    floor_units: Decimal | int,
    usd_per_unit_hour: Decimal,
) -> Decimal:
    """Cost of the vector store for a month.

    Formula: F24
        C_store = GB·p_GB + q·p_q + 730·U·p_U
    Symbols:
        C_store: cost of the store, USD per month
        GB: size of the index, gigabytes
        p_GB: price of storage, USD per gigabyte and month
        q: queries a month
        p_q: price of one query, USD
        U: units of capacity that are never switched off
        p_U: price of a unit, USD per hour
    Valid when: the index is small; data-processed charges and capacity above the floor are extra.
    Source: S3 Vectors and OpenSearch Serverless prices as dated in the catalogue.
    Worked example: 0.722824 GB on S3 Vectors at $0.06 and $2.50 per million queries.
        >>> round(store_usd_per_month(
        ...     index_gb=Decimal("0.72282353"), storage_usd_per_gb_month=Decimal("0.06"),
        ...     queries_per_month=300_000, usd_per_query=Decimal("0.0000025"),
        ...     floor_units=0, usd_per_unit_hour=Decimal(0),
        ... ), 6)
        Decimal('0.793369')
    """
    held_usd = index_gb * storage_usd_per_gb_month + HOURS_PER_MONTH * floor_units * usd_per_unit_hour
    return held_usd + queries_per_month * usd_per_query


def break_even_requests_per_month(
    *,
    store_usd_per_month: Decimal,
    prompt_tokens: Decimal | int,
    prompt_usd_per_mtok: Decimal,
    augmentation_usd_per_request: Decimal,
    usd_per_query: Decimal,
) -> Decimal | None:
    """Requests a month from which retrieval costs less than sending the whole text each time.

    Formula: F24
        N* = F_store / (T_doc·p_read / 10^6 − k·s·p_in / 10^6 − p_q)
    Symbols:
        N*: requests a month
        F_store: what the store costs in a month without a single query, USD
        T_doc: tokens of the whole text
        p_read: price of the whole text from the prompt cache, USD per 1,000,000 tokens
        k·s·p_in: cost of the retrieved chunks, k chunks of s tokens at the input price
        p_q: price of one query of the store, USD
    Valid when: the whole text fits into the model's context and stays in the cache. The question's own
        embedding is left out. None when reading the whole text costs no more than retrieval.
    Source: derived from the two bills.
    Worked example: a manual of 60,000 tokens cached at $0.20 against 2,000 retrieved ones at $2,
        with the four capacity units of a classic OpenSearch Serverless collection.
        >>> round(break_even_requests_per_month(
        ...     store_usd_per_month=Decimal("700.8"), prompt_tokens=60_000,
        ...     prompt_usd_per_mtok=Decimal("0.20"),
        ...     augmentation_usd_per_request=Decimal("0.004"), usd_per_query=Decimal(0),
        ... ))
        87600
    """
    saved_usd = prompt_usd_per_mtok * prompt_tokens / TOKENS_PER_MTOK - augmentation_usd_per_request - usd_per_query
    if saved_usd <= 0:
        return None
    return store_usd_per_month / saved_usd
