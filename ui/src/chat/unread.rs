//! How many messages are not read, for the tab and the window's title.

use dioxus::prelude::*;
use hnh_domain::calls::CountUnread;
use hnh_domain::topic::Topic;

use crate::core::{call, use_topic};

/// The number, kept up to date by [`use_unread`].
static UNREAD: GlobalSignal<u32> = Signal::global(|| 0);

/// How many there are; reading it subscribes the component.
pub(crate) fn unread() -> u32 {
    UNREAD()
}

/// Keeps the number up to date; once, in the shell.
pub(crate) fn use_unread() {
    let changes = use_topic(Topic::Rooms);
    use_effect(move || {
        changes();
        spawn(async move {
            // Without an answer it stays as it is; the next change asks again.
            if let Ok(count) = call(CountUnread {}).await
                && *UNREAD.peek() != count
            {
                *UNREAD.write() = count;
            }
        });
    });
}
