"""What is known of a repository before any weight is fetched."""

import time
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from hub_models import GATED, NAME, SHARDED
from models.hub.conftest import Make
from stable_regions.errors import HubSilent, ModelUnavailable, UnknownModel, UnknownRevision
from stable_regions.models.hub import branches
from stable_regions.schemas.model import ModelRef
from stand_in import TOKEN, Hub, commit


def test_a_card_comes_from_the_config_and_lists_every_branch(make: Make, hub: Hub) -> None:
    card = make().card(NAME)
    assert (card.source, card.architecture, card.layers, card.parameters) == ("hub", "gpt_neox", 3, 12345)
    rows = [(row.revision, row.step, row.tokens) for row in card.revisions]
    assert rows == [
        ("step0", 0, None), ("step20", 20, None), ("step1000-tokens4B", 1000, 4 * 10**9), ("main", None, None),
    ]  # fmt: skip
    assert not hub.fetched()
    assert not hub.fetched(".bin")


def test_who_looks_while_the_description_comes_does_not_take_a_half_for_the_whole(make: Make, hub: Hub) -> None:
    first, second, come = make(), make(), hub.hold("tokenizer.json")
    with ThreadPoolExecutor() as both:
        asking = both.submit(first.card, NAME)
        while not any(line.endswith("/tokenizer.json") for line in hub.asked):
            assert not asking.done()
            time.sleep(0.01)
        looking = both.submit(second.card, NAME)
        wait([looking], timeout=0.5)  # a refusal comes at once
        come.set()
        assert looking.result() == asking.result()


def test_weights_are_named_by_the_commit_and_cost_one_question_for_all_branches(make: Make, hub: Hub) -> None:
    catalogue = make()
    for branch in ("step0", "step20", "step1000-tokens4B", "main"):
        assert catalogue.weights(ModelRef(name=NAME, revision=branch)) == f"commit:{commit(NAME, branch)}"
    assert len(hub.asked) == 1


def test_a_document_has_selections_licence_and_when_the_hub_was_asked(make: Make, hub: Hub) -> None:
    catalogue = make()
    before = time.time()
    document = catalogue.document(NAME)
    assert {row.how: row.revisions for row in document.selections} == {
        "log-8": ("step0", "step20", "step1000-tokens4B"),
        "last": ("main",),
    }
    assert (document.license, document.gated, document.on_disk) == ("apache-2.0", False, ())
    assert document.listed_at is not None
    assert before <= document.listed_at <= time.time()


def test_branches_are_asked_for_once_a_day_and_anew_on_demand(
    make: Make, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked() -> int:
        return sum(line.endswith("/refs") for line in hub.asked)

    make().card(NAME)
    make().card(NAME)
    assert asked() == 1
    make().document(NAME, refresh=True)
    assert asked() == 2
    monkeypatch.setattr(branches, "DAY", 0.0)
    make().card(NAME)
    assert asked() > 2


def test_another_process_reads_what_was_asked_anew(make: Make, hub: Hub) -> None:
    page, worker = make(), make()
    step = ModelRef(name=NAME, revision="step0")
    assert page.weights(step) == worker.weights(step) == f"commit:{commit(NAME, 'step0')}"
    hub.moved["step0"] = "main"
    page.document(NAME, refresh=True)
    assert page.weights(step) == worker.weights(step) == f"commit:{commit(NAME, 'main')}"


def test_a_commit_stands_for_itself(make: Make) -> None:
    ref = ModelRef(name=NAME, revision=commit(NAME, "step0"))
    assert make().weights(ref) == f"commit:{ref.revision}"


def test_a_missing_branch_a_missing_repository_and_a_gated_one_are_told_apart(make: Make) -> None:
    catalogue = make()
    with pytest.raises(UnknownRevision, match="step7"):
        catalogue.weights(ModelRef(name=NAME, revision="step7"))
    with pytest.raises(UnknownModel, match="no repository"):
        catalogue.card("EleutherAI/nothing")
    with pytest.raises(ModelUnavailable, match=r"gated.*HF_TOKEN"):
        catalogue.card(GATED)
    with pytest.raises(UnknownModel, match="STABLE_REGIONS_HUB_MODELS"):
        catalogue.card("someone/else")


def test_the_token_opens_what_is_gated(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    document = make().document(GATED)
    assert document.gated is True
    assert TOKEN not in document.model_dump_json()


def test_without_a_network_the_answer_comes_at_once(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelUnavailable, match="bundled model"):
        make().card(NAME)


def test_what_would_be_fetched_is_safetensors_config_and_tokenizer_only(make: Make, hub: Hub) -> None:
    paths = [file.path for file in make().missing(ModelRef(name=NAME))]
    assert sorted(paths) == ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]
    shards = make().missing(ModelRef(name=SHARDED))
    assert sum(file.path.endswith(".safetensors") for file in shards) > 1
    assert all(file.size > 0 for file in shards)
    assert not hub.fetched()


def test_a_branch_without_safetensors_is_refused_naming_what_is_there(make: Make) -> None:
    with pytest.raises(ModelUnavailable, match=r"only pytorch_model.bin, a pickle.*expected model.safetensors"):
        make().missing(ModelRef(name=NAME, revision="step20"))


def test_a_hub_that_does_not_answer_is_waited_for_once_and_asked_again_on_demand(make: Make, hub: Hub) -> None:
    catalogue = make()
    hub.silent = True
    for branch in ("main", "step0", "step20"):
        with pytest.raises(HubSilent):
            catalogue.weights(ModelRef(name=NAME, revision=branch))
    assert len([line for line in hub.asked if line.endswith("/refs")]) == 1
    hub.silent = False
    assert catalogue.document(NAME, refresh=True).card.revisions
    assert catalogue.weights(ModelRef(name=NAME)) == f"commit:{commit(NAME, 'main')}"


def test_a_hub_that_fell_silent_leaves_what_was_asked_before(
    make: Make, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    make().card(NAME)
    monkeypatch.setattr(branches, "DAY", 0.0)
    hub.silent = True
    assert make().weights(ModelRef(name=NAME, revision="step0")) == f"commit:{commit(NAME, 'step0')}"
    with pytest.raises(HubSilent):
        make().document(NAME, refresh=True)
