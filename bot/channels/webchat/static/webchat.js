// The web chat is whole without this script; it only makes a few things quicker.
"use strict";

(() => {
  const newest = document.getElementById("newest");
  const say = document.getElementById("say");
  const text = document.getElementById("text");
  const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;

  // A page that answered a form: loaded anew, it should not offer to send the form again.
  if (location.pathname !== "/" || location.search) history.replaceState(null, "", "/");

  // Fetched out of the browser's memory after leaving, the page would show what was cleared.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // The second tap of a double tap goes nowhere.
  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (document.body.hasAttribute("aria-busy")) event.preventDefault();
      else document.body.setAttribute("aria-busy", "true");
    });
  }

  // Enter sends where there is a real keyboard, but not the Enter that ends a word typed in Chinese.
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229 || !hasKeyboard) return;
    event.preventDefault();
    say.requestSubmit();
  });

  // The box grows with what is written, where the style sheet alone cannot make it.
  if (!CSS.supports("field-sizing", "content")) {
    const grow = () => {
      text.style.height = "auto";
      text.style.height = `${text.scrollHeight + 2}px`;
    };
    text.addEventListener("input", grow);
    if (text.value) grow();
  }

  const problem = document.getElementById("say-problem");
  say.addEventListener("submit", (event) => {
    const isTooLong = [...text.value].length > Number(say.dataset.limit);
    problem.textContent = isTooLong ? problem.dataset.problem : "";
    problem.hidden = !isTooLong;
    if (isTooLong) event.preventDefault();
  }, true);

  const isReply = document.querySelector(".chat-log .person, .once, .notice") !== null;
  if (isReply) {
    newest.scrollIntoView({ block: "start" });
    // On a telephone the keyboard would cover the answer; a person who listens is taken to it.
    if (hasKeyboard && !newest.querySelector(".urgent, .once")) text.focus({ preventScroll: true });
    else newest.focus({ preventScroll: true });
  } else if (hasKeyboard) {
    text.focus({ preventScroll: true });
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    if (source === null || !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.textContent);
      button.querySelector("span").textContent = button.dataset.done;
    });
  }

  // The screen is empty at once, and the way back does not lead here.
  for (const form of document.querySelectorAll("form[data-exit]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const body = new URLSearchParams(new FormData(form));
      document.title = "";
      document.body.replaceChildren();
      fetch(form.action, { method: "POST", body, keepalive: true, redirect: "manual" })
        .finally(() => location.replace(form.dataset.exit));
    });
  }
})();
