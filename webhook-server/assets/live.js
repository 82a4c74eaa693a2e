// Keeps a run's page fresh. The page is whole without it: this only asks for the same page again when the run has moved, and adds
// lines to the log as they come.
"use strict";
(() => {
  const live = document.getElementById("live");
  if (!live || !window.EventSource) return;
  const LINES = 1000;
  let timer = 0;
  let busy = false;
  let again = false;

  // What the reader opened or closed stays as they left it, and so does their place in a table that scrolls.
  const replace = (part, fresh) => {
    if (part.innerHTML === fresh.innerHTML) return;
    const touched = new Map([...part.querySelectorAll("details")].filter((d) => d.dataset.touched).map((d) => [d.id, d.open]));
    const focused = document.activeElement && part.contains(document.activeElement) ? document.activeElement.closest("[id]") : null;
    part.innerHTML = fresh.innerHTML;
    for (const [id, open] of touched) {
      const details = document.getElementById(id);
      if (details) { details.open = open; details.dataset.touched = "1"; }
    }
    if (focused && document.getElementById(focused.id)) {
      const target = document.getElementById(focused.id);
      (target.querySelector("summary") || target).focus({ preventScroll: true });
    }
  };

  const refresh = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
      if (answer.ok) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        document.title = fresh.title;
        const parts = [...live.querySelectorAll("[data-part]")];
        const known = new Set(parts.map((part) => part.dataset.part));
        const news = [...fresh.querySelectorAll("[data-part]")];
        // The units come as one new part, once they are known.
        if (news.some((part) => !known.has(part.dataset.part))) { location.reload(); return; }
        for (const part of parts) {
          const match = news.find((other) => other.dataset.part === part.dataset.part);
          if (match) replace(part, match);
        }
      }
    } catch (_) {
      // The server is away; the stream connects again by itself and says so.
    } finally {
      busy = false;
      if (again) { again = false; soon(); }
    }
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(refresh, 400); };

  const span = (name, text) => {
    const element = document.createElement("span");
    element.className = name;
    element.textContent = text;
    return element;
  };
  const add = (line) => {
    const log = document.getElementById("log");
    if (!log) return;
    const quiet = document.querySelector("[data-quiet]");
    if (quiet) quiet.remove();
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    const row = document.createElement("div");
    row.className = line.stderr ? "line stderr" : "line";
    row.append(span("clock", new Date(line.at).toISOString().slice(11, 19)));
    if (line.unit) row.append(span("of", line.unit));
    row.append(span("text", line.text));
    log.append(row);
    while (log.childElementCount > LINES) log.firstElementChild.remove();
    if (atEnd) log.scrollTop = log.scrollHeight;
  };

  document.addEventListener("click", (event) => {
    const summary = event.target.closest("summary");
    if (summary) summary.parentElement.dataset.touched = "1";
    const link = event.target.closest("a.cell");
    if (link) open(link.hash);
  });
  const open = (hash) => {
    const unit = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (unit instanceof HTMLDetailsElement) { unit.open = true; unit.dataset.touched = "1"; }
  };
  open(location.hash);
  const log = document.getElementById("log");
  if (log) log.scrollTop = log.scrollHeight;

  const events = new EventSource(live.dataset.events);
  events.addEventListener("state", soon);
  events.addEventListener("log", (event) => add(JSON.parse(event.data)));
})();
