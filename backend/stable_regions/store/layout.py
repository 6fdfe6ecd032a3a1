"""The SQLite file of a store: its tables, and what is done with a file that is not such a one."""

import logging
import sqlite3
from pathlib import Path

log = logging.getLogger(__name__)

LAYOUT = 2
"""Raise it when the tables change: a file of another layout is a cache that is made anew."""

TABLES = """
CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, file BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS used (key TEXT PRIMARY KEY, bytes INTEGER NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS leases (key TEXT PRIMARY KEY, owner TEXT NOT NULL, until REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, at REAL NOT NULL,
                                   event BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS events_of_stream ON events (stream, id);
"""


def connect(path: Path) -> sqlite3.Connection:
    """A connection; used by one thread at a time, closed by any."""
    db = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def damaged(error: sqlite3.Error) -> bool:
    """Whether an error is the file's fault: it holds no database, or a broken one. A full disk, say, is not."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def prepare(path: Path) -> None:
    """Make the tables; a file that is damaged is moved aside first, and tables of another layout are made anew."""
    try:
        _lay_out(path)
    except sqlite3.DatabaseError as error:
        if not damaged(error):
            raise
        move_aside(path, error)
        _lay_out(path)


def move_aside(path: Path, error: sqlite3.Error) -> None:
    """Keep a broken file beside the one that is made instead."""
    aside = path.with_suffix(".damaged")
    log.warning("%s is not a result cache (%s); moved to %s", path, error, aside)
    path.replace(aside)
    for rest in ("-wal", "-shm"):
        Path(f"{path}{rest}").unlink(missing_ok=True)


def _lay_out(path: Path) -> None:
    db = connect(path)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("BEGIN IMMEDIATE")
        (layout,) = db.execute("PRAGMA user_version").fetchone()
        if layout not in (0, LAYOUT):
            for table in ("results", "used", "leases", "events"):
                db.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in TABLES.split(";"):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {LAYOUT}")
        db.execute("COMMIT")
    finally:
        db.close()
