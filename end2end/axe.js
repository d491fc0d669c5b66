// What axe finds wrong on a page, a line for each place.
import AxeBuilder from "@axe-core/playwright";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export const found = (page) => lines(axe(page).withTags(TAGS));

// What other colours alone can spoil, where all else has been looked at.
export const unreadable = (page) => lines(axe(page).withRules(["color-contrast", "link-in-text-block"]));

// Pep has no frames; for those axe would open one more page each time.
const axe = (page) => new AxeBuilder({ page }).setLegacyMode();

async function lines(axe) {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
    `${id}: ${target.join(" ")} (${[...any, ...all, ...none].map(({ message }) => message).join("; ").slice(0, 160)})`));
}
