// From the end of a meeting to an agreed plan: what is missing, signatures that a change
// takes back, a plan that is sent back, words that come too late, and the next plan.
import { PEOPLE, closeMeeting, cut, device, expect, open, restore, savedToPlan, scoreAll, status, test, typeIn } from "../pep.js";
import { stored } from "../stored.js";
import { day, write } from "../writer.js";

// What Ty's plan still lacks after the meeting, by whom it is asked.
const TEACHERS = {
  "school-now": {
    facts: { type: "mainstream" },
    rows: { people: [{ job: "=key-adult", name: "Mr Dunne" }] },
  },
  wellbeing: {
    texts: { settling: "Better since the farm.", friends: "Two, at the farm.", "safe-place": "The workshop", "trusted-adult": "Mr Dunne" },
    facts: { support: "none" },
  },
  "next-steps": { texts: { hopes: "Something with animals." } },
  "meeting-record": {
    texts: { agreed: "The farm stays, whatever happens in lessons." },
    facts: { kind: "termly", held: "together", chair: "young-person", "asked-about-copies": "yes", "took-part": "all", "next-plan": day(90) },
    rows: { people: [{ name: "Craig Munro", role: "Key worker", came: "=attended", copy: "=yes" }] },
  },
  targets: {
    texts: { "catch-up-reason": "He reads at the farm; more lessons would cost him the farm." },
    rows: {
      targets: [
        { area: "=reading-writing", what: "Read one page aloud at the farm, twice a week", "how-we-will-know": "From 0 to 2 a week", "by-when": `=${day(60)}`, who: "Craig Munro", strategy: "The vet's leaflets, on farm days" },
      ],
    },
  },
};
const WORKERS = {
  "care-details": { facts: { "into-care": "2019-03-04", "legal-status": "care-order", aim: "long-term" } },
  "private-details": {
    texts: { address: "Lark House, 1 Invented Lane", "carer-phone": "01632 960001" },
    rows: { parents: [{ name: "Sharon Boyce", responsibility: "=yes" }] },
  },
};

async function fill(server, plan, email, parts) {
  for (const [section, said] of Object.entries(parts)) await write(server, email, `${plan}/${section}`, said);
}

test("a plan is signed, changed, signed again, sent back, agreed, and opens the next", async ({ browser, server }) => {
  test.setTimeout(180_000);
  const plan = server.plan("Ty");
  const agree = `/plans/${plan}/agree`;
  const ruth = await device(browser, server, PEOPLE.ruth);
  await open(ruth, server, `/plans/${plan}`);
  await closeMeeting(ruth);
  await ruth.getByRole("link", { name: "See what is missing" }).click();
  await expect(ruth.getByRole("heading", { name: "Agreeing the plan" })).toBeVisible();
  await expect(ruth.getByRole("button", { name: "Sign the plan" })).toHaveCount(0);
  await expect(ruth.getByRole("link", { name: /English is behind/ })).toBeVisible();

  // Target 2 was begun and lacks something: it is taken away, as a person would.
  await open(ruth, server, `/plans/${plan}/targets`);
  const dentist = ruth.locator(".cards > li", { hasText: "Dentist appointment" });
  await dentist.locator("summary").click();
  await dentist.locator('[data-path$="/how-we-will-know"]').fill("From a list to a date in the diary");
  await dentist.locator('[data-path$="/strategy"]').fill("Tom rings each Monday until there is one");
  await savedToPlan(ruth);
  await fill(server, plan, PEOPLE.ruth, TEACHERS);
  await fill(server, plan, PEOPLE.tom, WORKERS);

  await open(ruth, server, agree);
  await ruth.getByRole("button", { name: "Sign the plan" }).click();
  await expect(ruth.getByRole("heading", { name: "Signed by the designated teacher" })).toBeVisible();

  // What Tom changes now has to be signed again, and says so.
  await write(server, PEOPLE.tom, `${plan}/about-me`, { texts: { clubs: "Boxing again, from January." } });
  await expect(ruth.getByText("Changed since, so it has to be signed again: About Ty.")).toBeVisible();
  await ruth.getByRole("button", { name: "Sign the plan" }).click();
  await expect(ruth.getByRole("heading", { name: "Signed by the designated teacher" })).toBeVisible();

  const tom = await device(browser, server, PEOPLE.tom);
  await open(tom, server, agree);
  await tom.getByRole("button", { name: "Sign the plan" }).click();
  await expect(tom.getByRole("heading", { name: "With the virtual school" })).toBeVisible();

  const helen = await device(browser, server, PEOPLE.helen);
  await open(helen, server, agree);
  const area = helen.locator(".quality li").first();
  await area.getByText("Say how good it is").click();
  await area.getByLabel("Level").selectOption({ label: "Amber" });
  const comment = area.getByLabel("What is good, and what would make it better");
  await comment.fill("His words are there. What changed because of them?");
  // The page may go before it is saved.
  await expect.poll(async () => (await stored(helen)).keys.some((key) => key.includes("half/quality"))).toBe(true);
  await open(helen, server, agree);
  await expect(comment).toHaveValue("His words are there. What changed because of them?");
  await expect(comment).toBeVisible();
  await area.getByRole("button", { name: "Save" }).click();
  await expect(area.locator(".tag", { hasText: "Amber" })).toBeVisible();
  // What is saved isn't half typed.
  await open(helen, server, agree);
  await expect(comment).toHaveValue("His words are there. What changed because of them?");
  await expect(comment).toBeHidden();
  await helen.getByRole("button", { name: "Send it back" }).first().click();
  const dialog = helen.getByRole("dialog");
  await dialog.getByRole("button", { name: "Send it back" }).click();
  await expect(helen.getByText("Say why, so that everyone in the team understands it.").first()).toBeAttached();
  await helen.getByRole("button", { name: "Send it back" }).first().click();
  await dialog.getByLabel("What has to be put right").fill("Say by when the farm is reviewed");
  await dialog.getByLabel("Actions").check();
  await dialog.getByRole("button", { name: "Send it back" }).click();

  await expect(ruth.getByText("Say by when the farm is reviewed")).toBeVisible();
  for (const page of [ruth, tom]) {
    await page.getByRole("button", { name: "Sign the plan" }).click();
    await expect(page.getByRole("button", { name: "Sign the plan" })).toHaveCount(0);
  }

  // Craig has no signal while the plan is agreed; what he wrote is kept beside it.
  const craig = await device(browser, server, "craig.munro@larkhouse.example");
  await open(craig, server, `/plans/${plan}/targets`);
  await cut(craig);
  await typeIn(craig.locator('[data-path="changes"]'), "Written in the van.");
  await expect(status(craig)).toContainText(/Offline/);
  await open(tom, server, `/plans/${plan}/about-me`);

  await open(helen, server, agree);
  await expect(helen.getByText("Say how good this plan is before it is agreed: 7 of 8 areas are left.")).toBeVisible();
  await expect(helen.getByRole("button", { name: "Agree the plan" })).toHaveCount(0);
  await scoreAll(helen, plan);
  await helen.getByRole("button", { name: "Agree the plan" }).click();
  await expect(helen.getByRole("heading", { name: "Agreed", exact: true })).toBeVisible();
  // Whoever has a part open to write in is told that it takes no more.
  await expect(tom.getByText("This plan is agreed, so it stays as it is. You can read it.")).toBeVisible();

  await restore(craig);
  await open(craig, server, "/not-sent");
  await expect(craig.getByText(/The words are kept beside the plan/)).toBeVisible();
  await expect(status(craig)).toHaveText("Sent, but the plan was closed by then");
  await expect(craig.getByText("Written in the van.")).toBeVisible();
  await open(ruth, server, agree);
  await expect(ruth.locator(".late").getByText("Written in the van.")).toBeVisible();
  const kept = server.sql(`select field_values from document where name = '${plan}/targets'`)[0].field_values;
  expect(kept).not.toContain("Written in the van.");

  // A correction stands beside the plan, and the next plan has what this one brings.
  await ruth.getByText("Add something").click();
  await ruth.getByLabel("Part of the plan").selectOption({ label: "About Ty" });
  await ruth.getByLabel("What is right").fill("Boxing starts in February.");
  await ruth.getByRole("button", { name: "Add it and sign" }).click();
  await expect(ruth.getByText("Boxing starts in February.").first()).toBeVisible();
  await ruth.getByRole("link", { name: "The next plan" }).click();
  await expect(ruth).toHaveURL(new RegExp(`/plans/${server.plan("Ty")}$`));
  await open(tom, server, `/plans/${server.plan("Ty")}/about-me`);
  await tom.getByRole("button", { name: "All of them are still right" }).click();
  await expect(tom.locator('[data-path="known-as"]')).toHaveValue("Ty");
  await savedToPlan(tom);
  expect([...ruth.problems, ...tom.problems, ...helen.problems]).toEqual([]);
});

test("who may only read by now is told so, and their words stay on the device", async ({ browser, server }) => {
  const plan = server.plan("Amira");
  const tom = await device(browser, server, PEOPLE.tom);
  await open(tom, server, `/plans/${plan}/about-me`);
  await cut(tom);
  await typeIn(tom.locator('[data-path="clubs"]'), " Written while he still could.");
  await expect(status(tom)).toContainText("Offline");
  // From today on he reads as the virtual school does, and writes this part no more.
  const { id } = server.sql("select id from child where name = 'Amira'")[0];
  const today = new Date().toISOString().slice(0, 10);
  server.leave(PEOPLE.tom, "Amira");
  server.run("user", "join", "--email", PEOPLE.tom, "--child", id, "--role", "virtual-school", "--since", today);
  await restore(tom);
  await open(tom, server, "/not-sent");
  await expect(tom.getByText("This part of the plan isn't yours to change")).toBeVisible();
  await expect(tom.getByText("Written while he still could.")).toBeVisible();
  await tom.getByRole("button", { name: "Offer these words to the teacher for this plan" }).click();
  await expect(tom.getByText("These words are now kept for the teacher for this plan.")).toBeVisible();
  const kept = server.sql(`select field_values from document where name = '${plan}/about-me'`)[0].field_values;
  expect(kept).not.toContain("Written while he still could.");
  expect(server.sql(`select count(*) as many from late_edit`)).toEqual([{ many: 0 }]);
});
