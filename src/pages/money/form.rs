//! Asking for something. What is typed stays in its boxes until the server has it,
//! and on the device in case the page goes before that.

use super::ideas::called;
use super::refusal;
use super::typed::{BOXES, Problems, Typed, control_id, controls, links};
use crate::api::Problem;
use crate::api::grant::{Idea, Ledger, ask_for_grant};
use crate::device::Device;
use crate::domain::grant::Request;
use crate::domain::people::{LineId, PlanId, RowId};
use crate::pages::half::Half;
use crate::ui::field::{Asked, focus_on};
use crate::ui::form::{self, Wrong, fill, typed};
use crate::ui::problem::{notice, summary};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;

/// Where the idea that is asked for is kept with what is half typed.
const IDEA: &str = "grant-idea";

/// The button that empties the boxes.
const EMPTY: &str = "grant-empty";

const TAKEN: &str =
    "The form has words for something else. Send them, or empty the form, and then press \"Ask for this\" again.";

/// What the form's parts share.
#[derive(Clone, Copy)]
pub struct Form {
    plan: StoredValue<PlanId>,
    /// The id of the line that is being asked for: the same when it is sent again.
    line: StoredValue<Option<LineId>>,
    /// The row of the plan that is asked for.
    idea: RwSignal<Option<RowId>>,
    wrong: [Wrong; BOXES.len()],
    problems: RwSignal<Problems>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
    /// An idea can't be filled in: words for something else are in the boxes.
    taken: RwSignal<Option<String>>,
    /// What just happened, for someone who doesn't see it.
    told: RwSignal<&'static str>,
    pub half: Half,
    device: Device,
}

pub fn form(ledger: Memo<Ledger>, form: Form) -> AnyView {
    Effect::new(move |_| {
        if form.half.back.get() {
            form.idea.set(typed(IDEA).parse().ok());
        }
    });
    let list = move || form.problems.with(|problems| (!problems.is_empty()).then(|| summary(links(problems))));
    let parts: Vec<_> = BOXES.into_iter().zip(form.wrong).map(|(part, wrong)| part_view(ledger, part, wrong)).collect();
    view! {
        <section class="card ask">
            <h2>"Ask for something"</h2>
            {notice(form.taken)}
            {idea(ledger, form)}
            {list}
            <form novalidate on:submit=move |event| form.send(event) on:input=move |_| form.half.keep()>
                <input type="hidden" id=IDEA autocomplete="off"/>
                <div class="fields">{parts}</div>
                {notice(form.trouble)}
                <button type="submit" class="button" aria-busy=move || form.busy.get().then_some("true")>
                    "Ask for this"
                </button>
                <p role="status">{move || form.told.get()}</p>
            </form>
        </section>
    }
    .into_any()
}

/// Which idea of the plan this asks for, and the way to empty the boxes.
fn idea(ledger: Memo<Ledger>, form: Form) -> AnyView {
    let words = move |id: &RowId| {
        ledger.with(|ledger| match ledger.ideas.iter().find(|idea| idea.id == *id) {
            Some(idea) => format!("This asks for an idea from the plan: {}.", called(idea)),
            None => "This asks for an idea that is no longer in the plan.".to_string(),
        })
    };
    // Its button goes: whoever goes on by keys is at the first box.
    let empty = move |_| {
        form.empty();
        focus_on(control_id(BOXES[0].0));
    };
    let shown = move || {
        let words = form.idea.with(|idea| idea.as_ref().map(words));
        let way = if words.is_some() { "Ask for something else" } else { "Empty the form" };
        (words.is_some() || form.taken.with(Option::is_some)).then(|| {
            view! {
                {words.map(|words| view! { <p>{words}</p> })}
                <button type="button" id=EMPTY class="button plain" on:click=empty>
                    {way}
                </button>
            }
            .into_any()
        })
    };
    shown.into_any()
}

fn part_view(
    ledger: Memo<Ledger>,
    (id, label, hint): (&'static str, &'static str, &'static str),
    wrong: Wrong,
) -> AnyView {
    let asked = Asked::new(control_id(id), label.into(), hint.into());
    let targets = move || {
        ledger.with(|ledger| {
            let there = ledger.targets.iter().filter(|target| target.is_there);
            there.map(|target| (target.id.to_string(), super::called(&ledger.targets, &target.id))).collect::<Vec<_>>()
        })
    };
    let (width, part) = match id {
        "target" => ("whole", form::choice(&asked, wrong, "Choose a target", targets)),
        "units" => ("half", form::line(&asked, wrong, "numeric")),
        "cost" => ("half", form::line(&asked, wrong, "decimal")),
        "starts" | "ends" => ("half", form::date(&asked, wrong)),
        "expected" => ("whole", form::words(&asked, wrong, "")),
        _ => ("whole", form::line(&asked, wrong, "text")),
    };
    view! { <div class=width>{part}</div> }.into_any()
}

/// What is filled in of an idea, by the id of the box: nothing, of none.
fn filled_in(idea: Option<&Idea>) -> [(&'static str, &str); 4] {
    let (what, about, expected) = idea.map_or(("", "", ""), |idea| (&idea.what, &idea.about, &idea.expected));
    [("item", what), ("units", if about.is_empty() { "" } else { "1" }), ("cost", about), ("expected", expected)]
}

impl Form {
    pub fn new(plan: PlanId) -> Self {
        let half = Half::of(
            &format!("grant/{plan}"),
            controls().into_iter().chain([IDEA.into()]).map(|id| (id, String::new())),
        );
        Self {
            half,
            plan: StoredValue::new(plan),
            line: StoredValue::new(None),
            idea: RwSignal::new(None),
            wrong: std::array::from_fn(|_| RwSignal::new(None)),
            problems: RwSignal::new(Problems::new()),
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            taken: RwSignal::new(None),
            told: RwSignal::new(""),
            device: Device::here(),
        }
    }

    /// Fills in what the plan says of an idea, and goes to the first box that it leaves to
    /// the person. What somebody typed for something else stays, and they are told of it.
    pub fn ask_for(self, idea: &Idea, ledger: Memo<Ledger>) {
        let now = self.idea.get_untracked();
        if now.as_ref() == Some(&idea.id) {
            return focus_on(control_id("target"));
        }
        let is_typed = ledger.with_untracked(|ledger| {
            let before = ledger.ideas.iter().find(|idea| now.as_ref() == Some(&idea.id));
            let says = filled_in(before);
            says.iter().any(|(id, words)| typed(&control_id(id)) != *words)
        });
        if is_typed {
            self.taken.set(Some(TAKEN.into()));
            return focus_on(EMPTY.into());
        }
        filled_in(Some(idea)).iter().for_each(|(id, words)| fill(&control_id(id), words));
        self.told.set("");
        self.asks_for(Some(idea.id.clone()));
        focus_on(control_id("target"));
    }

    fn send(self, event: SubmitEvent) {
        event.prevent_default();
        self.told.set("");
        self.trouble.set(None);
        match Typed::now().read() {
            Err(problems) => {
                self.show(problems);
                focus_on("problems".into());
            }
            Ok(asked) => {
                self.show(Problems::new());
                self.ask(Request { idea: self.idea.get_untracked(), ..asked });
            }
        }
    }

    fn ask(self, asked: Request) {
        if self.busy.get_untracked() {
            return;
        }
        let fresh = || self.device.fresh_row().to_string().parse::<LineId>().ok();
        let Some(line) = self.line.get_value().or_else(fresh) else { return };
        self.line.set_value(Some(line.clone()));
        self.busy.set(true);
        let plan = self.plan.get_value();
        spawn_local(async move {
            match ask_for_grant(plan, line, asked).await {
                Ok(()) => self.done(),
                Err(problem) => {
                    // Nothing came of it, so the next try is another line. Without an
                    // answer it may be there already, and is asked for again.
                    if matches!(problem, Problem::Said(_) | Problem::NotFound) {
                        self.line.set_value(None);
                    }
                    self.trouble.set(Some(refusal(&problem)));
                }
            }
            self.busy.set(false);
        });
    }

    fn done(self) {
        self.line.set_value(None);
        self.empty();
        self.told.set("Asked for. The virtual school sees it now.");
        self.device.news.update(|news| *news += 1);
    }

    fn empty(self) {
        controls().iter().for_each(|id| fill(id, ""));
        self.asks_for(None);
    }

    fn show(self, problems: Problems) {
        for ((id, ..), wrong) in BOXES.iter().zip(self.wrong) {
            let found = problems.iter().find(|(of, _)| of == id).map(|(_, sentence)| sentence.clone());
            wrong.set(found);
        }
        self.problems.set(problems);
    }

    /// Of which idea it is, for as long as it is half typed.
    fn asks_for(self, idea: Option<RowId>) {
        fill(IDEA, idea.as_ref().map(RowId::to_string).as_deref().unwrap_or_default());
        self.idea.set(idea);
        self.taken.set(None);
        self.half.keep();
    }
}
