// SPDX-FileCopyrightText: Paddock contributors
// SPDX-License-Identifier: Apache-2.0
// What the frame does beyond links and forms. Every page works without it.
"use strict";
(() => {
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  const menus = () => document.querySelectorAll("details.menu[open]");
  const search = () => document.getElementById("search");

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
      event.preventDefault();
      search()?.focus();
    }
    if (event.key === "Escape") {
      menus().forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      const found = document.getElementById("found");
      if (found?.childElementCount) {
        found.replaceChildren();
        search()?.focus();
      }
    }
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.closest(".find")) {
      const stops = [search(), ...document.querySelectorAll("#found a")];
      const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) {
        event.preventDefault();
        next.focus();
      }
    }
  });

  document.addEventListener("click", (event) => {
    menus().forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    const burger = event.target.closest(".burger");
    if (burger) {
      event.preventDefault();
      const open = document.getElementById("navigation").classList.toggle("open");
      burger.setAttribute("aria-expanded", String(open));
    }
    const found = document.getElementById("found");
    if (found && !event.target.closest(".find")) found.replaceChildren();
  });

  // A table comes with its boxes. What somebody types while it is on its way is put back, and asked for once more.
  const box = () => document.activeElement?.closest(".listing input[type=search]");
  let asked = null;
  let typed = null;
  document.addEventListener("htmx:beforeRequest", () => {
    asked = box()?.value ?? null;
  });
  document.addEventListener("htmx:beforeSwap", () => {
    typed = box()?.value ?? null;
  });
  document.addEventListener("htmx:afterSwap", () => {
    const shown = box();
    if (shown && typed !== null && shown.value !== typed) {
      shown.value = typed;
      shown.setSelectionRange(typed.length, typed.length);
    }
    typed = null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    const shown = box();
    if (shown && asked !== null && shown.value.trim() !== asked.trim()) shown.form.requestSubmit();
  });

  // A summary of errors is what people must read first.
  document.addEventListener("DOMContentLoaded", () => document.querySelector(".summary-of-errors")?.focus());
})();
