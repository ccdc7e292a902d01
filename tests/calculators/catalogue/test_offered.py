"""Tier offers: the card decides; without one the price file does; every answer gives its reason."""

from __future__ import annotations

import pytest

from calculators import catalogue
from calculators.catalogue.tables import read_tables

TODAY = catalogue.load()
GEO, GLOBAL = "in_region_or_geo", "global"
NOVA_MICRO, NOVA_PRO, NOVA_2_LITE = "amazon.nova-micro-v1:0", "amazon.nova-pro-v1:0", "amazon.nova-2-lite-v1:0"
HAIKU, SONNET_4_6 = "anthropic.claude-haiku-4-5-20251001-v1:0", "anthropic.claude-sonnet-4-6"
OPUS_4_5, OPUS_5 = "anthropic.claude-opus-4-5-20251101-v1:0", "anthropic.claude-opus-5"
LLAMA_3_1, LLAMA_3_3 = "meta.llama3-1-8b-instruct-v1:0", "meta.llama3-3-70b-instruct-v1:0"
LLAMA_3_2 = "meta.llama3-2-1b-instruct-v1:0"
GPT_5_6, DEEPSEEK = "openai.gpt-5.6-sol", "deepseek.v3.2"


@pytest.mark.parametrize(
    ("model_id", "region", "routing", "tier", "source"),
    [
        (NOVA_PRO, "us-east-1", GEO, "flex", "c-npro"),
        (NOVA_2_LITE, "us-east-1", GLOBAL, "flex", "c-n2lite"),  # on the card, without a Flex row
        (OPUS_5, "us-east-1", GLOBAL, "batch", "batch-sup"),  # on AWS's list, without a Batch row
        (HAIKU, "eu-west-1", GEO, "reserved", "c-h45"),
        (NOVA_MICRO, "us-east-1", GEO, "provisioned", "pt-sup"),
        (NOVA_MICRO, "us-west-2", GEO, "custom_on_demand", "od-custom"),
        (LLAMA_3_3, "us-west-2", GEO, "custom_on_demand", "c-l33"),
        (SONNET_4_6, "us-east-1", GLOBAL, "caching", "litellm-1.109.1"),
    ],
)
def test_offered_by_card_or_list(model_id: str, region: str, routing: str, tier: str, source: str) -> None:
    answer = TODAY.offered(model_id, region, routing, tier)
    assert (answer.is_offered, answer.source) == (True, source)


@pytest.mark.parametrize(
    ("model_id", "region", "routing", "tier", "reason"),
    [
        (NOVA_MICRO, "us-east-1", GEO, "flex", "The model card of Amazon Nova Micro does not list the Flex tier."),
        (NOVA_PRO, "us-east-1", GLOBAL, "standard", "The model card of Amazon Nova Pro lists no global profile."),
        (HAIKU, "us-east-1", GEO, "provisioned", "AWS's list of models for Provisioned Throughput does not include"),
        (LLAMA_3_1, "us-west-2", GEO, "provisioned", "a Legacy model takes no new model units"),
        (LLAMA_3_3, "us-east-2", GEO, "provisioned", "a Legacy model takes no new model units"),
        (OPUS_4_5, "us-east-1", GEO, "provisioned", "still takes new model units"),
        (LLAMA_3_2, "us-east-1", GEO, "standard", "ended on 2026-07-07"),
        (NOVA_MICRO, "us-east-2", GEO, "custom_on_demand", "only in us-east-1 and us-west-2"),
        (HAIKU, "us-east-1", GEO, "custom_on_demand", "does not list"),
        (GPT_5_6, "eu-central-1", GEO, "standard", "No source read lists"),
        (DEEPSEEK, "us-east-1", GLOBAL, "standard", "No source read lists"),
        (DEEPSEEK, "us-east-1", GEO, "reserved", "No source read says"),
        (DEEPSEEK, "us-east-1", GEO, "caching", "No source read says"),
        ("no-such-model", "us-east-1", GEO, "standard", "does not know this model"),
    ],
)
def test_not_offered_and_why(model_id: str, region: str, routing: str, tier: str, reason: str) -> None:
    answer = TODAY.offered(model_id, region, routing, tier)
    assert not answer.is_offered
    assert reason in answer.reason


def test_caching_that_the_card_describes_is_offered_also_where_its_price_is_not_known() -> None:
    answer = TODAY.offered(HAIKU, "eu-west-1", GEO, "caching")
    assert answer.is_offered
    assert "no source read gives its cache-read price" in answer.reason
    assert TODAY.find_price(HAIKU, "eu-west-1", GEO, "cache_read") is None


@pytest.mark.parametrize(
    ("model_id", "routing", "tier"),
    [(DEEPSEEK, GEO, "batch"), (OPUS_4_5, GLOBAL, "reserved"), ("openai.gpt-oss-20b-1:0", GEO, "custom_on_demand")],
)
def test_without_a_card_the_price_file_decides_and_is_named(model_id: str, routing: str, tier: str) -> None:
    answer = TODAY.offered(model_id, "us-east-1", routing, tier)
    assert answer.is_offered
    assert answer.reason.endswith("by the price file; its model card was not read.")


def test_a_customised_model_priced_by_the_token_keeps_to_the_two_regions() -> None:
    answer = TODAY.offered("openai.gpt-oss-20b-1:0", "eu-west-1", GEO, "custom_on_demand")
    assert (answer.is_offered, answer.source) == (False, "od-custom")


def test_a_card_may_open_a_route_for_which_no_price_is_known() -> None:
    """So that the reader is asked for the price, rather than told that there is none to pay."""
    model_id, region = "anthropic.claude-haiku-5-5", "eu-central-2"
    assert TODAY.find_price(model_id, region, GEO, "input") is None
    assert TODAY.offered(model_id, region, GEO, "standard").is_offered
    assert not TODAY.offered(model_id, "sa-east-1", GEO, "standard").is_offered


def test_every_answer_is_one_sourced_sentence() -> None:
    for model_id in TODAY.models:
        for region in TODAY.regions:
            for routing in (GEO, GLOBAL):
                for tier in catalogue.TIERS:
                    answer = TODAY.offered(model_id, region, routing, tier)
                    assert answer.source in TODAY.sources
                    assert answer.reason[0].isalnum()
                    assert answer.reason.endswith(".")
                    assert ". " not in answer.reason
                    assert "None" not in answer.reason


def test_an_unread_card_leaves_everything_unknown() -> None:
    offer = TODAY.offer(DEEPSEEK)
    assert not offer.has_card
    assert {offer.states(tier) for tier in catalogue.TIERS} == {None}


def test_an_unknown_tier_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="unknown tier"):
        TODAY.offered(NOVA_PRO, "us-east-1", GEO, "turbo")


def test_offers_are_of_known_models_and_sources() -> None:
    for row in read_tables().offers:
        assert row.model_id in TODAY.models
        assert {row.card, row.batch_source, row.provisioned_source, row.custom_source} <= set(TODAY.sources)
        assert row.as_of


def test_quota_factor_and_cache_minimum_are_those_of_the_card() -> None:
    """AWS: output counts 15-fold on Claude Opus 4.8; Claude Haiku 4.5 caches from 4,096 tokens."""
    assert TODAY.offer("anthropic.claude-opus-4-8").output_burndown == 15
    assert TODAY.offer(HAIKU).cache_minimum_tokens == 4096
    assert TODAY.offer("anthropic.claude-haiku-5-5").output_burndown is None
