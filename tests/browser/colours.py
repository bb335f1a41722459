"""Colours as a browser gives them, and how far they can be told apart."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

# For each element: the contrast, as WCAG defines it, of one of its colours to the ground behind it.
# What is drawn has as its ground the last filled shape before it that its middle lies on, if any.
CONTRASTS = """([selector, name]) => {
  document.getAnimations().forEach(animation => animation.finish());
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const clear = colour => parts(colour)[3] === 0;
  const channel = n => n / 255 <= 0.04045 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4;
  const luminance = colour => {
    const [red, green, blue] = parts(colour).map(channel);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const shape = element => {
    const box = element.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const around = other => {
      const { left, right, top, bottom } = other.getBoundingClientRect();
      return left < x && x < right && top < y && y < bottom;
    };
    const filled = ({ fill, fillOpacity, opacity }) =>
      fill !== "none" && fillOpacity * opacity > 0.5;
    const shapes = [...element.ownerSVGElement.querySelectorAll("path, rect, circle, use")];
    const under = other => element.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING
      && !other.closest("defs, clipPath") && filled(getComputedStyle(other)) && around(other);
    return shapes.filter(under).pop();
  };
  const ground = element => {
    const drawn = element.matches("svg text") && shape(element);
    if (drawn) return getComputedStyle(drawn).fill;
    while (element && clear(getComputedStyle(element).backgroundColor))
      element = element.parentElement;
    return element ? getComputedStyle(element).backgroundColor : "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll(selector)]
    .filter(element => element.checkVisibility())
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
