// Pep's words in other languages, as the server has them, and English that is left.
import { expect } from "@playwright/test";
import { readFileSync } from "node:fs";

// Every text with how it is said in a language, and one of them.
export function book(language) {
  if (language === "en-GB") return { all: new Map(), say: (english) => english };
  const lines = readFileSync(new URL(`../src/server/words/${language}.txt`, import.meta.url), "utf8").split("\n");
  const all = new Map();
  lines.forEach((line, at) => line.startsWith("  ") && all.set(lines[at - 1], line.trim()));
  return { all, say: (english) => all.get(english) };
}

// What can be read or heard on the page, a text a line; but for the names of languages,
// and for what people wrote.
const shown = (page) =>
  page.evaluate(() => {
    const here = document.querySelector("[lang]:not(html)").lang;
    const theirs = "textarea, .their-words, .kept-words, .initials, script, style";
    const other = (element) => element.closest("[lang]").lang !== here || element.closest(theirs);
    const texts = new Set([document.title]);
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walk.currentNode; node; node = walk.nextNode()) {
      const element = node.parentElement;
      if (node.nodeType === Node.TEXT_NODE && element.checkVisibility() && !other(element)) texts.add(node.textContent.trim());
      if (node.nodeType !== Node.ELEMENT_NODE || !node.checkVisibility()) continue;
      const said = ["aria-label", "alt", "title", "placeholder", "data-read", "data-says", "aria-description"];
      for (const name of said) if (node.hasAttribute(name)) texts.add(node.getAttribute(name).trim());
    }
    return [...texts].filter(Boolean);
  });

// What people wrote in plans and of children, the longest first.
function written(server) {
  const texts = server
    .sql("select field_values from document")
    .flatMap(({ field_values: values }) => Object.values(JSON.parse(values).texts ?? {}));
  const others = server
    .sql("select name as words from school union select meeting_place from plan union select words from shared_answer union select why from reply union select item from grant_line union select provider from grant_line")
    .map(({ words }) => words ?? "");
  const all = new Set([...texts, ...others].map((words) => words.trim()).filter(Boolean));
  return [...all].sort((one, other) => other.length - one.length);
}

// Shorter ones may stand in words of Pep's by chance: only all of a text is theirs then.
const LONG = 6;

// English that is left where another language is spoken: Latin letters, but for names, for
// what people wrote, and for what stands in words of that language as well; and a Latin comma.
export async function leftovers(page, server, { all, language }) {
  if (language === "en-GB") return [];
  const latin = (text) => text.match(/\p{Script=Latin}[\p{Script=Latin}’']*/gu) ?? [];
  const named = server.sql("select name from person union select name from child").flatMap(({ name }) => latin(name));
  const names = new Set([...named, "Pep"]);
  const within = new Set([...all.values()].flatMap(latin));
  const theirs = written(server);
  const texts = await shown(page);
  expect(texts.some((text) => /\p{Script=Arabic}/u.test(text))).toBe(true);
  const left = (text) => {
    if (theirs.includes(text)) return false;
    const own = theirs.filter((words) => words.length >= LONG).reduce((rest, words) => rest.replaceAll(words, " "), text);
    const said = /\p{Script=Arabic}/u.test(own);
    return latin(own).some((word) => !names.has(word) && !(said && within.has(word))) || (said && own.includes(","));
  };
  return texts.filter(left);
}
