// The size of a first load, as it travels: brotli, in kB of 1,000 bytes. Counted,
// not timed, so it is the same everywhere. Fails when a page outgrows its gate.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const GATES = [
  { page: "the young person's page", bundle: "voice", most: 300 },
  { page: "the carer's page", bundle: "carer", most: 300 },
  { page: "a plan page", bundle: "plan", most: 400 },
  { page: "a meeting", bundle: "meeting", most: 400 },
];
// A page's own text at most; the end-to-end tests hold the pages to it.
const HTML = 5.9;

const site = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..", "target", "site");
const packed = (path) => {
  try {
    return statSync(`${path}.br`).size;
  } catch {
    return brotliCompressSync(readFileSync(path)).length;
  }
};
// Where Rust's library could not be built along, the wasm is larger, and this is no
// measure of what a release has: a looser gate.
const ORDINARY = existsSync(join(site, "..", "site-work", "ordinary")) ? 70 : 0;
if (ORDINARY) console.log(`  Built without Rust's own library: the gates are ${ORDINARY} kB wider.`);
const kB = (bytes) => bytes / 1000;
const line = (name, size) => console.log(`  ${name.padEnd(40)} ${size.toFixed(1).padStart(7)} kB`);

const pkg = join(site, "pkg");
const files = readdirSync(pkg).filter((name) => !name.endsWith(".br"));
const shared = [["pictures.svg", kB(packed(join(site, "pictures.svg")))], ["the page itself, at most", HTML]];
let over = false;
for (const { page, bundle, most } of GATES) {
  const all = files
    .filter((name) => name.startsWith(`${bundle}-`))
    .map((name) => [name.replace(/-[0-9a-f]+([.-])/, "$1"), kB(packed(join(pkg, name)))]);
  // What the page doesn't wait for.
  const later = all.filter(([name]) => name.endsWith("-later.wasm"));
  const own = all.filter((part) => !later.includes(part));
  const symbols = bundle === "voice" ? [["symbols.svg", kB(packed(join(site, "symbols.svg")))]] : [];
  const parts = [...own, ...shared, ...symbols];
  const total = parts.reduce((sum, [, size]) => sum + size, 0);
  parts.forEach(([name, size]) => line(name, size));
  line(`${page}, of ${most}`, total);
  later.forEach(([, size]) => line("behind it, once it lives", size));
  if (own.length !== 3) console.error(`  The ${bundle} bundle isn't whole.`);
  if (total > most + ORDINARY || own.length !== 3) over = true;
}
line("the font, after the first paint", kB(statSync(join(site, "fonts", "atkinson-next.woff2")).size));
if (over) {
  console.error("A first load is over its gate.");
  process.exit(1);
}
