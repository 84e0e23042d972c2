// Small comforts of the public pages; every page works without them. Nothing is stored.
"use strict";

// Escape three times within two seconds leaves the page, and "back" does not lead here again.
const presses = [];
const away = () => location.replace(document.body.dataset.leave);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  presses.push(event.timeStamp);
  if (presses.length >= 3 && event.timeStamp - presses.at(-3) < 2000) away();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest(".v-leave")) return;
  event.preventDefault();
  away();
});

// Enter goes on to the next question; without this it does nothing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".v-step input:not([type=file])")) return;
  event.target.closest(".v-step").querySelector(".v-next")?.click();
});
