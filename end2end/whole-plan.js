// What a whole plan says of an invented child, section by section and by whom it is
// asked: enough to be signed. Days count from the one that is given.
const on = (from, days) => new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);

const target = (today, what, from, to) => ({
  area: "=reading-writing",
  what,
  "how-we-will-know": `From ${from} to ${to}`,
  "by-when": `=${on(today, 70)}`,
  who: "Mrs Imaginary",
  why: "He asked for it",
  strategy: "With Mrs Imaginary, before lessons",
  "how-often": "Tuesdays and Thursdays, 20 minutes",
});

export const teachers = (today, { earlier = 0, school = "Fictional Road School" } = {}) => ({
  "school-now": {
    texts: { name: school },
    facts: { type: "mainstream" },
    rows: { people: [{ job: "=key-adult", name: "Mrs Imaginary" }] },
  },
  attendance: {
    facts: { possible: "100", attended: "88", authorised: "8", unauthorised: "4", late: "3", "part-time": "no" },
  },
  conduct: { texts: { positives: "Kind to the new ones." } },
  progress: {
    texts: { strengths: "Talks well about what he reads.", helps: "Instructions one at a time." },
    rows: { subjects: [{ subject: "English", scale: "=teacher-view", now: "Expected", "on-track": "=on" }] },
  },
  needs: { facts: { sen: "none" } },
  wellbeing: {
    texts: { settling: "Well.", friends: "Two good ones.", "safe-place": "The library", "trusted-adult": "Mrs Imaginary" },
    facts: { support: "none" },
  },
  targets: {
    rows: {
      review: Array.from({ length: earlier }, (_, number) => ({ what: `Target ${number + 1} of last time`, outcome: "=met" })),
      targets: [
        target(today, "Read 20 minutes a day, five days a week", "two days a week", "five"),
        target(today, "Write a page without help once a week", "half a page", "a page"),
        target(today, "Ask one question in each science lesson", "none", "one in each lesson"),
      ],
    },
  },
  "next-steps": { texts: { hopes: "To build bridges." } },
  "meeting-record": {
    texts: { agreed: "More reading, and the library stays open to him at lunch." },
    facts: {
      kind: "termly",
      held: "together",
      chair: "designated-teacher",
      "asked-about-copies": "yes",
      "took-part": "all",
      "next-plan": on(today, 90),
    },
    rows: { people: [{ name: "Sam Fable", role: "Carer", came: "=attended", copy: "=yes" }] },
  },
});

export const workers = (today, { intoCare }) => ({
  "about-me": {
    texts: {
      "legal-name": "Robin Made-Up",
      "known-as": "Robin",
      "first-language": "English",
      interests: "Bridges and boats.",
      strengths: "Explains things well.",
    },
    facts: { born: "2014-06-02", interpreter: "no" },
  },
  everyday: {
    facts: { home: "foster", "home-since": intoCare },
    rows: {
      consents: [{ item: "=trips", decides: "=carer", notice: "none" }],
      people: [{ job: "=day-to-day", name: "Sam Fable", how: "by phone" }],
    },
  },
  "care-details": { facts: { "into-care": intoCare, "legal-status": "interim-care-order", aim: "not-decided" } },
  "private-details": {
    texts: { address: "7 Nowhere Street, Invented Town", "carer-phone": "01632 960007" },
    rows: { parents: [{ name: "A. Made-Up", responsibility: "=yes" }] },
  },
});
