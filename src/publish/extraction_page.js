// Page of a source text: cards, the walk through what was not understood, search. Listeners sit on the two panes only.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const text = $("text"), panel = $("panel"), card = $("card"), opener = $("open"), query = $("q");
  const narrow = matchMedia("(max-width: 900px)");
  document.documentElement.classList.add("js");

  // ---- cards ----
  let shown = null;
  const add = (parent, tag, words, className) => {
    const made = parent.appendChild(document.createElement(tag));
    made.textContent = words;
    if (className) made.className = className;
    return made;
  };
  const fill = (span) => {
    const kind = [...span.classList].find((name) => data.kinds[name]);
    const items = (span.dataset.s || "").split(" ").filter(Boolean).map((i) => data.items[i]);
    card.replaceChildren();
    if (kind && !items.some((item) => item[0] === kind)) add(card, "h4", data.kinds[kind], kind);
    for (const [of, ...pairs] of items) {
      add(card, "h4", data.kinds[of], of);
      const list = card.appendChild(document.createElement("dl"));
      for (let i = 0; i < pairs.length; i += 2) {
        add(list, "dt", data.labels[pairs[i]]);
        add(list, "dd", pairs[i + 1]);
      }
    }
  };
  const hide = () => {
    card.hidden = true;
    if (shown) shown.removeAttribute("aria-describedby");
    shown = null;
  };
  const show = (span) => {
    if (span === shown) return;
    hide();
    fill(span);
    if (!card.childElementCount) return;
    card.hidden = false;
    shown = span;
    span.setAttribute("aria-describedby", "card");
    const at = span.getClientRects()[0], gap = 8;
    const left = Math.min(at.left, innerWidth - card.offsetWidth - gap);
    const below = at.bottom + gap;
    card.style.left = Math.max(gap, left) + "px";
    card.style.top = (below + card.offsetHeight < innerHeight ? below : Math.max(gap, at.top - card.offsetHeight - gap)) + "px";
  };
  const spanOf = (event) => event.target.closest && event.target.closest(".c, .in");
  text.addEventListener("pointerover", (event) => {
    const span = spanOf(event);
    if (span) show(span); else hide();
  });
  text.addEventListener("pointerleave", hide);
  text.addEventListener("focusin", (event) => spanOf(event) && show(spanOf(event)));
  text.addEventListener("focusout", hide);
  addEventListener("scroll", hide, { passive: true });

  // ---- from the text to the lists and back ----
  const mark = (item) => {
    for (const old of panel.querySelectorAll("li.on")) old.classList.remove("on");
    if (!item) return;
    const section = item.closest("details");
    if (section) section.open = true;
    item.classList.add("on");
    panel.scrollTop += item.getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.clientHeight / 2;
  };
  text.addEventListener("click", (event) => {
    const link = event.target.closest("a.c");
    if (!link) return;
    event.preventDefault();
    link.focus({ preventScroll: true });
    if (narrow.matches) show(link); else mark(document.querySelector(link.getAttribute("href") + ":is(li)"));
  });
  const goTo = (span, again = true) => {
    span.scrollIntoView({ block: "center" });
    if (span.matches("a")) span.focus({ preventScroll: true });
    if (again) requestAnimationFrame(() => goTo(span, false)); // paragraphs on the way got their heights only now
  };
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const goal = link && $(link.getAttribute("href").slice(1));
    if (!goal) return;
    event.preventDefault();
    if (narrow.matches) toggle(false);
    history.replaceState(null, "", link.getAttribute("href"));
    goTo(goal);
  });
  const toggle = (open) => {
    panel.classList.toggle("open", open);
    opener.setAttribute("aria-expanded", String(open));
  };
  opener.addEventListener("click", () => toggle(!panel.classList.contains("open")));

  // ---- what was not understood, one by one ----
  const open = [...text.querySelectorAll("a.unclaimed")];
  let now = -1;
  const walk = (step) => {
    if (!open.length) return;
    now = now < 0 ? (step > 0 ? 0 : open.length - 1) : (now + step + open.length) % open.length;
    $("pos").textContent = now + 1 + " / " + open.length;
    if (narrow.matches) toggle(false);
    goTo(open[now]);
  };
  if (open.length) {
    $("prev").addEventListener("click", () => walk(-1));
    $("next").addEventListener("click", () => walk(1));
  }
  text.addEventListener("focusin", (event) => {
    const at = open.indexOf(event.target);
    if (at >= 0) {
      now = at;
      $("pos").textContent = at + 1 + " / " + open.length;
    }
  });

  // ---- kinds ----
  panel.querySelector(".kinds").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const off = text.classList.toggle("off-" + button.dataset.k);
    button.setAttribute("aria-pressed", String(!off));
  });

  // ---- search ----
  const MAX_MARKED = 2000;
  let index = null, hits = [], hit = -1, timer = 0;
  const words = (block) => block.textContent.toLowerCase();
  const highlight = (needle) => {
    if (!window.Highlight || !CSS.highlights) return;
    const found = new Highlight();
    for (const block of needle ? hits.slice(0, MAX_MARKED) : []) {
      const nodes = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), starts = [];
      let all = "";
      for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
        starts.push([all.length, node]);
        all += node.data;
      }
      all = all.toLowerCase();
      const at = (i, end) => {
        const [start, node] = starts.filter(([s]) => (end ? s < i : s <= i)).pop();
        return [node, Math.min(i - start, node.length)];
      };
      for (let i = all.indexOf(needle); i >= 0; i = all.indexOf(needle, i + needle.length)) {
        const range = new Range();
        range.setStart(...at(i, false));
        range.setEnd(...at(i + needle.length, true));
        found.add(range);
      }
    }
    CSS.highlights.set("found", found);
  };
  const search = () => {
    const needle = query.value.trim().toLowerCase();
    index = index || [...text.children].map((block) => [block, words(block)]);
    for (const block of hits) block.classList.remove("hit", "now");
    hits = needle ? index.filter(([, all]) => all.includes(needle)).map(([block]) => block) : [];
    hit = -1;
    for (const block of hits) block.classList.add("hit");
    for (const item of panel.querySelectorAll("details li")) item.classList.toggle("gone", !!needle && !words(item).includes(needle));
    $("found").textContent = needle ? data.found.replace("{}", hits.length) : "";
    highlight(needle);
  };
  const nextHit = (step) => {
    if (!hits.length) return;
    if (hit >= 0) hits[hit].classList.remove("now");
    hit = hit < 0 ? (step > 0 ? 0 : hits.length - 1) : (hit + step + hits.length) % hits.length;
    hits[hit].classList.add("now");
    $("found").textContent = hit + 1 + " / " + hits.length;
    if (narrow.matches) toggle(false);
    goTo(hits[hit]);
  };
  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 120);
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      nextHit(event.shiftKey ? -1 : 1);
    }
  });

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      hide();
      toggle(false);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input")) return;
    if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "/") {
      event.preventDefault();
      if (narrow.matches) toggle(true);
      query.focus();
    }
  });
})();
