// Shows what others have asked while somebody writes. Optional: "Look it over" shows the same without it.
"use strict";

const AFTER = 1200;
const LEAST = 12;
const MOST = 5000;

for (const place of document.querySelectorAll("[data-similar]")) offer(place);

function offer(place) {
  const form = place.closest("form");
  const words = form.elements.body;
  const [said, list] = place.children;
  let before = "";
  let asked;
  let waiting;

  async function look() {
    const text = words.value.trim().slice(0, MOST);
    if (text === before || text.length < LEAST) return;
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(place.dataset.similar, {
        method: "POST",
        body: new URLSearchParams({ words: text }),
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        redirect: "error",
        signal: asked.signal,
      });
      if (answer.status === 429) words.removeEventListener("input", later);
      if (!answer.ok) return;
      before = text;
      show(await answer.text());
    } catch {
      // Nothing was typed here that could be lost: it is looked for again with the next words.
    }
  }

  function show(html) {
    // Only under the hands of somebody who writes: nothing may move from under a finger on its way to a button.
    if (document.activeElement !== words || html === list.innerHTML) return;
    list.innerHTML = html;
    said.textContent = list.querySelector("li") ? place.dataset.said : "";
  }

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(look, AFTER);
  }

  words.addEventListener("input", later);
}
