"""What the capacity calculator asks about hosting: instances of one's own, and the model on one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators.capacity_demand import WaitInputs
from calculators.fields import number, ratio, whole

if TYPE_CHECKING:
    from decimal import Decimal

FLEET = "Instances of your own"
MODEL = "Model on one instance"
GPU = "GPU memory and speed of one instance"


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetInputs(WaitInputs):
    """Instances that would serve the model instead of the shared fleet."""

    slots_per_instance: Decimal = whole(
        32,
        label="Requests at once",
        help="Requests that one instance runs at the same time: the batch size of its server.",
        unit="requests per instance",
        group=FLEET,
        minimum=1,
        maximum=100_000,
    )
    instance_requests_per_second: Decimal = number(
        "1.5",
        label="Rate of one instance",
        help="Requests a second that one instance sustains inside your latency target, measured at that load.",
        unit="requests per second",
        group=FLEET,
        minimum="0.0001",
        maximum=100_000,
    )
    utilisation_target_ratio: Decimal = ratio(
        "0.6",
        label="Utilisation aimed at",
        help="Share of that rate you plan to use. The rest absorbs bursts.",
        group=FLEET,
        minimum="0.01",
    )
    scale_out_seconds: Decimal = number(
        258,
        label="Scale-out time",
        help="From rising load to a new instance that answers: detection, start, image, weights.",
        unit="seconds",
        group=FLEET,
        maximum=86_400,
    )
    ramp_requests_per_second_squared: Decimal = number(
        "0.005",
        label="Ramp of the load",
        help="How fast the load climbs: 0.005 is 0.3 requests a second more after each minute.",
        unit="requests per second, each second",
        group=FLEET,
        maximum=100_000,
    )
    instance_usd_per_hour: Decimal = number(
        "0.9776",
        label="Price of an instance",
        help="On-Demand price of one instance. 0.9776 is a g6.2xlarge (one L4) in us-east-1.",
        unit="USD per hour",
        group=FLEET,
        maximum=10**6,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInputs(FleetInputs):
    """The model that runs on one instance, in the number format it is served in."""

    parameters: Decimal = whole(
        8_030_000_000,
        label="Parameters",
        help="Weights of the model: 8.03 thousand million for an 8B.",
        unit="parameters",
        group=MODEL,
        minimum=1,
        maximum=10**14,
    )
    bytes_per_weight: Decimal = number(
        1,
        label="Bytes of a weight",
        help="2 for bf16, 1 for FP8 or INT8, 0.5 for INT4.",
        unit="bytes",
        group=MODEL,
        minimum="0.1",
        maximum=8,
    )
    layers: Decimal = whole(
        32,
        label="Layers",
        help="num_hidden_layers of the model's configuration.",
        unit="layers",
        group=MODEL,
        minimum=1,
        maximum=10_000,
    )
    kv_heads: Decimal = whole(
        8,
        label="Key and value heads",
        help="num_key_value_heads of the configuration. Not num_attention_heads: that gives several times too much.",
        unit="heads",
        group=MODEL,
        minimum=1,
        maximum=10_000,
    )
    head_dimension: Decimal = whole(
        128,
        label="Size of a head",
        help="head_dim, or hidden_size divided by num_attention_heads.",
        unit="numbers",
        group=MODEL,
        minimum=1,
        maximum=100_000,
    )
    bytes_per_kv: Decimal = number(
        1,
        label="Bytes of a cached number",
        help="2 for bf16, 1 for an FP8 cache.",
        unit="bytes",
        group=MODEL,
        minimum="0.1",
        maximum=8,
    )
    context_tokens: Decimal = whole(
        4_096,
        label="Context of a sequence",
        help="Tokens kept in memory for one request, input and output together.",
        unit="tokens",
        group=MODEL,
        minimum=1,
        maximum=10**8,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuInputs(ModelInputs):
    """The GPUs of one instance, all together."""

    gpu_memory_gb: Decimal = number(
        24,
        label="GPU memory",
        help="Of all GPUs of the instance: 24 for one L4, 192 for four L40S.",
        unit="GB",
        group=GPU,
        minimum="0.1",
        maximum=10**6,
    )
    gpu_bandwidth_gb_per_second: Decimal = number(
        300,
        label="Memory bandwidth",
        help="Of all GPUs of the instance, by the data sheet: 300 for one L4.",
        unit="GB per second",
        group=GPU,
        minimum=1,
        maximum=10**7,
    )
    gpu_peak_flops: Decimal = number(
        121_000_000_000_000,
        label="Peak arithmetic",
        help="Dense operations a second of all GPUs, in the format it computes in: 121T for one L4 in bf16.",
        unit="operations per second",
        group=GPU,
        minimum=10**9,
        maximum=10**20,
    )
    memory_utilisation_ratio: Decimal = ratio(
        "0.9",
        label="Share of memory used",
        help="What the server may take: gpu_memory_utilization in vLLM.",
        group=GPU,
        minimum="0.01",
    )
    overhead_gb: Decimal = number(
        1,
        label="Overhead",
        help="Memory for everything but weights and cache: about 1 GB on each GPU.",
        unit="GB",
        group=GPU,
        maximum=10**5,
    )
