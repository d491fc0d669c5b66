// What can be pressed on a page: how large it is, and how it shows that it has the focus.

// What can be pressed and is smaller than it has to be. A link in a sentence may
// be as small as its words.
export const tooSmall = (page, least) =>
  page.evaluate((least) => {
    const shown = (one) => one.checkVisibility({ checkVisibilityCSS: true }) && !one.closest(".visually-hidden, .skip, dialog:not([open])");
    const inWords = (one) =>
      one.tagName === "A" && getComputedStyle(one).display === "inline" &&
      [...one.parentElement.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
      .filter((one) => shown(one) && !inWords(one))
      .flatMap((one) => {
        const parts = [one, ...(one.labels ?? [])].map((part) => part.getBoundingClientRect());
        // All of a row may be the link.
        const over = getComputedStyle(one, "::after");
        if (over.content !== "none" && over.position === "absolute" && over.inset === "0px") {
          parts.push(one.offsetParent.getBoundingClientRect());
        }
        // A box to type in is pressed in itself, a radio button on its words as well.
        const whole = /^(radio|checkbox)$/.test(one.type) ? parts : parts.filter((_, at) => at === 0 || one.tagName === "A");
        const width = Math.max(...whole.map((part) => part.width)), height = Math.max(...whole.map((part) => part.height));
        if (width >= least - 0.5 && height >= least - 0.5) return [];
        return [`${one.tagName} “${one.innerText || one.id || one.name}” is ${Math.round(width)} x ${Math.round(height)}`];
      });
  }, least);

// Where the focus is: by name, whether it was there before, with a ring round it, and in
// sight with nothing over it.
export const stop = (page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    window.stops ??= new Set();
    const again = window.stops.has(one);
    window.stops.add(one);
    const label = [...(one.labels ?? [])].find((label) => label.matches(".pick, .answer label, .person, .file, .language"));
    const round = [one, label, one.nextElementSibling].filter(Boolean);
    const ringed = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const ring = round.some((part) => ringed(getComputedStyle(part))) || ringed(getComputedStyle(one, "::after"));
    const box = (label ?? one).getBoundingClientRect();
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    const hits = [];
    for (const across of [0.15, 0.5, 0.85]) {
      for (const down of [0.15, 0.5, 0.85]) {
        const hit = document.elementFromPoint(left + across * (right - left), top + down * (bottom - top));
        hits.push(Boolean(hit) && (one.contains(hit) || Boolean(label?.contains(hit)) || hit.contains(one)));
      }
    }
    const part = Math.max(0, bottom - top) / Math.max(1, Math.min(box.height, innerHeight * 0.6));
    return {
      name: `${one.tagName} “${(one.innerText || one.ariaLabel || one.id || one.value || "").slice(0, 40)}”`,
      again,
      ring,
      clear: hits.filter(Boolean).length,
      part,
      at: [box.top, box.bottom].map(Math.round).join(" to "),
    };
  });
