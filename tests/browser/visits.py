"""A book in a browser, and what the browser says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ConsoleMessage, Dialog, Page, Request, Response

from tests.site.books import Book

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(event.violatedDirective + ": " + event.blockedURI);
});
"""


@dataclass
class Visit:
    """One tab on one book; `faults` gathers whatever the browser complains of."""

    page: Page
    book: Book
    root: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH)
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", self._note_dialog)
        self.page.on("request", self._note_request)
        self.page.on("requestfailed", self._note_failure)
        self.page.on("response", self._note_response)

    def goto(self, name: str) -> Page:
        """The page `name`, loaded and at rest."""
        self.page.goto(self.root + name, wait_until="load")
        return self.page

    def pages(self) -> Iterator[tuple[str, Page]]:
        """Every page of our own book, one after the other; of others those that show the corpus."""
        for name in self.book.pages if self.book.name == "own" else self.book.about_the_corpus:
            yield name, self.goto(name)

    def run(self, script: str, argument: Any = None) -> Any:
        """What a script gives on the page."""
        return self.page.evaluate(script, argument)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _note_dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.root, "data:", "blob:")):
            self.faults.append(f"request: {request.url}")

    def _note_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the tab went on to another page meanwhile
            self.faults.append(f"{request.failure}: {request.url}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")
