//! Choosing who sees an answer: by name, with nobody ticked, and with the exact
//! words to see before anything is shared.

use super::draw::Drawn;
use super::finish::Picked;
use super::named::known_as;
use super::record::Heard;
use super::talk::{Asked, Talk, share_button};
use crate::domain::people::{PersonId, Role, TeamMember};
use crate::domain::words::Word;
use crate::domain::words::influence::{
    ANSWER_FIRST, EVERYONE, LOOK_AS, NOT_AT_HOME, NOT_NOW, OK, SHARE, TICK_SOMEONE, TICK_WHO, TYPED, TYPED_AND_CHECKED,
    WHO_CAN_SEE, WHO_HELPED, WILL_SEE,
};
use crate::domain::words::voice::PROMISE;
use crate::ui::speech::ReadAloud;
use crate::ui::words::{Words, say};
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn ChooseWho(
    talk: Talk,
    asked: Asked,
    /// What was shared of it says something else by now.
    changed: Memo<bool>,
    /// Called when the choice is made, or left.
    done: Callback<()>,
) -> impl IntoView {
    let before = untrack(|| talk.wish(asked.id)).map(|wish| wish.with).unwrap_or_default();
    let chosen = RwSignal::new(before.clone());
    Effect::new(move |_| {
        let is_new = chosen.with(|chosen| !chosen.is_empty() && (*chosen != before || changed.get()));
        talk.tick(asked.id, is_new);
    });
    on_cleanup(move || talk.tick(asked.id, false));
    let title = NodeRef::<html::H2>::new();
    title.on_load(|title| {
        let _ = title.focus();
    });
    let words = Words::here();
    let answered = Memo::new(move |_| talk.is_answered(asked.id));
    let nobody = move || chosen.with(Vec::is_empty);
    let share = move |_| {
        talk.share(asked.id, chosen.get_untracked());
        done.run(());
    };
    view! {
        <section class="card sharing stack" aria-labelledby=format!("sharing-{}", asked.id)>
            <div class="asking">
                <h2 id=format!("sharing-{}", asked.id) node_ref=title tabindex="-1">{say(WHO_CAN_SEE)}</h2>
                <ReadAloud text=say(WHO_CAN_SEE) reads="h2, .person b, .person .soft, .sharing > p, .button:not([aria-pressed])"/>
            </div>
            {move || if answered.get() {
                view! {
                    <People talk chosen/>
                    <Preview talk asked chosen/>
                    <p class="soft">{say(PROMISE)}</p>
                    <div class="row">
                        <button type="button" class="button" id=share_button(asked.id) disabled=nobody on:click=share>{words.say(SHARE)}</button>
                        <button type="button" class="button quiet" on:click=move |_| done.run(())>{words.say(NOT_NOW)}</button>
                    </div>
                }
                .into_any()
            } else {
                view! {
                    <p>{words.say(ANSWER_FIRST)}</p>
                    <button type="button" class="button quiet" on:click=move |_| done.run(())>{words.say(OK)}</button>
                }
                .into_any()
            }}
        </section>
    }
}

/// The team by name. "Everyone at my meeting" leaves the carers out: the one at
/// home may be who the answer is about, so they are only ever ticked by name.
#[component]
fn People(talk: Talk, chosen: RwSignal<Vec<PersonId>>) -> impl IntoView {
    let (carers, others): (Vec<_>, Vec<_>) = talk.team().into_iter().partition(|member| member.role == Role::Carer);
    let everyone = StoredValue::new(others.iter().map(|member| member.id.clone()).collect::<Vec<_>>());
    let all = move || chosen.with(|chosen| everyone.with_value(|all| all.iter().all(|id| chosen.contains(id))));
    let tick_all = move |event| {
        let on = event_target_checked(&event);
        chosen.update(|chosen| {
            everyone.with_value(|all| {
                chosen.retain(|id| !all.contains(id));
                if on {
                    chosen.extend(all.iter().cloned());
                }
            });
        });
    };
    let person = move |member: TeamMember| view! { <Person talk member chosen/> };
    let words = say(EVERYONE);
    view! {
        <fieldset class="people-list">
            <legend class="visually-hidden">{say(TICK_WHO)}</legend>
            {(others.len() > 1).then(|| view! {
                <label class="person">
                    <input
                        type="checkbox"
                        name="everyone"
                        data-says=move || talk.speaks().then_some(words)
                        prop:checked=all
                        on:change=tick_all
                    />
                    <span>
                        <b>{words}</b>
                        {(!carers.is_empty()).then_some(view! { <span class="soft">{say(NOT_AT_HOME)}</span> })}
                    </span>
                </label>
            })}
            {others.into_iter().map(person).collect_view()}
            {carers.into_iter().map(person).collect_view()}
        </fieldset>
    }
}

#[component]
fn Person(talk: Talk, member: TeamMember, chosen: RwSignal<Vec<PersonId>>) -> impl IntoView {
    let id = StoredValue::new(member.id);
    let name = member.name.clone();
    let ticked = move || id.with_value(|id| chosen.with(|chosen| chosen.contains(id)));
    let tick = move |event| {
        let on = event_target_checked(&event);
        chosen.update(|chosen| {
            id.with_value(|id| {
                chosen.retain(|other| other != id);
                if on {
                    chosen.push(id.clone());
                }
            });
        });
    };
    view! {
        <label class="person">
            <input
                type="checkbox"
                name="with"
                data-says=move || talk.speaks().then(|| name.clone())
                prop:checked=ticked
                on:change=tick
            />
            <span>
                <b>{member.name}</b>
                <span class="soft">{known_as(member.role)}</span>
            </span>
        </label>
    }
}

/// Exactly what those who are ticked will see: by name, one after the other where they
/// are several.
#[component]
fn Preview(talk: Talk, asked: Asked, chosen: RwSignal<Vec<PersonId>>) -> impl IntoView {
    let words = Words::here();
    let looking = RwSignal::new(None::<PersonId>);
    let named = Memo::new(move |_| {
        let chosen = chosen.get();
        talk.team().into_iter().filter(|member| chosen.contains(&member.id)).collect::<Vec<_>>()
    });
    let shown = Memo::new(move |_| {
        let named = named.get();
        let looking = looking.get();
        named.iter().find(|member| Some(&member.id) == looking.as_ref()).or(named.first()).cloned()
    });
    let as_whom = move |member: TeamMember| {
        let (id, name) = (member.id.clone(), member.name);
        let pressed = move || {
            if shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.id == id)) { "true" } else { "false" }
        };
        view! {
            <button type="button" class="button quiet" aria-pressed=pressed on:click=move |_| looking.set(Some(member.id.clone()))>
                {name}
            </button>
        }
    };
    move || {
        let named = named.get();
        if named.is_empty() {
            return view! { <p class="soft">{words.say(TICK_SOMEONE)}</p> }.into_any();
        }
        let several = named.len() > 1;
        let question = say(Word::declared(asked.question.in_words()));
        view! {
            {several.then(|| view! {
                <div class="look-as row" role="group" aria-label=words.say(LOOK_AS)>{named.into_iter().map(as_whom).collect_view()}</div>
            })}
            <div class="preview stack tight">
                <div class="asking">
                    <h3 aria-live="polite">
                        {move || shown.get().map(|member| words.with(WILL_SEE, &[("name", &member.name)]))}
                    </h3>
                    <ReadAloud text=question reads=".preview h3, .preview p, .preview blockquote"/>
                </div>
                <p class="soft">{question}</p>
                <Picked talk asked/>
                {move || {
                    let said = talk.words(asked.id);
                    (!said.trim().is_empty()).then(|| view! { <blockquote class="their-words" dir="auto">{said}</blockquote> })
                }}
                <Drawn talk asked/>
                <Heard talk asked/>
                <Help talk asked/>
            </div>
        }
        .into_any()
    }
}

/// Who helped and who typed, as they will see it.
#[component]
fn Help(talk: Talk, asked: Asked) -> impl IntoView {
    let words = Words::here();
    move || {
        let given = talk.given(asked.id);
        let name = talk.page(|page| page.name.clone());
        let helped = given.who_helped(words.language()).map(|who| words.with(WHO_HELPED, &[("who", &who)]));
        let typed = if given.checked { TYPED_AND_CHECKED } else { TYPED };
        let typed =
            (!given.typed_by.is_empty()).then(|| words.with(typed, &[("who", &given.typed_by), ("name", &name)]));
        helped.into_iter().chain(typed).map(|line| view! { <p class="soft">{line}</p> }).collect_view()
    }
}
