// "Finish" on a carer's phone while there is signal: whether the team knows is said as it is.
import { SIZES } from "../pages-list.js";
import { PEOPLE, device, expect, open, test } from "../pep.js";

test("a carer's Finish that failed is asked again by itself, and until it is answered that is said", async ({ browser, server }) => {
  const plan = server.plan("Amira");
  const told = () =>
    server.sql(`select section from section_state where plan_id = '${plan}' and section = 'carers-view' and completed_at is not null`);
  const jo = await device(browser, server, PEOPLE.jo, { viewport: SIZES.phone, serviceWorkers: "block" });
  await open(jo, server, `/plans/${plan}/carers-view`);
  let asked = 0;
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await jo.route("**/v1/complete", (route) => {
    asked += 1;
    return asked === 1 ? route.abort() : held.then(() => route.continue());
  });
  const next = jo.getByRole("button", { name: "Next question" });
  while (await next.count()) await next.click();
  await jo.getByRole("button", { name: "Finish" }).click();
  const trouble = jo.locator("#done").getByText("We couldn't tell");
  await expect(trouble).toBeVisible();
  // Nobody presses or writes anything, and the connection was there all the time.
  await expect.poll(() => asked, { timeout: 30_000 }).toBe(2);
  await expect(trouble).toBeVisible();
  expect(told()).toEqual([]);
  letGo();
  await expect(trouble).toHaveCount(0);
  expect(told()).toHaveLength(1);
  expect(asked).toBe(2);
  expect(jo.problems).toEqual([]);
});
