// What is half typed in a form that is sent as a whole: it comes back with the page, whoever
// signs out is told of it, and it is gone once it is sent.
import { PEOPLE, cut, device, expect, open, restore, test } from "../pep.js";
import { stored } from "../stored.js";

const keeps = (page, name) => expect.poll(async () => (await stored(page)).keys.some((key) => key.includes(`half/${name}`))).toBe(true);
const WHY = "We will try it until half term, and ask you how it went.";

test("a reply to a child comes back with its page, and is told of before it is lost", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const agree = `/plans/${server.plan("Amira")}/agree`;
  const request = ruth.locator("#reply-change");
  const why = request.getByLabel("Why, and what happens next");
  const partly = request.getByLabel("What will happen");
  await open(ruth, server, agree);
  await partly.selectOption({ label: "Partly" });
  await why.pressSequentially(WHY);
  await keeps(ruth, "reply-");
  await open(ruth, server, agree);
  await expect(why).toHaveValue(WHY);
  await expect(partly.locator("option:checked")).toHaveText("Partly");

  await open(ruth, server, "/");
  const out = ruth.getByRole("button", { name: "Sign out", exact: true });
  await out.click();
  const dialog = ruth.getByRole("dialog", { name: "Before you sign out" });
  await expect(dialog).toContainText("You typed something and did not add it.");
  await dialog.getByRole("button", { name: "Stay signed in" }).click();

  // Without a connection it stays where it is.
  await open(ruth, server, agree);
  await expect(why).toHaveValue(WHY);
  await cut(ruth);
  await request.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(request.getByText("This needs a connection", { exact: false })).toBeVisible();
  await expect(why).toHaveValue(WHY);
  await restore(ruth);
  await request.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(request.locator("p.words", { hasText: WHY })).toBeVisible();
  await open(ruth, server, agree);
  await expect(why).toHaveValue("");
  await open(ruth, server, "/");
  await out.click();
  await ruth.waitForURL("**/sign-in");
  expect(ruth.problems).toEqual([]);
});

test("a request for money that isn't sent yet is told of as well", async ({ browser, server }) => {
  const ruth = await device(browser, server, PEOPLE.ruth);
  const money = `/plans/${server.plan("Amira")}/money`;
  await open(ruth, server, money);
  // Nobody leaves the box: a page may go in the middle of a word.
  await ruth.locator("#grant-item").pressSequentially("One-to-one maths tui");
  await keeps(ruth, "grant/");
  await open(ruth, server, money);
  await expect(ruth.locator("#grant-item")).toHaveValue("One-to-one maths tui");
  await open(ruth, server, "/");
  await ruth.getByRole("button", { name: "Sign out", exact: true }).click();
  const dialog = ruth.getByRole("dialog", { name: "Before you sign out" });
  await expect(dialog).toContainText("You typed something and did not add it.");
  await dialog.getByRole("button", { name: "Stay signed in" }).click();
  // Whoever empties it has typed nothing.
  await open(ruth, server, money);
  await expect(ruth.locator("#grant-item")).toHaveValue("One-to-one maths tui");
  await ruth.locator("#grant-item").press("ControlOrMeta+a");
  await ruth.locator("#grant-item").press("Delete");
  await open(ruth, server, "/");
  await ruth.getByRole("button", { name: "Sign out", exact: true }).click();
  await ruth.waitForURL("**/sign-in");
  expect(ruth.problems).toEqual([]);
});
