// A passkey: asks the device, puts its answer into the form, and says in words what went wrong.
"use strict";

for (const form of document.querySelectorAll("[data-passkey]")) accompany(form);

function accompany(form) {
  const asking = form.querySelector("[data-passkey-ask]");
  const button = asking.querySelector("button");
  if (!window.PublicKeyCredential) return say("missing");
  asking.hidden = false;
  say("");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    say("");
    ask().then((answer) => {
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    }, (error) => {
      button.disabled = false;
      say({ NotAllowedError: "stopped", InvalidStateError: "known" }[error.name] ?? "failed");
    });
  });

  async function ask() {
    const publicKey = readable((await options()).publicKey);
    const isNew = form.dataset.passkey === "create";
    return plain(await navigator.credentials[isNew ? "create" : "get"]({ publicKey }));
  }

  async function options() {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const response = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(response.status);
    return (await response.json()).request_options;
  }

  function say(what) {
    for (const words of form.querySelectorAll("[data-passkey-says]")) {
      words.hidden = words.dataset.passkeySays !== what;
    }
  }
}

function readable(key) {
  const named = (list) => list?.map((each) => ({ ...each, id: bytes(each.id) }));
  return {
    ...key,
    challenge: bytes(key.challenge),
    ...(key.user && { user: { ...key.user, id: bytes(key.user.id) } }),
    ...(key.excludeCredentials && { excludeCredentials: named(key.excludeCredentials) }),
    ...(key.allowCredentials && { allowCredentials: named(key.allowCredentials) }),
  };
}

function plain(made) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = text(made.response[name]);
  }
  const clientExtensionResults = made.getClientExtensionResults();
  return { id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults, response };
}

function bytes(words) {
  const plainWords = atob(words.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plainWords, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
