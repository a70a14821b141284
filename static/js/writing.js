// Beside somebody who writes: one file, since a page has one script at most.
"use strict";

// Keeps a member's words while they write, and says in words whether that worked.

const PAUSE = 2000;

for (const form of document.querySelectorAll("form[data-drafts]")) keep(form);

function keep(form) {
  const said = form.querySelector("[data-drafts-said]");
  const lists = form.dataset.lists.split(" ");
  const number = form.elements._draft;
  const sequence = form.elements._sequence;
  let before = typed();
  let unanswered = null;
  let asked = null;
  let waiting;
  let isOver = false;

  function typed() {
    const fields = {};
    for (const [name, value] of new FormData(form)) {
      if (name.startsWith("_") || name === "csrfmiddlewaretoken") continue;
      if (lists.includes(name)) (fields[name] ??= []).push(value);
      else fields[name] = value.replaceAll("\r\n", "\n");
    }
    return fields;
  }

  async function send() {
    clearTimeout(waiting);
    const fields = typed();
    if (isOver || asked || !form.elements.body.value.trim()) return;
    if (JSON.stringify(fields) === JSON.stringify(before)) return;
    const { drafts, form: kind, about } = form.dataset;
    const words = { form: kind, about, draft: number.value, sequence: sequence.value, fields, unanswered };
    asked = new AbortController();
    try {
      const answer = await fetch(drafts, {
        method: "POST",
        body: JSON.stringify(words),
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        redirect: "error",
        signal: asked.signal,
      });
      const told = await answer.json();
      say(told.said);
      isOver = Boolean(told.is_over);
      if (!answer.ok) throw new Error(told.said);
      [number.value, sequence.value, before, unanswered] = [told.draft, told.sequence, fields, null];
    } catch (error) {
      unanswered = fields;
      if (error.name !== "AbortError") later(PAUSE * 5);
      if (!(error instanceof Error) || error instanceof TypeError || error instanceof SyntaxError) say(form.dataset.failed);
    }
    asked = null;
    if (JSON.stringify(typed()) !== JSON.stringify(fields)) later(PAUSE);
  }

  function later(pause) {
    clearTimeout(waiting);
    if (!isOver) waiting = setTimeout(send, pause);
  }

  function say(sentence) {
    if (said.textContent !== sentence) said.textContent = sentence;
  }

  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("submit", () => {
    isOver = true; // the form itself carries every word from here on
    asked?.abort();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isOver = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send();
  });
}

// Shows what others have asked while somebody writes. Optional: "Look it over" shows the same without it.

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
