"""What the catalogue asks of the hub: cards, commits, files, downloads."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from huggingface_hub import HfApi, constants

from stable_regions.errors import ModelUnavailable, Refusal, UnknownModel
from stable_regions.models.folder import ModelFiles, weights_in
from stable_regions.models.hub import disk
from stable_regions.models.hub.asking import PATIENCE, absent, admit, ask, unknown_revision
from stable_regions.models.hub.branches import Branches, BranchLists
from stable_regions.models.hub.cards import Described, card_of
from stable_regions.models.hub.disk import COMMIT
from stable_regions.models.hub.download import Download, Downloads
from stable_regions.models.hub.fetch import fetch, incomplete
from stable_regions.models.hub.keep import Keeping
from stable_regions.models.hub.trees import HubFile, Trees, described, wanted
from stable_regions.schemas.model import ModelCard, ModelRef
from stable_regions.settings import Settings


class Hub:
    """Repositories that match the settings' patterns."""

    def __init__(self, settings: Settings) -> None:
        self.offline = settings.offline or constants.HF_HUB_OFFLINE
        self.keeping = Keeping(settings)
        self._settings = settings
        self._api = HfApi()
        self._branches = BranchLists(settings.cache_folder, self.offline)
        self._trees = Trees(settings.cache_folder)
        self._downloads = Downloads()
        self._commits: dict[ModelRef, str] = {}
        self._described: dict[str, Described] = {}
        self._on_disk: dict[str, tuple[Mapping[str, str], ModelCard]] = {}

    def card(self, name: str, refresh: bool = False) -> ModelCard:
        """The card of a repository, from the config and tokenizer of its main branch, with every branch.

        Raises:
            UnknownModel: outside the patterns, or the hub has no such repository.
            ModelUnavailable: the hub cannot be reached, or the repository is gated or no causal language model.
        """
        admit(name, self._settings.hub_models)
        names = self._names(name, refresh)
        return card_of(name, self.about(name), sorted(names))

    def card_on_disk(self, name: str) -> ModelCard | None:
        """The card with the checkpoints that could be loaded without the hub; None where there are none."""
        here = disk.revisions(name)
        where = next(iter(_describing(name)), None)
        if not here or where is None:
            return None
        known = self._on_disk.get(name)
        if known is None or known[0] != here:
            known = (here, card_of(name, Described.on_disk(name, where), sorted(here)))
            self._on_disk[name] = known
        return known[1]

    def on_disk(self) -> list[str]:
        """Repositories of which something lies on disk and that may be loaded."""
        found: list[str] = []
        for name in disk.repositories():
            try:
                admit(name, self._settings.hub_models)
            except UnknownModel:
                continue
            found.append(name)
        return found

    def about(self, name: str) -> Described:
        """What the hub says of a repository, apart from its branches."""
        if name not in self._described:
            where = self.described(name)
            offline = Described.on_disk(name, where)
            self._described[name] = offline if self.offline else Described.asked(name, where, self._api, offline)
        return self._described[name]

    def branches(self, name: str) -> Branches | None:
        """The branches as last asked; None where the hub was never asked."""
        return self._branches.of(name)

    def commit(self, ref: ModelRef) -> str:
        """The commit that a branch points to, `commit:…`.

        Raises:
            UnknownRevision: the repository has no such branch.
            ModelUnavailable: the hub cannot be reached and the branch is not on disk.
        """
        admit(ref.name, self._settings.hub_models)
        return f"commit:{self._commit(ref)}"

    def described(self, name: str) -> Path:
        """Folder with the config and tokenizer of the main branch, downloaded if they are not on disk."""
        admit(name, self._settings.hub_models)
        ref = ModelRef(name=name)
        try:
            commit = self._commit(ref)
            folder = disk.snapshot(name, commit)
            if self.offline and not (folder / "config.json").is_file():
                raise absent(ref)
            if not self.offline and not _describes(folder):
                for file in described(self._trees.of(ref, commit)):
                    ask(ref, lambda file=file: fetch(ref, commit, file, lambda _: None))
            return folder
        except ModelUnavailable:
            other = next(iter(_describing(name)), None)
            if other is None:
                raise
            return other

    def files(self, ref: ModelRef) -> ModelFiles:
        """The files of a checkpoint; waits for their download if they are not on disk.

        Raises:
            UnknownRevision: the repository has no such branch.
            ModelUnavailable: the files cannot be had, or are not safetensors.
        """
        download = self.download(ref)
        if download is not None:
            try:
                download.wait()
            finally:
                self.leave(download)
        commit = self._commit(ref)
        folder = disk.snapshot(ref.name, commit)
        self.keeping.used(ref, commit)
        tokenizer = folder if (folder / "tokenizer.json").is_file() else self.described(ref.name)
        return ModelFiles(config=folder, tokenizer=tokenizer, weights=weights_in(folder))

    def here(self, ref: ModelRef) -> bool:
        """Whether the checkpoint is on disk."""
        with suppress(Refusal):
            return disk.complete(disk.snapshot(ref.name, self._commit(ref)))
        return False

    def missing(self, ref: ModelRef) -> Sequence[HubFile]:
        """The files of a checkpoint that are not on disk; asks the hub, begins nothing.

        Raises:
            UnknownRevision: the repository has no such branch.
            ModelUnavailable: the files cannot be had, or are not safetensors.
        """
        admit(ref.name, self._settings.hub_models)
        commit = self._commit(ref)
        folder = disk.snapshot(ref.name, commit)
        if disk.complete(folder):
            return ()
        if self.offline:
            raise absent(ref)
        return [file for file in wanted(ref, self._trees.of(ref, commit)) if not (folder / file.path).is_file()]

    def download(self, ref: ModelRef) -> Download | None:
        """The download of what is missing, begun or joined; None where nothing is. Leave it in the end.

        Which files those are, and whether the disk has room for them, is found out while it runs.

        Raises:
            UnknownRevision: the repository has no such branch.
            ModelUnavailable: it is not on disk, and the hub is not to be asked.
        """
        admit(ref.name, self._settings.hub_models)
        commit = self._commit(ref)
        if disk.complete(disk.snapshot(ref.name, commit)):
            return None
        if self.offline:
            raise absent(ref)

        def plan() -> Sequence[HubFile]:
            files = self.missing(ref)
            left = sum(file.size - there(incomplete(ref.name, file)) for file in files)
            self.keeping.room_for(ref, left, self._downloads.wanted())
            return files

        return self._downloads.joined(ref, commit) or self._downloads.begin(ref, commit, plan)

    def leave(self, download: Download) -> None:
        """Wait for a download no longer; whoever leaves it last ends it."""
        if download.over and download.whole:
            self.keeping.came(download.ref, download.commit, download.total)
        self._downloads.leave(download)

    def done(self, ref: ModelRef) -> None:
        """A checkpoint's work is done: under `delete-after-use` its weights leave."""
        if self.keeping.once:
            self.keeping.done(ref, self._commit(ref))

    def _names(self, name: str, refresh: bool) -> set[str]:
        """Every branch; without the hub, those that are on disk."""
        if self.offline:
            return set(disk.revisions(name)) or {"main"}
        try:
            listed = self._branches.of(name, refresh)
        except ModelUnavailable:
            if refresh:
                raise
            listed = None
        return set(listed.commits) if listed is not None else set(disk.revisions(name)) or {"main"}

    def _commit(self, ref: ModelRef) -> str:
        if COMMIT.fullmatch(ref.revision):
            return ref.revision
        here = disk.noted(ref.name, ref.revision)
        if self.offline and here is not None:
            return here
        try:
            listed = self._branches.of(ref.name)
            if listed is not None and ref.revision in listed.commits:
                return listed.commits[ref.revision]
            if self.offline:
                raise absent(ref)
            return self._asked(ref)
        except ModelUnavailable:
            if here is None:
                raise
            return here  # a machine that lost its network goes on with what it has

    def _asked(self, ref: ModelRef) -> str:
        """The commit of what no branch list names: a tag, a pull request, a branch of today."""
        if ref not in self._commits:
            found = ask(ref, lambda: self._api.model_info(ref.name, revision=ref.revision, timeout=PATIENCE).sha)
            if found is None:
                raise unknown_revision(ref)
            self._commits[ref] = found
        return self._commits[ref]


def there(part: Path) -> int:
    """Bytes of a file that is on its way."""
    try:
        return part.stat().st_size
    except OSError:
        return 0


def _describing(name: str) -> list[Path]:
    """Folders that describe a model, `main` first: any checkpoint's config and tokenizer would do."""
    main = disk.noted(name, "main")
    commits = [*([main] if main else []), *disk.revisions(name).values()]
    folders = [disk.snapshot(name, commit) for commit in dict.fromkeys(commits)]
    return [folder for folder in folders if _describes(folder)]


def _describes(folder: Path) -> bool:
    return (folder / "config.json").is_file() and (folder / "tokenizer.json").is_file()
