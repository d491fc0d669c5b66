// What many hands cost the server, always beside a control in the same run. Prints
// tables; judges nothing. CPU is the server's own (user and system), so other work on
// the machine moves it little; latencies are of this machine as busy as it was.
//
//   node load.mjs [meetings] [crowd] [idle] [year] [typing] [far] [starting] [queued]     all without a word
//   PEP_ROUNDS=3 PEP_SECONDS=15                        rounds, and seconds in each
import { readFileSync } from "node:fs";
import { far, typing } from "./load/browser.mjs";
import { crowd, idle } from "./load/connections.mjs";
import { meetings } from "./load/meetings.mjs";
import { queued } from "./load/queued.mjs";
import { starting } from "./load/starting.mjs";
import { year } from "./load/year.mjs";

const parts = { meetings, crowd, idle, year, typing, far, starting, queued };
const asked = process.argv.slice(2);
const busy = () => readFileSync("/proc/loadavg", "utf8").split(" ").slice(0, 3).join(" ");

const options = { rounds: Number(process.env.PEP_ROUNDS ?? 3), seconds: Number(process.env.PEP_SECONDS ?? 15) };
for (const [name, part] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\nLoad of the machine before (1, 5, 15 minutes): ${busy()}`);
  await part(options);
  console.log(`Load of the machine after: ${busy()}`);
}
