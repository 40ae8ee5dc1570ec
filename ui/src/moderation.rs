//! What was reported, for those who decide of it, and what they decided, for everybody.

use dioxus::prelude::*;
use hnh_domain::board::{BoardChange, Decision, LogEntry, Report, SubjectKind};
use hnh_domain::calls::{ListDecisions, ListReports};
use hnh_domain::topic::Topic;

use crate::account::{PersonLink, use_me};
use crate::changes::make;
use crate::core::{call, use_topic};
use crate::format::ago;
use crate::i18n::{lang, t};
use crate::kit::{
    Button, ButtonKind, Chip, ChipKind, EmptyState, Icon, LinkButton, Page, PageSection, SkeletonShape, TextArea,
    loaded, toast,
};
use crate::refusals;
use crate::routes::Route;

/// The queue, for moderators, and the log.
#[component]
pub(crate) fn ModerationPage() -> Element {
    let me = use_me();
    let moderates = me.read().as_ref().and_then(Option::as_ref).is_some_and(|me| me.role.moderates());
    let mut log = use_resource(|| call(ListDecisions {}));
    rsx! {
        Page { title: t!("moderation-title"), class: "page-narrow", back: Route::board().address(),
            p { class: "note", {t!("moderation-text")} }
            if moderates {
                Queue { ondecided: move |()| log.restart() }
            }
            PageSection { title: t!("moderation-log"),
                {loaded(log, (SkeletonShape::Rows, 4), rsx! {}, |entries| rsx! {
                    if entries.is_empty() {
                        p { class: "note", {t!("moderation-log-empty")} }
                    }
                    ul { class: "posts",
                        for entry in entries.iter().cloned() {
                            li { key: "{entry.id}", LogRow { entry } }
                        }
                    }
                })}
            }
        }
    }
}

#[component]
fn LogRow(entry: LogEntry) -> Element {
    let kind = if entry.decision == Decision::Hide { ChipKind::Tomato } else { ChipKind::Leaf };
    rsx! {
        article { class: "card post-row",
            span { class: "chips",
                Chip { text: entry.decision.name(lang()), kind }
                Chip { text: entry.kind.name(lang()) }
            }
            p { class: "post-excerpt", dir: "auto", "{entry.reason}" }
            span { class: "post-facts", {ago(entry.at_ms)} }
        }
    }
}

/// What waits for a decision, the oldest first.
#[component]
fn Queue(ondecided: EventHandler<()>) -> Element {
    let changes = use_topic(Topic::Sync);
    let reports = use_resource(move || {
        changes();
        call(ListReports {})
    });
    rsx! {
        PageSection { title: t!("moderation-queue"),
            {loaded(reports, (SkeletonShape::Rows, 3), rsx! {}, |reports| rsx! {
                if reports.is_empty() {
                    EmptyState { icon: Icon::CircleCheck, title: t!("moderation-queue-empty"), text: String::new() }
                }
                ul { class: "posts",
                    for report in reports.iter().cloned() {
                        li { key: "{report.id}", ReportRow { report, ondecided } }
                    }
                }
            })}
        }
    }
}

/// Whether who wrote it asks for another look at what was hidden.
fn is_appeal(report: &Report) -> bool {
    report.by.is_some() && report.by == report.author
}

#[component]
fn ReportRow(report: Report, ondecided: EventHandler<()>) -> Element {
    let mut reason = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let subject = report.subject;
    let decide = use_callback(move |decision: Decision| {
        let reason = reason.peek().trim().to_owned();
        spawn(async move {
            match make(BoardChange::Moderate { subject, decision, reason }).await {
                Ok(()) => {
                    toast(t!("moderation-decided"));
                    ondecided.call(());
                }
                Err(problem) => wrong.set(Some(refusals::words(&problem))),
            }
        });
    });
    let appeal = is_appeal(&report);
    // A person cannot be hidden, only what they write.
    let decisions: &[Decision] = match (appeal, subject.kind) {
        (true, _) => &[Decision::Restore, Decision::Dismiss],
        (_, SubjectKind::Person) => &[Decision::Dismiss],
        _ => &[Decision::Hide, Decision::Dismiss],
    };
    rsx! {
        article { class: "card post-row",
            span { class: "chips",
                Chip { text: subject.kind.name(lang()) }
                if appeal {
                    Chip { text: t!("moderation-appeal"), kind: ChipKind::Honey }
                }
            }
            blockquote { class: "post-excerpt", dir: "auto", "{report.words}" }
            p { b { {t!("report-why")} ": " } bdi { "{report.reason}" } }
            span { class: "post-facts",
                span { {t!("moderation-by")} " " PersonLink { person: report.by.clone() } }
                span { {t!("moderation-of")} " " PersonLink { person: report.author.clone() } }
                span { {ago(report.at_ms)} }
                if subject.kind == SubjectKind::Post {
                    LinkButton { kind: ButtonKind::Quiet, to: Route::PostPage { id: subject.id }, {t!("moderation-open")} }
                }
            }
            div {
                TextArea {
                    label: t!("moderation-reason"),
                    hint: t!("moderation-reason-hint"),
                    value: reason(),
                    rows: 2,
                    error: wrong(),
                    oninput: move |words| reason.set(words),
                }
            }
            div { class: "form-ways",
                for decision in decisions.iter().copied() {
                    Button {
                        key: "{decision}",
                        kind: if decision == Decision::Hide { ButtonKind::Danger } else { ButtonKind::Plain },
                        onclick: move |_| decide(decision),
                        {decision_words(decision)}
                    }
                }
            }
        }
    }
}

/// A decision as a button says it.
fn decision_words(decision: Decision) -> String {
    match decision {
        Decision::Hide => t!("moderation-hide"),
        Decision::Restore => t!("moderation-restore"),
        Decision::Dismiss => t!("moderation-dismiss"),
    }
}
