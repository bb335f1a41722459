/* A few small cures, none of which the pages need in order to be read. */
(function () {
  "use strict";

  /* Regions that can scroll are stops for the keyboard only while there is something to scroll.
     Without this script every one of them is a stop. */
  function markScrolling() {
    document.querySelectorAll(".mv-scroll").forEach(function (region) {
      if (region.scrollWidth > region.clientWidth) {
        region.setAttribute("tabindex", "0");
      } else {
        region.removeAttribute("tabindex");
      }
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

  document.addEventListener("DOMContentLoaded", function () {
    markScrolling();
    returnFocus("pst-primary-sidebar-modal", ".primary-toggle");
    returnFocus("pst-secondary-sidebar-modal", ".secondary-toggle");
  });
  window.addEventListener("load", markScrolling);
  window.addEventListener("resize", markScrolling);
  document.addEventListener("toggle", markScrolling, true);
})();
