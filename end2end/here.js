// Several people in one plan, for tests of who is here and of what comes back.
import { PEOPLE, device, expect, open } from "./pep.js";

export const plan = (server, rest = "") => `/plans/${server.plan("Amira")}${rest}`;
export const here = (page) => page.locator("details.here");
export const CHANGES = '[data-path="changes"]';

// Two people with the same section open.
export async function two(browser, server, section = "/targets") {
  const tom = await device(browser, server, PEOPLE.tom);
  const ruth = await device(browser, server, PEOPLE.ruth);
  for (const page of [tom, ruth]) await open(page, server, plan(server, section));
  await expect(here(tom).locator("summary")).toContainText("Here now: Ruth Osei");
  return { tom, ruth };
}
