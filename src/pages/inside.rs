//! The frame of the adults' pages: with the way out for someone who is signed in,
//! and without it while that isn't known.

use super::sign_out::SignOut;
use crate::ui::frame::{Back, Frame};
use leptos::prelude::*;

/// A page of someone who is signed in.
pub fn inside(back: Back, body: AnyView) -> AnyView {
    let end = view! { <SignOut/> }.into_any();
    view! { <Frame back end>{body}</Frame> }.into_any()
}

/// A page that anybody may see.
pub fn outside(body: AnyView) -> AnyView {
    view! { <Frame back=None end=().into_any()>{body}</Frame> }.into_any()
}
