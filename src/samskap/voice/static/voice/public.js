// Small comforts of the public pages; every page works without them. Nothing is stored.
"use strict";

// Each question that is gone to, and each answer to a form, is a place in the browser's history. Its number is kept with it, so
// that leaving can begin by going back over all of them: neither "back" nor "forward" then leads to what was asked here. From one
// page to the next the number travels in the window's name, which the next page takes away again: nothing of it stays.
const LEAVING = "ut";
const arrived = window.name;
window.name = "";
let leaving = false;
let place = history.state?.place ?? placeAfter(arrived);
history.replaceState({ place }, "");
if (arrived === LEAVING) away();

// One further than the page whose form was sent; the same place where the browser put this page in that one's stead.
function placeAfter(name) {
  const [number, length, address] = name.split(" ");
  if (address === undefined) return 0;
  const inItsStead = address === location.href && Number(length) === history.length;
  return Number(number) + (inItsStead ? 0 : 1);
}

document.addEventListener("submit", (event) => {
  if (!("paper" in event.target.dataset)) window.name = `${place} ${history.length} ${location.href}`;
});

function goTo(question) {
  location.hash = question;
  place += 1;
  history.replaceState({ place }, "");
}

window.addEventListener("hashchange", () => {
  const isNew = history.state?.place === undefined; // by a link within the page: to what is missing, past the head
  place = isNew ? place + 1 : history.state.place;
  if (isNew) history.replaceState({ place }, "");
  if (leaving) goBack();
});

function away() {
  if (leaving) return;
  leaving = true;
  document.body.hidden = true;
  goBack();
  setTimeout(() => location.replace(document.body.dataset.leave), 700); // whatever the browser did with its history
}

function goBack() {
  if (place === 0) return goneBack();
  window.name = LEAVING; // where the first place lies on an earlier page, that one goes on
  history.go(-place);
}

// The page's own address gives way to one that leads out, and a new place after it ends all that lay ahead. It is made here: a
// page that goes on before it is all there would only put the next one in its own stead.
function goneBack() {
  window.name = "";
  history.replaceState(null, "", `${document.body.dataset.leave}?`);
  history.pushState(null, "", document.body.dataset.leave);
  location.replace(document.body.dataset.leave);
}

// A browser may show a page that it kept: then we are on the way out still.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  if (leaving) location.replace(document.body.dataset.leave);
  else if (window.name === LEAVING) away();
  else window.name = "";
});

// Escape three times within two seconds leaves the page.
const presses = [];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  presses.push(event.timeStamp);
  if (presses.length >= 3 && event.timeStamp - presses.at(-3) < 2000) away();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest(".v-leave, .v-next, .v-back, .v-languages button");
  if (button === null) return;
  if (button.matches(".v-leave")) {
    event.preventDefault();
    away();
  } else if (button.matches(".v-next, .v-back")) {
    event.preventDefault();
    if (button.matches(".v-back") || !isMissing(button.closest(".v-step"))) goTo(button.hash);
  } else {
    button.form.action = button.form.action.split("#")[0] + location.hash; // the same question in the other language
  }
});

// What must be written is asked for where it is asked, not at the end.
function isMissing(step) {
  const message = step.querySelector(".v-missing");
  if (message === null) return false;
  const field = step.querySelector("textarea");
  const missing = field.value.trim() === "";
  message.hidden = !missing;
  message.textContent = missing ? message.dataset.text : "";
  if (missing) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  if (missing) field.focus();
  return missing;
}

// Enter goes on to the next question; without this it does nothing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".v-step input:not([type=file])")) return;
  event.target.closest(".v-step").querySelector(".v-next")?.click();
});
