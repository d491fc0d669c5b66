import { PEOPLE, device, expect, handOver, live, test } from "../pep.js";
test("zz", async ({ browser, server }) => {
  const tablet = await device(browser, server, PEOPLE.ruth, { viewport: { width: 820, height: 1180 } });
  tablet.on("console", (m) => console.log("CONSOLE", m.text()));
  tablet.on("requestfinished", (r) => /wasm/.test(r.url()) && console.log("GOT", r.url()));
  tablet.on("requestfailed", (r) => console.log("FAILED", r.url(), r.failure()));
  tablet.setDefaultTimeout(8000);
  await handOver(tablet, server, "Yonas");
  await live(tablet);
  console.log("live");
  await tablet.getByRole("button", { name: "How it looks" }).click();
  console.log("clicked");
  console.log(await Promise.race([tablet.evaluate(() => document.querySelector("h1")?.textContent), new Promise(r => setTimeout(() => r("FROZEN"), 5000))]));
  await tablet.getByLabel("العربية").check();
  console.log("checked");
});
