//! The program as Lambda runs it: against Lambda's runtime interface, Slack and the secrets' extension, played on loopback.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must say where")]

use std::collections::VecDeque;
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

const ALARM: &str = r#"{"AlarmName": "hnh-was-hpa", "AlarmDescription": "was 파드 생성", "NewStateValue": "ALARM",
    "NewStateReason": "Threshold Crossed", "StateChangeTime": "2022-04-24T11:24:57.000+0000", "Trigger":
    {"MetricName": "pod_cpu_utilization", "Namespace": "ContainerInsights", "Dimensions": [], "Period": 10,
    "EvaluationPeriods": 1, "ComparisonOperator": "GreaterThanOrEqualToThreshold", "Threshold": 20.0}}"#;

/// What the function talks to.
struct Outside {
    /// Events that Lambda still has to give.
    events: Mutex<VecDeque<Value>>,
    /// What Slack answers, in turn; then 200.
    slack: Mutex<VecDeque<(StatusCode, Option<&'static str>)>>,
    /// What came to pass.
    told: mpsc::UnboundedSender<Happened>,
}

#[derive(Debug, PartialEq)]
enum Happened {
    Slack(String),
    Done,
    Failed(String),
    Secret(String),
}

async fn next(State(outside): State<Arc<Outside>>) -> Response {
    let event = outside.events.lock().unwrap().pop_front();
    let Some(event) = event else { return std::future::pending().await };
    let headers = [
        ("lambda-runtime-aws-request-id", "1"),
        ("lambda-runtime-deadline-ms", "4102444800000"),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:ap-northeast-2:0:function:alerts"),
    ];
    (headers, event.to_string()).into_response()
}

async fn slack(State(outside): State<Arc<Outside>>, axum::Json(body): axum::Json<Value>) -> Response {
    outside.told.send(Happened::Slack(body["text"].as_str().unwrap().to_owned())).unwrap();
    let (status, after) = outside.slack.lock().unwrap().pop_front().unwrap_or((StatusCode::OK, None));
    let mut headers = HeaderMap::new();
    if let Some(after) = after {
        headers.insert("retry-after", after.parse().unwrap());
    }
    (status, headers).into_response()
}

async fn secret(
    State(outside): State<Arc<Outside>>,
    Query(query): Query<std::collections::HashMap<String, String>>,
    headers: HeaderMap,
) -> axum::Json<Value> {
    assert_eq!(headers["x-aws-parameters-secrets-token"], "session");
    outside.told.send(Happened::Secret(query["secretId"].clone())).unwrap();
    axum::Json(json!({"SecretString": format!("http://{}/slack", headers["host"].to_str().unwrap())}))
}

/// The function, until it is dropped.
struct Function(Child);

impl Drop for Function {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn run(
    events: Vec<Value>,
    slack_answers: Vec<(StatusCode, Option<&'static str>)>,
) -> (Function, mpsc::UnboundedReceiver<Happened>) {
    let (told, happened) = mpsc::unbounded_channel();
    let outside =
        Arc::new(Outside { events: Mutex::new(events.into()), slack: Mutex::new(slack_answers.into()), told });
    let failed = async |State(outside): State<Arc<Outside>>, Path(_): Path<String>, body: String| {
        outside.told.send(Happened::Failed(body)).unwrap();
        StatusCode::ACCEPTED
    };
    let done = async |State(outside): State<Arc<Outside>>, Path(_): Path<String>| {
        outside.told.send(Happened::Done).unwrap();
        StatusCode::ACCEPTED
    };
    let router = Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next))
        .route("/2018-06-01/runtime/invocation/{id}/response", post(done))
        .route("/2018-06-01/runtime/invocation/{id}/error", post(failed))
        .route("/slack", post(slack))
        .route("/secretsmanager/get", get(secret))
        .with_state(outside);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let function = Command::new(env!("CARGO_BIN_EXE_hnh-alerts"))
        .env("AWS_LAMBDA_RUNTIME_API", address.to_string())
        .env("AWS_LAMBDA_FUNCTION_NAME", "alerts")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
        .env("AWS_LAMBDA_LOG_STREAM_NAME", "")
        .env("AWS_LAMBDA_LOG_GROUP_NAME", "")
        .env("AWS_SESSION_TOKEN", "session")
        .env("SLACK_WEBHOOK_SECRET", "hnh/slack")
        .env("SECRETS_EXTENSION_URL", format!("http://{address}"))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    (Function(function), happened)
}

fn by_sns(message: &str) -> Value {
    json!({"Records": [{"EventSource": "aws:sns", "Sns": {"Message": message}}]})
}

#[tokio::test]
async fn an_alarm_reaches_slack_by_the_address_in_the_secret() {
    let (_function, mut happened) = run(vec![by_sns(ALARM)], vec![]).await;
    assert_eq!(happened.recv().await, Some(Happened::Secret("hnh/slack".into())));
    let Some(Happened::Slack(text)) = happened.recv().await else { panic!("Slack was not told") };
    assert!(text.contains("10초 동안 pod CPU 사용량이 20% 이상 입니다 (1회)"), "{text}");
    assert_eq!(happened.recv().await, Some(Happened::Done));
}

#[tokio::test]
async fn a_busy_slack_is_tried_again_and_a_refusal_is_lambdas_to_try() {
    let busy = vec![(StatusCode::TOO_MANY_REQUESTS, Some("0")), (StatusCode::BAD_GATEWAY, Some("0"))];
    let refused = (StatusCode::NOT_FOUND, None);
    let answers = [busy, vec![(StatusCode::OK, None), refused]].concat();
    let (_function, mut happened) = run(vec![by_sns(ALARM), by_sns(ALARM)], answers).await;
    let mut seen = Vec::new();
    while seen.last() != Some(&"failed") {
        seen.push(match happened.recv().await.unwrap() {
            Happened::Slack(_) => "slack",
            Happened::Done => "done",
            Happened::Failed(why) => {
                assert!(why.contains("Slack refused") && !why.contains("/slack"), "{why}");
                "failed"
            }
            Happened::Secret(_) => continue,
        });
    }
    assert_eq!(seen, ["slack", "slack", "slack", "done", "slack", "failed"]);
}

#[tokio::test]
async fn what_is_no_alarm_is_not_tried_again() {
    let (_function, mut happened) = run(vec![by_sns("hello"), json!({"what": "else"})], vec![]).await;
    assert_eq!(happened.recv().await, Some(Happened::Done));
    assert_eq!(happened.recv().await, Some(Happened::Done));
}

#[test]
fn render_prints_without_sending() {
    let mut render = Command::new(env!("CARGO_BIN_EXE_hnh-alerts"))
        .args(["--lang", "en", "render"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    render.stdin.take().unwrap().write_all(by_sns(ALARM).to_string().as_bytes()).unwrap();
    let printed = String::from_utf8(render.wait_with_output().unwrap().stdout).unwrap();
    assert!(printed.starts_with("[hnh-was-hpa]\n*Time*: 2022-04-24 20:24:57\n"), "{printed}");
}
