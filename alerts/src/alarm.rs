//! An alarm as CloudWatch writes it and SNS delivers it.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Why an event tells of no alarm. Trying it again would change nothing.
#[derive(Debug, thiserror::Error)]
pub enum NotAnAlarm {
    /// It came by another way than SNS.
    #[error("the event has no records of SNS and is no alarm itself")]
    NoRecords,
    /// What SNS delivered is something else.
    #[error("the message is no alarm of CloudWatch: {0}")]
    Unreadable(#[from] serde_json::Error),
}

/// How an alarm stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// It rings.
    Alarm,
    /// All is well again.
    Ok,
    /// There is too little data to tell.
    InsufficientData,
}

/// How a figure is compared with the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Comparison {
    /// At least.
    #[serde(rename = "GreaterThanOrEqualToThreshold")]
    AtLeast,
    /// More than.
    #[serde(rename = "GreaterThanThreshold")]
    MoreThan,
    /// At most.
    #[serde(rename = "LessThanOrEqualToThreshold")]
    AtMost,
    /// Less than.
    #[serde(rename = "LessThanThreshold")]
    LessThan,
}

/// A part of what a metric is of, such as a cluster or a namespace.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Dimension {
    /// What it is.
    #[serde(alias = "Name")]
    pub name: String,
    /// Which one.
    #[serde(alias = "Value")]
    pub value: String,
}

/// What an alarm watches.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Trigger {
    /// The metric: `pod_cpu_utilization`.
    #[serde(default)]
    pub metric_name: String,
    /// Whose metric it is: `ContainerInsights`.
    #[serde(default)]
    pub namespace: String,
    /// Of what it is.
    #[serde(default)]
    pub dimensions: Vec<Dimension>,
    /// Seconds that one figure sums up.
    pub period: u32,
    /// Figures that are looked at.
    pub evaluation_periods: u32,
    /// How they are compared.
    pub comparison_operator: Comparison,
    /// With what.
    pub threshold: f64,
}

/// An alarm that changed its state.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Alarm {
    /// Its name.
    pub alarm_name: String,
    /// What the operator wrote about it.
    #[serde(default, deserialize_with = "or_empty")]
    pub alarm_description: String,
    /// How it stands now.
    pub new_state_value: State,
    /// Why, in CloudWatch's words.
    #[serde(default)]
    pub new_state_reason: String,
    /// Since when.
    #[serde(deserialize_with = "time")]
    pub state_change_time: DateTime<Utc>,
    /// What it watches.
    pub trigger: Trigger,
}

/// What an alarm is about: told by what it watches, since both come to one function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The processor time of pods: more of them are started.
    PodCpu,
    /// Requests that the web application firewall blocked.
    WebAttack,
    /// Another figure.
    Other,
}

impl Alarm {
    /// What it is about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match (self.trigger.namespace.as_str(), self.trigger.metric_name.as_str()) {
            ("AWS/WAFV2", _) | (_, "BlockedRequests") => Subject::WebAttack,
            ("ContainerInsights", metric) if metric.contains("cpu") => Subject::PodCpu,
            _ => Subject::Other,
        }
    }
}

/// The alarms of an event: of each of SNS's records, or the event itself where it is an alarm.
///
/// # Errors
/// When the event is something else.
pub fn alarms(event: &Value) -> Result<Vec<Alarm>, NotAnAlarm> {
    let Some(records) = event.get("Records").and_then(Value::as_array) else {
        return match event.get("AlarmName") {
            Some(_) => Ok(vec![Alarm::deserialize(event)?]),
            None => Err(NotAnAlarm::NoRecords),
        };
    };
    let messages = records.iter().map(|record| record.pointer("/Sns/Message").and_then(Value::as_str));
    messages.map(|message| Ok(serde_json::from_str(message.ok_or(NotAnAlarm::NoRecords)?)?)).collect()
}

fn or_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.unwrap_or_default())
}

/// CloudWatch writes `2022-04-24T11:24:57.000+0000`; a time without a zone is UTC.
fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let with_zone = DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f%z").map(|time| time.to_utc());
    let plain = text.trim_end_matches("UTC").trim_end_matches('Z').trim_end();
    with_zone
        .or_else(|_| NaiveDateTime::parse_from_str(plain, "%Y-%m-%dT%H:%M:%S%.f").map(|time| time.and_utc()))
        .map_err(serde::de::Error::custom)
}
