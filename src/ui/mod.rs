//! The screens, in Yew. One component holds the state ([`App`]): it feeds what people do to the session, carries out
//! the effects that come back, and draws. Everything else is a plain function from state to HTML.
//!
//! - [`app`]: the root; [`dom`]: the browser's edges (storage, focus, clock, measuring).
//! - [`start`], [`page`], [`review`], [`result`], [`wish`], [`deepen`]: a screen each; [`group`] and [`parts`]: what they
//!   share.
//! - [`desk`]: what someone does beside answering; [`aside`]: the screens for that; [`subject`]: whose result it is about.
//! - [`apart`]: what only few pages need: an own questionnaire and its author, a group, a screen that strangers share.
//! - [`further`]: the doors to what is downloaded after the first screen; [`wait`]: what is shown until it is here.
//!
//! Strict Content Security Policy: attributes and classes only, never an inline style.

pub(crate) mod apart;
mod app;
mod aside;
mod deepen;
mod desk;
mod dom;
mod further;
mod group;
mod handing;
mod node;
mod overlay;
mod page;
mod parts;
mod result;
mod review;
mod small;
mod start;
mod subject;
mod svg;
mod wait;
mod wish;

pub(crate) use app::{ActionEdit, App, AppMsg, Props, stored_language};
