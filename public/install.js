// Offers to put Pep on the home screen, on the carer's pages: by the browser's own
// question where it has one, by two drawn steps on an iPhone. Who said no isn't asked
// again. What it shows is the page's; this says only which of it applies.
(() => {
  "use strict";
  const no = "pep-no-install", html = document.documentElement;
  const said = () => { try { return localStorage.getItem(no); } catch { return null; } };
  if (said() || matchMedia("(display-mode: standalone)").matches || navigator.standalone) return;
  let question;
  // Only Safari on an iPhone or iPad says whether it stands alone.
  if (navigator.standalone === false) html.dataset.install = "steps";
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    question = event;
    html.dataset.install = "button";
  });
  addEventListener("appinstalled", () => delete html.dataset.install);
  addEventListener("click", ({ target }) => {
    const pressed = target.closest?.("[data-installs]")?.dataset.installs;
    if (pressed === "now") question?.prompt();
    if (pressed !== "never") return;
    try { localStorage.setItem(no, "1"); } catch { /* asked again the next time, then */ }
    delete html.dataset.install;
  });
})();
