// With PEP_STYLE=now the style sheets come from ../style as they are at this moment,
// so that a change can be looked at without a build.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

// In the order in which the build joins them; those that aren't joined are the plan's.
function joined(bundle) {
  const build = readFileSync(join(root, ".ci/site"), "utf8");
  const of = (name) => new RegExp(`^cat style/\\{(.*)\\}\\.css >"\\$work/${name}\\.css"`, "m").exec(build)?.[1];
  const names = of(bundle) ?? of("plan");
  return names.split(",").map((name) => readFileSync(join(root, "style", `${name}.css`), "utf8")).join("");
}

export const STYLE_NOW = process.env.PEP_STYLE === "now";

export async function styled(page) {
  if (!STYLE_NOW) return;
  await page.route("**/pkg/*.css", (route) => {
    const bundle = new URL(route.request().url()).pathname.match(/(\w+)-[^/]*\.css$/)[1];
    return route.fulfill({ contentType: "text/css", body: joined(bundle) });
  });
}
