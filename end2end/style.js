// With PEP_STYLE=now the style sheets come from ../style as they are at this moment,
// so that a change can be looked at without a build.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

// In the order in which the build joins them.
function joined() {
  const names = /^cat style\/\{(.*)\}\.css >"\$work\/plan\.css"/m.exec(readFileSync(join(root, ".ci/site"), "utf8"))[1];
  return names.split(",").map((name) => readFileSync(join(root, "style", `${name}.css`), "utf8")).join("");
}

export const STYLE_NOW = process.env.PEP_STYLE === "now";

export async function styled(page) {
  if (!STYLE_NOW) return;
  await page.route("**/pkg/*.css", (route) => route.fulfill({ contentType: "text/css", body: joined() }));
}
