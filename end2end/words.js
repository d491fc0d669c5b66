// Pep's words in other languages, as the server has them.
import { readFileSync } from "node:fs";

// Every text with how it is said in a language, and one of them.
export function book(language) {
  if (language === "en-GB") return { all: new Map(), say: (english) => english };
  const lines = readFileSync(new URL(`../src/server/words/${language}.txt`, import.meta.url), "utf8").split("\n");
  const all = new Map();
  lines.forEach((line, at) => line.startsWith("  ") && all.set(lines[at - 1], line.trim()));
  return { all, say: (english) => all.get(english) };
}
