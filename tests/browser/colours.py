"""Colours as a browser gives them, and how far they can be told apart."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

# For each element: the contrast, as WCAG defines it, of one of its colours to the ground behind it.
CONTRASTS = """([selector, name]) => {
  document.getAnimations().forEach(animation => animation.finish());
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const clear = colour => parts(colour)[3] === 0;
  const channel = n => n / 255 <= 0.04045 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4;
  const luminance = colour => {
    const [red, green, blue] = parts(colour).map(channel);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = element => {
    while (element && clear(getComputedStyle(element).backgroundColor))
      element = element.parentElement;
    return element ? getComputedStyle(element).backgroundColor : "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll(selector)]
    .map(element => [element, getComputedStyle(element)])
    .filter(([, style]) => style[name] !== "none" && Number(style[name + "Opacity"] ?? 1) > 0.5)
    .map(([element, style]) => {
      const pair = [luminance(style[name]), luminance(ground(element))].sort((a, b) => b - a);
      return {
        ratio: (pair[0] + 0.05) / (pair[1] + 0.05),
        what: element.tagName + " " + element.textContent.trim().slice(0, 40) + " " + style[name],
      };
    });
}"""


def contrasts(page: Page, selector: str, name: str = "color") -> list[dict[str, Any]]:
    """For each element: `ratio`, the contrast of its colour to its ground, and `what` it is."""
    found: list[dict[str, Any]] = page.evaluate(CONTRASTS, [selector, name])
    return found
