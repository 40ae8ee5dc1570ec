//! The `hnh-alerts` program: without arguments it is the Lambda function, with `render` it prints messages.

use std::io::Read;
use std::sync::Arc;

use anyhow::Context;
use chrono_tz::Tz;
use clap::{Parser, Subcommand};
use hnh_alerts::alarm::alarms;
use hnh_alerts::message::{Lang, Style, message};
use hnh_alerts::slack;
use hnh_alerts::webhook::Source;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use reqwest::Client;
use serde_json::Value;

#[derive(Parser)]
#[command(version, about = "CloudWatch's alarms as messages in Slack; without a command, the Lambda function")]
struct Cli {
    /// Language of the messages
    #[arg(long, env = "ALERTS_LANG", value_enum, default_value = "ko")]
    lang: Lang,
    /// Whose clock their times are by
    #[arg(long, env = "ALERTS_TIME_ZONE", default_value = "Asia/Seoul")]
    zone: Tz,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Read an event, or an alarm alone, from standard input and print its messages without sending them
    Render,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let style = Style { lang: cli.lang, zone: cli.zone };
    match cli.command {
        Some(Command::Render) => render(style),
        None => serve(style).await,
    }
}

fn render(style: Style) -> anyhow::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
    let event = serde_json::from_str(&text).context("standard input is no JSON")?;
    for alarm in alarms(&event)? {
        println!("{}", message(&alarm, style));
    }
    Ok(())
}

async fn serve(style: Style) -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into()))
        .without_time()
        .init();
    // It may be installed already; either way there is one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (client, source) = (Client::new(), Arc::new(Source::from_environment()));
    let handle = service_fn(move |event: LambdaEvent<Value>| {
        let (client, source) = (client.clone(), Arc::clone(&source));
        async move { tell(&client, &source, &event.payload, style).await }
    });
    lambda_runtime::run(handle).await.map_err(|error| anyhow::anyhow!(error))
}

/// Posts an event's alarms. An event that is none is logged and done with; after other failures Lambda tries again, and
/// then the event goes to the dead-letter queue.
async fn tell(client: &Client, source: &Source, event: &Value, style: Style) -> Result<(), Error> {
    let alarms = match alarms(event) {
        Ok(alarms) => alarms,
        Err(error) => {
            tracing::error!(%error, "an event was left out");
            return Ok(());
        }
    };
    for alarm in alarms {
        let webhook = source.find(client).await?;
        slack::post(client, &webhook, &message(&alarm, style)).await?;
        tracing::info!(alarm = alarm.alarm_name, state = ?alarm.new_state_value, "told Slack");
    }
    Ok(())
}
