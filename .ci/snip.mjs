// Takes out of the wasm what Pep never calls and the linker cannot know it: views carry
// ways to be hydrated in pieces and from templates, and crates can read answers as streams, and print and
// read fractions, which no page does; documents can be written in Yjs's second format,
// and Pep uses the first. Should one be called after all, the page stops
// and says so, and the end-to-end tests see it.
// Use: node snip.mjs BINARYEN FROM TO
import { readFileSync, writeFileSync } from "node:fs";

const [binaryenPath, from, to] = process.argv.slice(2);
const { default: binaryen } = await import(binaryenPath);
const never = /hydrate_async|hydrate_from_template|wasm_streams|flt2dec|dec2flt|EncoderV2|DecoderV2|update_v2/;

const wasm = binaryen.readBinary(readFileSync(from));
for (let number = 0; number < wasm.getNumFunctions(); number++) {
  const found = wasm.getFunctionByIndex(number);
  const { name, module } = binaryen.getFunctionInfo(found);
  if (!module && never.test(name)) binaryen.Function(found).body = wasm.unreachable();
}
writeFileSync(to, wasm.emitBinary());
