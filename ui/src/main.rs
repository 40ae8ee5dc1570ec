//! HnH's interface, one Dioxus program for browser, desktop and phone.
//!
//! [`routes`] names every page, [`shell`] is the frame around them, [`kit`] holds the parts that all
//! pages are made of. The rest is a folder a feature. Everything a page knows it asks of the
//! core, through [`core`]; every sentence comes from [`i18n`]'s Fluent files.

mod account;
mod board;
mod browser;
mod changes;
mod chat;
mod cookbook;
mod core;
mod favourites;
mod foods;
mod format;
mod home;
mod i18n;
mod kit;
mod listing;
mod moderation;
mod needs;
mod notices;
mod notifications;
mod offline;
mod photos;
mod places;
mod plan;
mod position;
mod preferences;
mod program;
mod recipes;
mod refusals;
mod routes;
mod settings;
mod shell;
mod shopping;
mod webapp;

use dioxus::prelude::*;

fn main() {
    preferences::restore();
    launch(|| rsx! { Router::<routes::Route> {} });
}
