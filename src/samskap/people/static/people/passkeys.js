// Passkeys: the browser makes one, or signs with one, and the form carries its answer. The one thing that needs JavaScript.
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const words = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const described = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

const make = ({ publicKey: asked }) =>
  navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: described(asked.excludeCredentials),
    },
  });

const sign = ({ publicKey: asked }) =>
  navigator.credentials.get({
    publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: described(asked.allowCredentials) },
  });

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature"];

const told = (credential) => {
  const response = {};
  for (const part of PARTS) if (credential.response[part]) response[part] = words(credential.response[part]);
  const id = words(credential.rawId);
  return JSON.stringify({ id, rawId: id, type: credential.type, response, clientExtensionResults: {} });
};

const begin = (form) => {
  const asked = JSON.parse(document.getElementById("passkey-options").textContent);
  const complaint = form.querySelector("[data-passkey-failed]");
  const button = form.querySelector("button[type=submit]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    complaint.hidden = true;
    button.disabled = true;
    try {
      form.elements.credential.value = told(await (form.dataset.passkey === "make" ? make(asked) : sign(asked)));
      form.submit();
    } catch {
      // Cancelled, too slow, or this device has none: the browser does not tell which.
      complaint.hidden = false;
      button.disabled = false;
    }
  });
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  for (const note of document.querySelectorAll("[data-without-passkeys]")) note.hidden = true;
  begin(form);
}
