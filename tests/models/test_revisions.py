import pytest

from stable_regions.models.revisions import moment


@pytest.mark.parametrize(
    ("name", "stage", "step", "tokens"),
    [
        ("step0", None, 0, None),
        ("step143000", None, 143_000, None),
        ("step1000-tokens4B", None, 1000, 4 * 10**9),
        ("stage1-step150-tokens1B", 1, 150, 10**9),
        ("stage2-ingredient3-step11931-tokens50B", 2, 11_931, 50 * 10**9),
        ("stage1-step2000", 1, 2000, None),
        ("checkpoint-400", None, 400, None),
        ("step-001000-2BT", None, 1000, 2 * 10**9),
        ("step-010000-20.5BT", None, 10_000, 20_500_000_000),
        ("main", None, None, None),
        ("footstep-9-lives", None, None, None),
    ],
)
def test_a_name_tells_stage_step_and_tokens(name: str, stage: int | None, step: int | None, tokens: int | None) -> None:
    found = moment(name)
    assert (found.revision, found.stage, found.step, found.tokens) == (name, stage, step, tokens)


def test_checkpoints_sort_by_stage_then_step_and_main_comes_last() -> None:
    names = [
        "main",
        "stage2-step10-tokens1B",
        "stage1-step900-tokens2B",
        "stage1-step1000-tokens3B",
        "stage1-step90-tokens1B",
    ]
    ordered = [
        "stage1-step90-tokens1B",
        "stage1-step900-tokens2B",
        "stage1-step1000-tokens3B",
        "stage2-step10-tokens1B",
        "main",
    ]
    assert sorted(names, key=lambda name: moment(name).order) == ordered
