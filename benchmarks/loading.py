"""How soon pages of a built book can be seen and used on a slow machine.

    python -m benchmarks.loading _build/html

Serves the folder on this machine and opens each page in a new context, with nothing cached, while
the browser computes four times as slowly as it can. Prints for each page the browser's own times,
in milliseconds since the address was given: the first contentful paint; ready, when the page and
its deferred scripts have run; loaded, when all that it needs is there; and blocked, for how long in
all a single task kept the page from answering, beyond the 50 ms that nobody notices. The best of
three, as other work on the machine only adds.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, sync_playwright

from manyvoices.book.serve import open_server
from tools.browser import ensure

SLOWER = 4
TIMES = ("paint", "ready", "loaded", "blocked")
WATCH = """
window.blocked = 0;
new PerformanceObserver(list => list.getEntries().forEach(task => {
  window.blocked += Math.max(0, task.duration - 50);
})).observe({ type: "longtask", buffered: true });
"""
READ = """() => {
  const [navigation] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const { domContentLoadedEventEnd, loadEventEnd } = navigation;
  return [paint.startTime, domContentLoadedEventEnd, loadEventEnd, window.blocked];
}"""


def measure(browser: Browser, address: str) -> list[float]:
    """The times of one opening of a page."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)
    times: list[float] = page.evaluate(READ)
    context.close()
    return times


def write(name: str, cells: Sequence[str]) -> None:
    """Write a row of the table."""
    sys.stdout.write(f"{name:34}{''.join(f'{cell:>9}' for cell in cells)}\n")


def main() -> None:
    """Measure the front page and every chapter."""
    site = Path(sys.argv[1]).resolve()
    pages = [site / "index.html", *sorted((site / "chapters").glob("*.html"))]
    with open_server(site, 0) as server, sync_playwright() as playwright:
        Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=ensure())
        root = f"http://127.0.0.1:{server.server_port}/"
        write("", TIMES)
        for page in pages:
            name = page.relative_to(site).as_posix()
            runs = [measure(browser, root + name) for _ in range(3)]
            write(name, [f"{min(times):.0f}" for times in zip(*runs, strict=True)])
        server.shutdown()


if __name__ == "__main__":
    main()
