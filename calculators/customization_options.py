"""The seven approaches: what each costs once, each month, and over the horizon."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.customization_inputs import STORES
from calculators.customization_sheet import APPROACHES, ZERO, Option, Sheet
from calculators.formulas import customization, distillation, pretraining, retrieval, tiers, tokens

if TYPE_CHECKING:
    from collections.abc import Collection

    from calculators.catalogue import Catalogue
    from calculators.customization_figures import Figures, TokenPrices
    from calculators.customization_inputs import Inputs
    from calculators.steps import Receipt

QUESTION_TOKENS = 30  # of a question that is embedded for the search
METADATA_BYTES = 1_024  # text and metadata kept with a vector
PILOT_RATIO = Decimal("0.15")  # pilots and work on the labelling scheme take 10 to 20%
# Custom model units by size: two examples of the Bedrock pricing page of 2025-02-28. AWS sets the number at import.
IMPORT_UNITS = ((Decimal(8 * 10**9), 2), (Decimal(70 * 10**9), 8))


class Plan(Sheet):
    """Prices the seven approaches of one workload."""

    def __init__(self, inputs: Inputs, catalogue: Catalogue, figures: Figures, receipt: Receipt) -> None:
        """Take figures that were looked up once: a search tries many numbers against them."""
        super().__init__(inputs, receipt)
        self.catalogue, self.figures = catalogue, figures

    def options(self, only: Collection[str] = tuple(APPROACHES)) -> tuple[Option, ...]:
        """Return the approaches in the order of rising effort."""
        return tuple(self._priced(each) for each in APPROACHES if each in only)

    def _priced(self, approach: str) -> Option:
        """Begin a sheet for the approach and add it up."""
        self.begin(approach)
        is_priced, where = getattr(self, f"_{approach}")()
        return self.option(where) if is_priced else self.bare(where)

    def _answers(self, prices: TokenPrices, *, can_cache: bool = True) -> None:
        """Add the month of the workload's own tokens."""
        inputs = self.inputs
        prefix = inputs.cached_prefix_tokens if inputs.is_cached and can_cache else ZERO
        read, write = tokens.cached_prefix_split(prefix_tokens=prefix, hit_ratio=inputs.cache_hit_ratio)
        fresh, out = inputs.input_tokens_per_request - prefix, inputs.output_tokens_per_request
        each = tokens.request_usd(
            fresh_tokens=fresh,
            cache_read_tokens=read,
            cache_write_tokens=write,
            output_tokens=out,
            input_usd_per_mtok=prices.input,
            cache_read_usd_per_mtok=prices.cache_read,
            cache_write_usd_per_mtok=prices.cache_write,
            output_usd_per_mtok=prices.output,
        )
        formula = "N·(fresh·p_in + read·p_read + write·p_write + out·p_out) / 10^6"
        symbols = {"N": inputs.requests_per_month, "fresh": fresh, "read": read, "write": write, "out": out}
        symbols |= {"p_in": prices.input, "p_read": prices.cache_read}
        symbols |= {"p_write": prices.cache_write, "p_out": prices.output}
        value = tokens.month_usd(requests_per_month=inputs.requests_per_month, usd_per_request=each)
        self.line("answers_month", "Answers", value, formula, "F01", **symbols)

    def _work(self) -> None:
        hours, wage = self.inputs.labour_hours, self.inputs.labour_usd_per_hour
        self.line("work_once", "Work", hours * wage, "h·w", "F26", h=hours, w=wage)

    # --- approaches ------------------------------------------------------------------------------

    def _zero_shot(self) -> tuple[bool, str]:
        self._answers(self.figures.at(self.inputs.input_tokens_per_request))
        return True, "Any model on Bedrock"

    def example_usd_per_mtok(self) -> Decimal:
        """Return the price of an example's tokens: from the cache, where the prompt is cached."""
        inputs = self.inputs
        prices = self.figures.at(inputs.input_tokens_per_request + inputs.examples_tokens)
        if inputs.cache_ttl == "none":
            return prices.input
        hit = inputs.cache_hit_ratio
        return hit * prices.cache_read + (1 - hit) * prices.cache_write

    def _few_shot(self) -> tuple[bool, str]:
        inputs = self.inputs
        self._answers(self.figures.at(inputs.input_tokens_per_request + inputs.examples_tokens))
        price = self.example_usd_per_mtok()
        each = customization.examples_usd_per_request(
            examples_per_prompt=inputs.examples_per_prompt,
            tokens_per_example=inputs.tokens_per_example,
            input_usd_per_mtok=price,
        )
        symbols = {"N": inputs.requests_per_month, "shots": inputs.examples_per_prompt}
        symbols |= {"T": inputs.tokens_per_example, "p": price}
        value = inputs.requests_per_month * each
        self.line("examples_month", "Examples", value, "N·shots·T·p / 10^6", "F25", **symbols)
        return True, "Any model on Bedrock"

    def index(self) -> tuple[Decimal, Decimal]:
        """Return the chunks and the gigabytes of the vector index."""
        inputs = self.inputs
        chunks = retrieval.index_chunks(
            tokens=inputs.corpus_tokens, chunk_tokens=inputs.chunk_tokens, overlap_ratio=inputs.overlap_ratio
        )
        assert chunks is not None  # noqa: S101 - the limits of the inputs see to it
        dimensions = inputs.embedding_dimensions
        return chunks, retrieval.index_gb(chunks=chunks, dimensions=dimensions, metadata_bytes=METADATA_BYTES)

    def _rag(self) -> tuple[bool, str]:
        inputs, figures, store = self.inputs, self.figures, self.figures.store
        where = f"Bedrock Knowledge Bases, or your own code, with {STORES[inputs.vector_store]}"
        if store is None or figures.embedding is None:
            return False, f"{where}; no public price for the store or the embedding model in {inputs.region}"
        prices, requests = (
            figures.at(inputs.input_tokens_per_request + inputs.retrieved_tokens),
            inputs.requests_per_month,
        )
        embedded = retrieval.embedding_usd(tokens=inputs.corpus_tokens, embedding_usd_per_mtok=figures.embedding)
        corpus = {"T": inputs.corpus_tokens, "p": figures.embedding}
        self.line("embedding_once", "Embedding of the documents", embedded, "T·p / 10^6", "F24", **corpus)
        self._answers(prices)
        read = retrieval.augmentation_usd_per_request(
            retrieved_chunks=inputs.retrieved_chunks, chunk_tokens=inputs.chunk_tokens, input_usd_per_mtok=prices.input
        )
        symbols = {"N": requests, "k": inputs.retrieved_chunks, "s": inputs.chunk_tokens, "p": prices.input}
        self.line("retrieved_month", "Retrieved tokens", requests * read, "N·k·s·p / 10^6", "F24", **symbols)
        asked = retrieval.embedding_usd(tokens=requests * QUESTION_TOKENS, embedding_usd_per_mtok=figures.embedding)
        symbols = {"N": requests, "T_q": Decimal(QUESTION_TOKENS), "p": figures.embedding}
        self.line("questions_month", "Embedding of the questions", asked, "N·T_q·p / 10^6", "F24", **symbols)
        _, gigabytes = self.index()
        kept = retrieval.store_usd_per_month(
            index_gb=gigabytes,
            storage_usd_per_gb_month=store.usd_per_gb_month,
            queries_per_month=requests,
            usd_per_query=store.usd_per_query,
            floor_units=store.floor_units,
            usd_per_unit_hour=store.usd_per_unit_hour,
        )
        symbols = {"GB": gigabytes, "p_GB": store.usd_per_gb_month, "N": requests, "p_q": store.usd_per_query}
        symbols |= {"U": store.floor_units, "p_U": store.usd_per_unit_hour}
        self.line("store_month", "Vector store", kept, "GB·p_GB + N·p_q + 730·U·p_U", "F24", **symbols)
        renewed = inputs.refresh_ratio_per_month * embedded
        symbols = {"share": inputs.refresh_ratio_per_month, "embedded": embedded}
        self.line("renewal_month", "Embedding of renewed documents", renewed, "share·embedded", "F24", **symbols)
        return True, where

    def labels_usd(self) -> Decimal:
        """Return what the labels cost, your own people's work left out."""
        inputs = self.inputs
        return customization.labelling_usd(
            items=inputs.training_examples,
            labels_per_item=inputs.labels_per_item,
            usd_per_label=inputs.usd_per_label,
            review_ratio=inputs.review_ratio,
            usd_per_review=inputs.usd_per_review,
            pilot_ratio=PILOT_RATIO,
            labour_usd=ZERO,
        )

    def _train(self, price: Decimal) -> None:
        inputs = self.inputs
        value = distillation.training_usd(
            training_examples=inputs.training_examples,
            tokens_per_example=inputs.tokens_per_example,
            epochs=inputs.epochs,
            training_usd_per_mtok=price,
        )
        symbols = {"N": inputs.training_examples, "T": inputs.tokens_per_example, "epochs": inputs.epochs, "p": price}
        self.line("training_once", "Training", value, "N·T·epochs·p / 10^6", "F23", **symbols)

    def fine_tuning_usd(self) -> Decimal | None:
        """Return what fine-tuning costs once, also for a model that Bedrock does not tune; None without a price."""
        inputs, price = self.inputs, self.figures.training
        if price is None:
            return None
        training = distillation.training_usd(
            training_examples=inputs.training_examples,
            tokens_per_example=inputs.tokens_per_example,
            epochs=inputs.epochs,
            training_usd_per_mtok=price,
        )
        return self.labels_usd() + inputs.labour_hours * inputs.labour_usd_per_hour + training

    def _fine_tuning(self) -> tuple[bool, str]:
        inputs, figures = self.inputs, self.figures
        if figures.not_tunable:
            return False, f"Not on Bedrock. {figures.not_tunable}"
        if figures.training is None:
            return False, "Bedrock fine-tuning; no public training price: enter one to compare"
        symbols = {"N": inputs.training_examples, "k": inputs.labels_per_item, "p": inputs.usd_per_label}
        symbols |= {"v": inputs.review_ratio, "p_r": inputs.usd_per_review, "pilot": PILOT_RATIO}
        formula = "(N·k·p + v·N·p_r)·(1 + pilot)"
        self.line("labels_once", "Labels", self.labels_usd(), formula, "F26", **symbols)
        self._work()
        self._train(figures.training)
        self._answers(figures.customised, can_cache=False)
        self._keep()
        return True, "Bedrock fine-tuning, paid by the token"

    def _keep(self) -> None:
        if self.figures.storage is not None:
            self.line("storage_month", "Storage of the model", self.figures.storage, "K", "F23", K=self.figures.storage)

    def _distillation(self) -> tuple[bool, str]:
        inputs, taught = self.inputs, self.figures.taught
        if taught is None:
            return False, f"Not on Bedrock. {self.figures.not_taught}"
        names = {key: self.catalogue.models[key].name for key in (taught.pair.teacher_id, taught.pair.student_id)}
        each = tokens.request_usd(
            fresh_tokens=inputs.input_tokens_per_request,
            cache_read_tokens=0,
            cache_write_tokens=0,
            output_tokens=inputs.output_tokens_per_request,
            input_usd_per_mtok=taught.teacher.input,
            cache_read_usd_per_mtok=ZERO,
            cache_write_usd_per_mtok=ZERO,
            output_usd_per_mtok=taught.teacher.output,
        )
        value = distillation.labelling_usd(training_examples=inputs.training_examples, teacher_usd_per_request=each)
        symbols = {"N": inputs.training_examples, "T_in": inputs.input_tokens_per_request, "p_in": taught.teacher.input}
        symbols |= {"T_out": inputs.output_tokens_per_request, "p_out": taught.teacher.output}
        formula = "N·(T_in·p_in + T_out·p_out) / 10^6"
        self.line("teacher_once", "Teacher's answers", value, formula, "F22", **symbols)
        self._work()
        self._train(taught.training)
        self._answers(taught.student, can_cache=False)
        if taught.pair.student_id == inputs.model_id:
            self._keep()
        teacher, student = names.values()
        return True, f"Bedrock Model Distillation: {teacher} teaches {student}"

    def _compute(self, training_tokens: Decimal) -> Decimal | None:
        """Return the cost of GPUs for a training run."""
        inputs = self.inputs
        flop = pretraining.training_flop(parameters=inputs.parameters, training_tokens=training_tokens)
        hours = pretraining.gpu_hours(
            flop=flop,
            gpu_peak_flops=inputs.gpu_peak_flops,
            model_flops_utilisation_ratio=inputs.model_flops_utilisation_ratio,
        )
        assert hours is not None  # noqa: S101 - the limits of the inputs see to it
        return pretraining.training_run_usd(
            gpu_hours=hours,
            instance_usd_per_hour=inputs.instance_usd_per_hour,
            gpus_per_instance=inputs.gpus_per_instance,
        )

    def _run(self, what: str, training_tokens: Decimal) -> None:
        inputs = self.inputs
        value = self._compute(training_tokens)
        assert value is not None  # noqa: S101 - an instance has a GPU
        symbols = {"P": inputs.parameters, "D": training_tokens, "F": inputs.gpu_peak_flops}
        symbols |= {"MFU": inputs.model_flops_utilisation_ratio, "usd": inputs.instance_usd_per_hour}
        symbols |= {"G": inputs.gpus_per_instance}
        self.line("compute_once", what, value, "6·P·D / (F·MFU·3600)·usd / G", "F27", **symbols)

    def import_units(self) -> int | None:
        """Return the custom model units that weights of this size take, None beyond AWS's examples."""
        return next((units for most, units in IMPORT_UNITS if self.inputs.parameters <= most), None)

    def _hosted(self) -> bool:
        """Add the month of one copy that never sleeps; False where no public figure says what it costs."""
        units, figures = self.import_units(), self.figures
        if units is None or figures.import_minute is None or figures.import_storage is None:
            return False
        minutes = tiers.MINUTES_PER_MONTH
        awake = units * minutes * figures.import_minute
        symbols = {"units": Decimal(units), "p": figures.import_minute}
        self.line("hosting_month", "Hosting, one copy awake all month", awake, f"units·{minutes}·p", "F14", **symbols)
        symbols = {"units": Decimal(units), "p": figures.import_storage}
        self.line("storage_month", "Storage", units * figures.import_storage, "units·p", "F14", **symbols)
        return True

    def _own_weights(self, service: str) -> tuple[bool, str]:
        if self._hosted():
            return True, f"{service}; served by Custom Model Import"
        return False, f"{service}; no public figure for serving weights of this size in {self.inputs.region}"

    def _continued_pretraining(self) -> tuple[bool, str]:
        self._run("GPUs, the documents once an epoch", self.inputs.corpus_tokens * self.inputs.epochs)
        self._work()
        return self._own_weights("SageMaker AI, not Bedrock: open weights, or Nova recipes on HyperPod")

    def _pretraining(self) -> tuple[bool, str]:
        self._run("GPUs, the final run only", self.inputs.training_tokens)
        return self._own_weights("EC2 or SageMaker HyperPod")
