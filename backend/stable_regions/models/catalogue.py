"""Which models there are: the bundled suites, the folders a person named, and repositories of the hub by id. No torch.

A name without `/` is a bundled suite or a folder; a name with one is a hub repository. The catalogue answers what can
be known without loading weights: a card for checking requests, tokens, files, and the weights' name (`hashes`).
"""

import logging
import os
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cached_property, partial
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from stable_regions.errors import ModelUnavailable, Refusal, UnknownModel
from stable_regions.models import folder as folders
from stable_regions.models.families import FAMILIES
from stable_regions.models.folder import ModelFiles, a_sixth, listed
from stable_regions.models.hashes import Hashes
from stable_regions.models.hub import disk
from stable_regions.models.hub.download import Download
from stable_regions.models.hub.hub import Hub
from stable_regions.models.hub.trees import HubFile
from stable_regions.models.selections import selections
from stable_regions.models.shape import read_json, shape_of
from stable_regions.models.tokens import Tokens
from stable_regions.schemas.model import FamilyCard, ModelCard, ModelDocument, ModelRef, RevisionCard
from stable_regions.settings import Settings

log = logging.getLogger(__name__)

BUNDLED = Path(__file__).parents[1] / "suites"
"""The bundled suites are data beside the code that trained them."""


class Catalogue:
    """Looks models up by name.

    Args:
        settings: names the model folders and the hub patterns.
        bundled: folder of the bundled suites.
    """

    def __init__(self, settings: Settings, bundled: Path = BUNDLED) -> None:
        self.settings = settings
        self._bundled = bundled
        self._hashes = Hashes()
        self._tokens: dict[Path, tuple[int, Tokens]] = {}
        self._cards: dict[str, tuple[object, ModelCard]] = {}

    @cached_property
    def _hub(self) -> Hub:
        return Hub(self.settings)

    def cards(self) -> list[ModelCard]:
        """What needs no download, sizes ascending: bundled models, those in the folders, those the hub gave before.

        Of the latter the checkpoints that are on disk; what cannot be loaded is left out (`card` says why), and so is what
        fails in a way that nobody foresaw: no folder takes the others down.
        """
        found: list[ModelCard] = []
        looks = [
            *(partial(self.card, name) for name in self._folders()),
            *(partial(self._hub.card_on_disk, name) for name in self._hub.on_disk()),
        ]
        for look in looks:
            try:
                card = look()
            except Refusal:
                continue
            except Exception:
                log.exception("a model is left out of the catalogue: %s", look.args)
                continue
            if card is not None:
                found.append(card)
        order = {"bundled": 0, "folder": 1, "hub": 2}
        return sorted(found, key=lambda card: (order[card.source], card.family, card.parameters, card.name))

    def card(self, name: str) -> ModelCard:
        """What is known of a model.

        Raises:
            UnknownModel: no such model; names near matches, and what there is.
            ModelUnavailable: it is there, but cannot be loaded.
        """
        if "/" in name:
            return self._hub.card(name)
        place = self._place(name)
        state = _state(place)
        known = self._cards.get(name)
        if known is None or known[0] != state:
            known = (state, _suite(place) if place.parent == self._bundled else folders.card(place))
            self._cards[name] = known
        return known[1]

    def document(self, name: str, refresh: bool = False) -> ModelDocument:
        """Everything that is known of a model without loading it. Raises as `card` does.

        Args:
            name: the model.
            refresh: ask the hub anew for its branches, however young the last answer is.
        """
        if "/" not in name:
            card = self.card(name)
            names = tuple(row.revision for row in card.revisions)
            found = selections(card)
            return ModelDocument(card=card, selections=found, license="", gated=False, on_disk=names, listed_at=None)
        card = self._hub.card(name, refresh)
        about, listed, here = self._hub.about(name), self._hub.branches(name), disk.revisions(name)
        return ModelDocument(
            card=card,
            selections=selections(card),
            license=about.license,
            gated=about.gated,
            on_disk=tuple(row.revision for row in card.revisions if row.revision in here),
            listed_at=listed.at if listed else None,
        )

    def download(self, ref: ModelRef) -> Download | None:
        """The download of a checkpoint that is not on disk, begun or joined; None where nothing is missing.

        Raises:
            UnknownRevision: the model has no such checkpoint.
            ModelUnavailable: its files cannot be had, or the disk has no room for them.
        """
        return self._hub.download(ref) if "/" in ref.name else None

    def here(self, ref: ModelRef) -> bool:
        """Whether a checkpoint needs no download, as far as this disk can tell."""
        return "/" not in ref.name or self._hub.here(ref)

    def leave(self, download: Download) -> None:
        """Wait for a download no longer; it ends when nobody does."""
        self._hub.leave(download)

    def missing(self, ref: ModelRef) -> Sequence[HubFile]:
        """The files that would be downloaded for a checkpoint. Begins nothing; raises as `download` does."""
        return self._hub.missing(ref) if "/" in ref.name else ()

    @property
    def offline(self) -> bool:
        """Whether the hub is never asked."""
        return self._hub.offline

    @property
    def once(self) -> bool:
        """Whether a downloaded checkpoint leaves the disk when its work is done."""
        return self._hub.keeping.once

    def done(self, ref: ModelRef) -> None:
        """A checkpoint's work is done; whether its files leave the disk is the settings' business."""
        if "/" in ref.name:
            self._hub.done(ref)

    def files(self, ref: ModelRef) -> ModelFiles:
        """Where a checkpoint's files lie; waits for the download of those that are not on disk.

        Raises:
            UnknownRevision: the model has no such checkpoint; names what there is.
            ModelUnavailable: its files cannot be had.
        """
        return self._hub.files(ref) if "/" in ref.name else folders.files(self._place(ref.name), ref.revision)

    def weights(self, ref: ModelRef) -> str:
        """`sha256:…` of a checkpoint's files, or its commit on the hub. Downloads none; raises as `files` does."""
        if "/" in ref.name:
            return self._hub.commit(ref)
        found = self.files(ref)
        return self._hashes.of([found.config / "config.json", found.tokenizer / "tokenizer.json", *found.weights])

    def tokens(self, name: str) -> Tokens:
        """A model's tokenizer: the same at every checkpoint, so its last one's."""
        if "/" in name:
            where = config = self._hub.described(name)
        else:
            found = folders.whole(self._place(name))
            where, config = found.tokenizer, found.config
        changed = (where / "tokenizer.json").stat().st_mtime_ns if (where / "tokenizer.json").is_file() else 0
        known = self._tokens.get(where)
        if known is None or known[0] != changed:
            known = (changed, Tokens(where, config))
            self._tokens[where] = known
        return known[1]

    def families(self) -> list[FamilyCard]:
        """Families of public models that the hub has."""
        return list(FAMILIES)

    def _folders(self) -> dict[str, Path]:
        """Model folders by name, bundled first: a folder cannot take a bundled name."""
        found: dict[str, Path] = {}
        for file in sorted(self._bundled.glob("*/suite.json")):
            found[file.parent.name] = file.parent
        for inner in self._looked_at():
            if folders.named(inner.name) and folders.is_model(inner):
                found.setdefault(inner.name, inner)
        return found

    def refused(self) -> list[tuple[Path, str]]:
        """The folders that somebody may have meant as models and that cannot be used, each with the reason in a sentence."""
        found: list[tuple[Path, str]] = []
        taken = self._folders()
        for inner in self._looked_at():
            if not folders.was_meant(inner):
                continue
            if not folders.named(inner.name):
                why = (
                    "Its name may hold letters, digits and . _ - + = only, beginning with a letter or digit: rename it."
                )
                found.append((inner, why))
            elif taken.get(inner.name, inner) != inner:
                found.append((inner, f"Another model is called so, in {taken[inner.name].parent}: rename one of them."))
            else:
                try:
                    folders.card(inner)
                    for name in folders.revisions(inner):
                        folders.files(inner, name)
                except Refusal as refusal:
                    found.append((inner, str(refusal)))
        return found

    def _looked_at(self) -> list[Path]:
        """The folders named in the settings where they are models themselves, else what is in them."""
        found: list[Path] = []
        for place in self.settings.places_of_models:
            if place.is_dir():
                inner = sorted(one for one in place.iterdir() if one.is_dir())
                found += [place] if _is_one_model(place) else inner
        return found

    def _place(self, name: str) -> Path:
        """A model's folder: looked for by name, since listing all of them takes as long as a small picture."""
        if folders.named(name) and Path(name).name == name:
            if (self._bundled / name / "suite.json").is_file():
                return self._bundled / name
            for place in self.settings.places_of_models:
                if _is_one_model(place):
                    if place.name == name:
                        return place
                elif (place / name).is_dir() and folders.is_model(place / name):
                    return place / name
        known = self._folders()
        near = get_close_matches(name, known, n=3, cutoff=0.5)
        guess = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UnknownModel(
            f"No model is called {name!r}.{guess}",
            f"Choose one of {listed(list(known)) or 'none yet'}, or a hub repository such as EleutherAI/pythia-70m.",
        )


def _is_one_model(place: Path) -> bool:
    """Whether a folder of the settings is a model itself: it has a tokenizer, or a config beside weights."""
    return any((place / name).is_file() for name in ("tokenizer.json", "config.json"))


def _state(place: Path) -> object:
    """Changes when a checkpoint is added, or the suite or config is written again. Names and no paths: it is asked often."""
    watched = ("", "suite.json", "config.json", "model.safetensors")
    return [_time_of(os.path.join(place, name)) for name in watched]  # noqa: PTH118


def _time_of(name: str) -> int:
    """When a file was written, nanoseconds; 0 where there is none."""
    try:
        return os.stat(name).st_mtime_ns  # noqa: PTH116
    except OSError:
        return 0


class _Moment(RevisionCard):
    """A row of suite.json."""

    model_config = RevisionCard.model_config | {"extra": "ignore"}


def _suite(place: Path) -> ModelCard:
    """The card of a bundled model, from its suite.json and config.json."""
    suite = read_json(place / "suite.json")
    shape = shape_of(read_json(place / "config.json"), place.name)
    try:
        moments = TypeAdapter(tuple[_Moment, ...]).validate_python(suite["revisions"], strict=False)
        return ModelCard(
            name=place.name,
            family=str(suite["suite"]),
            source="bundled",
            architecture=shape.architecture,
            parameters=TypeAdapter(int).validate_python(suite["parameters"]),
            layers=shape.layers,
            d_model=shape.d_model,
            d_vocab=shape.d_vocab,
            context=shape.context,
            prepend_bos=bool(suite.get("prepend_bos", True)),
            write_layer=a_sixth(shape.layers),
            distance="hellinger",
            revisions=tuple(RevisionCard(**row.model_dump()) for row in moments),
            process=folders.process_card(place),
        )
    except (KeyError, ValidationError) as error:
        raise ModelUnavailable(f"{place / 'suite.json'} is not a suite: {error}.", "Train the suite again.") from error
