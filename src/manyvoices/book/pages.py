"""The last pass over every written page.

It leaves nothing that loads from elsewhere and no script but the site's own, and puts right what
checkers of accessibility find in the theme's pages. A page that it has seen it changes no further.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import soupsieve
from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
IMAGE_ROLE = re.compile(r"<svg\b[^>]*\srole=\"img\"[^>]*>")
NAMED = re.compile(r"\saria-label(ledby)?=\"[^\"]+\"")
EXTERNAL = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
LOADING = (
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
)
UNWANTED = "base, object, embed, iframe, frame, applet, meta[http-equiv='refresh' i]"
LEADING = (("a", "href"), ("area", "href"), ("form", "action"), ("button", "formaction"))
SCHEME = re.compile(r"\s*(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*\s*:", re.IGNORECASE)

# Scripts of the theme that would fetch from elsewhere, or do nothing on these pages.
UNUSED_SCRIPTS = (
    "fontawesome",
    "thebe",
    "THEBE_JS_URL",
    "kernelName",
    "togglebutton",
    "toggleHint",
    "toggleOpenOnPrint",
    "design-tabs",
)
SEARCH_SCRIPT = "// Activate the search field on page load"
SEARCH_SCRIPTS = ("searchtools.js", "language_data.js", "searchindex.js")
UNUSED_STYLES = ("thebe", "togglebutton", "sphinx-design")
ICONS = {
    "fa-magnifying-glass": "search",
    "fa-bars": "menu",
    "fa-list": "contents",
    "fa-sun": "light",
    "fa-moon": "dark",
    "fa-circle-half-stroke": "auto",
    "fa-angle-left": "left",
    "fa-angle-right": "right",
    "fa-chevron-down": "down",
}
# A page opened from a folder has no origin in Firefox, so that 'self' allows nothing; `file:` does,
# and on a server it allows nothing, since no page from there may load files.
POLICY = (
    ("default-src", "'none'"),
    ("script-src", "'self' file: {hashes}"),
    ("style-src", "'self' file: 'unsafe-inline'"),
    ("img-src", "'self' file: data:"),
    ("font-src", "'self' file:"),
    ("connect-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
)
WORKERS = ("worker-src", "blob:")  # of the one page that makes a worker, from its own script


@dataclass
class Page:
    """A page being tidied: its tree, what it is, and what an author has to mend."""

    soup: BeautifulSoup
    description: str
    searching: bool = False
    complaints: list[str] = field(default_factory=list)
    index: Index = field(init=False)

    def __post_init__(self) -> None:
        self.index = Index(self.soup)


class Index:
    """The tags of a page by name, id, class and attribute, so that no selector walks all of it.

    It knows the page as it was parsed: what a step renames is found under its old name.
    """

    def __init__(self, soup: BeautifulSoup) -> None:
        self._tags: dict[str, dict[int, Tag]] = defaultdict(dict)
        for place, tag in enumerate(soup.find_all(True)):
            for key in self._keys(tag):
                self._tags[key][place] = tag

    def select(self, selector: str) -> list[Tag]:
        """What `selector` matches: parts joined by commas, with an id, class, name or attribute."""
        found: dict[int, Tag] = {}
        for part in selector.split(","):
            candidates = self._tags.get(self._key(part.split()[-1]), {})
            found |= {n: tag for n, tag in candidates.items() if self._matches(part, tag)}
        return [found[place] for place in sorted(found)]

    def attributes(self, prefix: str) -> list[Tag]:
        """The tags with an attribute whose name begins with `prefix`."""
        keys = [key for key in self._tags if key.startswith(f"[{prefix}")]
        found = {place: tag for key in keys for place, tag in self._tags[key].items()}
        return [found[place] for place in sorted(found) if not found[place].decomposed]

    @staticmethod
    def _matches(selector: str, tag: Tag) -> bool:
        return not tag.decomposed and soupsieve.match(selector.strip(), tag)

    @staticmethod
    def _keys(tag: Tag) -> Iterator[str]:
        yield tag.name
        yield from (f".{name}" for name in _classes(tag))
        yield from (f"[{name}" for name in tag.attrs)
        if tag.has_attr("id"):
            yield f"#{tag['id']}"

    @staticmethod
    def _key(compound: str) -> str:
        """The narrowest key of what a selector ends in."""
        for pattern in (r"#[\w-]+", r"\.[\w-]+", r"^[\w-]+", r"\[[\w-]+"):
            if match := re.search(pattern, re.sub(r":not\(.*?\)", "", compound)):
                return match[0]
        raise ValueError(f"{compound} has no name, id, class or attribute to be found by")


def tidy(markup: str, *, description: str, searching: bool = False) -> tuple[str, list[str]]:
    """The page as it is to be published, and complaints about what only its author can mend.

    `description` stands in for a page that has no paragraph of its own; `searching` keeps the
    scripts that search. Drawings pass through unread: their names are case-sensitive.
    """
    drawings = SVG.findall(markup)
    numbers = iter(range(len(drawings)))
    soup = BeautifulSoup(
        SVG.sub(lambda _: f"<mv-svg>{next(numbers)}</mv-svg>", markup), "html.parser"
    )
    page = Page(soup, description, searching)
    page.complaints += [f"a drawing has no name: {d[:80]}" for d in drawings if not _named(d)]
    for step in STEPS:
        step(page)
    text = re.sub(r"<mv-svg>(\d+)</mv-svg>", lambda m: drawings[int(m[1])], str(soup))
    return text, page.complaints


def _named(drawing: str) -> bool:
    role = IMAGE_ROLE.match(drawing)
    return role is None or bool(NAMED.search(role[0]))


def _all(page: Page, selector: str) -> list[Tag]:
    """The tags of the page that a selector matches, in order."""
    return page.index.select(selector)


def _first(page: Page, selector: str) -> Tag | None:
    return next(iter(page.index.select(selector)), None)


def _classes(tag: Tag) -> list[str]:
    return list(tag.get_attribute_list("class")) if tag.has_attr("class") else []


def _drop_scripts(page: Page) -> None:
    """Drop what is not used, and every second copy of what is."""
    unused = UNUSED_SCRIPTS if page.searching else (*UNUSED_SCRIPTS, *SEARCH_SCRIPTS)
    if not _first(page, ".math"):
        unused = (*unused, "mathjax", "MathJax")
    seen = set()
    for script in _all(page, "script"):
        text = str(script.get("src") or script.string or "")
        if text in seen or any(name in text for name in unused) or script.get("type"):
            script.decompose()
        seen.add(text)
    for link in _all(page, "link[rel~=preload], link[rel~=preconnect], link[rel~=dns-prefetch]"):
        link.decompose()


def _drop_styles(page: Page) -> None:
    for link in _all(page, "link[rel~=stylesheet]"):
        name = next((n for n in UNUSED_STYLES if n in str(link["href"])), "")
        if name and not (name == "sphinx-design" and _first(page, "[class*='sd-']")):
            link.decompose()


def _drop_duplicates(page: Page) -> None:
    """The theme repeats the heading for print, and names the viewport three times."""
    for selector in ("meta[name=viewport]", "#pst-skip-link, .skip-link"):
        for extra in list(_all(page, selector))[1:]:
            extra.decompose()
    for leftover in (
        "#jb-print-docs-body",
        "meta[name^='docsearch']",
        "#searchbox",
        "#bd-header-version-warning",
        ".search-button__kbd-shortcut",
        "#ethical-ad-placement",
    ):
        for tag in _all(page, leftover):
            tag.decompose()


def _draw_icons(page: Page) -> None:
    """Icons are shapes of the style sheet; each stands in a control that has a name of its own."""
    for icon in _all(page, ".fa-solid, .fa-regular, .fa-brands"):
        shape = next((ICONS[name] for name in _classes(icon) if name in ICONS), "")
        kept = [name for name in _classes(icon) if not name.startswith("fa")]
        icon.name = "span"
        icon["class"] = " ".join([*kept, "mv-icon", *([f"mv-icon-{shape}"] if shape else [])])
        icon["aria-hidden"] = "true"
        del icon["title"]


def _name_controls(page: Page) -> None:
    """A control's name is what it shows, or says what it does; no tooltip repeats it."""
    names = {
        ".primary-toggle": "Chapters",
        ".secondary-toggle": "Contents of this page",
        ".theme-switch-button": "Light or dark",
        ".search-button__button": "Search",
    }
    for selector, name in names.items():
        for button in _all(page, selector):
            button["aria-label"] = name
            for attribute in ("title", "data-bs-title", "data-bs-toggle", "data-bs-placement"):
                del button[attribute]
    for link in _all(page, ".left-prev, .right-next"):
        del link["title"]


def _mark_regions(page: Page) -> None:
    """All content of a page lies in a landmark with a name, and no list is only half of one."""
    for sidebar in _all(page, "#pst-primary-sidebar"):
        sidebar["role"], sidebar["aria-label"] = "region", "This book"
    for dialog, name in (
        ("#pst-primary-sidebar-modal", "This book"),
        ("#pst-search-dialog", "Search"),
    ):
        for tag in _all(page, dialog):
            tag["aria-label"] = name
    for entry in _all(page, "[role=doc-biblioentry]"):
        entry["role"] = "listitem"
    for notes in _all(page, "aside.footnote-list"):
        notes.name = "div"


def _gather_code(page: Page) -> None:
    """All code since what was last shown unfolds, in one piece, below what it makes.

    Cells that show nothing have no place; code after the last thing shown unfolds with that.
    """
    folds = [fold for fold in _all(page, "details.hide") if fold.find_parent(class_="cell")]
    ends = [i for i, fold in enumerate(folds) if fold.find_next_sibling(class_="cell_output")]
    after = [end + 1 for end in ends[:-1]]
    for start, end, stop in zip([0, *after], ends, [*after, len(folds)], strict=False):
        _unfold_with(folds[end], folds[start:stop])
    for cell in _all(page, "div.cell"):
        if not cell.find(True):
            cell.decompose()


def _unfold_with(host: Tag, folds: list[Tag]) -> None:
    """Put the code of all `folds` into the `host`, one of them, and that below what it shows."""
    code: list[PageElement | str] = []
    for block in (block for fold in folds for block in fold.select("pre")):
        code += ["\n", *block.contents] if code else block.contents
    cell = host.parent
    for fold in folds:
        fold.extract()
    (own,) = host.select("pre")
    own.clear()
    own.extend(code)
    if cell:
        cell.append(host)


def _collapse_code(page: Page) -> None:
    """Code stands folded behind its own words; what scrolls can be reached with the keyboard."""
    for details in _all(page, "details.hide"):
        details["class"] = "mv-code"
        summary = details.find("summary")
        if isinstance(summary, Tag):
            del summary["aria-label"]
            for words in summary.find_all("p"):
                words.name = "span"
                words["class"] = "mv-shut" if "collapsed" in _classes(words) else "mv-open"
    for block in _all(page, "div.highlight pre"):
        block["tabindex"] = "0"


def _name_passages(page: Page) -> None:
    """On paper, where nothing can be followed, a link to evidence names its passage."""
    for link in _all(page, "a.mv-evidence"):
        anchor = str(link.get("href", "")).rpartition("#")[2]
        if anchor and anchor != link.get_text():
            link["data-passage"] = anchor


def _scope_headers(page: Page) -> None:
    for cell in _all(page, "th"):
        if not cell.get_text(strip=True) and not cell.find(True):
            cell.name = "td"
        elif not cell.has_attr("scope"):
            cell["scope"] = "col" if cell.find_parent("thead") else "row"


def _describe(page: Page) -> None:
    """A description for search engines: the first paragraph, or that of the book."""
    head = page.soup.head
    if head is None or head.find("meta", attrs={"name": "description"}):
        return
    first = _first(page, "article section > p")
    text = re.sub(r"\s+", " ", first.get_text() if first else "").strip() or page.description
    if len(text) > 160:
        text = text[:160].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    head.append(page.soup.new_tag("meta", attrs={"name": "description", "content": text}))


def _check_images(page: Page) -> None:
    for image in _all(page, "img:not([alt])"):
        page.complaints.append(f"an image has no alternative text: {image.get('src')}")


def _check_origin(page: Page) -> None:
    """Whatever the page loads must be the site's own; links may lead anywhere."""
    for name, attribute in LOADING:
        for tag in _all(page, f"{name}[{attribute}]"):
            address = str(tag[attribute])
            if EXTERNAL.match(address) and "canonical" not in tag.get_attribute_list("rel"):
                page.complaints.append(f"<{name}> loads from elsewhere: {address}")
    for tag in page.index.attributes("on"):
        page.complaints.append(f"<{tag.name}> carries a script in an attribute")


def _check_links(page: Page) -> None:
    """No link may lead into a script, and nothing may lead away unasked."""
    for name, attribute in LEADING:
        for tag in _all(page, f"{name}[{attribute}]"):
            if SCHEME.match(str(tag[attribute])):
                page.complaints.append(f"<{name}> leads to {tag[attribute]}")
    for tag in _all(page, UNWANTED):
        page.complaints.append(f"<{tag.name}> has no place in a page")


def _protect(page: Page) -> None:
    """State which scripts may run: files of the site, and those that the theme writes in a head.

    One that stands in the body, where content stands, is not among them.
    """
    if page.soup.head is None:
        return
    for old in _all(page, "meta[http-equiv='Content-Security-Policy']"):
        old.decompose()
    inline = [str(s.string) for s in _all(page, "head script:not([src])") if s.string]
    for script in _all(page, "body script:not([src])"):
        if page.searching and str(script.string).strip().startswith(SEARCH_SCRIPT):
            inline.append(str(script.string))
        else:
            page.complaints.append(f"a script stands in the page: {str(script.string)[:80]}")
    hashes = " ".join(dict.fromkeys(f"'sha256-{_sha256(text)}'" for text in inline))
    rules = (*POLICY, WORKERS) if _first(page, "#mv-concordancer") else POLICY
    policy = "; ".join(f"{name} {value.format(hashes=hashes)}".strip() for name, value in rules)
    attributes = {"http-equiv": "Content-Security-Policy", "content": policy}
    meta = page.soup.new_tag("meta", attrs=attributes)
    if charset := _first(page, "head meta[charset]"):
        charset.insert_after(meta)
    else:
        page.soup.head.insert(0, meta)


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


STEPS: tuple[Callable[[Page], None], ...] = (
    _drop_scripts,
    _drop_styles,
    _drop_duplicates,
    _draw_icons,
    _name_controls,
    _mark_regions,
    _gather_code,
    _collapse_code,
    _name_passages,
    _scope_headers,
    _describe,
    _check_images,
    _check_origin,
    _check_links,
    _protect,
)
