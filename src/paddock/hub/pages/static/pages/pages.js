// SPDX-FileCopyrightText: Paddock contributors
// SPDX-License-Identifier: Apache-2.0
// The few things that pages do without asking the server.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("search")?.focus();
  }
  if (event.key === "Escape") {
    document.getElementById("found")?.replaceChildren();
    document.querySelectorAll("details.person[open]").forEach((open) => {
      open.removeAttribute("open");
      open.querySelector("summary").focus();
    });
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest(".menu-button");
  if (button) {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    document.getElementById("rail").classList.toggle("open", open);
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    navigator.clipboard.writeText(copy.dataset.copy).then(() => copy.setAttribute("data-copied", ""));
  }
  document.querySelectorAll("details.person[open]").forEach((open) => {
    if (!open.contains(event.target)) open.removeAttribute("open");
  });
});

document.querySelector(".message-error[tabindex]")?.focus();
document.documentElement.classList.add("script");
