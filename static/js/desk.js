// The desk, while it is looked at: what others did meanwhile, and a claim that goes on while one works.
"use strict";

const ASK_EVERY = 10_000;
const RENEW_EVERY = 240_000;

for (const desk of document.querySelectorAll("[data-desk-news]")) {
  watch(desk);
  if (desk.dataset.deskRenew) renew(desk.dataset.deskRenew);
}

function watch(desk) {
  const said = desk.querySelector("[data-desk-said]");

  async function ask() {
    if (document.hidden) return;
    try {
      const answer = await fetch(desk.dataset.deskNews, { redirect: "error" });
      if (answer.ok) show(await answer.json());
    } catch {
      // The next time tells.
    }
  }

  function show({ news, rows = {} }) {
    if (said.textContent !== news) said.textContent = news;
    said.hidden = !news;
    for (const [number, standing] of Object.entries(rows)) {
      const place = desk.querySelector(`[data-desk-row="${number}"]`);
      if (!place || place.textContent === standing) continue;
      place.textContent = standing;
      const button = place.parentElement.querySelector("form");
      if (button) button.hidden = Boolean(standing);
    }
  }

  setInterval(ask, ASK_EVERY);
  document.addEventListener("visibilitychange", ask);
}

function renew(address) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  let last = Date.now();

  function work() {
    if (document.hidden || Date.now() - last < RENEW_EVERY) return;
    last = Date.now();
    fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "error" }).catch(() => {});
  }

  for (const kind of ["input", "keydown", "pointerdown", "scroll"]) {
    document.addEventListener(kind, work, { passive: true });
  }
}
