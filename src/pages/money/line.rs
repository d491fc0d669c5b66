//! One line of the ledger: what was asked for, where it stands, and what this person
//! can do with it.

use super::super::deciding::Deciding;
use super::super::half::Half;
use super::refusal;
use crate::api::Problem;
use crate::api::grant::{Ledger, LedgerLine, record_grant, step_grant};
use crate::domain::grant::{LineState, Step};
use crate::domain::people::{LineId, PlanId};
use crate::ui::dialog::Dialog;
use crate::ui::field::Asked;
use crate::ui::form::{typed, words};
use crate::ui::problem::notice;
use leptos::prelude::*;
use std::future::Future;

/// What the parts of one line share.
#[derive(Clone, Copy)]
struct Doing {
    plan: StoredValue<PlanId>,
    line: StoredValue<LineId>,
    now: Memo<Option<LedgerLine>>,
    /// The reason is being asked for.
    asking: RwSignal<bool>,
    /// The reason is for declining; otherwise for withdrawing.
    declines: RwSignal<bool>,
    deciding: Deciding,
}

pub fn line(ledger: Memo<Ledger>, id: LineId) -> AnyView {
    let plan = StoredValue::new(ledger.with_untracked(|ledger| ledger.plan.clone()));
    let line = StoredValue::new(id.clone());
    let now = Memo::new(move |_| ledger.with(|ledger| ledger.lines.iter().find(|line| line.line.id == id).cloned()));
    let doing = Doing {
        plan,
        line,
        now,
        asking: RwSignal::new(false),
        declines: RwSignal::new(false),
        deciding: Deciding::here(refusal),
    };
    let may_decide = move || ledger.with(|ledger| ledger.may_decide);
    view! {
        <li class="stack tight">
            {move || now.with(|line| line.as_ref().map(shown))}
            {move || now.with(|line| line.as_ref().map(|line| steps(doing, line, may_decide())))}
            {move || (!doing.asking.get()).then(|| notice(doing.deciding.trouble))}
            {reason(doing)}
            {record(doing)}
        </li>
    }
    .into_any()
}

/// What was asked for, and where it stands.
fn shown(line: &LedgerLine) -> AnyView {
    let asked = &line.line.asked;
    let cost = match asked.units {
        1 => line.total.to_string(),
        units => format!("{units} at {} each: {}", asked.unit_cost, line.total),
    };
    let when = format!("{}, {} to {}", asked.provider, asked.starts.short(), asked.ends.spoken());
    let keys =
        format!("Asked for by {}. {}, financial year {}.", line.by, line.line.term.words(), line.line.year.words());
    let reason = line.line.state.reason().map(str::to_string);
    let actual = line.line.actual.clone().filter(|words| !words.is_empty());
    view! {
        <p class="grant-head"><b>{asked.item.clone()}</b><span class=class(&line.line.state)>{line.line.state.words()}</span></p>
        <p class="amount">{cost}</p>
        <p class="soft">{when}</p>
        <p class="words">{asked.expected.clone()}</p>
        {reason.map(|reason| view! { <p class="words"><b>"Why: "</b>{reason}</p> })}
        {actual.map(|actual| view! { <p class="words"><b>"What it changed: "</b>{actual}</p> })}
        <p class="soft small keys">{keys}</p>
    }
    .into_any()
}

/// What waits for somebody catches the eye; what is done is plain.
pub fn class(state: &LineState) -> &'static str {
    match state {
        LineState::Requested => "tag sun",
        LineState::Approved => "tag action",
        LineState::Paid => "done",
        LineState::Declined(_) | LineState::Withdrawn(_) => "tag",
    }
}

/// The buttons for what this person can do with the line now.
fn steps(doing: Doing, line: &LedgerLine, may_decide: bool) -> AnyView {
    let item = line.line.asked.item.clone();
    let button =
        |words, class, press: fn(Doing)| doing.deciding.button(words, Some(item.clone()), class, move || press(doing));
    let mut buttons = Vec::new();
    match line.line.state {
        LineState::Requested if may_decide => {
            buttons.push(button("Agree", "button", |doing| doing.step(Step::Approve)));
            buttons.push(button("Decline", "button quiet", |doing| doing.ask_why(true)));
        }
        LineState::Approved if may_decide => {
            buttons.push(button("Mark as paid", "button", |doing| doing.step(Step::Pay)));
            buttons.push(button("Withdraw", "button quiet", |doing| doing.ask_why(false)));
        }
        _ => {}
    }
    if line.may_take_back {
        buttons.push(button("Take it back", "button quiet", |doing| doing.ask_why(false)));
    }
    (!buttons.is_empty()).then(|| view! { <div class="row">{buttons}</div> }).into_any()
}

/// The question why, before a line goes no further.
fn reason(doing: Doing) -> AnyView {
    let id = doing.box_id("why");
    let asked = Asked::new(id.clone(), "Why".into(), "Whoever asks for money and decides about it reads this.".into());
    let half = Half::of_empty(&id, [&id]);
    let title = Signal::derive(move || match doing.declines.get() {
        true => "Decline this?".to_string(),
        false => "Withdraw this?".to_string(),
    });
    let send = move |_| {
        let why = typed(&id);
        let step = if doing.declines.get_untracked() { Step::Decline(why) } else { Step::Withdraw(why) };
        doing.deciding.send(half.until(doing.asked(step)), move || doing.asking.set(false));
    };
    view! {
        <Dialog open=doing.asking title=title>
            <div on:input=move |_| half.keep()>{words(&asked, RwSignal::new(None), "")}</div>
            {move || doing.asking.get().then(|| notice(doing.deciding.trouble))}
            <div class="row">
                <button
                    type="button"
                    class="button"
                    aria-busy=move || doing.deciding.is_busy()
                    on:click=send
                >
                    {move || if doing.declines.get() { "Decline" } else { "Withdraw" }}
                </button>
                <button type="button" class="button quiet" on:click=move |_| doing.asking.set(false)>"Not now"</button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// The box for what it changed afterwards. It stays as it is while the page hears of
/// news, so that nothing half written goes.
fn record(doing: Doing) -> AnyView {
    let id = doing.box_id("changed");
    let first = doing.now.with_untracked(|line| line.as_ref().and_then(|line| line.line.actual.clone()));
    // What this person saw in the box: only that is written over.
    let seen = StoredValue::new(first.unwrap_or_default());
    let asked = Asked::new(
        id.clone(),
        "What did it change?".into(),
        "Against what was hoped for: what was, and what is now.".into(),
    );
    let half = Half::of(&id, [(id.clone(), seen.get_value())]);
    let save = move |_| {
        let (was, words) = (seen.get_value(), typed(&id).trim().to_string());
        let asked = record_grant(doing.plan.get_value(), doing.line.get_value(), was, words.clone());
        doing.deciding.send(half.until(asked), move || seen.set_value(words));
    };
    let hidden = move || doing.now.with(|line| !line.as_ref().is_some_and(|line| line.may_record));
    view! {
        <details class="changed" hidden=hidden>
            <summary>"Say what it changed"</summary>
            <div class="stack tight" on:input=move |_| half.keep()>
                {words(&asked, RwSignal::new(None), &seen.get_value())}
                <button
                    type="button"
                    class="button quiet"
                    aria-busy=move || doing.deciding.is_busy()
                    on:click=save
                >
                    "Save"
                </button>
            </div>
        </details>
    }
    .into_any()
}

impl Doing {
    fn box_id(self, what: &str) -> String {
        self.line.with_value(|line| format!("{what}-{line}"))
    }

    fn ask_why(self, declines: bool) {
        self.deciding.trouble.set(None);
        self.declines.set(declines);
        self.asking.set(true);
    }

    fn step(self, step: Step) {
        self.deciding.send(self.asked(step), || ());
    }

    fn asked(self, step: Step) -> impl Future<Output = Result<(), Problem>> + 'static {
        step_grant(self.plan.get_value(), self.line.get_value(), step)
    }
}
