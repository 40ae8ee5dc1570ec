//! The core's own course: in step with the server as long as it lives, by asking every so often and by a socket over
//! which the server says that there is more.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, join3, select};
use hnh_domain::chat::FromClient;
use hnh_domain::problem::{Problem, ProblemCode};

use crate::{Core, Host, Socket};

/// What others wrote is asked for every so often, with the socket or without.
const SYNC_EVERY: Duration = Duration::from_secs(5);
/// Without a network: seldom enough to cost nothing, often enough that one who is back waits seconds. No browser can be
/// relied on to say that the network is back.
const OFFLINE_AT_MOST: Duration = Duration::from_secs(8);
/// A server that answers, but not as it should, is left alone ever longer, up to this.
const FAILING_AT_MOST: Duration = Duration::from_secs(120);
/// A socket says that it is there; the server lets go of one that was silent for a minute.
const PING_EVERY: Duration = Duration::from_secs(25);

/// How long to wait after a sync; `failures` counts those that failed in a row, this one included.
fn pause(outcome: &Result<(), Problem>, failures: u32) -> Duration {
    let longer = SYNC_EVERY * 2_u32.pow(failures.saturating_sub(1).min(10));
    match outcome {
        Ok(()) => SYNC_EVERY,
        Err(problem) if problem.code == ProblemCode::Offline => longer.min(OFFLINE_AT_MOST),
        // Signing in wakes the core.
        Err(problem) if problem.code == ProblemCode::SignInRequired => FAILING_AT_MOST,
        Err(problem) => {
            let asked = problem.retry_after.map(|seconds| Duration::from_secs(seconds.into()));
            longer.max(asked.unwrap_or_default()).min(FAILING_AT_MOST)
        }
    }
}

impl<H: Host> Core<H> {
    /// Keeps in step with the server; never done. A host polls it beside the commands that it dispatches.
    pub async fn run(&self) {
        join3(self.keep_in_step(), self.listen(), self.keep_areas()).await;
    }

    /// Has [`Core::run`] sync at once, as when the network came back.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    async fn keep_in_step(&self) {
        let mut failures = 0;
        let mut account_is_old = true;
        loop {
            let outcome = self.sync().await;
            if account_is_old && outcome.is_ok() {
                account_is_old = self.refresh_account().await.is_err();
            }
            failures = if outcome.is_ok() { 0 } else { failures + 1 };
            self.attend.notify_one();
            // Devices that lost the server together do not come back together: three to five quarters of the pause.
            let share = 0.75 + f64::from(self.host.random()[0]) / 512.0;
            let slept = self.host.sleep(pause(&outcome, failures).mul_f64(share));
            if let Either::Right(_) = select(pin!(slept), pin!(self.wake.notified())).await {
                // A try that somebody asked for says nothing of how the server fares.
                failures = failures.saturating_sub(1);
            }
        }
    }

    /// Opens a socket whenever there is somebody to listen for; a sync that went well is the sign that it may open.
    async fn listen(&self) {
        loop {
            self.attend.notified().await;
            if self.online.get() == Some(false) || self.session_over.get() || !self.is_signed_in() {
                continue;
            }
            let Ok(token) = self.session_token() else { continue };
            let Ok(mut socket) = self.host.connect(token).await else { continue };
            self.hang_up.set(false);
            self.attend_to(&mut socket).await;
            drop(socket);
            self.on_disconnect();
        }
    }

    /// Talks over a socket until it ends, says nothing more, or belongs to somebody else.
    async fn attend_to(&self, socket: &mut H::Socket) {
        let mut heard = true;
        let mut ping_due = pin!(self.host.sleep(PING_EVERY));
        while !self.hang_up.get() {
            for text in self.subscriptions().unwrap_or_default() {
                socket.send(text);
            }
            for text in self.outgoing.take() {
                socket.send(text);
            }
            let happened = {
                let (next, attention) = (pin!(socket.next()), pin!(self.attend.notified()));
                match select(select(next, attention), &mut ping_due).await {
                    Either::Left((Either::Left((text, _)), _)) => Happened::Heard(text),
                    Either::Left((Either::Right(_), _)) => Happened::Attention,
                    Either::Right(_) => Happened::PingDue,
                }
            };
            match happened {
                Happened::Heard(None) => return,
                Happened::Heard(Some(text)) => {
                    heard = true;
                    if self.on_message(&text) {
                        self.wake();
                    }
                }
                Happened::Attention => {}
                // The server answers each ping: silence since the last one is a line that is cut.
                Happened::PingDue if !heard => return,
                Happened::PingDue => {
                    heard = false;
                    socket.send(serde_json::to_string(&FromClient::Ping).unwrap_or_default());
                    ping_due.set(self.host.sleep(PING_EVERY));
                }
            }
        }
    }
}

enum Happened {
    Heard(Option<String>),
    Attention,
    PingDue,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(code: ProblemCode) -> Result<(), Problem> {
        Err(Problem::new(code))
    }

    #[test]
    fn who_is_back_waits_seconds_and_a_failing_server_is_left_alone() {
        for failures in 1..40 {
            assert!(pause(&failed(ProblemCode::Offline), failures) <= Duration::from_secs(8));
            assert!(pause(&failed(ProblemCode::Internal), failures) <= FAILING_AT_MOST);
        }
        assert_eq!(pause(&Ok(()), 0), SYNC_EVERY);
        assert_eq!(pause(&failed(ProblemCode::Internal), 1), SYNC_EVERY);
        assert_eq!(pause(&failed(ProblemCode::Internal), 9), FAILING_AT_MOST);
        let mut told = Problem::new(ProblemCode::TooMany);
        told.retry_after = Some(60);
        assert_eq!(pause(&Err(told), 1), Duration::from_secs(60));
    }
}
