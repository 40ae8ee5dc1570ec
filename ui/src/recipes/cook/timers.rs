//! Kitchen timers: several at once, on every page, kept by the core as the instants at which they end, so
//! that a reload loses none.

use dioxus::prelude::*;
use hnh_domain::calls::{GetSetting, SetSetting};
use serde::{Deserialize, Serialize};

use super::sound;
use crate::browser::{now_ms, sleep};
use crate::core::call;
use crate::i18n::t;
use crate::kit::{Glyph, Icon, IconButton};
use crate::routes::Route;

const SETTING: &str = "cook.timers";

/// How often the clocks on the page move, in milliseconds.
const TICK: u32 = 250;

/// Where a timer stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Run {
    /// It ends at this instant, in milliseconds since 1970.
    Until(f64),
    /// It is stopped with so many milliseconds left.
    Paused(f64),
    /// It has ended and the cook has not said so yet.
    Over,
}

/// A timer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Timer {
    /// Tells it from the others.
    id: u64,
    /// What it is for.
    label: String,
    /// Its whole length in milliseconds.
    whole: f64,
    run: Run,
}

impl Timer {
    /// Milliseconds left at an instant.
    fn left(&self, now: f64) -> f64 {
        match self.run {
            Run::Until(end) => (end - now).max(0.0),
            Run::Paused(left) => left,
            Run::Over => 0.0,
        }
    }

    /// Ends it if its time has come; whether it did just now.
    fn end_at(&mut self, now: f64) -> bool {
        let over = matches!(self.run, Run::Until(end) if end <= now);
        if over {
            self.run = Run::Over;
        }
        over
    }

    /// Stops it or lets it go on.
    fn toggle(&mut self, now: f64) {
        self.run = match self.run {
            Run::Until(_) => Run::Paused(self.left(now)),
            Run::Paused(left) => Run::Until(now + left),
            Run::Over => Run::Over,
        };
    }
}

/// Minutes and seconds: `12:05`, `1:00:00`.
fn clock(milliseconds: f64) -> String {
    let seconds = (milliseconds / 1_000.0).ceil() as u64;
    let (h, m, s) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if h > 0 { format!("{h}:{m:02}:{s:02}") } else { format!("{m}:{s:02}") }
}

static TIMERS: GlobalSignal<Vec<Timer>> = Signal::global(Vec::new);
static NOW: GlobalSignal<f64> = Signal::global(now_ms);

/// Starts a timer. Called from a click, which also lets the page make a sound later.
pub(super) fn start(label: String, seconds: u32) {
    sound::allow();
    sound::allow_away();
    let now = now_ms();
    let whole = f64::from(seconds) * 1_000.0;
    *NOW.write() = now;
    change(|timers| {
        let id = timers.iter().map(|timer| timer.id + 1).max().unwrap_or(0);
        timers.push(Timer { id, label, whole, run: Run::Until(now + whole) });
    });
}

/// Changes the timers and has the core remember them.
fn change(by: impl FnOnce(&mut Vec<Timer>)) {
    by(&mut TIMERS.write());
    let kept = TIMERS.peek().clone();
    dioxus::core::spawn_forever(async move {
        let value = if kept.is_empty() { None } else { serde_json::to_string(&kept).ok() };
        // Timers that cannot be kept still run until the page is closed.
        call(SetSetting { key: SETTING.into(), value }).await.ok();
    });
}

/// Brings back what ran before a reload and moves the clocks; once, in the shell.
pub(crate) fn use_timers() {
    use_future(|| async {
        if let Ok(Some(kept)) = call(GetSetting { key: SETTING.into() }).await
            && let Ok(timers) = serde_json::from_str::<Vec<Timer>>(&kept)
        {
            *NOW.write() = now_ms();
            *TIMERS.write() = timers;
        }
        loop {
            sleep(TICK).await;
            tick();
        }
    });
}

/// Moves the clocks and rings for what has ended.
fn tick() {
    let now = now_ms();
    let running = TIMERS.peek().iter().any(|timer| matches!(timer.run, Run::Until(_)));
    if !running {
        return;
    }
    *NOW.write() = now;
    let ending = TIMERS.peek().iter().any(|timer| timer.clone().end_at(now));
    if ending {
        let ended = |timer: &Timer| timer.clone().end_at(now).then(|| timer.label.clone());
        let over: Vec<String> = TIMERS.peek().iter().filter_map(ended).collect();
        sound::ring_away(&t!("timer-over"), &over.join(", "));
        change(|timers| {
            for timer in timers {
                timer.end_at(now);
            }
        });
        sound::ring();
    }
}

/// The timers, above every page's lower edge; in cook mode they are part of it.
#[component]
pub(crate) fn TimerDock(#[props(default)] inline: bool) -> Element {
    let cooking = matches!(use_route::<Route>(), Route::CookPage { .. });
    let timers = TIMERS();
    if timers.is_empty() || cooking != inline {
        return rsx! {};
    }
    rsx! {
        section { class: if inline { "timers" } else { "timers timers-dock" }, "aria-label": t!("timers-title"),
            for timer in timers {
                TimerCard { key: "{timer.id}", timer }
            }
        }
    }
}

#[component]
fn TimerCard(timer: Timer) -> Element {
    let left = timer.left(NOW());
    let id = timer.id;
    let over = timer.run == Run::Over;
    let part = if timer.whole > 0.0 { 1.0 - left / timer.whole } else { 1.0 };
    let paused = matches!(timer.run, Run::Paused(_));
    rsx! {
        div { class: if over { "timer timer-over" } else { "timer" }, style: "--part: {part:.3}",
            Glyph { icon: Icon::Timer, size: 20 }
            div { class: "timer-words",
                strong { role: if over { "alert" } else { "timer" },
                    if over { {t!("timer-over")} } else { {clock(left)} }
                }
                span { "{timer.label}" }
            }
            if !over {
                IconButton {
                    icon: if paused { Icon::Play } else { Icon::Pause },
                    label: if paused { t!("timer-resume") } else { t!("timer-pause") },
                    onclick: move |_| {
                        let now = now_ms();
                        *NOW.write() = now;
                        change(|timers| timers.iter_mut().filter(|t| t.id == id).for_each(|t| t.toggle(now)));
                    },
                }
            }
            IconButton {
                icon: if over { Icon::Check } else { Icon::Close },
                label: if over { t!("timer-done") } else { t!("timer-cancel") },
                onclick: move |_| {
                    sound::hush();
                    change(|timers| timers.retain(|t| t.id != id));
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timer(run: Run) -> Timer {
        Timer { id: 0, label: "eggs".into(), whole: 60_000.0, run }
    }

    #[test]
    fn a_timer_kept_as_an_instant_has_ended_meanwhile() {
        let kept = serde_json::to_string(&timer(Run::Until(100_000.0))).unwrap();
        let mut back: Timer = serde_json::from_str(&kept).unwrap();
        assert!((back.left(70_000.0) - 30_000.0).abs() < 1.0);
        assert!(!back.end_at(99_999.0));
        assert!(back.end_at(100_000.0));
        assert!(!back.end_at(100_001.0), "it rings once");
        assert_eq!(back.run, Run::Over);
    }

    #[test]
    fn a_pause_stops_the_clock() {
        let mut timer = timer(Run::Until(100_000.0));
        timer.toggle(60_000.0);
        assert_eq!(timer.run, Run::Paused(40_000.0));
        assert!(!timer.end_at(500_000.0));
        timer.toggle(500_000.0);
        assert_eq!(timer.run, Run::Until(540_000.0));
    }

    #[test]
    fn clocks_show_the_second_that_is_running() {
        assert_eq!(clock(60_000.0), "1:00");
        assert_eq!(clock(59_001.0), "1:00");
        assert_eq!(clock(1.0), "0:01");
        assert_eq!(clock(3_605_000.0), "1:00:05");
    }
}
