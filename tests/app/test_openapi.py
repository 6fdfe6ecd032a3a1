"""The interface describes itself completely, for the page's types and for everybody else."""

from stable_regions.app import create_app, openapi_document
from stable_regions.schemas.result import Json
from stable_regions.settings import Settings


def schemas() -> dict[str, dict[str, Json]]:
    return openapi_document()["components"]["schemas"]


def test_every_word_on_the_wire_is_described() -> None:
    assert set(schemas()) >= {
        "AnyRequest", "SliceRequest", "PointRequest", "AnimationRequest", "Ticket", "Estimate", "ModelCard", "FamilyCard",
        "Preset", "CatalogueDocument", "ProgressEvent", "PartReadyEvent", "PartSkippedEvent", "DoneEvent", "RefusedEvent",
        "ProblemDocument",
    }  # fmt: skip


def test_every_reference_leads_somewhere() -> None:
    document = openapi_document()
    known = {f"#/components/schemas/{name}" for name in schemas()}
    assert references(document) <= known


def test_every_route_says_what_it_does_and_refuses_with_a_problem() -> None:
    for path, methods in openapi_document()["paths"].items():
        for operation in methods.values():
            assert operation["description"]
            for status, answer in operation["responses"].items():
                if path.startswith("/api") and status[0] in "45":
                    assert list(answer["content"]) == ["application/problem+json"], (path, status)


def test_a_request_is_one_of_the_analyses() -> None:
    assert set(schemas()["AnyRequest"]["discriminator"]["mapping"]) >= {"slice", "point", "animation"}


def test_describing_starts_nothing() -> None:
    app = create_app(Settings())
    app.openapi()
    assert not hasattr(app.state, "service")


def references(part: Json) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*(references(inner) for inner in part.values()))
    return set().union(*(references(inner) for inner in part)) if isinstance(part, list) else set()
