// Pages that stay open: the queue brings itself up to date, a tip says that somebody else changed it. Without this
// script both are as they were loaded.
"use strict";

(() => {
  const place = document.querySelector("[data-live]");
  const said = document.getElementById("live-said");
  if (place === null || said === null || !window.EventSource) return;
  const parts = place.dataset.live.split(" ");
  const tip = place.dataset.liveTip;
  let waiting = null;
  let stream = null;
  let last = "";

  // Said only once it stands there: what reads the page aloud has to know of the place before.
  function say(words) {
    const notice = document.getElementById("live-notice").content.cloneNode(true);
    notice.querySelector("[data-said]").textContent = words;
    said.replaceChildren(notice);
  }

  // Who ticks, types or stands in what would be exchanged is not disturbed.
  const isBusy = () =>
    document.querySelector("#live-rows input:checked") !== null ||
    parts.some((id) => document.getElementById(id)?.contains(document.activeElement));

  async function refresh() {
    waiting = null;
    if (document.hidden) return;
    if (isBusy()) return say(place.dataset.liveStale);
    // Not the person asks for it but the page: that is no use of the session.
    const answer = await fetch(location.href, { headers: { "Fanzha-Live": "1" } });
    if (answer.redirected || !answer.ok) return location.reload();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (isBusy()) return say(place.dataset.liveStale);
    for (const id of parts) {
      const now = fresh.getElementById(id);
      if (now !== null) document.getElementById(id)?.replaceWith(now);
    }
    said.replaceChildren();
  }

  function hear(event) {
    last = event.lastEventId;
    const told = JSON.parse(event.data);
    if (tip !== undefined) {
      if (told.tip === tip) say(told.said);
    } else if (waiting === null) {
      // Ten at once are one.
      waiting = setTimeout(refresh, 300);
    }
  }

  // A browser opens six lines to one address: seven tips in seven tabs would leave none to load a page by. Who cannot be
  // seen only learns where to go on from, and goes on when looked at.
  function watch() {
    stream = new EventSource(last === "" ? "/live" : `/live?after=${last}`);
    stream.addEventListener("place", (event) => {
      last = event.lastEventId;
      if (document.hidden) leave();
    });
    stream.addEventListener("tip", hear);
  }

  function leave() {
    stream?.close();
    stream = null;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return last === "" ? undefined : leave();
    if (stream === null) watch();
    if (tip === undefined && waiting === null) waiting = setTimeout(refresh, 300);
  });

  watch();
})();
