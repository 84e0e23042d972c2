// Small comforts. Every page works without this file.
"use strict";

// A fold-out in the header closes on Escape, and when one presses somewhere else.
const openFolds = () => document.querySelectorAll(".s-fold[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const fold of openFolds()) {
    fold.open = false;
    fold.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const fold of openFolds()) {
    if (!fold.contains(event.target)) fold.open = false;
  }
});

// A note opens beside the question mark that asks for it, where there is room.
document.addEventListener("toggle", (event) => {
  const note = event.target;
  if (event.newState !== "open" || !note.matches(".s-note")) return;
  const button = document.querySelector(`[popovertarget="${note.id}"]`);
  const from = button.getBoundingClientRect();
  const left = Math.min(Math.max(from.left - 16, 16), window.innerWidth - note.offsetWidth - 16);
  const below = from.bottom + 8;
  const above = from.top - note.offsetHeight - 8;
  const top = below + note.offsetHeight < window.innerHeight || above < 8 ? below : above;
  Object.assign(note.style, { position: "fixed", inset: "auto", margin: "0", left: `${left}px`, top: `${top}px` });
}, true);
