// Keeps what is typed or ticked before the app is there, and until the document of a
// field is open: in memory, and in sessionStorage in case the page goes. The app asks
// for it with `pepEarly.take`. What is pressed before it is there is pressed once it is.
(() => {
  "use strict";
  const early = {}, mark = "pep-early:", load = mark + Date.now() + ":";
  // Who types: what somebody else left in this tab isn't theirs to take.
  const holder = () => document.documentElement.dataset.holder ?? "";

  // What the controls of one field say, or said when the page came.
  function said(boxes, now) {
    const one = boxes[0], parts = {};
    const text = (box) => (now ? box.value : box.defaultValue);
    if (one.type === "radio" || one.type === "checkbox") {
      return boxes.filter((box) => (now ? box.checked : box.defaultChecked)).map((box) => box.value).join(",");
    }
    if (one.tagName === "SELECT") {
      return now ? one.value : [...one.options].filter((o) => o.defaultSelected).map((o) => o.value).join("");
    }
    if (!one.dataset.part) return text(one);
    boxes.forEach((box) => (parts[box.dataset.part] = text(box).trim()));
    // Half a date is no answer yet.
    if (!parts.day || !parts.month || !parts.year) return "";
    return [parts.year, parts.month.padStart(2, "0"), parts.day.padStart(2, "0")].join("-");
  }

  function keep({ target }) {
    const path = target.dataset?.path, form = path && target.closest("[data-document]");
    if (!form || "live" in form.dataset) return;
    const boxes = [...form.querySelectorAll("[data-path]")].filter((box) => box.dataset.path === path);
    const document = form.dataset.document, key = load + document + ":" + path;
    early[key] = { holder: holder(), document, path, was: early[key]?.was ?? said(boxes, false), now: said(boxes, true) };
    try { sessionStorage.setItem(key, JSON.stringify(early[key])); } catch { /* the memory has it */ }
  }

  // All that was kept for whoever is here.
  function all() {
    const all = {};
    try {
      for (const key of Object.keys(sessionStorage)) {
        if (key.startsWith(mark)) all[key] = JSON.parse(sessionStorage[key]);
      }
    } catch { /* the memory has this load's */ }
    Object.assign(all, early);
    return Object.entries(all).filter(([, kept]) => (!kept.holder || kept.holder === holder())).sort();
  }
  // Who took back what they typed has typed nothing; that is forgotten as well.
  const changed = ([, kept]) => kept.was !== kept.now;

  function drop(key) {
    delete early[key];
    try { sessionStorage.removeItem(key); } catch { /* it isn't there */ }
  }

  // What was kept of a document, oldest first, as [path, was, now]; then forgotten.
  function take(name) {
    const its = all().filter(([, kept]) => kept.document === name);
    its.forEach(([key]) => drop(key));
    return its.filter(changed).map(([, { path, was, now }]) => [path, was, now]);
  }

  // The last button that nothing answered to yet; what a form sends by itself goes at once.
  let pressed;
  function press({ target }) {
    const button = target.closest?.("button");
    const form = button?.type === "submit" && button.form;
    if (!button || form && (form.hasAttribute("action") || form.method === "dialog")) return;
    pressed?.removeAttribute("aria-busy");
    pressed = button;
    button.setAttribute("aria-busy", "true");
  }
  const alive = new MutationObserver(() => {
    alive.disconnect();
    document.removeEventListener("click", press, true);
    pressed?.removeAttribute("aria-busy");
    if (pressed?.isConnected) pressed.click();
  });

  // The app stopped, by a fault of ours. What was typed until then is kept; what would
  // be typed now would not be, so the page takes no more.
  function stopped({ error, reason }) {
    if (!((error ?? reason) instanceof WebAssembly.RuntimeError) || document.querySelector("body > .stopped")) return;
    for (const part of document.body.children) part.inert = true;
    // A page that isn't in English brings the words.
    const words = document.querySelector("[data-stopped]")?.dataset;
    const note = document.createElement("div"), link = document.createElement("a");
    note.className = "stopped";
    note.setAttribute("role", "alert");
    note.dir = "auto";
    note.innerHTML = "<p><b>This page stopped working.</b> It’s not your fault. What you wrote is kept.</p>";
    link.className = "button";
    link.href = location.href;
    link.dataset.leave = "";
    link.textContent = words?.again ?? "Open it again";
    if (words) note.firstChild.textContent = words.stopped;
    note.append(link);
    document.body.append(note);
    link.focus();
  }

  // What isn't taken yet can be counted, and goes with whoever signs out.
  window.pepEarly = { take, count: () => all().filter(changed).length, forget: () => all().forEach(([key]) => drop(key)) };
  addEventListener("error", stopped);
  addEventListener("unhandledrejection", stopped);
  document.addEventListener("input", keep, true);
  document.addEventListener("click", press, true);
  alive.observe(document.documentElement, { attributeFilter: ["data-live"] });
  // Enter in a box may not load the page anew before the app takes it over.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("action") && form.method !== "dialog") event.preventDefault();
  }, true);
})();
