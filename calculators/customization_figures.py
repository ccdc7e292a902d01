"""The figures that the approaches rest on: looked up once, None where there is no public one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.catalogue import judge_pair
from calculators.ledger import Ledger
from calculators.quotes import PriceBook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Catalogue, DistillationPair
    from calculators.customization_inputs import Inputs
    from calculators.ledger import Quote

LOCAL = "in_region_or_geo"  # the route of embedding models
IMPORT_ITEM = "custom-model-unit-v1.0"
MILLION, THOUSAND, ZERO = Decimal(1_000_000), Decimal(1_000), Decimal(0)


@dataclass(frozen=True, slots=True)
class TokenPrices:
    """The prices of one model's tokens; no cache prices where nothing is cached."""

    input: Decimal
    output: Decimal
    cache_read: Decimal = ZERO
    cache_write: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Store:
    """What a vector store charges: for gigabytes, for queries, and for capacity that is never off."""

    usd_per_gb_month: Decimal
    usd_per_query: Decimal
    floor_units: Decimal
    usd_per_unit_hour: Decimal


@dataclass(frozen=True, slots=True)
class StoreMeters:
    """Where the catalogue keeps a store's prices: items and meters, None where it does not charge."""

    gigabyte: str | None
    query: tuple[str, str, Decimal] | None  # item, meter, and the queries that one price buys
    unit: tuple[str, str, Decimal] | None  # item, meter, and the units that are never off


STORE_METERS = {
    "s3_vectors": StoreMeters(
        "amazon-s3-vectors:vector-storage", ("amazon-s3-vectors:query-requests", "million_queries", MILLION), None
    ),
    "opensearch_serverless": StoreMeters(
        None, None, ("opensearch-serverless:ocu-indexing-or-search", "ocu_hour", Decimal(4))
    ),
    "aurora_pgvector": StoreMeters(
        "aurora-postgresql:storage-standard",
        None,
        ("aurora-postgresql:serverless-v2-acu-standard", "acu_hour", Decimal("0.5")),
    ),
    "managed_knowledge_base": StoreMeters(
        "bedrock-knowledge-bases:managed-index-storage",
        ("bedrock-knowledge-bases:standard-retrieval", "thousand_requests", THOUSAND),
        None,
    ),
}


@dataclass(frozen=True, slots=True)
class Taught:
    """A distillation pair with its prices."""

    pair: DistillationPair
    teacher: TokenPrices
    student: TokenPrices
    training: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All prices of one comparison."""

    standard: TokenPrices
    long_context: TokenPrices | None  # of the whole request, above the model's step
    threshold_tokens: int | None
    long_prompt_usd_per_mtok: Decimal  # a text sent with every request: from the cache where the model has one
    customised: TokenPrices
    not_tunable: str  # why the model can't be fine-tuned on Bedrock, or nothing
    training: Decimal | None
    storage: Decimal | None
    embedding: Decimal | None
    store: Store | None
    import_minute: Decimal | None
    import_storage: Decimal | None
    taught: Taught | None
    not_taught: str  # why there is no distillation, or nothing
    quotes: tuple[Quote, ...]

    def at(self, input_tokens: Decimal) -> TokenPrices:
        """Return the prices of a request of this length."""
        is_long = self.threshold_tokens is not None and input_tokens > self.threshold_tokens
        return self.long_context if is_long and self.long_context else self.standard


def look_up(inputs: Inputs, catalogue: Catalogue) -> Figures:
    """Return every figure that the approaches need.

    Raises InputError where the model itself has no price: nothing could be compared then.
    """
    return _Desk(inputs, catalogue).figures()


class _Desk:
    """Looks figures up and keeps what was used."""

    def __init__(self, inputs: Inputs, catalogue: Catalogue) -> None:
        self.inputs, self.catalogue = inputs, catalogue
        self.model = catalogue.models[inputs.model_id]
        self.ledger = Ledger(catalogue)
        self.books: list[Ledger] = [self.ledger]

    def figures(self) -> Figures:
        """Return all figures."""
        taught = self._taught()
        long_context, threshold = self._long_context(), self.model.long_context_threshold_tokens
        book = self._book(self.inputs.model_id, is_own=True)
        standard = self._tokens(book)
        found = book.find_standard("cache_read")
        return Figures(
            standard=standard,
            long_context=long_context,
            threshold_tokens=threshold,
            long_prompt_usd_per_mtok=standard.input if found is None else found,
            customised=self._customised(standard),
            not_tunable=self._not_tunable(),
            training=self._training(self.inputs.model_id),
            storage=self._find(
                f"Storage of a customised {self.model.name}", self.inputs.model_id, "custom_storage_month"
            ),
            embedding=self._embedding(),
            store=self._store(),
            import_minute=self._find("One custom model unit", IMPORT_ITEM, "import_unit_minute"),
            import_storage=self._find("Storage of a custom model unit", IMPORT_ITEM, "import_storage_month"),
            taught=taught,
            not_taught="" if taught else self._not_taught(),
            quotes=tuple({what: quote for book in self.books for what, quote in book.used.items()}.values()),
        )

    def _find(self, what: str, item: str, meter: str, own: Decimal | None = None) -> Decimal | None:
        return self.ledger.find_figure(own, what, item=item, region=self.inputs.region, meter=meter)

    def _book(self, model_id: str, *, is_own: bool = False, is_long: bool = False, is_quiet: bool = False) -> PriceBook:
        own = self.inputs.overrides() if is_own else {}
        region, routing = self.inputs.region, self.inputs.routing
        book = PriceBook(self.catalogue, model_id, region, routing, own, is_long_context=is_long, is_quiet=is_quiet)
        self.books.append(book)
        return book

    def _tokens(self, book: PriceBook) -> TokenPrices:
        """Return a model's token prices, with its cache prices where the workload caches."""
        inputs = self.inputs
        is_cached = inputs.cache_ttl != "none" and (inputs.cached_prefix_tokens > 0 or inputs.examples_tokens > 0)
        plain = book.standard("input"), book.standard("output")
        if not is_cached:
            return TokenPrices(*plain)
        return TokenPrices(*plain, book.standard("cache_read"), book.standard(f"cache_write_{inputs.cache_ttl}"))

    def _long_context(self) -> TokenPrices | None:
        """Return the prices above the model's step, where one of the prompts passes it."""
        inputs, threshold = self.inputs, self.model.long_context_threshold_tokens
        longest = inputs.input_tokens_per_request + max(inputs.examples_tokens, inputs.retrieved_tokens)
        if threshold is None or longest <= threshold:
            return None
        return self._tokens(self._book(inputs.model_id, is_own=True, is_long=True))

    def _customised(self, standard: TokenPrices) -> TokenPrices:
        """Return the price of a customised model: its own row, else that of the base model."""
        inputs = self.inputs
        meters = {"input": inputs.input_usd_per_mtok, "output": inputs.output_usd_per_mtok}
        found = {
            meter: None
            if own is not None
            else self._find(f"Customised {self.model.name}, {meter}", inputs.model_id, f"custom_on_demand_{meter}")
            for meter, own in meters.items()
        }
        return TokenPrices(found["input"] or standard.input, found["output"] or standard.output)

    def _training(self, model_id: str) -> Decimal | None:
        what = f"Training of {self.catalogue.models[model_id].name}"
        return self._find(what, model_id, "custom_training", self.inputs.training_usd_per_mtok)

    def _not_tunable(self) -> str:
        """Say why the model can't be fine-tuned and then paid by the token, or nothing when it can."""
        inputs, offer = self.inputs, self.catalogue.offer(self.inputs.model_id)
        if not offer.custom_on_demand:
            return f"No source read says that {self.model.name} takes fine-tuning jobs; Nova models do"
        if self.model.retirement_date is not None:
            return f"{self.model.name} is a Legacy model and takes no new customisation jobs"
        offered = self.catalogue.offered(inputs.model_id, inputs.region, inputs.routing, "custom_on_demand")
        return "" if offered.is_offered else offered.reason.rstrip(".")

    def _embedding(self) -> Decimal | None:
        row = self.catalogue.find_price(self.inputs.embedding_model_id, self.inputs.region, LOCAL, "input")
        name = self.catalogue.models[self.inputs.embedding_model_id].name
        return self.ledger.note_row(row, f"{name}, input, {self.inputs.region}", "USD per 1M tokens")

    def _store(self) -> Store | None:
        """Return what the chosen store charges here, None where a part has no public price."""
        meters = STORE_METERS[self.inputs.vector_store]
        parts: list[Decimal | None] = [ZERO, ZERO, ZERO]
        queries, units = Decimal(1), ZERO
        if meters.gigabyte is not None:
            parts[0] = self._find("Vector store, a gigabyte", meters.gigabyte, "gb_month")
        if meters.query is not None:
            item, meter, queries = meters.query
            parts[1] = self._find("Vector store, queries", item, meter)
        if meters.unit is not None:
            item, meter, units = meters.unit
            parts[2] = self._find("Vector store, a unit of capacity", item, meter)
        gigabyte, query, unit = parts
        if gigabyte is None or query is None or unit is None:
            return None
        return Store(gigabyte, query / queries, units, unit)

    def _taught(self) -> Taught | None:
        """Return the pair that this model belongs to: its cheapest student, else its cheapest teacher."""
        model_id = self.inputs.model_id
        for is_teacher in (True, False):
            known = [each for each in self._pairs() if model_id == (each.teacher_id if is_teacher else each.student_id)]
            priced = [each for each in map(self._priced, known) if each is not None]
            if priced:
                best = min(priced, key=lambda each: self._rank(each, is_teacher=is_teacher))
                return self._priced(best.pair, is_quiet=False)
        return None

    def _pairs(self) -> Iterator[DistillationPair]:
        for pair in self.catalogue.distillation_pairs.values():
            if judge_pair(self.catalogue, pair.teacher_id, pair.student_id, self.inputs.region).is_offered:
                yield pair

    def _priced(self, pair: DistillationPair, *, is_quiet: bool = True) -> Taught | None:
        """Return the pair with its prices, None where one of them is not public."""
        own = self.inputs.training_usd_per_mtok
        row = self.catalogue.find_price(pair.student_id, self.inputs.region, "", "custom_training")
        training = own if own is not None else (row.usd if row else None)
        teacher, student = (
            self._plain(self._book(each, is_own=each == self.inputs.model_id, is_quiet=is_quiet))
            for each in (pair.teacher_id, pair.student_id)
        )
        if teacher is None or student is None or training is None:
            return None
        if not is_quiet:
            self._training(pair.student_id)
        return Taught(pair, teacher, student, training)

    @staticmethod
    def _plain(book: PriceBook) -> TokenPrices | None:
        p_in, p_out = book.find_standard("input"), book.find_standard("output")
        return None if p_in is None or p_out is None else TokenPrices(p_in, p_out)

    def _rank(self, taught: Taught, *, is_teacher: bool) -> tuple[bool, Decimal]:
        prices, inputs = taught.student if is_teacher else taught.teacher, self.inputs
        cost = prices.input * inputs.input_tokens_per_request + prices.output * inputs.output_tokens_per_request
        return bool(taught.pair.doubt), cost

    def _not_taught(self) -> str:
        """Say why there is no distillation with this model."""
        if self.model.provider == "Anthropic":
            return "AWS states that Model Distillation is not available for Anthropic models"
        if any(self.inputs.model_id in (each.teacher_id, each.student_id) for each in self._pairs()):
            return "There is no public training price for the student: enter one to compare"
        return f"AWS's list of pairs offers {self.model.name} neither as a teacher nor as a student here"
