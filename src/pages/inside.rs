//! The frame of the adults' pages: with the way out for someone who is signed in,
//! and without it while that isn't known.

use super::sign_out::SignOut;
use crate::ui::frame::{Back, Frame};
use crate::ui::words::language;
use leptos::prelude::*;

/// A page of someone who is signed in.
pub fn inside(back: Back, body: AnyView) -> AnyView {
    let end = view! { <SignOut/> }.into_any();
    view! { <Frame back end>{body}</Frame> }.into_any()
}

/// A page that anybody may see, in the language of their own pages.
pub fn outside(body: AnyView) -> AnyView {
    let language = language();
    view! {
        <div lang=language.tag() dir=language.direction()><Frame back=None end=().into_any()>{body}</Frame></div>
    }
    .into_any()
}
