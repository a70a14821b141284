// Beside a draft: its look as a page after a pause of typing. The same request keeps the words.
"use strict";

const PAUSE = 1500;

for (const panel of document.querySelectorAll("[data-editing]")) accompany(panel);

function accompany(panel) {
  const form = panel.closest("form");
  const names = panel.dataset.fields.split(" ");
  const said = document.createElement("p");
  const page = document.createElement("div");
  said.setAttribute("role", "status");
  panel.append(said, page);
  let sent = JSON.stringify(typed());
  let waiting;
  let asked = 0;

  function typed() {
    return names.map((name) => [name, form.elements[name]?.value ?? ""]);
  }

  async function send() {
    clearTimeout(waiting);
    const now = typed();
    const words = JSON.stringify(now);
    if (words === sent) return;
    sent = words;
    const mine = ++asked;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const [name, value] of now) body.append(name, value);
    try {
      const answer = await fetch(panel.dataset.editing, {
        method: "POST",
        body,
        headers: { "X-Requested-With": "fetch" },
        redirect: "error",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      if (mine === asked) show(html);
    } catch {
      sent = "";
      if (mine === asked) say(panel.dataset.failed);
    }
  }

  function show(html) {
    page.innerHTML = html; // made and sanitised by this site
    const sentence = page.querySelector("[data-editing-said]");
    say(sentence ? sentence.textContent : "");
    sentence?.remove();
    panel.hidden = false;
  }

  function say(sentence) {
    if (said.textContent !== sentence) said.textContent = sentence;
    panel.hidden = false;
  }

  form.addEventListener("input", (event) => {
    if (!names.includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(send, PAUSE);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send();
  });
}
