"""A pack as one file: written, read back, and refused in words where it is foreign, cut or hostile."""

import gzip
import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from stable_regions.app import create_pack_app
from stable_regions.packs.archive import read_archive, write_archive
from stable_regions.packs.build import Pack
from stable_regions.packs.folder import write_folder
from stable_regions.packs.manifest import CATALOGUE, MANIFEST, Manifest, PackedResult, path_of
from stable_regions.schemas.result import Result
from stable_regions.settings import Settings

KEY = "a" * 64
OTHER = "b" * 64


def pack_of(file: bytes, **said: object) -> Pack:
    """A pack of one result."""
    row = {"bytes": len(file), "stored": 1, "sha256": hashlib.sha256(file).hexdigest(), **said}
    results = {KEY: PackedResult.model_validate(row)}
    manifest = Manifest(made_by="0", views=(), results=results, answers=(), defaults={})
    return Pack(manifest, b"{}", {path_of(KEY): gzip.compress(file, mtime=0)})


def result(key: str = KEY, more: int = 0) -> bytes:
    return Result(arrays={}, metadata={"key": key, "pad": "x" * more}).to_bytes()


def test_the_same_pack_is_the_same_file_and_comes_back(tmp_path: Path) -> None:
    pack = pack_of(result())
    for name in ("one.srpack", "two.srpack"):
        write_archive(pack, tmp_path / name)
    assert (tmp_path / "one.srpack").read_bytes() == (tmp_path / "two.srpack").read_bytes()
    assert read_archive(tmp_path / "one.srpack") == pack


Entries = dict[str, bytes]


def _put(name: str, content: bytes = b"x") -> Callable[[Entries], None]:
    return lambda files: files.update({name: content})


def _say(**fields: object) -> Callable[[Entries], None]:
    return lambda files: files.update({MANIFEST: json.dumps({**json.loads(files[MANIFEST]), **fields}).encode()})


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_put("../../.bashrc"), "which no pack does"),
        (_put("/etc/passwd"), "which no pack does"),
        (_put("index.html", b"<script>alert(1)</script>"), "which no pack does"),
        (_put(f"results/{OTHER[:-1]}/../x.srz"), "which no pack does"),
        (lambda files: files.pop(MANIFEST), "has no manifest.json"),
        (lambda files: files.pop(path_of(KEY)), "lacks the result"),
        (_say(version=2), "another version"),
        (_say(views=[{"link": "no link"}]), "broken"),
        (_put(path_of(KEY), gzip.compress(result(more=10_000_000))), "not what the pack's list"),
        (_put(path_of(KEY), gzip.compress(result(OTHER))), "not what the pack's list"),
        (_put(path_of(KEY), b"no gzip"), "is damaged"),
        (_put(path_of(KEY), gzip.compress(result())[:-9]), "is damaged|not what"),
    ],
)
def test_a_hostile_pack_is_refused_in_words(tmp_path: Path, spoil: Callable[[Entries], object], words: str) -> None:
    write_archive(pack_of(result()), tmp_path / "good.srpack")
    with zipfile.ZipFile(tmp_path / "good.srpack") as good:
        files = {name: good.read(name) for name in good.namelist()}
    spoil(files)
    with zipfile.ZipFile(tmp_path / "bad.srpack", "w") as bad:
        for name, content in files.items():
            bad.writestr(name, content)
    with pytest.raises(ValueError, match=words):
        read_archive(tmp_path / "bad.srpack")


def test_a_result_of_another_question_is_refused(tmp_path: Path) -> None:
    write_archive(pack_of(result(OTHER)), tmp_path / "other.srpack")
    with pytest.raises(ValueError, match="answers another question"):
        read_archive(tmp_path / "other.srpack")


def test_entries_that_inflate_are_refused_unread(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.srpack", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(MANIFEST, b"0" * 50_000_000)
    with pytest.raises(ValueError, match="which no pack does"):
        read_archive(tmp_path / "bomb.srpack")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"\x89PNG"])
def test_what_is_no_zip_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "no.srpack").write_bytes(content)
    with pytest.raises(ValueError, match="is no pack"):
        read_archive(tmp_path / "no.srpack")


def test_a_served_pack_is_its_files_and_nothing_else(tmp_path: Path) -> None:
    from stable_regions.routes.page import WEB

    if not (WEB / "index.html").is_file():
        pytest.fail("The page is not built. Run: make page")
    write_folder(pack_of(result()), tmp_path / "site")
    client = TestClient(create_pack_app(Settings(), tmp_path / "site"))
    assert "stable-regions-pack" in client.get("/").text
    assert json.loads(client.get(f"/pack/{MANIFEST}").content)["format"] == "stable-regions-pack"
    assert client.get(f"/pack/{CATALOGUE}").status_code == 200
    assert gzip.decompress(client.get(f"/pack/{path_of(KEY)}").content) == result()
    assert client.get("/api/v1/catalogue").status_code == 404
    assert "frame-ancestors 'self'" in client.get("/").headers["content-security-policy"]
