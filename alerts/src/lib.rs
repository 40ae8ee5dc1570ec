//! Alarms of CloudWatch as messages in Slack.
//!
//! SNS hands an alarm to the function ([`alarm`]); [`message`] says it in the words operators know; [`slack`] posts it to
//! the address that [`webhook`] finds.

pub mod alarm;
pub mod message;
pub mod slack;
pub mod webhook;
