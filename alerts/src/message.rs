//! What operators read: name, time, resource, cause and details of an alarm, in this order.

use chrono_tz::Tz;

use crate::alarm::{Alarm, Comparison, State, Subject};

/// The language of the messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    /// Korean.
    #[default]
    Ko,
    /// English.
    En,
}

/// How messages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Their language.
    pub lang: Lang,
    /// Whose clock their times are by.
    pub zone: Tz,
}

impl Default for Style {
    /// As operators in Korea read it.
    fn default() -> Self {
        Self { lang: Lang::Ko, zone: Tz::Asia__Seoul }
    }
}

/// The names of a message's lines.
struct Labels {
    time: &'static str,
    resource: &'static str,
    cause: &'static str,
    details: &'static str,
}

const KOREAN: Labels = Labels { time: "발생시간", resource: "자원", cause: "원인", details: "상세 내용" };
const ENGLISH: Labels = Labels { time: "Time", resource: "Resource", cause: "Cause", details: "Details" };

/// The message, in Slack's mark-up.
#[must_use]
pub fn message(alarm: &Alarm, style: Style) -> String {
    let Labels { time, resource, cause, details } = match style.lang {
        Lang::Ko => KOREAN,
        Lang::En => ENGLISH,
    };
    let at = alarm.state_change_time.with_timezone(&style.zone).format("%Y-%m-%d %H:%M:%S");
    format!(
        "[{name}]\n*{time}*: {at}\n*{resource}*: {of}\n*{cause}*: {why}\n*{details}*: {reason}",
        name = escaped(&alarm.alarm_name),
        of = escaped(&watched(alarm)),
        why = escaped(&state(alarm, style.lang)),
        reason = escaped(&alarm.new_state_reason),
    )
}

/// Slack reads `<…>` as links and mentions, and `&` as the beginning of an escape.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What is watched, and what the operator wrote about the alarm.
fn watched(alarm: &Alarm) -> String {
    let dimensions: Vec<&str> = alarm.trigger.dimensions.iter().map(|dimension| dimension.value.as_str()).collect();
    let of = if dimensions.is_empty() { alarm.trigger.metric_name.clone() } else { dimensions.join(" / ") };
    match alarm.alarm_description.trim() {
        "" => of,
        description if of.is_empty() => description.to_owned(),
        description => format!("{of}, {description}"),
    }
}

fn state(alarm: &Alarm, lang: Lang) -> String {
    match (alarm.new_state_value, lang) {
        (State::Alarm, Lang::Ko) => korean(alarm),
        (State::Alarm, Lang::En) => english(alarm),
        (State::Ok, Lang::Ko) => "정상으로 돌아왔습니다".to_owned(),
        (State::Ok, Lang::En) => "Back to normal".to_owned(),
        (State::InsufficientData, Lang::Ko) => "데이터가 부족하여 상태를 알 수 없습니다".to_owned(),
        (State::InsufficientData, Lang::En) => "Not enough data to tell".to_owned(),
    }
}

fn korean(alarm: &Alarm) -> String {
    let trigger = &alarm.trigger;
    let (period, threshold, times) = (trigger.period, trigger.threshold, trigger.evaluation_periods);
    let than = match trigger.comparison_operator {
        Comparison::AtLeast => "이상",
        Comparison::MoreThan => "초과",
        Comparison::AtMost => "이하",
        Comparison::LessThan => "미만",
    };
    match alarm.subject() {
        Subject::PodCpu => format!("{period}초 동안 pod CPU 사용량이 {threshold}% {than} 입니다 ({times}회)"),
        Subject::WebAttack => format!("{period}초 동안 Web Application 공격이 {threshold}회 {than} 발생하였습니다"),
        Subject::Other => {
            format!("{period}초 동안 {} 값이 {threshold} {than} 입니다 ({times}회)", trigger.metric_name)
        }
    }
}

fn english(alarm: &Alarm) -> String {
    let trigger = &alarm.trigger;
    let (period, threshold, times) = (trigger.period, trigger.threshold, trigger.evaluation_periods);
    let than = match trigger.comparison_operator {
        Comparison::AtLeast => "at least",
        Comparison::MoreThan => "more than",
        Comparison::AtMost => "at most",
        Comparison::LessThan => "less than",
    };
    let often = if times == 1 { "once".to_owned() } else { format!("{times} times") };
    match alarm.subject() {
        Subject::PodCpu => format!("Pod CPU usage was {than} {threshold}% for {period} seconds ({often})"),
        Subject::WebAttack => format!("Attacks on the web application: {than} {threshold} within {period} seconds"),
        Subject::Other => format!("{} was {than} {threshold} for {period} seconds ({often})", trigger.metric_name),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::alarm::alarms;

    fn alarm(changes: Value) -> Alarm {
        let mut event = json!({
            "AlarmName": "hnh-was-hpa", "AlarmDescription": "was 파드 생성", "NewStateValue": "ALARM",
            "NewStateReason": "Threshold Crossed: 1 datapoint [21.3] was >= the threshold (20.0).",
            "StateChangeTime": "2022-04-24T11:24:57.000+0000",
            "Trigger": {"MetricName": "pod_cpu_utilization", "Namespace": "ContainerInsights",
                "Dimensions": [{"name": "Namespace", "value": "backend"}], "Period": 10, "EvaluationPeriods": 1,
                "ComparisonOperator": "GreaterThanOrEqualToThreshold", "Threshold": 20.0},
        });
        for (pointer, value) in changes.as_object().unwrap() {
            *event.pointer_mut(pointer).unwrap() = value.clone();
        }
        alarms(&event).unwrap().remove(0)
    }

    fn line(alarm: &Alarm, lang: Lang, number: usize) -> String {
        message(alarm, Style { lang, ..Style::default() }).lines().nth(number).unwrap().to_owned()
    }

    #[test]
    fn a_busy_pod_in_the_words_and_the_order_operators_know() {
        let text = message(&alarm(json!({})), Style::default());
        assert_eq!(
            text,
            "[hnh-was-hpa]\n*발생시간*: 2022-04-24 20:24:57\n*자원*: backend, was 파드 생성\n\
             *원인*: 10초 동안 pod CPU 사용량이 20% 이상 입니다 (1회)\n\
             *상세 내용*: Threshold Crossed: 1 datapoint [21.3] was &gt;= the threshold (20.0)."
        );
    }

    #[test]
    fn an_attack_is_told_from_a_busy_pod_by_what_is_watched() {
        let attack = alarm(json!({
            "/Trigger/MetricName": "BlockedRequests", "/Trigger/Namespace": "AWS/WAFV2", "/Trigger/Period": 60,
            "/Trigger/Threshold": 5.0, "/StateChangeTime": "2022-04-28T08:22:31.123+0000",
        }));
        assert_eq!(line(&attack, Lang::Ko, 1), "*발생시간*: 2022-04-28 17:22:31");
        assert_eq!(line(&attack, Lang::Ko, 3), "*원인*: 60초 동안 Web Application 공격이 5회 이상 발생하였습니다");
        assert!(line(&attack, Lang::En, 3).ends_with("at least 5 within 60 seconds"));
    }

    #[test]
    fn every_comparison_has_its_words() {
        for (operator, korean, english) in [
            ("GreaterThanOrEqualToThreshold", "20% 이상", "at least 20%"),
            ("GreaterThanThreshold", "20% 초과", "more than 20%"),
            ("LessThanOrEqualToThreshold", "20% 이하", "at most 20%"),
            ("LessThanThreshold", "20% 미만", "less than 20%"),
        ] {
            let alarm = alarm(json!({"/Trigger/ComparisonOperator": operator}));
            assert!(line(&alarm, Lang::Ko, 3).contains(korean), "{operator}");
            assert!(line(&alarm, Lang::En, 3).contains(english), "{operator}");
        }
    }

    #[test]
    fn other_states_say_so_and_other_figures_are_named() {
        assert!(line(&alarm(json!({"/NewStateValue": "OK"})), Lang::Ko, 3).contains("정상"));
        assert!(line(&alarm(json!({"/NewStateValue": "INSUFFICIENT_DATA"})), Lang::En, 3).contains("Not enough data"));
        let storage = alarm(json!({
            "/Trigger/MetricName": "FreeStorageSpace", "/Trigger/Namespace": "AWS/RDS", "/Trigger/Threshold": 2.5,
            "/Trigger/ComparisonOperator": "LessThanThreshold", "/AlarmDescription": null,
        }));
        assert_eq!(line(&storage, Lang::Ko, 3), "*원인*: 10초 동안 FreeStorageSpace 값이 2.5 미만 입니다 (1회)");
        assert_eq!(line(&storage, Lang::Ko, 2), "*자원*: backend");
    }

    #[test]
    fn nobody_is_called_by_what_an_alarm_says() {
        let alarm = alarm(json!({"/NewStateReason": "<!channel> & <https://evil.example|click>"}));
        let text = message(&alarm, Style::default());
        assert!(text.ends_with("&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt;"), "{text}");
    }

    #[test]
    fn a_time_without_a_zone_is_utc() {
        for text in ["2022-04-24T11:24:57 UTC", "2022-04-24T11:24:57Z", "2022-04-24T11:24:57"] {
            let alarm = alarm(json!({"/StateChangeTime": text}));
            assert_eq!(line(&alarm, Lang::Ko, 1), "*발생시간*: 2022-04-24 20:24:57", "{text}");
        }
    }

    #[test]
    fn what_is_no_alarm_is_refused() {
        for event in
            [json!({}), json!(7), json!({"Records": [{}]}), json!({"Records": [{"Sns": {"Message": "hello"}}]})]
        {
            assert!(alarms(&event).is_err(), "{event}");
        }
        assert!(alarms(&json!({"Records": []})).unwrap().is_empty());
    }
}
