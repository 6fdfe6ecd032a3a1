"""The documents make a site: every page of it leads where it says, and nothing is loaded from another host."""

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from patience import PATIENCE

ROOT = Path(__file__).parents[2]


def builder() -> ModuleType:
    spec = spec_from_file_location("site_builder", ROOT / ".ci" / "site.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site() -> Path:
    build = [sys.executable, str(ROOT / ".ci" / "site.py")]
    said = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    made: Path = builder().MADE
    return made


def test_every_document_is_a_page_of_the_site(site: Path) -> None:
    documents = {path.relative_to(ROOT / "docs").with_suffix("") for path in (ROOT / "docs").rglob("*.md")}
    pages = {path.relative_to(site).with_suffix("") for path in site.rglob("*.html")}
    assert {path.with_name("index") if path.name == "README" else path for path in documents} <= pages


def test_every_document_is_led_to() -> None:
    named = (ROOT / "zensical.toml").read_text() + (ROOT / "docs" / "decisions" / "README.md").read_text()
    documents = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")}
    lost = [path for path in documents if f'"{path}"' not in named and f"({path.name})" not in named]
    assert lost == [], "name it in the nav of zensical.toml"


def test_what_is_wrong_with_a_site_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<script src="https://cdn.example.org/x.js"></script><a href="https://example.org">fine</a>'
        '<a href="b.html">x</a><a href="a.html#no">x</a><a href="#yes" id="yes">fine</a><img src="../up.png">'
    )
    (tmp_path / "a.css").write_text("@font-face { src: url('https://fonts.example.org/f.woff2') }")
    assert builder().faults(tmp_path) == [
        "a.html loads https://cdn.example.org/x.js from another host",
        "a.html: b.html leads nowhere",
        "a.html: a.html#no names no place of that page",
        "a.html: ../up.png leads nowhere",
        "a.css loads https://fonts.example.org/f.woff2'",
    ]
