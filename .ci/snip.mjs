// Takes out of the wasm what Pep never calls and the linker cannot know it: views carry
// ways to be hydrated in pieces and from templates, and crates can read answers as
// streams, and print and read fractions, which no page does; documents can be written in
// Yjs's second format, and Pep uses the first. Should one be called after all, the page
// stops and says so, and the end-to-end tests see it.
// Use: node snip.mjs BINARYEN FROM TO
import { readFileSync, writeFileSync } from "node:fs";

const [binaryenPath, from, to] = process.argv.slice(2);
const { default: binaryen } = await import(binaryenPath);
const never = /hydrate_async|hydrate_from_template|wasm_streams|flt2dec|dec2flt|EncoderV2|DecoderV2|update_v2/;

// A name that is still mangled ends with the crate for which its generic code was made:
// that says nothing of what it does.
const own = (name) => {
  const [path] = name.split(" ");
  for (let at = path.lastIndexOf("C"); at > 0; at = path.lastIndexOf("C", at - 1)) {
    const [, length, crate] = path.slice(at).match(/^C(?:s[0-9A-Za-z]*_)?(\d+)(\w+)$/) ?? [];
    if (crate && crate.length === Number(length)) return path.slice(0, at);
  }
  return path;
};

const wasm = binaryen.readBinary(readFileSync(from));
for (let number = 0; number < wasm.getNumFunctions(); number++) {
  const found = wasm.getFunctionByIndex(number);
  const { name, module } = binaryen.getFunctionInfo(found);
  if (!module && never.test(name.startsWith("_R") ? own(name) : name)) binaryen.Function(found).body = wasm.unreachable();
}
writeFileSync(to, wasm.emitBinary());
