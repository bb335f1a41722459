/* Regions that can scroll are stops for the keyboard only while there is something to scroll.
   Without this script every one of them is a stop. */
(function () {
  "use strict";

  function update() {
    document.querySelectorAll(".mv-scroll").forEach(function (region) {
      if (region.scrollWidth > region.clientWidth) {
        region.setAttribute("tabindex", "0");
      } else {
        region.removeAttribute("tabindex");
      }
    });
  }

  document.addEventListener("DOMContentLoaded", update);
  window.addEventListener("load", update);
  window.addEventListener("resize", update);
})();
