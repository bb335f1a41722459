/* A few small cures, none of which the pages need in order to be read. */
(function () {
  "use strict";

  /* Regions that can scroll are stops for the keyboard only while there is something to scroll.
     Without this script every one of them is a stop. All are measured before any is changed: a
     change between two measurements would have the page laid out anew for each. */
  function markScrolling(part) {
    var regions = Array.from(part.querySelectorAll(".mv-scroll")).filter(function (region) {
      return !region.checkVisibility || region.checkVisibility();
    });
    var wide = regions.map(function (region) { return region.scrollWidth > region.clientWidth; });
    regions.forEach(function (region, i) {
      if (!wide[i]) region.removeAttribute("tabindex");
      else if (region.tabIndex < 0) region.setAttribute("tabindex", "0");
    });
  }

  /* The theme forgets where the keyboard was when one of its drawers is closed. */
  function returnFocus(drawer, button) {
    var dialog = document.getElementById(drawer);
    var toggle = document.querySelector(button);
    if (dialog && toggle) {
      dialog.addEventListener("close", function () {
        toggle.focus();
      });
    }
  }

  /* Whoever follows a link in the contents goes to the section: the drawer shuts behind them. */
  function leaveDrawer() {
    var drawer = document.getElementById("pst-secondary-sidebar-modal");
    if (!drawer) return;
    drawer.addEventListener("click", function (event) {
      var link = event.target.closest("a[href^='#']");
      var place = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!place) return;
      drawer.addEventListener("close", function () { stepTo(place); }, { once: true });
      drawer.close();
    });
  }

  function stepTo(place) {
    var heading = place.querySelector("h1, h2, h3, h4, h5, h6") || place;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView();
    heading.addEventListener("blur", function () { heading.removeAttribute("tabindex"); }, { once: true });
  }

  /* What is quoted from a page that was found is its words, without code, and no two cells as one. */
  function quoteWords() {
    var words = Search.htmlToText;
    Search.htmlToText = function (markup, anchor) {
      var page = new DOMParser().parseFromString(markup, "text/html");
      page.querySelectorAll("details.mv-code, noscript, svg").forEach(function (one) { one.remove(); });
      page.querySelectorAll("td, th, li, dt, dd, p, summary, label").forEach(function (one) { one.append(" "); });
      return words(page.documentElement.outerHTML, anchor);
    };
  }

  /* The first thing that is found is a way to look for the same words in the texts themselves. */
  function offerTexts() {
    var search = Search.performSearch;
    var page = document.querySelector("nav.bd-links a[href$='concordancer.html']");
    Search.performSearch = function (query) {
      search(query);
      var words = query.replace(/[^\p{L}\p{N}'’-]+/gu, " ").trim();
      if (!page || !words) return;
      var link = document.createElement("a");
      link.href = page.href + "#" + new URLSearchParams({ q: words });
      link.textContent = "Look for " + words + " in the texts";
      var row = document.createElement("li");
      row.className = "mv-look";
      row.append(link);
      Search.output.prepend(row);
    };
  }

  if (typeof Search !== "undefined") {
    quoteWords();
    offerTexts();
  }

  /* A page that was opened from a folder may not fetch others, to quote from what was found. */
  if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") {
    DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
  }

  /* What is folded is printed too; code stays folded. */
  var opened = [];
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("article details:not(.mv-code):not([open])").forEach(function (fold) {
      fold.open = true;
      opened.push(fold);
    });
  });
  window.addEventListener("afterprint", function () {
    opened.splice(0).forEach(function (fold) {
      fold.open = false;
    });
  });

  /* Notes are open where they stand in the margin. */
  var wide = window.matchMedia("(min-width: 75rem)");
  function openNotes() {
    document.querySelectorAll(".mv-notes").forEach(function (notes) {
      notes.open = wide.matches;
    });
  }

  /* The layer that is on stands in the address, so that it can be sent to somebody. */
  function keepLayer() {
    var form = document.querySelector("form.mv-layers");
    if (!form) return;
    var address = new URL(location.href);
    var wanted = address.searchParams.get("layer") || "";
    var buttons = Array.from(form.elements.layer);
    var button = buttons.find(function (one) { return one.value === wanted; }) || buttons[0];
    button.checked = true;
    passOn(button.value);
    form.addEventListener("change", function (event) {
      var address = new URL(location.href);
      setLayer(address, event.target.value);
      history.replaceState(null, "", address);
      passOn(event.target.value);
      sayLayer(event.target);
    });
  }

  function setLayer(address, layer) {
    if (layer) address.searchParams.set("layer", layer);
    else address.searchParams.delete("layer");
  }

  /* It stays on where one goes from part to part of the texts. */
  function passOn(layer) {
    document.querySelectorAll(".mv-parts a").forEach(function (link) {
      var address = new URL(link.href);
      setLayer(address, layer);
      link.href = address;
    });
  }

  function sayLayer(button) {
    var legends = document.querySelector(".mv-layer-legends");
    var items = legends.querySelectorAll(".mv-t" + button.id.replace("mv-layer-", "") + " li");
    var counts = Array.from(items, function (item) { return item.textContent; }).join("; ");
    var label = button.parentElement.textContent.trim();
    legends.querySelector("[role=status]").textContent = counts ? label + ": " + counts : "No marks";
  }

  /* What sticks to the top below the switches of layers has to know how high those are. */
  function measureSwitches() {
    var form = document.querySelector("form.mv-layers");
    if (form) document.documentElement.style.setProperty("--mv-switches", form.offsetHeight + "px");
  }

  /* Where the book names no address of its own, it is cited by the one at which it is read. */
  function citeAddress() {
    var cited = document.querySelector(".mv-reference");
    if (!cited || cited.querySelector("a") || location.protocol !== "https:") return;
    var address = new URL(document.documentElement.dataset.content_root, location.href.split("#")[0]).href;
    var link = document.createElement("a");
    link.href = link.textContent = address;
    cited.append(" ", link);
    var entry = document.querySelector(".mv-citation pre");
    entry.textContent = entry.textContent.replace(/\n}\s*$/, ",\n  url = {" + address + "}\n}\n");
  }

  document.addEventListener("DOMContentLoaded", function () {
    citeAddress();
    openNotes();
    wide.addEventListener("change", openNotes);
    keepLayer();
    measureSwitches();
    leaveDrawer();
    returnFocus("pst-primary-sidebar-modal", ".primary-toggle");
    returnFocus("pst-secondary-sidebar-modal", ".secondary-toggle");
  });
  window.addEventListener("load", function () { markScrolling(document); });
  window.addEventListener("resize", function () { markScrolling(document); });
  window.addEventListener("resize", measureSwitches);
  document.addEventListener("toggle", function (event) { markScrolling(event.target); }, true);
})();
