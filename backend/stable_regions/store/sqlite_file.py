"""One SQLite file and its connections, one a thread; a file that turns out to be broken is begun anew while it is in use."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from stable_regions.store.base import StoreDown
from stable_regions.store.layout import connect, damaged, move_aside, prepare

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class SqliteFile:
    """The file; its calls block.

    Args:
        path: the file; its folder is made. A file that is not such a database is moved aside and begun anew.
        renewed: called when a new file has taken the place of a broken one.
    """

    def __init__(self, path: Path, renewed: Callable[[], None]) -> None:
        self._path = path
        self._renewed = renewed
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._mending = threading.Lock()
        self._opened: tuple[int, int] = (0, 0)
        """Which file the connections are of (device and inode), and how often it was made anew."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            prepare(path)
        except sqlite3.Error as error:
            log.warning("%s cannot be opened (%s)", path, error)

    def read(self, ask: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """What a call gives; a file that turns out to be broken is moved aside, and the call is made on a new one.

        Raises:
            StoreDown: the disk is full, read-only or failing, or the file is locked for long.
        """
        age = self._opened[1]
        try:
            try:
                return ask(self._connection())
            except sqlite3.DatabaseError as error:
                if not damaged(error):
                    raise
                self._mend(error, age)
                return ask(self._connection())
        except sqlite3.Error as error:
            raise StoreDown(f"{type(error).__name__}: {error}") from error

    def write(self, act: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """The same in a transaction, whole or not at all.

        Raises:
            StoreDown: as of `read`.
        """

        def transact(db: sqlite3.Connection) -> Answer:
            db.execute("BEGIN IMMEDIATE")
            try:
                answer = act(db)
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            return answer

        return self.read(transact)

    def close(self) -> None:
        """Close every thread's connection; none may be in use."""
        while self._open:
            self._open.pop().close()

    def _mend(self, error: sqlite3.DatabaseError, age: int) -> None:
        """Begin a new file in place of the broken one, unless another thread or process has."""
        with self._mending:
            if self._opened[1] != age:
                return
            if self._path.exists() and self._path.stat().st_ino == self._opened[0]:
                move_aside(self._path, error)
            prepare(self._path)
            self._opened = (self._path.stat().st_ino, age + 1)
            self._renewed()

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection to the file that is in use."""
        db, age = getattr(self._local, "db", (None, -1))
        if db is None or age != self._opened[1]:
            if db is not None:
                self._open.remove(db)
                db.close()
            db = connect(self._path)
            if not self._opened[0] and self._path.exists():
                self._opened = (self._path.stat().st_ino, self._opened[1])
            self._local.db = (db, self._opened[1])
            self._open.append(db)
        return db
