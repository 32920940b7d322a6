//! The screens, in Yew. One component holds the state ([`App`]): it feeds what people do to the session, carries out
//! the effects that come back, and draws. Everything else is a plain function from state to HTML.
//!
//! - [`app`]: the root; [`dom`]: the browser's edges (storage, focus, clock, measuring).
//! - [`start`], [`page`], [`review`], [`result`]: a screen each; [`parts`]: what they share.
//! - [`further`]: the doors to what is downloaded after the first screen; [`wait`]: what is shown until it is here.
//!
//! Strict Content Security Policy: attributes and classes only, never an inline style.

mod app;
mod dom;
mod further;
mod node;
mod page;
mod parts;
mod result;
mod review;
mod start;
mod wait;

pub(crate) use app::{App, AppMsg, Props, stored_language};
