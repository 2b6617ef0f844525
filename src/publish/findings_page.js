// Page of findings: the walk from one to the next, all lines at once, how many the filters leave. It works without.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const list = $("list");
  if (!list) return; // nothing was found
  const entries = [...list.querySelectorAll("ol > li")];
  const links = new Map(entries.map((entry) => [entry.querySelector("a").getAttribute("href").slice(1), entry]));
  const shown = () => entries.filter((entry) => getComputedStyle(entry).display !== "none");
  const zh = document.documentElement.lang.startsWith("zh");
  let now = null;

  const count = () => {
    const n = shown().length;
    $("shown").textContent = n === entries.length ? "" : zh ? `显示 ${n} / ${entries.length} 条` : `${n} of ${entries.length} shown`;
  };
  const set = (entry) => {
    if (now) now.classList.remove("on");
    now = entry;
    now.classList.add("on");
    now.scrollIntoView({ block: "nearest" });
  };
  const goTo = (entry) => {
    const card = $(entry.querySelector("a").getAttribute("href").slice(1));
    set(entry);
    card.scrollIntoView({ block: "center" });
    card.focus({ preventScroll: true });
  };
  const walk = (step) => {
    const open = shown(), at = open.indexOf(now);
    if (open.length) goTo(open[at < 0 ? (step > 0 ? 0 : open.length - 1) : (at + step + open.length) % open.length]);
  };
  list.querySelector("ol").addEventListener("click", (event) => {
    const entry = event.target.closest("li");
    if (entry) set(entry);
  });
  $("text").addEventListener("focusin", (event) => {
    const card = event.target.closest("article");
    if (card && links.get(card.id) !== now) set(links.get(card.id));
  });
  $("fold").addEventListener("click", (event) => {
    const open = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(open));
    for (const fold of document.querySelectorAll("details.fold")) fold.open = open;
  });
  $("prev").addEventListener("click", () => walk(-1));
  $("next").addEventListener("click", () => walk(1));
  $("filters").addEventListener("change", count);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
  });
  $("walk").hidden = false;
  count();
})();
