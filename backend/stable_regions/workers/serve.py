"""The life of a worker process: read orders, take scheduler, say what comes of them, and end with the web process.

Orders come on standard input, answers leave on standard output. Standard output is taken away from everybody else
first: a library that prints would break the frames, so its prints go to standard error. When the input ends, the web
process is gone, however it went; then this process ends at once, in the middle of a chunk if need be.
"""

import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO

from stable_regions.settings import Settings
from stable_regions.workers.base import Message
from stable_regions.workers.framing import receive_blocking
from stable_regions.workers.messages import Cancel, Hello, Run, Said, Turn, from_worker, order_in, settings_in
from stable_regions.workers.scheduler import Compute, Scheduler


def serve(start: Callable[[Settings], Compute]) -> None:
    """Be a worker until the web process ends.

    Args:
        start: makes ready (imports, threads, models) and gives the function that computes.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the web process, which then ends this one
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    settings = settings_in(receive_blocking(sys.stdin.buffer))
    logging.basicConfig(level=settings.log.upper(), format="%(levelname)s:     worker: %(message)s")
    for transport in ("httpx", "httpx2"):
        logging.getLogger(transport).setLevel(logging.WARNING)  # a line for every question to the hub

    orders: queue.SimpleQueue[Run | Cancel] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, orders), daemon=True).start()

    def say(said: Hello | Turn | Said) -> None:
        answers.write(from_worker(said))
        answers.flush()

    def say_of(number: int, message: Message | None) -> None:
        say(Turn(number) if message is None else Said(number, message))

    scheduler = Scheduler(start(settings), say_of)
    say(Hello())
    try:
        while True:
            _obey(orders, scheduler, say)
            scheduler.step()
    except BrokenPipeError:
        os._exit(0)


def _listen(file: BinaryIO, orders: "queue.SimpleQueue[Run | Cancel]") -> None:
    try:
        while True:
            orders.put(order_in(receive_blocking(file)))
    except EOFError:
        os._exit(0)


def _obey(orders: "queue.SimpleQueue[Run | Cancel]", scheduler: Scheduler, say: Callable[[Turn], None]) -> None:
    """Take all orders that are there, and wait for one while there is nothing to do."""
    idle = False
    while True:
        try:
            order = orders.get(block=False)
        except queue.Empty:
            pause = scheduler.pause() if len(scheduler) else None
            if pause == 0:
                return
            if not idle:
                say(Turn(0))
                idle = True
            try:
                order = orders.get(timeout=pause)
            except queue.Empty:
                return
        if isinstance(order, Run):
            scheduler.begin(order.number, order.job)
        else:
            scheduler.cancel(order.number)
