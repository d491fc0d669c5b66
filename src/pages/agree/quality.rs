//! How good the virtual school finds the plan: for those who work on it.

use crate::api::PlanPage;
use crate::api::agreeing::{Scores, give_score};
use crate::domain::capital::capital;
use crate::domain::quality::Score;
use crate::pages::half::Half;
use crate::pages::steps::Steps;
use crate::ui::field::Asked;
use crate::ui::form::{choice, typed, words};
use crate::ui::problem::notice;
use leptos::prelude::*;

pub fn card(page: Signal<PlanPage>) -> AnyView {
    let steps = Steps::of(page);
    let scores = Memo::new(move |_| page.with(|page| page.agreeing.scores.clone()));
    let shown = move || {
        scores.with(|scores| scores.as_ref().is_some_and(|scores| scores.may_score || !scores.given.is_empty()))
    };
    let areas = page.with_untracked(|page| page.agreeing.scores.as_ref().map(|scores| scores.quality.areas.clone()));
    let lines: Vec<_> = areas
        .unwrap_or_default()
        .into_iter()
        .enumerate()
        .map(|(number, area)| line(page, steps, scores, number, area))
        .collect();
    let overall = move || {
        scores.with(|scores| {
            let scores = scores.as_ref()?;
            Some(format!("Altogether: {}", scores.quality.overall(&scores.given)?))
        })
    };
    view! {
        <section class="card quality stack" hidden=move || !shown()>
            <h2>"How good this plan is"</h2>
            <p class="soft">"The virtual school’s view, for the designated teacher and the social worker. The young person and the carer don’t see it."</p>
            <ol class="lines">{lines}</ol>
            <p><b>{overall}</b></p>
            {notice(steps.trouble)}
        </section>
    }
    .into_any()
}

fn given(scores: &Option<Scores>, area: &str) -> Option<Score> {
    scores.as_ref()?.given.iter().find(|score| score.area == area).cloned()
}

fn line(page: Signal<PlanPage>, steps: Steps, scores: Memo<Option<Scores>>, number: usize, area: String) -> AnyView {
    let (heading, of, first) = (area.clone(), area.clone(), scores.with_untracked(|scores| given(scores, &area)));
    let said = move || {
        scores.with(|scores| {
            given(scores, &of).map(|score| {
                view! {
                    <span class="tag">{capital(&score.level)}</span>
                    <p class="words">{score.comment.clone()}</p>
                }
                .into_any()
            })
        })
    };
    let (level, comment) = (format!("level-{number}"), format!("comment-{number}"));
    let comments = first.map(|score| score.comment).unwrap_or_default();
    let plan = page.with_untracked(|page| page.plan.clone());
    let half = Half::of(
        &format!("quality/{plan}/{area}"),
        [(level.clone(), String::new()), (comment.clone(), comments.clone())],
    );
    let level_asked = Asked::new(level.clone(), "Level".into(), String::new());
    let comment_asked =
        Asked::new(comment.clone(), "What is good, and what would make it better".into(), String::new());
    let levels = move || {
        scores.with(|scores| {
            let levels = scores.as_ref().map_or(&[][..], |scores| scores.quality.scheme.levels());
            levels.iter().map(|level| (level.to_string(), capital(level))).collect::<Vec<_>>()
        })
    };
    let save = move || {
        let score = Score { area: area.clone(), level: typed(&level), comment: typed(&comment) };
        if score.level.is_empty() {
            return steps.trouble.set(Some(format!("Choose a level for “{area}”.")));
        }
        steps.send(half.until(give_score(plan.clone(), score)));
    };
    let may = move || scores.with(|scores| scores.as_ref().is_some_and(|scores| scores.may_score));
    view! {
        <li class="stack tight">
            <b>{heading}</b>
            {said}
            <details hidden=move || !may()>
                <summary>"Say how good it is"</summary>
                <div class="stack tight" on:input=move |_| half.keep()>
                    {choice(&level_asked, RwSignal::new(None), "Choose a level", levels)}
                    {words(&comment_asked, RwSignal::new(None), &comments)}
                    <div>{steps.button("Save", "button quiet", save)}</div>
                </div>
            </details>
        </li>
    }
    .into_any()
}
