// Asks the browser for a passkey: to use one (a button in a form that also works without), or to make one (a form that
// only does). What it says is sent as a field of the form. Without this script there are codes.
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function use(form, options) {
  const asked = { ...options, challenge: bytes(options.challenge), allowCredentials: [] };
  // Who typed a passphrase needs to show only that they hold the key.
  if (form.elements.passphrase && form.elements.passphrase.value) asked.userVerification = "discouraged";
  const found = await navigator.credentials.get({ publicKey: asked });
  const told = found.response;
  return {
    id: found.id,
    rawId: text(found.rawId),
    type: found.type,
    clientExtensionResults: {},
    response: {
      clientDataJSON: text(told.clientDataJSON),
      authenticatorData: text(told.authenticatorData),
      signature: text(told.signature),
      userHandle: told.userHandle ? text(told.userHandle) : null,
    },
  };
}

async function make(form, options) {
  const asked = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: (options.excludeCredentials || []).map((one) => ({ ...one, id: bytes(one.id) })),
  };
  const made = await navigator.credentials.create({ publicKey: asked });
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    clientExtensionResults: {},
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
    },
  };
}

function prepare(form) {
  const problem = form.querySelector("[data-passkey-problem]");
  const ask = form.dataset.passkey === "make" ? make : use;
  let isAsking = false;
  const go = async () => {
    if (isAsking) return;
    isAsking = true;
    problem.hidden = true;
    try {
      const told = await ask(form, JSON.parse(form.dataset.options));
      form.querySelector("[data-passkey-answer]").value = JSON.stringify(told);
      form.submit();
    } catch {
      // Cancelled, too slow, or there is none: the browser says which, and the form is still there.
      problem.hidden = false;
    }
    isAsking = false;
  };
  const button = form.querySelector("[data-passkey-button]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", go);
  } else {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go();
    });
  }
}

if (window.PublicKeyCredential) {
  for (const word of document.querySelectorAll("[data-without-passkeys]")) word.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (form.dataset.options) prepare(form);
  }
}
